"""Say what each participant of an edition gets."""

from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.kernel.errors import N_, Conflict
from incubator.people.actor import Actor
from incubator.people.telling import tell
from incubator.programmes.catalogue_editions import edition_in_full
from incubator.programmes.details import PerkLine
from incubator.programmes.reach import count_on, edition_to_change
from incubator.programmes.rules import check_perk
from incubator.programmes.views import EditionInFull

ADMITTED = "SELECT EXISTS (SELECT FROM participation WHERE edition_id = $1)"
ADD = """
INSERT INTO edition_perk (edition_id, position, kind, amount, name_pl, name_en) VALUES ($1, $2, $3, $4, $5, $6)
"""


class PerksFrozen(Conflict):
    """Somebody was admitted with the perks as they are."""

    code = "perks_frozen"
    sentence = N_("Somebody was admitted with these perks already. What they were promised stays as it is.")


async def set_perks(
    tx: Tx, *, actor: Actor, edition_id: UUID, perks: list[PerkLine], seen: int | None = None, now: datetime
) -> EditionInFull:
    """All of them anew, in this order. Raises NoSuchEdition, NotYours, ChangedMeanwhile, PerkIncomplete,
    PerksFrozen."""
    edition = await edition_to_change(tx, actor=actor, edition_id=edition_id, seen=seen)
    for position, one in enumerate(perks, start=1):
        check_perk(position=position, kind=one.kind, amount=one.amount, named=bool(one.name_pl.strip()))
    # Read under the edition's lock, for which an admission waits.
    if await tx.fetchval(ADMITTED, edition_id):
        raise PerksFrozen()
    await tx.execute("DELETE FROM edition_perk WHERE edition_id = $1", edition_id)
    rows = [(edition_id, turn, one.kind, one.amount, one.name_pl, one.name_en) for turn, one in enumerate(perks)]
    await tx.executemany(ADD, rows)
    await count_on(tx, "edition", edition_id)
    of, after = ("edition", edition_id), {"perks": perks}
    await tell(tx, actor, now, "set_perks", of=of, gmina_id=edition.gmina_id, after=after)
    return await edition_in_full(tx, edition_id=edition_id, reader=actor, now=now)
