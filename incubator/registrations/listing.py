"""Lists of registrations, in pages: of a session for who runs it, of a person for themself."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

import asyncpg

from incubator.db.engine import Tx
from incubator.exchanges.queries import session_to_run
from incubator.people.actor import Actor
from incubator.registrations.queries import OWN, VIEW, registration_of
from incubator.registrations.states import State
from incubator.registrations.views import RegistrationView
from incubator.web.cursors import read_cursor, write_cursor

PAGE = 50


class Which(StrEnum):
    """A part of those who registered; together they are all."""

    SEATED = "seated"
    WAITING = "waiting"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Listed:
    """A page of a list; `next` is the cursor of the one after it."""

    items: list[RegistrationView]
    next: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How many seats are had, offered, waited for; how many have come."""

    registered: int
    offered: int
    waiting: int
    gone: int
    came: int


PLAIN = "translate(lower({}), 'ąćęłńóśźż', 'acelnoszz')"
WHICH = "CASE WHEN registration.state IN ('registered', 'offered') THEN 'seated' WHEN registration.state = 'waiting' THEN 'waiting' ELSE 'gone' END"
# The seated by name, those who wait in the order of the line, those who are gone by name; one text that sorts them all.
KEY = f"""(CASE WHEN registration.state IN ('registered', 'offered') THEN '1' || {PLAIN.format("registration.name")}
    WHEN registration.state = 'waiting' THEN '2' || CASE WHEN priority THEN '1' ELSE '2' END
        || to_char(registration.created_at AT TIME ZONE 'UTC', 'YYYYMMDDHH24MISSUS')
    ELSE '3' || {PLAIN.format("registration.name")} END) COLLATE "C" """
WANTED = PLAIN.format("$3")
FOUND = f"""(strpos({PLAIN.format("registration.name")}, {WANTED}) > 0 OR strpos(lower(registration.email), lower($3)) > 0
    OR strpos({PLAIN.format("coalesce(organisation.name, '')")}, {WANTED}) > 0
    OR EXISTS (SELECT FROM ticket WHERE registration_id = registration.id AND strpos({PLAIN.format("ticket.name")}, {WANTED}) > 0))"""
AT = VIEW.replace("SELECT", f"SELECT {KEY} AS sort_key,", 1)
PEOPLE = f"""
{AT} WHERE session_id = $1 AND ($2 = '' OR {WHICH} = $2) AND ($3 = '' OR {FOUND})
    AND ($4::text IS NULL OR ({KEY}, registration.id) > ($4, $5::uuid))
ORDER BY sort_key, registration.id LIMIT $6
"""
EVERYBODY = f"{AT} WHERE session_id = $1 AND registration.state = ANY($2::text[]) ORDER BY sort_key, registration.id"
COUNTS = """
SELECT coalesce(sum(seats) FILTER (WHERE state = 'registered'), 0)::int AS registered,
    coalesce(sum(seats) FILTER (WHERE state = 'offered'), 0)::int AS offered,
    coalesce(sum(seats) FILTER (WHERE state = 'waiting'), 0)::int AS waiting,
    (count(*) FILTER (WHERE state IN ('cancelled', 'lapsed', 'turned_away')))::int AS gone,
    (SELECT count(*) FROM ticket WHERE session_id = $1 AND live AND (checked_in_at IS NOT NULL OR minutes > 0))::int AS came
FROM registration WHERE session_id = $1
"""
COMING = f"""
{VIEW} WHERE {OWN} AND upper(session.period) > $2
    AND ($3::timestamptz IS NULL OR (lower(session.period), registration.id) > ($3, $4::uuid))
ORDER BY lower(session.period), registration.id LIMIT $5
"""
PAST = f"""
{VIEW} WHERE {OWN} AND upper(session.period) <= $2
    AND ($3::timestamptz IS NULL OR (lower(session.period), registration.id) < ($3, $4::uuid))
ORDER BY lower(session.period) DESC, registration.id DESC LIMIT $5
"""


async def registrations_of_session(
    tx: Tx,
    *,
    actor: Actor,
    session_id: UUID,
    which: Which | None = None,
    words: str = "",
    after: str | None = None,
    limit: int = PAGE,
) -> Listed:
    """For who runs the session: the seated by name, then who waits in the order of the line, then who is gone; those
    alone in whose names, organisation or address the `words` are. Raises NoSuchSession, NotYours, BadCursor."""
    await session_to_run(tx, actor=actor, session_id=session_id)
    key, last = read_cursor(after, str) or (None, None)
    rows = await tx.fetch(PEOPLE, session_id, which or "", " ".join(words.split()), key, last, limit + 1)
    more = len(rows) > limit
    return _listed(rows[:limit], write_cursor(rows[limit - 1]["sort_key"], rows[limit - 1]["id"]) if more else None)


async def everybody_at(tx: Tx, *, session_id: UUID, states: Sequence[State] = tuple(State)) -> list[RegistrationView]:
    """All of them in the same order, whoever asks: for the door, which works without a line, and for files."""
    rows = await tx.fetch(EVERYBODY, session_id, [str(state) for state in states])
    return [registration_of(row) for row in rows]


async def counts_at(tx: Tx, *, session_id: UUID) -> Counts:
    """Whoever asks."""
    row = await tx.fetchrow(COUNTS, session_id)
    assert row is not None
    return Counts(**row)


async def registrations_of_person(
    tx: Tx, *, actor: Actor, now: datetime, past: bool = False, after: str | None = None, limit: int = PAGE
) -> Listed:
    """One's own: what comes or goes on, the soonest first; or what is over, the latest first. Raises BadCursor."""
    start, last = read_cursor(after, datetime) or (None, None)
    rows = await tx.fetch(PAST if past else COMING, actor.account_id, now, start, last, limit + 1)
    more = len(rows) > limit
    return _listed(rows[:limit], write_cursor(rows[limit - 1]["period"].lower, rows[limit - 1]["id"]) if more else None)


def _listed(rows: Sequence[asyncpg.Record], following: str | None) -> Listed:
    return Listed([registration_of(row) for row in rows], following)
