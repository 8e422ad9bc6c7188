"""Say which mentors an edition has."""

from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.kernel.errors import N_, Invalid
from incubator.people.actor import Actor
from incubator.people.telling import tell
from incubator.programmes.catalogue_editions import edition_in_full
from incubator.programmes.reach import count_on, edition_to_change
from incubator.programmes.views import EditionInFull

# Who retired since they were chosen may stay: the page leaves them out.
UNKNOWN = """
SELECT given.id FROM unnest($2::uuid[]) AS given (id)
WHERE NOT EXISTS (SELECT FROM mentor WHERE mentor.id = given.id AND state <> 'retired')
    AND NOT EXISTS (SELECT FROM edition_mentor WHERE edition_id = $1 AND mentor_id = given.id)
LIMIT 1
"""
ADD = "INSERT INTO edition_mentor (edition_id, mentor_id) SELECT $1, unnest($2::uuid[])"


class MentorNotToBeHad(Invalid):
    """Nobody with this identifier mentors, or not any more."""

    code = "mentor_not_to_be_had"
    sentence = N_("One of the chosen mentors is not there any more. Choose again.")

    def __init__(self, mentor_id: UUID) -> None:
        super().__init__()
        self.mentor_id = mentor_id


async def set_edition_mentors(
    tx: Tx, *, actor: Actor, edition_id: UUID, mentor_ids: list[UUID], seen: int | None = None, now: datetime
) -> EditionInFull:
    """All of them anew. Raises NoSuchEdition, NotYours, ChangedMeanwhile, MentorNotToBeHad."""
    edition = await edition_to_change(tx, actor=actor, edition_id=edition_id, seen=seen)
    chosen = sorted(set(mentor_ids))
    unknown = await tx.fetchval(UNKNOWN, edition_id, chosen)
    if unknown is not None:
        raise MentorNotToBeHad(unknown)
    await tx.execute("DELETE FROM edition_mentor WHERE edition_id = $1", edition_id)
    await tx.execute(ADD, edition_id, chosen)
    await count_on(tx, "edition", edition_id)
    of, after = ("edition", edition_id), {"mentors": chosen}
    await tell(tx, actor, now, "set_mentors", of=of, gmina_id=edition.gmina_id, after=after)
    return await edition_in_full(tx, edition_id=edition_id, reader=actor, now=now)
