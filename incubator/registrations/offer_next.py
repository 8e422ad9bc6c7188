"""Offer freed seats to those who wait, for a time.

Whatever frees seats calls `offer_next` in its own transaction, so that nobody slips in between; a job calls
`sessions_due` for what that cannot see: offers that nobody took, more seats than before. Priority goes first, then
who came first. A party that needs more seats than there are keeps its place, and smaller ones behind it go on, so
that no seat stays empty while somebody wants it; the page of the waiting list says so.
"""

from datetime import datetime, timedelta
from uuid import UUID

import asyncpg

from incubator.credits.draw import draw
from incubator.db.engine import Tx
from incubator.exchanges.seats import seats_of, take_seats
from incubator.kernel.period import Period
from incubator.registrations.queries import registration_by_id
from incubator.registrations.settle import settle
from incubator.registrations.stalls import give_wished
from incubator.registrations.states import State
from incubator.registrations.tell import News, tell
from incubator.registrations.views import RegistrationView

SESSION = """
SELECT gmina_id, period, offer_hours, draws_seats FROM session
WHERE id = $1 AND state = 'published' AND lower(period) > $2
"""
OVERDUE = "SELECT id FROM registration WHERE session_id = $1 AND state = 'offered' AND offered_until <= $2 ORDER BY id FOR NO KEY UPDATE"
IN_VAIN = """
SELECT registration.id FROM registration JOIN session ON session.id = session_id
WHERE session_id = $1 AND registration.state = 'waiting' AND lower(session.period) <= $2 ORDER BY registration.id
"""
NEXT = """
SELECT id FROM registration
WHERE session_id = $1 AND state = 'waiting' AND ($2::int IS NULL OR seats <= $2) AND id <> ALL($3::uuid[])
ORDER BY priority DESC, created_at, id LIMIT 1 FOR NO KEY UPDATE
"""
# Sessions with offers that nobody took, or with seats for somebody who waits, or whose time has come.
DUE = """
SELECT DISTINCT session_id FROM registration JOIN session ON session.id = session_id
JOIN session_seats AS seats USING (session_id)
WHERE registration.state = 'offered' AND offered_until <= $1
    OR registration.state = 'waiting' AND session.state = 'published' AND (
        seats.capacity IS NULL OR registration.seats <= seats.capacity - seats.taken OR lower(session.period) <= $1
    )
ORDER BY session_id LIMIT 200
"""


async def sessions_due(tx: Tx, *, now: datetime) -> None:
    """Every session in which something is to be given on."""
    for row in await tx.fetch(DUE, now):
        await seats_due(tx, session_id=row["session_id"], now=now)


async def seats_due(tx: Tx, *, session_id: UUID, now: datetime) -> bool:
    """Whether offers had lapsed. They end, and their seats are offered to the next; who still waits when the
    session begins, waited in vain."""
    await seats_of(tx, session_id=session_id, lock=True)
    late = [row["id"] for row in await tx.fetch(OVERDUE, session_id, now)]
    for key in late:
        await _lapse(tx, key, News.LAPSED, now)
    for row in await tx.fetch(IN_VAIN, session_id, now):
        await _lapse(tx, row["id"], News.NO_SEAT, now)
    await offer_next(tx, session_id=session_id, now=now)
    return bool(late)


async def offer_next(tx: Tx, *, session_id: UUID, now: datetime) -> list[UUID]:
    """Offer what is free, with the stalls that are wished for; who has an offer now."""
    session = await tx.fetchrow(SESSION, session_id, now)
    if session is None:
        return []
    await give_wished(tx, session_id=session_id)  # first to those who have an offer
    offered: list[UUID] = []
    passed: list[UUID] = []
    while True:
        free = (await seats_of(tx, session_id=session_id, lock=True)).free
        key = await tx.fetchval(NEXT, session_id, free, passed) if free is None or free > 0 else None
        if key is None:
            return offered
        found = await registration_by_id(tx, registration_id=key)
        (offered if await _offer(tx, found, session, now) else passed).append(key)


async def _offer(tx: Tx, found: RegistrationView, session: asyncpg.Record, now: datetime) -> bool:
    """Whether it was: who has nothing left to draw on keeps their place, for that can change."""
    period = Period(session["period"].lower, session["period"].upper)
    credit_id = None
    if session["draws_seats"]:
        credit_id = await _drawn(tx, found, period)
        if credit_id is None:
            return False
    if not await take_seats(tx, session_id=found.session_id, seats=found.seats):
        raise AssertionError("seats were free under the lock")
    until = min(now + timedelta(hours=session["offer_hours"]), period.start)
    await settle(
        tx,
        registration=found,
        to=State.OFFERED,
        verb="offer",
        actor_id=None,
        offered_until=until,
        credit_id=credit_id,
        now=now,
    )
    await give_wished(tx, session_id=found.session_id)
    view = await registration_by_id(tx, registration_id=found.id)
    await tell(tx, registration=view, what=News.OFFERED, now=now)
    return True


async def _drawn(tx: Tx, found: RegistrationView, period: Period) -> UUID | None:
    holder = found.organisation_id or found.account_id
    if holder is None:
        return None
    gmina_id = found.session.gmina_id
    return await draw(tx, holder_id=holder, kind="seats", gmina_id=gmina_id, period=period, amount=found.seats)


async def _lapse(tx: Tx, key: UUID, what: News, now: datetime) -> None:
    found = await registration_by_id(tx, registration_id=key)
    view = await settle(tx, registration=found, to=State.LAPSED, verb="lapse", actor_id=None, now=now)
    # Who never confirmed an address has shown nothing: nobody there waits for news.
    if found.told >= 0 or found.account_id is not None:
        await tell(tx, registration=view, what=what, now=now)
