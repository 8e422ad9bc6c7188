"""Say who a mentor is and what they can be asked about."""

from datetime import datetime
from uuid import UUID

import msgspec

from incubator.db.engine import Tx
from incubator.db.versions import NAMES, bump
from incubator.kernel.errors import N_, Invalid
from incubator.mentoring.details import MentorDetails
from incubator.mentoring.mentor_views import MentorView
from incubator.mentoring.profiles import mentor_by_slug
from incubator.mentoring.reach import Change, mentor_to_change, touched
from incubator.people.actor import Actor


class TopicsUnknown(Invalid):
    """A topic that is not in the list of the metropolis, or was taken out of it."""

    code = "topics_unknown"
    sentence = N_("Please choose topics from the list: “{topic}” is not one of them.")

    def __init__(self, topic: str) -> None:
        super().__init__()
        self.topic = topic


SET = """
UPDATE mentor SET name = $2, headline_pl = $3, headline_en = $4, about_pl = $5, about_en = $6, languages = $7,
    online_link = $8
WHERE id = $1
"""
KNOWN = "SELECT slug FROM topic WHERE slug = ANY($1::text[]) AND retired_at IS NULL FOR SHARE"
OLD = "SELECT array_agg(topic_slug ORDER BY topic_slug) FROM mentor_topic WHERE mentor_id = $1"
DROP = "DELETE FROM mentor_topic WHERE mentor_id = $1"
PUT = "INSERT INTO mentor_topic (mentor_id, topic_slug) SELECT $1, unnest($2::text[])"


async def describe_mentor(
    tx: Tx, *, actor: Actor, mentor_id: UUID, details: MentorDetails, seen: int | None = None, now: datetime
) -> MentorView:
    """All of it anew. The address of the profile stays. Raises NoSuchMentor, NotYours, MentorRetired,
    ChangedMeanwhile, TopicsUnknown."""
    row = await mentor_to_change(tx, actor=actor, mentor_id=mentor_id, seen=seen)
    before = await tx.fetchval(OLD, mentor_id) or []
    after = await _topics(tx, mentor_id, details.topics)
    given = msgspec.structs.asdict(details)
    changed = [name for name in given if name != "topics" and given[name] != row[name]]
    await tx.execute(
        SET,
        mentor_id,
        details.name,
        details.headline_pl,
        details.headline_en,
        details.about_pl,
        details.about_en,
        list(dict.fromkeys(details.languages)),
        details.online_link,
    )
    change = Change(
        verb="describe_mentor",
        about=N_("the profile"),
        before={"topics": before},
        after={"topics": after, "changed": changed},
    )
    if {"name", "online_link"} & set(changed):
        await bump(tx, [NAMES])
    await touched(tx, actor=actor, row=row, change=change, now=now)
    return await mentor_by_slug(tx, slug=row["slug"])


async def _topics(tx: Tx, mentor_id: UUID, wanted: list[str]) -> list[str]:
    chosen = sorted(set(wanted))
    known = {row["slug"] for row in await tx.fetch(KNOWN, chosen)}
    for topic in chosen:
        if topic not in known:
            raise TopicsUnknown(topic)
    await tx.execute(DROP, mentor_id)
    await tx.execute(PUT, mentor_id, chosen)
    return chosen
