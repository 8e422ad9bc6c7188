"""Where a mentor's hours may be, and for which programmes: for the verbs to check and for forms to offer."""

from dataclasses import dataclass
from uuid import UUID

import asyncpg

from incubator.db.engine import Tx
from incubator.mentoring.hours_rules import Hours, checked
from incubator.people.actor import Actor


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to choose in a form."""

    id: UUID
    name: str


# The mentor may be met at any open incubator; the coordinator speaks for their own gmina. What the
# mentor chose stays choosable.
PLACES = """
SELECT incubator.id, incubator.name || ', ' || gmina.name AS name
FROM incubator JOIN gmina ON gmina.id = incubator.gmina_id
WHERE (incubator.status = 'open' AND ($2 OR incubator.gmina_id = ANY($3::uuid[])))
    OR incubator.id IN (SELECT incubator_id FROM mentor_hours WHERE mentor_id = $1)
ORDER BY gmina.name, incubator.name
"""
MENTOR = "SELECT id, account_id, gmina_id FROM mentor WHERE id = $1"
PROGRAMMES = """
SELECT id, name_pl AS name FROM programme WHERE (gmina_id IS NULL OR gmina_id = $1) AND state <> 'closed'
    OR id IN (SELECT programme_id FROM mentor_hours WHERE mentor_id = $2)
ORDER BY name_pl
"""


@dataclass(frozen=True, slots=True)
class Choices:
    """What the rows of hours offer."""

    places: list[Choice]
    programmes: list[Choice]


async def choices_for(tx: Tx, *, actor: Actor, mentor_id: UUID) -> Choices:
    """For a form of a mentor who is there."""
    mentor = await tx.fetchrow(MENTOR, mentor_id)
    assert mentor is not None
    places = await places_for(tx, actor=actor, mentor=mentor)
    return Choices(places, await programmes_for(tx, mentor=mentor))


async def places_for(tx: Tx, *, actor: Actor, mentor: asyncpg.Record) -> list[Choice]:
    """`mentor` is the mentor's row."""
    anywhere = actor.is_administrator or mentor["account_id"] == actor.account_id
    rows = await tx.fetch(PLACES, mentor["id"], anywhere, list(actor.coordinates))
    return [Choice(row["id"], row["name"]) for row in rows]


async def programmes_for(tx: Tx, *, mentor: asyncpg.Record) -> list[Choice]:
    """Programmes of the mentor's gmina and of the office."""
    rows = await tx.fetch(PROGRAMMES, mentor["gmina_id"], mentor["id"])
    return [Choice(row["id"], row["name"]) for row in rows]


async def must_fit(tx: Tx, *, actor: Actor, mentor: asyncpg.Record, hours: list[Hours]) -> list[Hours]:
    """The hours in order. Raises what `checked` raises."""
    places = {one.id for one in await places_for(tx, actor=actor, mentor=mentor)}
    programmes = {one.id for one in await programmes_for(tx, mentor=mentor)}
    return checked(hours, places=places, programmes=programmes)
