"""Mentors that tests play with: put beside the fixed cast, by rows, so that no verb is needed to test another."""

from dataclasses import dataclass
from uuid import UUID

from incubator.db.engine import Database, Tx, transaction
from incubator.kernel.ids import uuid7
from tests.cast import Cast, Person, person


@dataclass(frozen=True, slots=True)
class MentorAtHand:
    """A mentor with the person behind, and what taking them takes."""

    id: UUID
    person: Person
    resource_id: int


MENTOR = """
INSERT INTO mentor (id, account_id, gmina_id, resource_id, slug, name, headline_pl, headline_en, about_pl, about_en,
    languages, online_link, state, lengths, grid_minutes, break_minutes, lead_minutes, horizon_days, cancel_minutes, version)
VALUES ($1, $2, $3, $4, $5, $6, '', '', '', '', '{pl,en}', 'https://meet.example/ewa', 'active', '{30,60}', 30, 0, 0, 60, 1440, 1)
"""
# Monday to Friday 9–17, at the incubator or online, for everyone.
WEEK = """
INSERT INTO mentor_hours (mentor_id, weekday, opens, closes, incubator_id, online, audience)
SELECT $1, weekday, 540, 1020, $2, true, 'everyone' FROM generate_series(1, 5) AS weekday
"""


async def a_mentor(
    db: Database, cast: Cast, name: str = "ewa", *, gmina: UUID | None = None, incubator: UUID | None = None
) -> MentorAtHand:
    """Of Niepołomice, at LAS, unless told otherwise; knows about prawo and finanse."""
    async with transaction(db) as tx:
        return await put_mentor(tx, name, gmina=gmina or cast.niepolomice, incubator=incubator or cast.las)


async def put_mentor(tx: Tx, name: str, *, gmina: UUID, incubator: UUID) -> MentorAtHand:
    who, key = await person(tx, name), uuid7()
    resource_id: int = await tx.fetchval("INSERT INTO resource (kind) VALUES ('mentor') RETURNING id")
    await tx.execute("INSERT INTO role_grant (account_id, role) VALUES ($1, 'mentor')", who.id)
    await tx.execute(MENTOR, key, who.id, gmina, resource_id, name, name.title())
    await tx.execute(WEEK, key, incubator)
    await tx.execute("INSERT INTO mentor_topic (mentor_id, topic_slug) VALUES ($1, 'prawo'), ($1, 'finanse')", key)
    return MentorAtHand(key, who, resource_id)
