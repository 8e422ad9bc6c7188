"""A house that sells, with the fake Stripe at the other end of a real line, and the worker's hands."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import httpx

from incubator.db.engine import Database, Tx, attempt, statement
from incubator.db.history import record
from incubator.jobs.work import Act
from incubator.kernel.ids import uuid7
from incubator.payments.stripe.ask_due import ask_due
from incubator.payments.stripe.client import NotNow, open_stripe
from incubator.payments.stripe.jobs import acts
from incubator.payments.stripe.tells import Ended, FeeKnown, Listeners, Paid, Refunded, RefundFailed
from incubator.payments.stripe.till import Till
from incubator.payments.stripe.want_checkout import Order, want_checkout
from incubator.payments.stripe.want_refund import want_refund
from tests.cast import Cast
from tests.conftest import NOW
from tests.stripe_fake.post import STRAIGHT, Way
from tests.stripe_fake.server import FakeStripe, fake_stripe

PATIENCE = 0.5
TAKE = """
DELETE FROM pgqueuer WHERE status = 'queued' AND entrypoint = ANY ($1) RETURNING id, entrypoint, payload
"""
PUT_BACK = "INSERT INTO pgqueuer (entrypoint, payload, priority, status) VALUES ($1, $2, 0, 'queued')"
CONNECT = """
INSERT INTO stripe_account (gmina_id, account, charges_since, error, version) VALUES ($1, $2, $3, '', 1)
"""
TOLD = "SELECT verb, subject_id, after::text AS after FROM history WHERE verb LIKE 'told_%' ORDER BY id"


async def tell(tx: Tx, kind: str, subject: UUID, now: datetime, **after: object) -> None:
    """Listeners leave their trace in the transaction itself: what was rolled back was not told."""
    await record(
        tx, now=now, actor_id=None, verb=f"told_{kind}", subject_kind="charge", subject_id=subject, after=after
    )


async def on_paid(tx: Tx, *, told: Paid, now: datetime) -> None:
    await tell(tx, "paid", told.charge_id, now, amount=told.amount, fee=told.fee, method=told.method)


async def on_fee(tx: Tx, *, told: FeeKnown, now: datetime) -> None:
    await tell(tx, "fee", told.charge_id, now, fee=told.fee)


async def on_ended(tx: Tx, *, told: Ended, now: datetime) -> None:
    await tell(tx, told.state, told.charge_id, now)


async def on_refunded(tx: Tx, *, told: Refunded, now: datetime) -> None:
    await tell(tx, "refunded", told.refund_id, now, amount=told.amount)


async def on_refund_failed(tx: Tx, *, told: RefundFailed, now: datetime) -> None:
    await tell(tx, "refund_failed", told.refund_id, now, reason=told.reason, after_all=told.after_all)


LISTENERS = Listeners(
    paid=(on_paid,), fee=(on_fee,), ended=(on_ended,), refunded=(on_refunded,), refund_failed=(on_refund_failed,)
)


@dataclass
class Shop:
    db: Database
    cast: Cast
    fake: FakeStripe
    till: Till
    account: str
    other: str
    now: datetime = NOW
    failures: list[str] = field(default_factory=list)

    async def want(self, *, charge: UUID | None = None, amount: int = 12_300, minutes: int = 60) -> UUID:
        order = self.order(charge or uuid7(), amount)
        until = self.now + timedelta(minutes=minutes)
        return await attempt(
            self.db, lambda tx: want_checkout(tx, till=self.till, order=order, until=until, now=self.now)
        )

    def order(self, charge: UUID, amount: int = 12_300) -> Order:
        return Order(
            charge_id=charge,
            gmina_id=self.cast.niepolomice,
            account_id=self.cast.member.id,
            amount=amount,
            text="Sala L, 7 września",
            locale="pl",
            email="member@example.com",
            back="/me",
        )

    async def give_back(self, checkout: UUID, amount: int, *, refund: UUID | None = None) -> UUID:
        told = {"refund_id": refund or uuid7(), "checkout_id": checkout, "amount": amount, "now": self.now}
        return await attempt(self.db, lambda tx: want_refund(tx, **told))

    async def work(self, *, rounds: int = 10) -> None:
        """Do what waits in the queue, all of it; what has to be tried again is, `rounds` times at most."""
        jobs = acts(self.till)
        for _ in range(rounds):
            async with statement(self.db) as tx:
                taken = await tx.fetch(TAKE, list(jobs))
            if not taken:
                return
            await asyncio.gather(*(self._do(row["entrypoint"], row["payload"], jobs) for row in taken))

    async def _do(self, name: str, payload: bytes, jobs: Mapping[str, Act]) -> None:
        try:
            await jobs[name](self.db, subject_id=UUID(bytes=payload), now=self.now)
        except NotNow as error:
            self.failures.append(str(error))
            async with statement(self.db) as tx:
                await tx.execute(PUT_BACK, name, payload)

    async def come_round(self, *, after: timedelta = timedelta()) -> int:
        """Time passes, here and at Stripe, and what is due is asked for."""
        self.now += after
        asked = await attempt(self.db, lambda tx: ask_due(tx, now=self.now))
        await self.work()
        return asked

    async def hear(self, browser: httpx.AsyncClient, way: Way = STRAIGHT) -> list[int]:
        """What Stripe has to tell arrives and is worked."""
        answers = await self.fake.deliver(browser, way=way)
        await self.work()
        return answers

    async def row(self, checkout: UUID) -> Any:
        async with statement(self.db) as tx:
            return await tx.fetchrow("SELECT * FROM checkout WHERE id = $1", checkout)

    async def refund(self, request: UUID) -> Any:
        async with statement(self.db) as tx:
            return await tx.fetchrow("SELECT * FROM stripe_refund WHERE id = $1", request)

    async def told(self) -> Counter[str]:
        async with statement(self.db) as tx:
            return Counter(row["verb"].removeprefix("told_") for row in await tx.fetch(TOLD))

    async def strange(self) -> list[str]:
        async with statement(self.db) as tx:
            return [row["error"] for row in await tx.fetch("SELECT error FROM stripe_event WHERE error <> ''")]


@asynccontextmanager
async def open_shop(
    db: Database, cast: Cast, *, patience: float = PATIENCE, listeners: Listeners = LISTENERS
) -> AsyncIterator[Shop]:
    """Niepołomice has a connected account, Skawina another."""
    async with fake_stripe() as fake:
        line = open_stripe(fake.key, address=fake.address, patience=patience, retries=0)
        till = Till(line, listeners, "http://testserver.local", (fake.secret,))
        account, other = fake.open_account(key="acct_niepolomice"), fake.open_account(key="acct_skawina")
        shop = Shop(db, cast, fake, till, account, other)
        fake.store.clock = lambda: shop.now.timestamp()
        async with statement(db) as tx:
            await tx.execute(CONNECT, cast.niepolomice, account, NOW)
            await tx.execute(CONNECT, cast.skawina, other, NOW)
        yield shop
        await till.close()
