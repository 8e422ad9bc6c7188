"""What goes wrong: plugs are pulled, the post is late, Stripe and the banks have their bad days, and time passes."""

import asyncio
import random
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta

import httpx

from incubator.bookings.expire_due import DUE, expire_booking
from incubator.db.engine import Database, attempt, statement
from incubator.kernel.clock import system_clock
from incubator.payments.stripe.ask_due import ask_due
from tests.chaos.processes import Machines, Process
from tests.stripe_fake.doors import Doors
from tests.stripe_fake.faults import Fault
from tests.stripe_fake.post import Way
from tests.stripe_fake.wrong import Wrong

# Silence is dear: each costs a client all its patience.
FAULTS = (
    *(Fault.RATE_LIMIT, Fault.ERROR_BEFORE, Fault.ERROR_AFTER, Fault.ERROR_KEPT, Fault.CUT_BEFORE, Fault.CUT_AFTER) * 4,
    Fault.SILENCE_BEFORE,
    Fault.SILENCE_AFTER,
)
SHARE = 0.12
"""Of the requests to Stripe that meet one of them."""
BETWEEN_KILLS = (4.0, 9.0)
AT_ONCE = 6
"""Events on their way."""
A_PAGE = 30
"""Seconds after which a page of Stripe that was left open may end."""
A_WHILE = timedelta(minutes=11)


@dataclass(slots=True, kw_only=True)
class Weather:
    db: Database
    machines: Machines
    stripe: Doors
    dice: random.Random
    http: httpx.AsyncClient
    passed: timedelta = field(default_factory=timedelta)
    """How far the house's jobs that come round are ahead of the clock."""
    heard: list[int] = field(default_factory=list)
    """What the house answered to events."""

    async def set_in(self, *, seed: int) -> None:
        await self._trouble(seed, SHARE, late_fees=True)

    async def clear_up(self) -> None:
        await self._trouble(0, 0, late_fees=False)

    async def _trouble(self, seed: int, share: float, *, late_fees: bool) -> None:
        told = {"faults": list(FAULTS), "share": share, "seed": seed, "late_fees": late_fees}
        answer = await self.http.post(f"{self.machines.stripe.address}/fake/trouble", json=told)
        assert answer.is_success, answer.text

    async def pull_plugs(self, fragile: Sequence[Process], over: Callable[[], bool]) -> None:
        """One machine after another, each started again a moment later."""
        while not over():
            await asyncio.sleep(self.dice.uniform(*BETWEEN_KILLS))
            victim = self.dice.choice(fragile)
            await victim.kill()
            await asyncio.sleep(self.dice.uniform(0, 1))
            await victim.start()
            await victim.ready()

    async def carry_post(self, over: Callable[[], bool]) -> None:
        """To any server: lost, doubled, late and shuffled, and not at all while nobody is there."""
        while not over():
            way = Way(seed=self.dice.randrange(1_000_000), lost=0.03, doubled=0.15, late=0.5, shuffled=True)
            await self.deliver(way)
            await asyncio.sleep(0.3)

    async def deliver(self, way: Way) -> list[int]:
        server = self.dice.choice(self.machines.servers)
        answers = await self.stripe.deliver(self.http, f"{server.address}/webhooks/stripe", way, at_once=AT_ONCE)
        self.heard += answers
        return answers

    async def keep_banking(self, over: Callable[[], bool]) -> None:
        while not over():
            await asyncio.sleep(3)
            self.bank(share=0.3)

    def bank(self, *, share: float) -> None:
        """What takes days in life: slow payments clear or do not, refunds arrive or come back, fees are told, and
        pages of Stripe that were left open end."""
        dice, store = self.dice, self.stripe.store
        with store.deed():
            waiting = [
                one["id"]
                for one in store.every("checkout.session")
                if one["status"] == "complete" and one["payment_status"] == "unpaid"
            ]
            pending = [one["id"] for one in store.every("refund") if one["status"] == "pending"]
        for session in waiting:
            if dice.random() < share:
                self._unless_wrong(lambda key=session: self._clear(key))
        for refund in pending:
            if dice.random() < share:
                settle = self.stripe.refund_fails if dice.random() < 0.1 else self.stripe.refund_succeeds
                self._unless_wrong(lambda key=refund, how=settle: how(key))
        if dice.random() < share:
            self.stripe.tell_fees()
        now = store.now
        for session in self.stripe.sessions():
            if session["status"] == "open" and session["created"] < now - A_PAGE and dice.random() < share:
                self._unless_wrong(lambda key=session["id"]: self.stripe.expire(key))

    def _clear(self, session: str) -> None:
        account = self.stripe.store.owner(session)
        found = self.stripe.store.find(account, "checkout.session", session)
        intent = self.stripe.store.find(account, "payment_intent", found["payment_intent"])
        if intent["status"] == "processing":
            self.stripe.clear(session, well=self.dice.random() < 0.7)

    def _unless_wrong(self, deed: Callable[[], object]) -> None:
        with suppress(Wrong):
            deed()

    async def let_time_pass(self, over: Callable[[], bool]) -> None:
        """What the house does each minute, at the pace of the test: it asks what it was not told, and gives up
        what was not paid."""
        while not over():
            await asyncio.sleep(6)
            await self.later(A_WHILE)

    async def later(self, while_: timedelta) -> None:
        self.passed += while_
        now = system_clock() + self.passed
        await attempt(self.db, lambda tx: ask_due(tx, now=now))
        async with statement(self.db) as tx:
            due = [row["id"] for row in await tx.fetch(DUE, now)]
        for booking_id in due:
            await expire_booking(self.db, subject_id=booking_id, now=now)
