"""Take in what a tablet saw at the door: as often as it likes, each event counts once, and one that is refused keeps
no other back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

import asyncpg

from incubator.db.engine import Tx
from incubator.exchanges.queries import session_to_run
from incubator.exchanges.views import SessionView
from incubator.kernel.errors import N_, Conflict, Invalid, Refusal
from incubator.kernel.ids import uuid7
from incubator.people.actor import Actor
from incubator.people.rules import NameMissing
from incubator.people.rules import name as person_name
from incubator.people.telling import tell
from incubator.registrations.door_rules import Kind, Seen, attended, believed
from incubator.registrations.order import new_code
from incubator.registrations.queries import locked_registration
from incubator.registrations.rules import SessionNotHeld
from incubator.registrations.settle import settle
from incubator.registrations.states import State

OPENS = timedelta(hours=24)
"""So long before its start the door of a session opens, so that it can be tried."""


class DoorNotOpen(Conflict):
    """Too early."""

    code = "door_not_open"
    sentence = N_("The door opens a day before the session.")


class TicketUnknown(Invalid):
    """No ticket of this session."""

    code = "ticket_unknown"
    sentence = N_("This ticket is not on the list.")


class TicketNotLive(Conflict):
    """Its registration was cancelled."""

    code = "ticket_not_live"
    sentence = N_("This ticket is no longer valid: the registration was cancelled. If there is room, note them as one who came without registering.")  # fmt: skip


class Result(StrEnum):
    """What became of an event. `known`: it was handed in before. Of the others nothing was noted."""

    NOTED = "noted"
    KNOWN = "known"
    UNKNOWN_TICKET = "unknown_ticket"
    NOT_LIVE = "not_live"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an event, and why it was not noted where it was not."""

    result: Result
    refusal: Refusal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DoorEvent:
    """Something seen: a ticket by its `code` or, chosen from the list, by its identifier; of a walk-in the event's
    identifier becomes the ticket's, so that a tablet without a line can go on with it. `code` and `name` are as they
    were read or typed."""

    id: UUID
    kind: Kind
    at: datetime
    ticket_id: UUID | None = None
    code: str = ""
    name: str = ""


UNCONFIRMED = """
SELECT DISTINCT registration_id FROM ticket JOIN registration ON registration.id = registration_id
WHERE ticket.session_id = $1 AND (ticket.id = ANY($2::uuid[]) OR code = ANY($3::text[]))
    AND registration.state = 'offered' ORDER BY registration_id
"""
# In the order of their ids, so that two tablets never wait for each other in a ring.
TICKETS = """
SELECT ticket.id, code, live, registration_id, walk_in FROM ticket JOIN registration ON registration.id = registration_id
WHERE ticket.session_id = $1 AND (ticket.id = ANY($2::uuid[]) OR code = ANY($3::text[]))
ORDER BY ticket.id FOR NO KEY UPDATE OF ticket
"""
NOTE = """
INSERT INTO door_event (id, session_id, ticket_id, kind, at, recorded_by, recorded_at)
VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING RETURNING id
"""
EVENTS = "SELECT kind, at FROM door_event WHERE ticket_id = $1"
# What a coordinator has corrected by a list stays.
KEEP = """
UPDATE ticket SET checked_in_at = $2, checked_out_at = $3, recorded_by = $6, evidence = CASE
        WHEN evidence IN ('list', 'online_log') THEN evidence WHEN $2::timestamptz IS NULL THEN '' ELSE $5 END,
    minutes = CASE WHEN evidence IN ('list', 'online_log') THEN minutes ELSE $4 END
WHERE id = $1
"""
WALK_IN = """
INSERT INTO registration (id, session_id, name, email, locale, state, seats, walk_in, priority, told, terms_accepted_at,
    created_at, changed_at, version)
VALUES ($1, $2, $3, '', 'pl', 'registered', 1, true, false, 0, $4, $4, $4, 1)
"""
ITS_TICKET = """
INSERT INTO ticket (id, registration_id, session_id, name, email, live, code, evidence)
VALUES ($1, $2, $3, $4, '', true, $5, '') ON CONFLICT DO NOTHING RETURNING id
"""
# A walk-in that was a mistake is none; one that is seen again, is.
STANDS = """
UPDATE registration SET state = $2, changed_at = $3, version = version + 1 WHERE id = $1 AND walk_in AND state <> $2
"""
ITS_LIFE = "UPDATE ticket SET live = $2 WHERE id = $1"


async def hand_in(
    tx: Tx, *, actor: Actor, session_id: UUID, events: Sequence[DoorEvent], now: datetime
) -> dict[UUID, Outcome]:
    """What became of each, by its identifier. Raises NoSuchSession, NotYours, SessionNotHeld, DoorNotOpen."""
    session = await session_to_run(tx, actor=actor, session_id=session_id)
    if session.state != "published":
        raise SessionNotHeld()
    if now < session.start - OPENS:
        raise DoorNotOpen()
    outcomes = {event.id: odd for event in events if (odd := _odd(event)) is not None}
    sound = [event for event in events if event.id not in outcomes]
    await _confirm(tx, actor, session_id, sound, now)
    await _walk_ins(tx, session, sound, now)
    known = await _tickets(tx, session_id, sound)
    seen: dict[UUID, str] = {}
    for event in sound:
        ticket = known.get(event.code) or known.get(str(_ticket_of(event)))
        outcomes[event.id] = await _take(tx, actor, session_id, event, ticket, now)
        if ticket is not None and outcomes[event.id].result == Result.NOTED:
            seen[ticket["id"]] = "walk_in" if ticket["walk_in"] else "scan" if event.code else "name"
    for key in sorted(seen):
        await _follow(tx, actor, session, key, seen[key], now)
    await _note(tx, actor, session, outcomes, now)
    return outcomes


def _odd(event: DoorEvent) -> Outcome | None:
    """Why it cannot be noted, whatever the list says."""
    if "\0" in event.code:
        return Outcome(Result.UNKNOWN_TICKET, TicketUnknown())
    try:
        if event.kind == Kind.WALK_IN:
            person_name(event.name)
    except NameMissing as refusal:
        return Outcome(Result.REFUSED, refusal)
    return None


def _ticket_of(event: DoorEvent) -> UUID | None:
    return event.id if event.kind == Kind.WALK_IN else event.ticket_id


async def _confirm(tx: Tx, actor: Actor, session_id: UUID, events: Sequence[DoorEvent], now: datetime) -> None:
    """Who stands in the door takes what was offered: no link of a mail says it better."""
    came = [event for event in events if event.kind == Kind.IN]
    keys = [event.ticket_id for event in came if event.ticket_id is not None]
    for row in await tx.fetch(UNCONFIRMED, session_id, keys, [event.code for event in came if event.code]):
        found = await locked_registration(tx, registration_id=row["registration_id"])
        if found.state == State.OFFERED:
            by = actor.account_id
            await settle(tx, registration=found, to=State.REGISTERED, verb="confirm", actor_id=by, now=now)


async def _walk_ins(tx: Tx, session: SessionView, events: Sequence[DoorEvent], now: datetime) -> None:
    """Registrations and tickets of those who came without; handed in again they are there already."""
    for event in sorted((each for each in events if each.kind == Kind.WALK_IN), key=lambda each: each.id):
        if await tx.fetchval("SELECT EXISTS (SELECT FROM ticket WHERE id = $1)", event.id):
            continue
        key, name = uuid7(), person_name(event.name)
        await tx.execute(WALK_IN, key, session.id, name, now)
        if await tx.fetchval(ITS_TICKET, event.id, key, session.id, name, new_code()) is None:
            await tx.execute("DELETE FROM registration WHERE id = $1", key)  # another tablet's, in this moment


async def _tickets(tx: Tx, session_id: UUID, events: Sequence[DoorEvent]) -> dict[str, asyncpg.Record]:
    """By identifier and by code, locked."""
    keys = [key for event in events if (key := _ticket_of(event)) is not None]
    rows = await tx.fetch(TICKETS, session_id, keys, [event.code for event in events if event.code])
    return {name: row for row in rows for name in (str(row["id"]), row["code"])}


async def _take(
    tx: Tx, actor: Actor, session_id: UUID, event: DoorEvent, ticket: asyncpg.Record | None, now: datetime
) -> Outcome:
    if ticket is None:
        return Outcome(Result.UNKNOWN_TICKET, TicketUnknown())
    if not ticket["live"] and not ticket["walk_in"]:
        return Outcome(Result.NOT_LIVE, TicketNotLive())
    at = believed(event.at, now=now)
    new = await tx.fetchval(NOTE, event.id, session_id, ticket["id"], event.kind, at, actor.account_id, now)
    return Outcome(Result.NOTED if new else Result.KNOWN)


async def _follow(tx: Tx, actor: Actor, session: SessionView, key: UUID, evidence: str, now: datetime) -> None:
    """Let the ticket say what all its events come to."""
    events = [Seen(Kind(row["kind"]), row["at"]) for row in await tx.fetch(EVENTS, key)]
    came = attended(events, period=session.period, checks_out=session.checks_out)
    times = (came.checked_in_at, came.checked_out_at, came.minutes)
    await tx.execute(KEEP, key, *times, evidence, actor.account_id)
    if evidence == "walk_in":
        there = came.checked_in_at is not None
        registration_id = await tx.fetchval("SELECT registration_id FROM ticket WHERE id = $1", key)
        await tx.execute(STANDS, registration_id, "registered" if there else "cancelled", now)
        await tx.execute(ITS_LIFE, key, there)


async def _note(tx: Tx, actor: Actor, session: SessionView, outcomes: dict[UUID, Outcome], now: datetime) -> None:
    noted = sum(outcome.result == Result.NOTED for outcome in outcomes.values())
    if noted:
        of, after = ("session", session.id), {"events": noted}
        await tell(tx, actor, now, "door", of=of, gmina_id=session.gmina_id, after=after)
