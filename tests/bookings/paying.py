"""A house in which one pays first, and steps that a booking and its money may take, in any order."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import httpx

from incubator.bookings.cancel import cancel
from incubator.bookings.draft import Order
from incubator.bookings.expire import expire_overdue
from incubator.bookings.hold import hold_order
from incubator.bookings.pay_rules import PayBy
from incubator.bookings.views import BookingView
from incubator.db.engine import Database, attempt, statement, transaction
from incubator.features import HAND_OVER
from incubator.kernel.period import Period
from incubator.ledger.check_books import check_books
from incubator.payments.check_charges import check_charges
from incubator.payments.hand_over import OVERDUE
from incubator.payments.match_payment import record_transfer
from incubator.payments.pay_online import pay_online
from incubator.payments.settle_charge import LATE, SETTLED
from tests.aid.cast import put_declaration, put_rate
from tests.auditing import audit
from tests.cast import Cast, Person, acting
from tests.moments import on
from tests.payments.stripe.shop import TAKE, Shop
from tests.pricing.cast import a_tariff, hourly, in_force
from tests.stripe_fake.post import Way

DAY = datetime(2026, 9, 22).date()
TWO_HOURS = on(DAY, "10:00", "12:00")
PRICE = 7_380
RATES = (hourly("commercial", 10_000), hourly("incubated", 3_000), hourly("resident", 5_000), hourly("ngo", 0))
FOLLOWING: Mapping[str, Callable[..., Awaitable[None]]] = {
    SETTLED: HAND_OVER.tell_paid,
    OVERDUE: HAND_OVER.tell_overdue,
    LATE: HAND_OVER.tell_late,
}


async def pays_first(db: Database, cast: Cast, *, who: str = "everybody", deposit: int = 0, **more: Any) -> None:
    """Rooms L and S at 100 zł net an hour, 30 for startups: 73.80 zł for two hours of Acme's, within three days."""
    tariff = a_tariff(cast.room_l, cast.room_s, rates=RATES, deposit=deposit)
    await in_force(
        db, cast, tariff, **{"stated": "net", "startups_incubated": True, "pays_first": who, "due_days": 3, **more}
    )
    async with transaction(db) as tx:
        await put_rate(tx)
        await put_declaration(tx, organisation=cast.acme, by=cast.owner.id)


async def book(db: Database, cast: Cast, who: Person, *, now: datetime, own: bool = False, **told: Any) -> BookingView:
    """Outright, for Acme or with `own` for the person."""
    actor = await acting(db, who)
    given = {"space_id": cast.room_l, "period": TWO_HOURS, "organisation_id": None if own else cast.acme}
    order = Order(**{**given, "outright": True, **told})
    return await attempt(db, lambda tx: hold_order(tx, actor=actor, order=order, now=now), bare=True)


async def work(shop: Shop) -> None:
    """All that waits: what Stripe is asked, and what follows from money."""
    while True:
        await shop.work()
        async with statement(shop.db) as tx:
            taken = await tx.fetch(TAKE, list(FOLLOWING))
        if not taken:
            return
        for row in taken:
            await FOLLOWING[row["entrypoint"]](shop.db, subject_id=UUID(bytes=row["payload"]), now=shop.now)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stands:
    """How a booking and its money stand: `kept` is what came and does not go back, `aid` what is granted, in grosz."""

    booking: str
    charge: str
    kept: int
    aid: int


@dataclass
class Story:
    """One booking, and what happens to it."""

    shop: Shop
    house: httpx.AsyncClient
    booking: BookingView

    @property
    def db(self) -> Database:
        return self.shop.db

    async def charge(self) -> UUID:
        async with statement(self.db) as tx:
            return UUID(str(await tx.fetchval("SELECT id FROM charge WHERE subject_id = $1", self.booking.id)))

    async def opens(self) -> None:
        """Begins to pay online."""
        actor, charge_id, till = await acting(self.db, self.shop.cast.member), await self.charge(), self.shop.till
        told = {"till": till, "actor": actor, "charge_id": charge_id, "locale": "pl", "now": self.shop.now}
        await attempt(self.db, lambda tx: pay_online(tx, **told))
        await self.shop.work()

    async def pays(self, *, slow: bool = False) -> None:
        """At Stripe; nobody has told us yet."""
        self.shop.fake.pay(await self._session(), "p24" if slow else "blik", slow=slow)

    async def pays_slowly(self) -> None:
        """The bank still thinks about it."""
        await self.pays(slow=True)

    async def clears(self) -> None:
        self.shop.fake.clear(await self._session(), well=True)

    async def bounces(self) -> None:
        self.shop.fake.clear(await self._session(), well=False)

    async def hears(self) -> None:
        """Stripe's events come, and what follows is done."""
        await self.shop.fake.deliver(self.house)
        await work(self.shop)

    async def hears_twice_in_disorder(self) -> None:
        for seed in (1, 2):
            await self.shop.fake.deliver(self.house, way=Way(seed=seed, doubled=0.9, shuffled=True))
        await work(self.shop)

    async def hears_but_does_nothing_yet(self) -> None:
        """The worker has written the payment down; what follows from it has not been done."""
        await self.shop.hear(self.house)

    async def hears_nothing(self) -> None:
        """What Stripe had to tell is lost."""
        await self.shop.fake.deliver(self.house, way=Way(seed=1, lost=1.0))

    async def an_hour_passes(self) -> None:
        await self.passes(timedelta(hours=1, minutes=1))

    async def its_time_is_over(self) -> None:
        """The day after it was to be paid; it has not begun by far."""
        await self.passes(timedelta(days=4))

    async def it_begins(self) -> None:
        await self.passes(self.booking.period.start - self.shop.now)

    async def a_day_passes(self) -> None:
        await self.passes(timedelta(days=1))

    async def passes(self, time: timedelta) -> None:
        """The clock goes on, and the jobs come round: first those that give up, then those that ask Stripe."""
        self.shop.now += time
        await self.lapses()
        await self.shop.come_round()
        await attempt(self.db, lambda tx: HAND_OVER.look_for_overdue(tx, now=self.shop.now))
        await work(self.shop)
        await self.lapses()

    async def lapses(self) -> None:
        await attempt(self.db, lambda tx: expire_overdue(tx, now=self.shop.now))

    async def is_called_off(self) -> None:
        actor = await acting(self.db, self.shop.cast.member)
        await attempt(self.db, lambda tx: cancel(tx, actor=actor, booking_id=self.booking.id, now=self.shop.now))

    async def is_taken(self) -> None:
        """Somebody else books its time, and pays nothing: the house itself."""
        cast = self.shop.cast
        await book(self.db, cast, cast.coordinator, own=True, now=self.shop.now, period=self.booking.period)

    async def transfer_comes(self) -> None:
        await self.transfers(PRICE)

    async def half_of_it_comes(self) -> None:
        await self.transfers(PRICE // 2)

    async def transfers(self, amount: int) -> None:
        desk, charge_id = await acting(self.db, self.shop.cast.coordinator), await self.charge()
        told = {"actor": desk, "charge_id": charge_id, "amount": amount, "received_on": self.shop.now.date()}
        more = {"reference": "", "seen": None, "now": self.shop.now}
        await attempt(self.db, lambda tx: record_transfer(tx, **told, **more))
        await work(self.shop)

    async def stands(self) -> Stands:
        """When every check finds nothing, and the fake has what we say came by it."""
        async with transaction(self.db) as tx:
            now = self.shop.now
            assert (await check_books(tx, now=now), await check_charges(tx, now=now)) == ({}, {})
            assert await audit(tx) == []
            row = await tx.fetchrow(STANDS, self.booking.id)
            through = await tx.fetchval(THROUGH_STRIPE)
        assert self.shop.fake.balance(self.shop.account)[0] == through
        assert row is not None
        return Stands(**row)

    async def _session(self) -> str:
        """The last that was opened."""
        async with statement(self.db) as tx:
            return str(await tx.fetchval("SELECT session_id FROM checkout ORDER BY id DESC LIMIT 1"))


STANDS = """
SELECT booking.state AS booking, charge.state AS charge, paid - refunded AS kept,
    (SELECT coalesce(sum(amount), 0) FROM aid_entry WHERE subject_id = booking.id)::bigint AS aid
FROM booking JOIN charge ON subject_id = booking.id WHERE booking.id = $1
"""
THROUGH_STRIPE = """
SELECT ((SELECT coalesce(sum(amount), 0) FROM payment WHERE method <> 'transfer')
    - (SELECT coalesce(sum(amount), 0) FROM stripe_refund WHERE state = 'done'))::bigint
"""


async def letters(db: Database) -> list[str]:
    """What was written to people, by the first words of the subject."""
    async with statement(db) as tx:
        return [row["subject"].split(":")[0] for row in await tx.fetch("SELECT subject FROM mail ORDER BY id")]


def at(hour: int) -> Period:
    return on(DAY, f"{hour:02}:00", f"{hour + 1:02}:00")


ONLINE = PayBy.ONLINE
