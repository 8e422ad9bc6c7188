"""What bookings of the demonstration cost, and the de minimis aid in it: rates of the euro, declarations, some bookings of
startups charged by the price list of their day, certificates, a report. Rates are made up."""

from datetime import date, datetime, timedelta

import asyncpg

from incubator.aid.certify import certify
from incubator.aid.declare import declare
from incubator.aid.details import Elsewhere, RateDetails
from incubator.aid.enter_dated import put_rates
from incubator.aid.report import approve_report, draft_report
from incubator.aid.views import ReportView
from incubator.bookings.charge import charge_booking
from incubator.bookings.give_back_price import give_back_price
from incubator.bookings.queries import booking_for
from incubator.db.engine import Tx
from incubator.demo.settle_in import coordinator_of
from incubator.demo.teams import TEAMS, address
from incubator.demo.world import World
from incubator.kernel.period import WARSAW

GMINA = "niepolomice"
ELSEWHERE = {"Puszcza Robotics": ("Małopolskie Centrum Przedsiębiorczości", 18_400_00)}
BEGAN = timedelta(days=60)
AHEAD = 60
"""Days for which the demonstration knows rates, so that it can be looked at for a while."""
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


async def charge_startups(tx: Tx, world: World, *, now: datetime) -> None:
    """In the order in which it came about."""
    began, today = now - BEGAN, now.astimezone(WARSAW).date()
    await put_rates(tx, rates=_rates(began.date() - timedelta(days=10), today + timedelta(days=AHEAD)))
    await _declare(tx, world, began)
    rows = await tx.fetch(BOOKED, world.built.gminas[GMINA], began)
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
    """Certificates of the first three grants; the first half reported, the rest a draft."""
    coordinator, gmina_id = world.actor(coordinator_of(GMINA)), world.built.gminas[GMINA]

    async def report(first: date, last: date) -> ReportView:
        about = {"first_day": first, "last_day": last}
        return await draft_report(tx, actor=coordinator, gmina_id=gmina_id, now=now, **about)

    for row in await tx.fetch("SELECT id FROM aid_entry WHERE gmina_id = $1 ORDER BY id LIMIT 3", gmina_id):
        await certify(tx, actor=coordinator, entry_id=row["id"], now=now)
    half = rows[len(rows) // 2]["created_at"].astimezone(WARSAW).date()
    made = await report((now - BEGAN).date(), half)
    await approve_report(tx, actor=coordinator, report_id=made.id, now=now)
    await report(half, now.astimezone(WARSAW).date())


def _rates(first: date, last: date) -> list[RateDetails]:
    """A table for each working day, the rate wandering a little."""
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    working = [day for day in days if day.isoweekday() < 6]
    return [
        RateDetails(day=day, rate=42_400 + (n * 37) % 300, table_number=f"{n + 1}/A/NBP/{day.year}")
        for n, day in enumerate(working)
    ]


async def _declare(tx: Tx, world: World, when: datetime) -> None:
    for team in TEAMS:
        provider, cents = ELSEWHERE.get(team.name, ("", 0))
        day = (when - timedelta(days=200)).date()
        told = [Elsewhere(granted_on=day, provider=provider, amount_cents=cents)] if cents else []
        actor, key = world.actor(address(team.people[0])), world.organisation(team.name)
        await declare(tx, actor=actor, organisation_id=key, elsewhere=told, now=when)
