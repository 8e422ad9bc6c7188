"""Offer a freed time to the first in line, as a hold with an end.

Whatever frees a time calls `offer_next` in its own transaction, so that nobody slips in between. A
job calls `offers_due` for what that cannot see: two who free the halves of one wish at once, a wish
made while its time was being freed, a space that opened again. Both lock the wishes in the order of
the line, look whether the time is free, and let the constraint judge: however many do so at once,
a freed time is offered once.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

import asyncpg

from incubator.bookings.draft import Order, draft, wish_of
from incubator.bookings.place import place
from incubator.bookings.rules import InThePast, TooSoon, check
from incubator.bookings.tell import News, tell
from incubator.bookings.views import BookingView
from incubator.db.engine import Tx
from incubator.db.history import record
from incubator.kernel.errors import Refusal
from incubator.kernel.period import Period
from incubator.people.actor import actor_by_account
from incubator.places.queries import space_to_book

PATIENCE = timedelta(hours=2)
"""How long an offer stands, where its time does not come first: it reaches people by mail."""

# The turnaround of either side may be what stood in the way, and is a day at most.
# $1 spaces, $2 start, $3 end, $4 now.
LINE = """
SELECT entry.id FROM waitlist_entry AS entry
WHERE entry.state = 'waiting' AND lower(entry.period) > $4
    AND entry.space_id IN (
        SELECT theirs.space_id FROM space_resource AS ours JOIN space_resource AS theirs USING (resource_id)
        WHERE ours.space_id = ANY($1::uuid[])
    )
    AND lower(entry.period) < $3::timestamptz + interval '1 day'
    AND upper(entry.period) > $2::timestamptz - interval '1 day'
ORDER BY entry.created_at, entry.id FOR UPDATE
"""
# Rows of a resource never overlap: of those that start before the end, the last reaches furthest.
FREE = """
NOT EXISTS (
    SELECT FROM space_resource CROSS JOIN LATERAL (
        SELECT upper(during) AS ends FROM occupancy
        WHERE occupancy.resource_id = space_resource.resource_id
            AND lower(during) < upper(entry.period) + space.turnaround_minutes * interval '1 minute'
        ORDER BY lower(during) DESC LIMIT 1
    ) AS last WHERE space_resource.space_id = entry.space_id AND last.ends > lower(entry.period)
)
"""
FREE_NOW = f"""
SELECT entry.id, entry.space_id, entry.account_id, entry.organisation_id, entry.period, entry.title
FROM waitlist_entry AS entry JOIN space ON space.id = entry.space_id
WHERE entry.id = ANY($1::uuid[]) AND entry.state = 'waiting' AND {FREE}
ORDER BY entry.created_at, entry.id
"""
# All of them, in one go: who is refused keeps their place, so a limit would look at the same few for
# ever; and locks that were taken by and by could meet those of a verb that takes them at once.
DUE = f"""
SELECT entry.id FROM waitlist_entry AS entry JOIN space ON space.id = entry.space_id
WHERE entry.state = 'waiting' AND lower(entry.period) > $1 AND {FREE}
ORDER BY entry.created_at, entry.id FOR UPDATE OF entry
"""
ANSWERED = """
UPDATE waitlist_entry SET changed_at = $1,
    state = CASE booking.state WHEN 'expired' THEN 'lapsed' WHEN 'cancelled' THEN 'left' ELSE 'taken' END
FROM booking
WHERE waitlist_entry.state = 'offered' AND booking.id = waitlist_entry.booking_id AND booking.state <> 'held'
"""
PASSED = """
UPDATE waitlist_entry SET state = 'passed', changed_at = $1 WHERE state = 'waiting' AND lower(period) <= $1
"""
TURN = "UPDATE waitlist_entry SET state = $2, booking_id = $3, changed_at = $4 WHERE id = $1"


async def offer_next(tx: Tx, *, space_ids: Sequence[UUID], period: Period, now: datetime) -> list[UUID]:
    """Offer what became free of these spaces around `period`; the bookings that are now held for
    those in line. `tx` is in the transaction that freed it."""
    rows = await tx.fetch(LINE, list(space_ids), period.start, period.end, now)
    return await _offer_to(tx, [row["id"] for row in rows], now) if rows else []


async def offers_due(tx: Tx, *, now: datetime) -> list[UUID]:
    """Offer every time that is free and waited for, to the first in each line; note what became of
    earlier offers and of wishes whose time has come."""
    await tx.execute(ANSWERED, now)
    await tx.execute(PASSED, now)
    return await _offer_to(tx, [row["id"] for row in await tx.fetch(DUE, now)], now)


async def _offer_to(tx: Tx, entry_ids: list[UUID], now: datetime) -> list[UUID]:
    offered = [await _offer(tx, entry, now) for entry in await tx.fetch(FREE_NOW, entry_ids)]
    return [booking.id for booking in offered if booking is not None]


async def _offer(tx: Tx, entry: asyncpg.Record, now: datetime) -> BookingView | None:
    """The hold; nothing where another came first, or where the rules or the quota refuse the holder
    now: then they keep their place, for that can change."""
    try:
        async with tx.transaction():
            booking = await _hold_for(tx, entry, now)
    except (InThePast, TooSoon):
        await tx.execute(TURN, entry["id"], "passed", None, now)
        return None
    except Refusal:
        return None
    if booking is None:
        return None
    await tx.execute(TURN, entry["id"], "offered", booking.id, now)
    await record(
        tx,
        now=now,
        actor_id=None,
        verb="offer",
        subject_kind="waitlist_entry",
        subject_id=entry["id"],
        gmina_id=booking.gmina_id,
        after={"booking_id": str(booking.id)},
    )
    await tell(tx, view=booking, what=News.OFFERED, now=now)
    return booking


async def _hold_for(tx: Tx, entry: asyncpg.Record, now: datetime) -> BookingView | None:
    actor = await actor_by_account(tx, account_id=entry["account_id"])
    if actor is None:
        await tx.execute(TURN, entry["id"], "left", None, now)
        return None
    period = Period(entry["period"].lower, entry["period"].upper)
    space = await space_to_book(tx, space_id=entry["space_id"], span=period)
    holder = entry["organisation_id"]
    check(wish_of(actor=actor, space=space, organisation_id=holder, period=period, now=now), space)
    order = Order(space_id=space.id, period=period, organisation_id=holder, title=entry["title"])
    booking = draft(actor=actor, space=space, order=order, now=now)
    assert booking.hold_expires_at is not None
    booking = replace(booking, hold_expires_at=max(booking.hold_expires_at, min(now + PATIENCE, period.start)))
    return await place(tx, booking=booking, space=space, holder=actor, by_house=True, now=now)
