"""Spaces, mentors and seats draw on one ceiling."""

from collections.abc import Awaitable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from incubator.aid.grant import AidCeiling
from incubator.aid.grant_hours import HoursCeiling
from incubator.bookings.draft import Order
from incubator.bookings.hold import hold_order
from incubator.db.engine import Database, attempt, statement, transaction
from incubator.kernel.errors import Refusal
from incubator.kernel.period import Period
from incubator.mentoring.meet import meet
from incubator.mentoring.order import MeetingOrder
from incubator.registrations.order import RegistrationOrder
from incubator.registrations.register import register
from tests.aid.cast import granted, hours_worth, put_declaration, put_rate
from tests.cast import Cast, Person, acting
from tests.exchanges.cast import a_session
from tests.mentoring.cast import MentorAtHand, a_mentor
from tests.mentoring.meetings import complaints
from tests.moments import NOW
from tests.pricing.cast import a_tariff, hourly, in_force
from tests.races import outcomes

WORTH = 18_000
"""An hour of each, in grosz: 42.35 EUR at the usual rate."""
RATES = (hourly("commercial", WORTH), hourly("incubated", 0))


@dataclass(frozen=True, slots=True)
class Offers:
    """One hour each of a room, a mentor and a workshop, to the same company by three of its people."""

    db: Database
    cast: Cast
    mentor: MentorAtHand
    session: UUID
    period: Period

    async def room(self, who: Person, now: datetime) -> UUID:
        actor = await acting(self.db, who)
        order = Order(space_id=self.cast.room_l, period=self.period, organisation_id=self.cast.acme, outright=True)
        made = await attempt(self.db, lambda tx: hold_order(tx, actor=actor, order=order, now=now), bare=True)
        return made.id

    async def hour(self, who: Person, now: datetime) -> UUID:
        actor = await acting(self.db, who)
        order = MeetingOrder(
            mentor_id=self.mentor.id, period=self.period, mode="online", organisation_id=self.cast.acme
        )
        made = await attempt(self.db, lambda tx: meet(tx, actor=actor, order=order, now=now), bare=True)
        return made.id

    async def seat(self, who: Person, now: datetime) -> UUID:
        actor = await acting(self.db, who)
        order = RegistrationOrder(session_id=self.session, organisation_id=self.cast.acme, terms_accepted=True)
        made = await attempt(self.db, lambda tx: register(tx, actor=actor, order=order, now=now), bare=True)
        return made.id

    def all_of_them(self, now: datetime) -> list[Awaitable[object]]:
        cast = self.cast
        return [self.room(cast.owner, now), self.hour(cast.member, now), self.seat(cast.colleague, now)]


async def offers(db: Database, cast: Cast, day: date) -> Offers:
    """At ten on `day`; the room costs startups nothing."""
    await in_force(db, cast, a_tariff(cast.room_l, rates=RATES), stated="net", startups_incubated=True)
    async with transaction(db) as tx:
        await tx.execute("UPDATE organisation SET kind = 'startup'")
    start = datetime(day.year, day.month, day.day, 10, tzinfo=UTC)
    session = await a_session(db, cast.niepolomice, start=start, minutes=60)
    return Offers(db, cast, await a_mentor(db, cast), session, Period(start, start + timedelta(hours=1)))


async def left(db: Database) -> dict[str, int]:
    async with statement(db) as tx:
        rows = await tx.fetch("SELECT subject_kind, count(*) AS many FROM aid_entry GROUP BY 1")
    return {row["subject_kind"]: row["many"] for row in rows}


async def test_each_of_them_is_granted_at_its_market_price(db: Database, cast: Cast) -> None:
    await hours_worth(db, cast, price=WORTH)
    told = await offers(db, cast, NOW.date() + timedelta(days=1))
    await outcomes(*told.all_of_them(NOW))
    assert await left(db) == {"booking": 1, "meeting": 1, "registration": 1}
    async with statement(db) as tx:
        assert {row["amount"] for row in await tx.fetch("SELECT amount FROM aid_entry")} == {WORTH}


async def test_the_last_of_the_ceiling_goes_to_one_of_a_room_an_hour_and_a_seat(db: Database, cast: Cast) -> None:
    await hours_worth(db, cast, price=WORTH)
    told = await offers(db, cast, NOW.date() + timedelta(days=1))
    async with transaction(db) as tx:
        await granted(tx, cast, euros=299_950)
    got = await outcomes(*told.all_of_them(NOW))
    refused = [one for one in got if not isinstance(one, UUID)]
    assert len(refused) == 2 and set(refused) <= {AidCeiling, HoursCeiling}
    assert sum((await left(db)).values()) == 2  # what was there, and one more
    async with statement(db) as tx:
        things = "(SELECT count(*) FROM booking) + (SELECT count(*) FROM meeting) + (SELECT count(*) FROM registration)"
        assert await tx.fetchval(f"SELECT {things}") == 1
        assert await tx.fetchval("SELECT sum(amount_cents) FROM aid_entry") == 29_995_000 + 4_235
    assert await complaints(db) == []


async def test_another_law_is_another_ceiling_for_all_three_from_its_day(db: Database, cast: Cast) -> None:
    """The clock moves over the end of Regulation 2023/2831, at midnight in Warsaw."""
    await hours_worth(db, cast, price=WORTH)
    before, after = datetime(2030, 12, 31, 22, 30, tzinfo=UTC), datetime(2030, 12, 31, 23, 30, tzinfo=UTC)
    told = await offers(db, cast, date(2031, 1, 2))
    async with transaction(db) as tx:
        await tx.execute(
            "INSERT INTO aid_limit (valid_from, ceiling_cents, years, declared_days, basis)"
            " VALUES ('2031-01-01', 50000000, 3, 365, '2030/9999')"
        )
        await put_rate(tx, day=before.date())
        await put_declaration(tx, organisation=cast.acme, by=cast.owner.id, at=before)
        await granted(tx, cast, euros=299_990, now=before)
    for one in told.all_of_them(before):
        with pytest.raises(AidCeiling) as refused:
            await one
        assert isinstance(refused.value, Refusal) and refused.value.ceiling == "300000.00"
    for one in told.all_of_them(after):
        await one
    async with statement(db) as tx:
        rows = await tx.fetch("SELECT subject_kind, basis, granted_on FROM aid_entry ORDER BY id OFFSET 1")
    assert [tuple(row) for row in rows] == [
        (kind, "2030/9999", date(2031, 1, 1)) for kind in ("booking", "meeting", "registration")
    ]
