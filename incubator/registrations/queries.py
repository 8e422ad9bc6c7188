"""Registrations as those may see them who ask: the one place where rows are narrowed."""

from typing import Any
from uuid import UUID

import asyncpg
import msgspec

from incubator.db.engine import Tx
from incubator.exchanges.seats import seats_of
from incubator.kernel.errors import N_, NotFound
from incubator.people.actor import Actor
from incubator.registrations.states import State
from incubator.registrations.to_register import FACTS, JOINED, facts_of
from incubator.registrations.views import RegistrationView, TicketView
from incubator.web.links import sealed

SEAL = "registration"
"""What links to a registration are sealed for."""


class NoSuchRegistration(NotFound):
    """No registration with this identifier that the asker may know of, or a link that does not serve it."""

    code = "no_such_registration"
    sentence = N_("There is no such registration, or this link is not complete.")


class NoSuchTicket(NotFound):
    """No ticket with this identifier or code that the asker may know of."""

    code = "no_such_ticket"
    sentence = N_("There is no such ticket.")


PLACE = """CASE WHEN registration.state = 'waiting' THEN 1 + (
    SELECT count(*) FROM registration AS ahead
    WHERE ahead.session_id = registration.session_id AND ahead.state = 'waiting'
        AND (NOT ahead.priority, ahead.created_at, ahead.id)
            < (NOT registration.priority, registration.created_at, registration.id)
) END"""
TICKETS = """(
    SELECT json_agg(json_build_object('id', ticket.id, 'registration_id', registration_id, 'name', ticket.name,
        'email', ticket.email, 'stall_id', stall_id, 'stall_number', session_stall.number, 'stall_wish', stall_wish,
        'wished_stall_id', wished_stall_id, 'wished_stall_number', wished.number, 'live', live, 'code', code,
        'checked_in_at', checked_in_at, 'checked_out_at', checked_out_at, 'minutes', minutes, 'evidence', evidence
    ) ORDER BY ticket.id)
    FROM ticket LEFT JOIN session_stall ON session_stall.id = stall_id
    LEFT JOIN session_stall AS wished ON wished.id = wished_stall_id WHERE registration_id = registration.id
)::text"""
VIEW = f"""
SELECT registration.id, session_id, registration.account_id, registration.organisation_id, organisation.name AS organisation_name,
    registration.name, registration.email, registration.locale, registration.gmina_id AS home_gmina_id,
    registration.state AS standing, registration.seats, walk_in, registration.priority, offered_until,
    registration.credit_id, told, registration.created_at,
    {PLACE} AS place_in_line, registration.version, {TICKETS} AS tickets, {FACTS}
FROM registration JOIN session ON session.id = session_id {JOINED}
LEFT JOIN organisation ON organisation.id = registration.organisation_id
"""
# Who signed in has shown that the address is theirs, so what was registered with it alone is theirs, too.
OWN = """(registration.account_id = $1 OR registration.account_id IS NULL AND registration.email <> ''
    AND lower(registration.email) = (SELECT account.email FROM account WHERE account.id = $1))"""


async def registration_for(tx: Tx, *, actor: Actor, registration_id: UUID) -> RegistrationView:
    """One's own. Raises NoSuchRegistration."""
    row = await tx.fetchrow(f"{VIEW} WHERE registration.id = $2 AND {OWN}", actor.account_id, registration_id)
    return _found(row)


async def registration_by_link(tx: Tx, *, registration_id: UUID, seal: str) -> RegistrationView:
    """As the link in a mail opens it. Raises NoSuchRegistration."""
    if not sealed(SEAL, registration_id, seal):
        raise NoSuchRegistration()
    return await registration_by_id(tx, registration_id=registration_id)


async def registration_by_id(tx: Tx, *, registration_id: UUID) -> RegistrationView:
    """Whoever asks. Raises NoSuchRegistration."""
    return _found(await tx.fetchrow(f"{VIEW} WHERE registration.id = $1", registration_id))


async def locked_registration(tx: Tx, *, registration_id: UUID) -> RegistrationView:
    """It, so that nobody else changes it meanwhile: the seats of its session are locked before it, by everybody, so
    that nobody waits in a ring. Raises NoSuchRegistration."""
    session_id = await tx.fetchval("SELECT session_id FROM registration WHERE id = $1", registration_id)
    if session_id is None:
        raise NoSuchRegistration()
    await seats_of(tx, session_id=session_id, lock=True)
    await tx.execute("SELECT FROM registration WHERE id = $1 FOR NO KEY UPDATE", registration_id)
    return await registration_by_id(tx, registration_id=registration_id)


async def registration_at(tx: Tx, *, actor: Actor, session_id: UUID) -> RegistrationView | None:
    """What the person has at a session, of which something may still come; the newest, if ever they had several."""
    row = await tx.fetchrow(
        f"""{VIEW} WHERE {OWN} AND registration.session_id = $2
        AND registration.state IN ('waiting', 'offered', 'registered') ORDER BY registration.id DESC LIMIT 1""",
        actor.account_id,
        session_id,
    )
    return registration_of(row) if row else None


async def waiting_for(tx: Tx, *, session_id: UUID) -> int:
    """How many seats are waited for."""
    found: int = await tx.fetchval(
        "SELECT coalesce(sum(seats), 0)::int FROM registration WHERE session_id = $1 AND state = 'waiting'", session_id
    )
    return found


async def ticket_by_code(tx: Tx, *, code: str) -> tuple[RegistrationView, TicketView]:
    """Whoever has the ticket may see it. Raises NoSuchTicket."""
    key = await tx.fetchval("SELECT registration_id FROM ticket WHERE code = $1", code)
    if key is None:
        raise NoSuchTicket()
    found = await registration_by_id(tx, registration_id=key)
    return found, next(ticket for ticket in found.tickets if ticket.code == code)


def registration_of(row: asyncpg.Record) -> RegistrationView:
    same: dict[str, Any] = {name: row[name] for name in _SAME}
    return RegistrationView(
        session=facts_of(row),
        gmina_id=row["home_gmina_id"],
        state=State(row["standing"]),
        place=row["place_in_line"],
        tickets=tuple(msgspec.json.decode(row["tickets"], type=list[TicketView]) if row["tickets"] else ()),
        **same,
    )


def _found(row: asyncpg.Record | None) -> RegistrationView:
    if row is None:
        raise NoSuchRegistration()
    return registration_of(row)


_SAME = [
    "id",
    "account_id",
    "organisation_id",
    "organisation_name",
    "name",
    "email",
    "locale",
    "seats",
    "walk_in",
    "priority",
    "offered_until",
    "credit_id",
    "told",
    "created_at",
    "version",
]
