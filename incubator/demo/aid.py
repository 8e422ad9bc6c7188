"""De minimis aid of the demonstration: rates of the euro, declarations, grants for bookings of startups at the
preferential price, certificates, a report. Rates and prices are made up."""

from datetime import date, datetime, timedelta
from uuid import UUID

import asyncpg

from incubator.aid.certify import certify
from incubator.aid.declare import declare
from incubator.aid.details import Elsewhere, RateDetails
from incubator.aid.enter import Subject
from incubator.aid.enter_dated import put_rates
from incubator.aid.grant import grant
from incubator.aid.report import approve_report, draft_report
from incubator.aid.rules import Benefit
from incubator.aid.take_back import take_back
from incubator.aid.views import ReportView
from incubator.db.engine import Tx
from incubator.demo.settle_in import coordinator_of
from incubator.demo.teams import TEAMS, address
from incubator.demo.world import World
from incubator.kernel.period import WARSAW

GMINA = "niepolomice"
MARKET, CHARGED = 100_00, 30_00
"""Net grosz an hour."""
BENCHMARK = "Uchwała XII/120/26, cennik LAS: stawka komercyjna (dane demonstracyjne)"
ELSEWHERE = {"Puszcza Robotics": ("Małopolskie Centrum Przedsiębiorczości", 18_400_00)}
BOOKED = """
SELECT booking.id, booking.organisation_id, booking.incubator_id, booking.gmina_id, organisation.name, booking.created_at,
    (extract(epoch FROM upper(period) - lower(period)) / 60)::int AS minutes
FROM booking JOIN organisation ON organisation.id = organisation_id
WHERE booking.gmina_id = $1 AND organisation.gmina_id = $1 AND booking.state IN ('confirmed', 'completed')
    AND booking.part_of IS NULL AND booking.credit_id IS NULL
ORDER BY booking.created_at, booking.id LIMIT 12
"""


async def grant_aid(tx: Tx, world: World, *, now: datetime) -> None:
    """In the order in which it came about."""
    rows = await tx.fetch(BOOKED, world.built.gminas[GMINA])
    if not rows:
        return
    today = now.astimezone(WARSAW).date()
    begun = min(row["created_at"] for row in rows) - timedelta(days=14)
    await put_rates(tx, rates=_rates(begun.astimezone(WARSAW).date(), today))
    await _declare(tx, world, rows, begun)
    entries = [await _grant(tx, row) for row in rows]
    await take_back(tx, subject_kind="booking", subject_id=rows[-1]["id"], actor_id=None, now=now)
    coordinator = world.actor(coordinator_of(GMINA))
    for entry_id in filter(None, entries[:3]):
        await certify(tx, actor=coordinator, entry_id=entry_id, now=now)
    half = rows[len(rows) // 2]["created_at"].astimezone(WARSAW).date()

    async def report(first: date, last: date) -> ReportView:
        gmina_id = world.built.gminas[GMINA]
        return await draft_report(tx, actor=coordinator, gmina_id=gmina_id, first_day=first, last_day=last, now=now)

    made = await report(begun.date(), half)
    await approve_report(tx, actor=coordinator, report_id=made.id, now=now)
    await report(half, today)


def _rates(first: date, last: date) -> list[RateDetails]:
    """A table for each working day, the rate wandering a little."""
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    working = [day for day in days if day.isoweekday() < 6]
    return [
        RateDetails(day=day, rate=42_400 + (n * 37) % 300, table_number=f"{n + 1}/A/NBP/{day.year}")
        for n, day in enumerate(working)
    ]


async def _declare(tx: Tx, world: World, rows: list[asyncpg.Record], when: datetime) -> None:
    owners = {world.organisation(team.name): (team.name, address(team.people[0])) for team in TEAMS}
    for organisation_id in sorted({row["organisation_id"] for row in rows}):
        name, owner = owners[organisation_id]
        provider, cents = ELSEWHERE.get(name, ("", 0))
        day = (when - timedelta(days=200)).date()
        told = [Elsewhere(granted_on=day, provider=provider, amount_cents=cents)] if cents else []
        await declare(tx, actor=world.actor(owner), organisation_id=organisation_id, elsewhere=told, now=when)


async def _grant(tx: Tx, row: asyncpg.Record) -> UUID | None:
    subject = Subject(kind="booking", id=row["id"], gmina_id=row["gmina_id"], incubator_id=row["incubator_id"])
    market, charged = (price * row["minutes"] // 60 for price in (MARKET, CHARGED))
    benefit = Benefit(market=market, charged=charged, benchmark=BENCHMARK)
    return await grant(
        tx,
        organisation_id=row["organisation_id"],
        subject=subject,
        benefit=benefit,
        actor_id=None,
        now=row["created_at"],
    )
