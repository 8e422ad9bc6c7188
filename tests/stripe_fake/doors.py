"""What only tests may do: be the person who pays, the bank, time, and the post."""

import json
import random
from typing import Any

import httpx

from tests.stripe_fake import accounts, disputes, payments, payouts, refunds
from tests.stripe_fake.faults import Fault, Faults
from tests.stripe_fake.happenings import happened
from tests.stripe_fake.http import Answer, Request
from tests.stripe_fake.post import STRAIGHT, Endpoint, Way, deliver
from tests.stripe_fake.sessions import end, expire_overdue
from tests.stripe_fake.store import Store, Thing
from tests.stripe_fake.wrong import Wrong


class Doors:
    def __init__(self, store: Store, secret: str) -> None:
        self.store, self.secret = store, secret
        self.late_fees, self.faults = False, Faults()

    def open_account(self, **how: Any) -> str:
        with self.store.deed():
            return accounts.open_account(self.store, **how)["id"]

    def enable(self, account: str, *, charges: bool = True) -> None:
        with self.store.deed():
            accounts.enable(self.store, account, charges=charges)

    def pay(self, session: str, method: str = "blik", *, slow: bool = False) -> Thing:
        with self.store.deed():
            expire_overdue(self.store)
        with self.store.deed():
            account = self.store.owner(session)
            return payments.pay(self.store, account, session, method, late_fee=self.late_fees, slow=slow)

    def clear(self, session: str, *, well: bool = True) -> None:
        with self.store.deed():
            payments.clear(self.store, self.store.owner(session), session, well=well)

    def decline(self, session: str, method: str = "card") -> None:
        with self.store.deed():
            payments.decline(self.store, self.store.owner(session), session, method)

    def expire(self, session: str) -> None:
        with self.store.deed():
            account = self.store.owner(session)
            end(self.store, account, self.store.find(account, "checkout.session", session))

    def tell_fees(self) -> None:
        """The fees that Stripe had not told."""
        with self.store.deed():
            for charge in self.store.every("charge"):
                if charge["balance_transaction"] is None:
                    payments.tell_fee(self.store, self.store.owner(charge["id"]), charge)

    def dispute(self, intent: str, *, inquiry: bool = False, amount: int | None = None) -> Thing:
        with self.store.deed():
            account = self.store.owner(intent)
            return disputes.dispute(self.store, account, intent, inquiry=inquiry, amount=amount)

    def escalate(self, dispute: str) -> None:
        with self.store.deed():
            disputes.escalate(self.store, self.store.owner(dispute), dispute)

    def decide(self, dispute: str, *, won: bool) -> None:
        with self.store.deed():
            disputes.decide(self.store, self.store.owner(dispute), dispute, won=won)

    def pay_out(self, account: str, *, amiss: int = 0) -> str:
        with self.store.deed():
            return payouts.pay_out(self.store, account, amiss=amiss)["id"]

    def count_payout(self, payout: str) -> None:
        with self.store.deed():
            payouts.count(self.store, self.store.owner(payout), payout)

    def payout_arrives(self, payout: str) -> None:
        with self.store.deed():
            payouts.arrive(self.store, self.store.owner(payout), payout)

    def payout_bounces(self, payout: str) -> None:
        with self.store.deed():
            payouts.bounce(self.store, self.store.owner(payout), payout)

    def refund_succeeds(self, refund: str) -> None:
        with self.store.deed():
            refunds.succeed_refund(self.store, self.store.owner(refund), refund)

    def refund_fails(self, refund: str) -> None:
        with self.store.deed():
            refunds.fail_refund(self.store, self.store.owner(refund), refund)

    def pass_time(self) -> None:
        """What is over by now expires."""
        with self.store.deed():
            expire_overdue(self.store)

    def happens(self, account: str, kind: str, thing: Thing, **how: Any) -> Thing:
        """An event out of nothing."""
        with self.store.deed():
            return happened(self.store, account, kind, thing, **how)

    def sessions(self) -> list[Thing]:
        return self.store.every("checkout.session")

    def balance(self, account: str) -> tuple[int, int]:
        """What was moved, and the fees for it."""
        booked = self.store.every("balance_transaction", account)
        return sum(one["amount"] for one in booked), sum(one["fee"] for one in booked)

    def trouble(self, faults: list[str], share: float, *, seed: int = 0, late_fees: bool = False) -> None:
        """From now on each request meets one of the faults with probability `share`."""
        self.faults = Faults(by_chance=tuple(map(Fault, faults)), share=share, dice=random.Random(seed))
        self.late_fees = late_fees

    async def deliver(
        self, client: httpx.AsyncClient, url: str = "/webhooks/stripe", way: Way = STRAIGHT, *, at_once: int = 1
    ) -> list[int]:
        return await deliver(self.store, Endpoint(url, self.secret), client, way, at_once=at_once)

    def through_the_door(self, request: Request) -> Answer:
        """The same from another process: POST /fake/pay with what it takes as JSON."""
        doors = {
            name: getattr(self, name) for name in ("open_account", "pay", "expire", "sessions", "clear", "trouble")
        }
        try:
            made = doors[request.path.removeprefix("/fake/")](**json.loads(request.body or b"{}"))
        except Wrong as wrong:
            return wrong.answer
        return Answer(200, json.dumps(made).encode())
