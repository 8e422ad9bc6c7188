"""The fake, asked by the real SDK over HTTP: as strict as Stripe, and as unreliable as told."""

import asyncio
import os
import signal
import sys
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import stripe

from tests.stripe_fake.faults import Fault
from tests.stripe_fake.payments import fee_of
from tests.stripe_fake.server import KEY, FakeStripe, fake_stripe

VERSION = "2026-10-28.endive"


@pytest.fixture
async def fake() -> AsyncIterator[FakeStripe]:
    async with fake_stripe() as made:
        yield made


def line(address: str, *, key: str = KEY, version: str = VERSION, patience: float = 5) -> stripe.StripeClient:
    return stripe.StripeClient(
        key,
        stripe_version=version,
        base_addresses={"api": address},
        http_client=stripe.HTTPXClient(timeout=patience),
        max_network_retries=0,
    )


def wish(**more: Any) -> dict[str, Any]:
    product = {"currency": "pln", "unit_amount": 12_300, "product_data": {"name": "Sala L"}}
    return {
        "mode": "payment",
        "line_items": [{"quantity": 1, "price_data": product}],
        "success_url": "https://example.com/back",
        "allowed_payment_method_types": ["card", "blik", "p24"],
        "client_reference_id": "row-1",
        **more,
    }


async def make(fake: FakeStripe, account: str, *, key: str = "", **more: Any) -> Any:
    options = {"stripe_account": account, **({"idempotency_key": key} if key else {})}
    return await line(fake.address).v1.checkout.sessions.create_async(wish(**more), options)


async def test_a_session_is_opened_paid_and_booked_with_its_fee(fake: FakeStripe) -> None:
    account = fake.open_account()
    session = await make(fake, account)
    assert (session.status, session.payment_status, session.amount_total) == ("open", "unpaid", 12_300)
    fake.pay(session.id, "blik")
    client, on = line(fake.address), {"stripe_account": account}
    paid = await client.v1.checkout.sessions.retrieve_async(session.id, None, on)
    assert (paid.status, paid.payment_status, paid.url) == ("complete", "paid", None)
    told = {"expand": ["latest_charge.balance_transaction"]}
    intent = await client.v1.payment_intents.retrieve_async(paid.payment_intent, told, on)
    assert intent.latest_charge.balance_transaction.fee == fee_of("blik", 12_300) == 297
    balance = await client.v1.balance.retrieve_async(None, on)
    assert balance.available[0].amount == 12_300 - 297


@pytest.mark.parametrize(
    ("more", "code", "param"),
    [
        ({"payment_method_types": ["card"]}, "parameter_unknown", "payment_method_types"),
        ({"payment_intent_data": {"descr": "x"}}, "parameter_unknown", "payment_intent_data[descr]"),
        ({"mode": "pay"}, None, "mode"),
        ({"expires_at": "soon"}, "parameter_invalid_integer", "expires_at"),
        ({"expires_at": int(time.time()) + 29 * 60}, None, "expires_at"),
        ({"expires_at": int(time.time()) + 25 * 3600}, None, "expires_at"),
        ({"allowed_payment_method_types": ["blick"]}, None, "allowed_payment_method_types[0]"),
        ({"success_url": None}, "parameter_missing", "success_url"),
        ({"line_items": []}, "parameter_missing", "line_items"),
    ],
)
async def test_parameters_that_stripe_does_not_know_are_refused(
    fake: FakeStripe, more: dict[str, Any], code: str | None, param: str
) -> None:
    told = {key: value for key, value in wish(**more).items() if value is not None}
    with pytest.raises(stripe.InvalidRequestError) as refused:
        await line(fake.address).v1.checkout.sessions.create_async(told, {"stripe_account": fake.open_account()})
    assert (refused.value.http_status, refused.value.code, refused.value.param) == (400, code, param)


async def test_accounts_see_nothing_of_each_other(fake: FakeStripe) -> None:
    one, other = fake.open_account(), fake.open_account()
    session = await make(fake, one)
    with pytest.raises(stripe.InvalidRequestError) as hidden:
        await line(fake.address).v1.checkout.sessions.retrieve_async(session.id, None, {"stripe_account": other})
    assert (hidden.value.http_status, hidden.value.code) == (404, "resource_missing")
    with pytest.raises(stripe.PermissionError) as stranger:
        await make(fake, "acct_of_nobody")
    assert stranger.value.error is not None and stranger.value.error.code == "account_invalid"


async def test_a_wrong_key_and_a_wrong_version_are_refused(fake: FakeStripe) -> None:
    account = fake.open_account()
    with pytest.raises(stripe.AuthenticationError):
        await line(fake.address, key="sk_test_wrong").v1.accounts.retrieve_async(account)
    with pytest.raises(stripe.InvalidRequestError):
        await line(fake.address, version="2020-08-27").v1.accounts.retrieve_async(account)


async def test_a_key_stands_for_one_request_of_one_account(fake: FakeStripe) -> None:
    one, other = fake.open_account(), fake.open_account()
    first = await make(fake, one, key="k")
    again = await make(fake, one, key="k")
    assert first.id == again.id and again.last_response.headers["idempotent-replayed"] == "true"
    assert (await make(fake, other, key="k")).id != first.id
    with pytest.raises(stripe.IdempotencyError):
        await make(fake, one, key="k", locale="en")
    assert len(fake.sessions()) == 2


async def test_a_key_is_forgotten_after_a_day(fake: FakeStripe) -> None:
    account = fake.open_account()
    first = await make(fake, account, key="k")
    for hours, alike in ((23, True), (25, False)):
        fake.store.clock = lambda later=hours * 3600: time.time() + later
        assert ((await make(fake, account, key="k")).id == first.id) is alike


async def test_what_fails_its_checks_is_not_kept_under_its_key(fake: FakeStripe) -> None:
    account = fake.open_account()
    with pytest.raises(stripe.InvalidRequestError):
        await make(fake, account, key="k", mode="pay")
    assert (await make(fake, account, key="k")).status == "open"


async def test_a_500_after_the_deed_comes_again_under_its_key(fake: FakeStripe) -> None:
    account = fake.open_account()
    fake.faults.plan(Fault.ERROR_AFTER)
    for replayed in (None, "true"):
        with pytest.raises(stripe.APIError) as failed:
            await make(fake, account, key="k")
        assert (failed.value.http_status, failed.value.headers.get("idempotent-replayed")) == (500, replayed)
    assert len(fake.sessions()) == 1


@pytest.mark.parametrize(
    ("fault", "kind", "made"),
    [
        (Fault.RATE_LIMIT, stripe.RateLimitError, 0),
        (Fault.ERROR_BEFORE, stripe.APIError, 0),
        (Fault.CUT_BEFORE, stripe.APIConnectionError, 0),
        (Fault.CUT_AFTER, stripe.APIConnectionError, 1),
        (Fault.SILENCE_AFTER, stripe.APIConnectionError, 1),
    ],
)
async def test_faults_strike_before_or_after_the_deed(
    fake: FakeStripe, fault: Fault, kind: type[stripe.StripeError], made: int
) -> None:
    account = fake.open_account()
    fake.faults.plan(fault)
    client, on = line(fake.address, patience=0.3), {"stripe_account": account, "idempotency_key": "k"}
    with pytest.raises(kind):
        await client.v1.checkout.sessions.create_async(wish(), on)
    assert len(fake.sessions()) == made
    assert (await client.v1.checkout.sessions.create_async(wish(), on)).status == "open"
    assert len(fake.sessions()) == 1


async def test_no_more_is_given_back_than_was_paid(fake: FakeStripe) -> None:
    account = fake.open_account()
    paid = fake.pay((await make(fake, account)).id, "card")
    refunds, on = line(fake.address).v1.refunds, {"stripe_account": account}
    part = await refunds.create_async({"payment_intent": paid["payment_intent"], "amount": 12_000}, on)
    assert part.status == "succeeded"
    for amount, code in ((301, None), (300, "fine"), (1, "charge_already_refunded")):
        told = {"payment_intent": paid["payment_intent"], "amount": amount}
        if code == "fine":
            await refunds.create_async(told, on)
            continue
        with pytest.raises(stripe.InvalidRequestError) as refused:
            await refunds.create_async(told, on)
        assert refused.value.code == code
    assert fake.balance(account) == (0, fee_of("card", 12_300))


async def test_a_refund_can_come_back_days_later(fake: FakeStripe) -> None:
    account = fake.open_account()
    paid = fake.pay((await make(fake, account)).id, "p24")
    refunds, on = line(fake.address).v1.refunds, {"stripe_account": account}
    made = await refunds.create_async({"payment_intent": paid["payment_intent"]}, on)
    assert made.status == "pending"
    fake.refund_fails(made.id)
    assert (await refunds.retrieve_async(made.id, None, on)).status == "failed"
    assert fake.balance(account)[0] == 12_300


async def test_time_and_we_expire_sessions_and_neither_those_that_are_complete(fake: FakeStripe) -> None:
    account = fake.open_account()
    sessions, on = line(fake.address).v1.checkout.sessions, {"stripe_account": account}
    late, called_off, paid = [await make(fake, account) for _ in range(3)]
    fake.pay(paid.id, "blik")
    assert (await sessions.expire_async(called_off.id, None, on)).status == "expired"
    with pytest.raises(stripe.InvalidRequestError):
        await sessions.expire_async(paid.id, None, on)
    fake.store.clock = lambda: time.time() + 86_401
    assert (await sessions.retrieve_async(late.id, None, on)).status == "expired"
    kinds = [event["type"] for event in fake.store.every("event", account)]
    assert kinds.count("checkout.session.expired") == 2 and kinds.count("checkout.session.completed") == 1


async def test_lists_come_in_pages_newest_first(fake: FakeStripe) -> None:
    account = fake.open_account()
    made = [(await make(fake, account)).id for _ in range(5)]
    sessions, on = line(fake.address).v1.checkout.sessions, {"stripe_account": account}
    first = await sessions.list_async({"limit": 3}, on)
    rest = await sessions.list_async({"limit": 3, "starting_after": first.data[-1].id}, on)
    assert [one.id for one in [*first.data, *rest.data]] == made[::-1] and not rest.has_more


async def test_it_knows_what_it_knew_after_it_was_killed(tmp_path: Path) -> None:
    account = ""
    for turn in range(2):
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.stripe_fake", str(tmp_path / "fake"), "0", stdout=asyncio.subprocess.PIPE
        )
        assert process.stdout is not None
        address = (await process.stdout.readline()).decode().strip()
        try:
            if turn == 0:
                async with stripe.HTTPXClient()._client_async as http:
                    account = (await http.post(f"{address}/fake/open_account", content=b"{}")).json()
            session = await line(address).v1.checkout.sessions.create_async(
                wish(), {"stripe_account": account, "idempotency_key": "k"}
            )
            assert session.last_response.headers.get("idempotent-replayed") == (None if turn == 0 else "true")
        finally:
            os.kill(process.pid, signal.SIGKILL)
            await process.wait()


@pytest.mark.parametrize(("kind", "shape"), [("dispute", stripe.Dispute), ("payout", stripe.Payout)])
async def test_what_the_bank_does_has_the_shape_that_the_sdk_names(fake: FakeStripe, kind: str, shape: Any) -> None:
    account = fake.open_account()
    paid = fake.pay((await make(fake, account)).id, "card")
    fake.decide(fake.dispute(paid["payment_intent"])["id"], won=True)
    fake.payout_bounces(fake.pay_out(account))
    (made,) = fake.store.every(kind, account)
    assert set(made) <= set(shape.__annotations__)
    for booked in fake.store.every("balance_transaction", account):
        assert set(booked) - {"in_payout", "livemode"} <= set(stripe.BalanceTransaction.__annotations__)


async def test_of_a_payout_it_can_be_asked_what_it_is_made_of_once_it_is_counted(fake: FakeStripe) -> None:
    account = fake.open_account()
    fake.pay((await make(fake, account)).id, "card")
    key, on = fake.pay_out(account), {"stripe_account": account}
    told, listed = {"payout": key}, line(fake.address).v1.balance_transactions.list_async
    with pytest.raises(stripe.InvalidRequestError):
        await listed(told, on)
    fake.count_payout(key)
    assert sorted(one.type for one in (await listed(told, on)).data) == ["charge", "payout"]
    assert fake.balance(account)[0] - fake.balance(account)[1] == 0
