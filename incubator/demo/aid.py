"""What bookings of the demonstration cost, and the de minimis aid in it: some bookings of startups charged by the price
list of their day, certificates, a report. Meetings and seats were granted when they were booked."""

from datetime import date, datetime

import asyncpg

from incubator.aid.certify import certify
from incubator.aid.report import approve_report, draft_report
from incubator.aid.views import ReportView
from incubator.bookings.charge import charge_booking
from incubator.bookings.give_back_price import give_back_price
from incubator.bookings.queries import booking_for
from incubator.db.engine import Tx
from incubator.demo.aid_ready import BEGAN
from incubator.demo.settle_in import coordinator_of
from incubator.demo.world import World
from incubator.kernel.period import WARSAW

GMINA = "niepolomice"
BOOKED = """
SELECT booking.id, booking.created_at FROM booking JOIN organisation ON organisation.id = organisation_id
WHERE booking.gmina_id = $1 AND organisation.gmina_id = $1 AND organisation.kind IN ('startup', 'company')
    AND booking.state IN ('confirmed', 'completed') AND booking.part_of IS NULL AND booking.credit_id IS NULL
    AND booking.created_at > $2 AND EXISTS (
        SELECT FROM tariff_space JOIN price_list ON price_list.id = list_id
        WHERE space_id = booking.space_id AND state = 'published'
    )
ORDER BY booking.created_at, booking.id LIMIT 14
"""

ONE_OF_EACH = """
SELECT DISTINCT ON (subject_kind) id FROM aid_entry AS granted WHERE gmina_id = $1 AND reverses IS NULL
    AND NOT EXISTS (SELECT FROM aid_entry WHERE reverses = granted.id)
ORDER BY subject_kind, id
"""


async def charge_startups(tx: Tx, world: World, *, now: datetime) -> None:
    """In the order in which it came about."""
    rows = await tx.fetch(BOOKED, world.built.gminas[GMINA], now - BEGAN)
    if not rows:
        return
    coordinator = world.actor(coordinator_of(GMINA))
    for row in rows:
        booking = await booking_for(tx, actor=coordinator, booking_id=row["id"])
        await charge_booking(tx, booking=booking, by=None, now=row["created_at"])
    last = await booking_for(tx, actor=coordinator, booking_id=rows[-1]["id"])
    await give_back_price(tx, booking=last, by=coordinator.account_id, now=now, reason="cancelled")
    await _report(tx, world, rows, now)


async def _report(tx: Tx, world: World, rows: list[asyncpg.Record], now: datetime) -> None:
    """Certificates of the first grant of each kind; the first half reported, the rest a draft."""
    coordinator, gmina_id = world.actor(coordinator_of(GMINA)), world.built.gminas[GMINA]

    async def report(first: date, last: date) -> ReportView:
        about = {"first_day": first, "last_day": last}
        return await draft_report(tx, actor=coordinator, gmina_id=gmina_id, now=now, **about)

    for row in await tx.fetch(ONE_OF_EACH, gmina_id):
        await certify(tx, actor=coordinator, entry_id=row["id"], now=now)
    half = rows[len(rows) // 2]["created_at"].astimezone(WARSAW).date()
    made = await report((now - BEGAN).date(), half)
    await approve_report(tx, actor=coordinator, report_id=made.id, now=now)
    await report(half, now.astimezone(WARSAW).date())
