"""The fake Stripe itself. In a test:

async with fake_stripe() as stripe:        # stripe.address, stripe.key
    account = stripe.open_account()
    …
    stripe.pay(session_id, "blik")
    await stripe.deliver(client)
"""

import asyncio
import json
import re
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from tests.stripe_fake import accounts, disputes, payments, payouts, refunds, sessions
from tests.stripe_fake.doors import Doors
from tests.stripe_fake.faults import Fault
from tests.stripe_fake.happenings import VERSION
from tests.stripe_fake.http import CUT, Answer, Request, listening
from tests.stripe_fake.lists import listed
from tests.stripe_fake.page import checkout_page
from tests.stripe_fake.store import Kept, Store
from tests.stripe_fake.strict import checked
from tests.stripe_fake.wrong import Wrong

KEY = "sk_test_of_the_fake"
SECRET = "whsec_of_the_fake"
SILENCE = 30.0
"""Seconds after which a silent line is cut; clients have less patience."""


def _list(kind: str, url: str) -> Callable[..., Any]:
    return lambda store, account, told: listed(store, account, told, kind, url)


ROUTES: list[tuple[str, re.Pattern[str], str, Callable[..., Any]]] = [
    (method, re.compile(pattern.replace("{}", "([^/]+)") + "$"), params, act)
    for method, pattern, params, act in (
        ("POST", "/v1/checkout/sessions", "checkout._session_create_params.SessionCreateParams", sessions.create_session),
        ("GET", "/v1/checkout/sessions", "checkout._session_list_params.SessionListParams", _list("checkout.session", "/v1/checkout/sessions")),
        ("GET", "/v1/checkout/sessions/{}", "checkout._session_retrieve_params.SessionRetrieveParams", sessions.retrieve_session),
        ("POST", "/v1/checkout/sessions/{}/expire", "checkout._session_expire_params.SessionExpireParams", sessions.expire_session),
        ("GET", "/v1/payment_intents/{}", "_payment_intent_retrieve_params.PaymentIntentRetrieveParams", payments.retrieve_intent),
        ("GET", "/v1/charges/{}", "_charge_retrieve_params.ChargeRetrieveParams", payments.retrieve_charge),
        ("POST", "/v1/refunds", "_refund_create_params.RefundCreateParams", refunds.create_refund),
        ("GET", "/v1/refunds", "_refund_list_params.RefundListParams", _list("refund", "/v1/refunds")),
        ("GET", "/v1/refunds/{}", "_refund_retrieve_params.RefundRetrieveParams", refunds.retrieve_refund),
        ("GET", "/v1/disputes/{}", "_dispute_retrieve_params.DisputeRetrieveParams", disputes.retrieve_dispute),
        ("GET", "/v1/payouts", "_payout_list_params.PayoutListParams", _list("payout", "/v1/payouts")),
        ("GET", "/v1/payouts/{}", "_payout_retrieve_params.PayoutRetrieveParams", payouts.retrieve_payout),
        ("GET", "/v1/balance", "_balance_retrieve_params.BalanceRetrieveParams", payments.retrieve_balance),
        ("GET", "/v1/balance_transactions", "_balance_transaction_list_params.BalanceTransactionListParams", _list("balance_transaction", "/v1/balance_transactions")),
        ("GET", "/v1/balance_transactions/{}", "_balance_transaction_retrieve_params.BalanceTransactionRetrieveParams", payments.retrieve_transaction),
        ("GET", "/v1/accounts/{}", "_account_retrieve_params.AccountRetrieveParams", accounts.retrieve_account),
        ("GET", "/v1/events", "_event_list_params.EventListParams", _list("event", "/v1/events")),
    )
]  # fmt: skip
EXPANDABLE = {
    "latest_charge": "charge",
    "balance_transaction": "balance_transaction",
    "payment_intent": "payment_intent",
}
HIDDEN = ("intent_data", "in_payout")


class FakeStripe(Doors):
    """`asked` are the requests that came, as "POST /v1/refunds"."""

    def __init__(self, path: str = ":memory:", clock: Callable[[], float] = time.time) -> None:
        super().__init__(Store(path, clock), SECRET)
        self.key, self.address = KEY, ""
        self.asked: list[str] = []

    async def handle(self, request: Request) -> Answer:
        if request.path.startswith("/pay/"):
            return checkout_page(self, request)
        if request.path.startswith("/fake/"):
            return self.through_the_door(request)
        asked = f"{request.method} {request.path}"
        self.asked.append(asked)
        fault = self.faults.strike(asked)
        if fault is not None and fault.first:
            return await _struck(fault)
        answer = self._answer(request, fault)
        return await _struck(fault, answer) if fault is not None else answer

    def _answer(self, request: Request, fault: Fault | None) -> Answer:
        try:
            account = self._who(request)
            with self.store.deed():
                sessions.expire_overdue(self.store)
            key = request.headers.get("idempotency-key", "")
            if request.method != "POST" or not key:
                with self.store.deed():
                    return self._act(request, account)
            with self.store.deed():
                return self._once(request, account, key, fault)
        except Wrong as wrong:
            return wrong.answer

    def _once(self, request: Request, account: str, key: str, fault: Fault | None) -> Answer:
        """Keys are kept for each account; what was answered under one is answered again."""
        asked = json.dumps([request.path, sorted(request.form)])
        kept = self.store.kept(account, key)
        if kept is not None:
            if kept.asked != asked:
                said = f"Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '{key}' if you meant to execute a different request."
                raise Wrong(said, kind="idempotency_error")
            return Answer(kept.status, kept.body, {"idempotent-replayed": "true"})
        if fault is Fault.ERROR_KEPT:
            answer = ERROR
        else:
            try:
                answer = self._act(request, account)
            except Wrong as wrong:
                if not wrong.kept:
                    raise
                answer = wrong.answer
        if fault is Fault.ERROR_AFTER:
            answer = ERROR
        self.store.keep(account, key, Kept(asked, answer.status, answer.body))
        return answer

    def _act(self, request: Request, account: str) -> Answer:
        for method, pattern, params, act in ROUTES:
            if method == request.method and (found := pattern.match(request.path)):
                told = checked(params, request.form if method == "POST" else request.query)
                made = act(self.store, account, told, *found.groups())
                return Answer(200, json.dumps(self._shown(made, account, told.get("expand", []))).encode())
        raise Wrong(f"Unrecognized request URL ({request.method}: {request.path}).", status=404)

    def _shown(self, made: dict[str, Any], account: str, expand: list[str]) -> dict[str, Any]:
        shown = {key: value for key, value in made.items() if key not in HIDDEN}
        if shown["object"] == "list":
            shown["data"] = [{key: value for key, value in one.items() if key not in HIDDEN} for one in shown["data"]]
        if shown["object"] == "checkout.session" and shown["url"]:
            shown["url"] = f"{self.address}/pay/{shown['id']}"
        for path in expand:
            self._expand(shown, account, path.split("."))
        return shown

    def _expand(self, thing: dict[str, Any], account: str, path: list[str]) -> None:
        name, *rest = path
        if name not in EXPANDABLE or name not in thing:
            raise Wrong(f"This property cannot be expanded ({name}).", param="expand")
        if isinstance(thing[name], str):
            thing[name] = self.store.find(account, EXPANDABLE[name], thing[name])
        if rest and thing[name] is not None:
            self._expand(thing[name], account, rest)

    def _who(self, request: Request) -> str:
        if request.headers.get("authorization") != f"Bearer {self.key}":
            raise Wrong("Invalid API Key provided", status=401)
        if request.headers.get("stripe-version") != VERSION:
            raise Wrong(f"Invalid Stripe API version: {request.headers.get('stripe-version')}")
        account = request.headers.get("stripe-account", "")
        if not account:
            return accounts.PLATFORM
        if self.store.find(accounts.PLATFORM, "account", account) is None:
            said = f"The provided key does not have access to account '{account}' (or that account does not exist). Application access may have been revoked."
            raise Wrong(said, status=403, code="account_invalid")
        return account


ERROR = Answer(
    500,
    b'{"error": {"message": "An unknown error occurred", "type": "api_error"}}',
    {"stripe-should-retry": "false"},
)


async def _struck(fault: Fault, answer: Answer = CUT) -> Answer:
    match fault:
        case Fault.RATE_LIMIT:
            said = "Request rate limit exceeded."
            return Wrong(said, status=429, code="rate_limit").answer
        case Fault.ERROR_BEFORE | Fault.ERROR_AFTER | Fault.ERROR_KEPT:
            return ERROR
        case Fault.SILENCE_BEFORE | Fault.SILENCE_AFTER:
            await asyncio.sleep(SILENCE)
            return CUT
        case _:
            return CUT


@asynccontextmanager
async def fake_stripe(
    path: str = ":memory:", *, clock: Callable[[], float] = time.time, port: int = 0
) -> AsyncIterator[FakeStripe]:
    """Serves while the block runs, keeping what it knows in the file at `path`."""
    made = FakeStripe(path, clock)
    async with listening(made.handle, port=port) as port:
        made.address = f"http://127.0.0.1:{port}"
        yield made
