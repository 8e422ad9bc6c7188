"""What Stripe tells is kept once and worked in any order; what it does not tell is asked for."""

import asyncio
import json
import random
import time
from datetime import timedelta
from itertools import permutations
from typing import Any

import httpx
import pytest
import stripe
from litestar import Litestar

from incubator.db.engine import attempt, statement
from incubator.kernel.ids import uuid7
from incubator.payments.stripe.ask_due import ask_due
from incubator.payments.stripe.events import Event, verified
from incubator.payments.stripe.forget_events import forget_events
from incubator.payments.stripe.jobs import stripe_jobs
from incubator.payments.stripe.till import ASK_CHECKOUT, END_CHECKOUT, OPEN_CHECKOUT, Till
from incubator.payments.stripe.work_event import NOTHING, Account, Booked, Give, Look, Settle, decide, work_event
from tests.payments.stripe.shop import LISTENERS, Shop
from tests.stripe_fake.faults import Fault
from tests.stripe_fake.happenings import VERSION
from tests.stripe_fake.payments import fee_of
from tests.stripe_fake.post import Way


async def opened(shop: Shop, **how: Any) -> Any:
    checkout = await shop.want(**how)
    await shop.work()
    return await shop.row(checkout)


def signed(body: bytes, secret: str, at: float) -> str:
    return stripe.WebhookSignature.generate_signature_header(body.decode(), secret, timestamp=int(at))


async def send(house: httpx.AsyncClient, body: bytes, signature: str) -> httpx.Response:
    return await house.post("/webhooks/stripe", content=body, headers={"stripe-signature": signature})


async def kept(shop: Shop) -> int:
    async with statement(shop.db) as tx:
        return await tx.fetchval("SELECT count(*) FROM stripe_event")


async def test_events_are_forgotten_once_nobody_asks_for_them(shop: Shop, house: httpx.AsyncClient) -> None:
    """One that was not worked stays; what was not understood stands at the desk for longer."""
    row = await opened(shop)
    shop.fake.pay(row["session_id"])
    shop.fake.happens(shop.account, "checkout.session.expired", {"id": "cs_broken"})
    await shop.hear(house)
    shop.fake.happens(shop.account, "ping", {})
    await shop.fake.deliver(house)
    there = await kept(shop)
    for days, left in ((44, there), (46, 2), (181, 1), (900, 1)):
        await attempt(shop.db, lambda tx, days=days: forget_events(tx, now=shop.now + timedelta(days=days)))
        assert await kept(shop) == left
    assert await shop.told() == {"paid": 1}


# ---------- The door


async def test_what_stripe_did_not_sign_is_refused_and_not_kept(shop: Shop, house: httpx.AsyncClient) -> None:
    event = shop.fake.happens(shop.account, "account.updated", {"id": shop.account, "charges_enabled": True})
    body, secret, now = json.dumps(event).encode(), shop.fake.secret, time.time()
    for signature, sent in (
        ("", body),
        ("nonsense", body),
        ("t=1,v1=ąę", body),
        (signed(body, "whsec_other", now), body),
        (signed(body, secret, now - 301), body),
        (signed(body, secret, now), body.replace(b"account.updated", b"account.upgraded")),
        (signed(b"{}", secret, now), b"{}"),
    ):
        answer = await house.post("/webhooks/stripe", content=sent, headers=[(b"stripe-signature", signature.encode())])
        assert (answer.status_code, answer.json()["code"]) == (400, "not_of_stripe")
    assert (await house.post("/webhooks/stripe", content=b"\xff\xfe")).status_code == 400
    assert await kept(shop) == 0
    assert (await send(house, body, signed(body, secret, now))).status_code == 200
    assert await kept(shop) == 1


async def test_either_secret_counts_while_they_are_changed(shop: Shop, house: httpx.AsyncClient, app: Litestar) -> None:
    app.state.till = Till(shop.till.stripe, LISTENERS, "", ("whsec_new", shop.fake.secret))
    for secret in app.state.till.secrets:
        event = shop.fake.happens(shop.account, "ping", {})
        body = json.dumps(event).encode()
        assert (await send(house, body, signed(body, secret, time.time()))).status_code == 200


async def test_a_body_that_is_too_large_is_not_read(house: httpx.AsyncClient) -> None:
    answer = await send(house, b"x" * (512 * 1024 + 1), "t=1,v1=x")
    assert answer.status_code == 413


async def test_where_stripe_is_off_the_door_says_so(shop: Shop, house: httpx.AsyncClient, app: Litestar) -> None:
    app.state.till = Till(None, LISTENERS, "")
    answer = await send(house, b"{}", "")
    assert (answer.status_code, answer.json()["code"]) == (503, "stripe_off")


async def test_an_event_is_kept_once_however_often_it_comes(shop: Shop, house: httpx.AsyncClient) -> None:
    row = await opened(shop)
    shop.fake.pay(row["session_id"], "blik")
    body = json.dumps(shop.fake.store.every("event")[0]).encode()
    signature = signed(body, shop.fake.secret, time.time())
    answers = await asyncio.gather(*(send(house, body, signature) for _ in range(12)))
    assert [answer.status_code for answer in answers] == [200] * 12
    assert [answer.json()["new"] for answer in answers].count(True) == 1
    await shop.work()
    assert await shop.told() == {"paid": 1}


async def test_nothing_of_who_paid_is_kept(shop: Shop, house: httpx.AsyncClient) -> None:
    row = await opened(shop)
    shop.fake.pay(row["session_id"], "card")
    await shop.hear(house)
    async with statement(shop.db) as tx:
        bodies = await tx.fetchval("SELECT string_agg(body::text, '') FROM stripe_event")
    assert "Płatnik" not in bodies and "payer@" not in bodies and "member@" not in bodies
    assert row["session_id"] in bodies


# ---------- Every order


async def test_paid_by_each_method_is_told_with_its_fee(shop: Shop, house: httpx.AsyncClient) -> None:
    for method in ("card", "blik", "p24"):
        row = await opened(shop)
        shop.fake.pay(row["session_id"], method)
        await shop.hear(house)
        row = await shop.row(row["id"])
        assert (row["state"], row["method"], row["fee"]) == ("paid", method, fee_of(method, 12_300))
        assert row["paid_at"] == shop.now and row["url"] is None and row["ask_at"] is None
    assert await shop.told() == {"paid": 3}
    assert await shop.strange() == []


@pytest.mark.parametrize("ending", ["paid", "slow_paid", "slow_declined", "expired", "declined_then_paid"])
async def test_every_order_of_events_ends_the_same(shop: Shop, house: httpx.AsyncClient, ending: str) -> None:
    """Each order is tried on a checkout of its own, with one event doubled."""
    orders = list(permutations(range(3)))
    ends = {"slow_declined": "failed", "expired": "expired"}
    for order in orders:
        row = await opened(shop)
        live(shop, row["session_id"], ending)
        events = [one for one in shop.fake.store.every("event")[::-1] if one["type"].startswith(("checkout", "charge"))]
        events = [one for one in events if not await is_kept(shop, one["id"])]
        events = (events * 3)[:3]
        for n in order:
            body = json.dumps(events[n]).encode()
            await send(house, body, signed(body, shop.fake.secret, time.time()))
            await shop.work()
        assert (await shop.row(row["id"]))["state"] == ends.get(ending, "paid"), order
    assert await shop.told() == {ends.get(ending, "paid"): len(orders)}
    assert await shop.strange() == []


async def is_kept(shop: Shop, event: str) -> bool:
    async with statement(shop.db) as tx:
        return await tx.fetchval("SELECT EXISTS (SELECT FROM stripe_event WHERE stripe_id = $1)", event)


def live(shop: Shop, session: str, ending: str) -> None:
    fake = shop.fake
    match ending:
        case "paid":
            fake.pay(session, "card")
        case "slow_paid" | "slow_declined":
            fake.pay(session, "p24", slow=True)
            fake.clear(session, well=ending == "slow_paid")
        case "declined_then_paid":
            fake.decline(session, "card")
            fake.pay(session, "card")
        case "expired":
            fake.expire(session)


async def test_an_event_that_comes_before_our_own_answer_is_worked(shop: Shop, house: httpx.AsyncClient) -> None:
    """The line was cut after the deed; somebody paid before the worker asked again."""
    shop.fake.faults.plan(Fault.CUT_AFTER)
    checkout = await shop.want()
    await shop.work(rounds=1)
    assert (await shop.row(checkout))["state"] == "wanted"
    shop.fake.pay(shop.fake.sessions()[0]["id"], "blik")
    await shop.hear(house)
    assert (await shop.row(checkout))["state"] == "paid"
    await shop.work()
    assert await shop.told() == {"paid": 1}


async def test_money_that_comes_after_the_end_counts(shop: Shop, house: httpx.AsyncClient) -> None:
    row = await opened(shop)
    async with statement(shop.db) as tx:
        await tx.execute("UPDATE checkout SET state = 'expired', ask_at = NULL")
    shop.fake.pay(row["session_id"], "blik")
    shop.now += timedelta(days=1)
    await shop.hear(house)
    assert (await shop.row(row["id"]))["state"] == "paid"
    assert await shop.told() == {"paid": 1}


async def test_what_is_never_told_is_asked_for(shop: Shop) -> None:
    paid, left, slow = [await opened(shop) for _ in range(3)]
    shop.fake.pay(paid["session_id"], "blik")
    shop.fake.pay(slow["session_id"], "p24", slow=True)
    assert await shop.come_round() == 0, "not yet"
    assert await shop.come_round(after=timedelta(minutes=11)) == 3
    assert await shop.come_round() == 0, "not twice"
    assert (await shop.row(paid["id"]))["state"] == "paid"
    assert (await shop.row(left["id"]))["state"] == "open"
    await shop.come_round(after=timedelta(minutes=55))
    assert (await shop.row(left["id"]))["state"] == "expired"
    assert (await shop.row(slow["id"]))["state"] == "open", "the bank still thinks"
    shop.fake.clear(slow["session_id"], well=False)
    await shop.come_round(after=timedelta(hours=2))
    assert (await shop.row(slow["id"]))["state"] == "failed"
    assert await shop.told() == {"paid": 1, "expired": 1, "failed": 1}


async def test_a_worker_that_was_away_finds_what_was_wanted(shop: Shop) -> None:
    checkout = await shop.want()
    async with statement(shop.db) as tx:
        await tx.execute("DELETE FROM pgqueuer")
    await shop.come_round(after=timedelta(minutes=3))
    assert (await shop.row(checkout))["state"] == "open"


async def test_a_fee_that_stripe_books_later_is_told_later(shop: Shop, house: httpx.AsyncClient) -> None:
    shop.fake.late_fees = True
    told, asked = await opened(shop), await opened(shop)
    for row in (told, asked):
        shop.fake.pay(row["session_id"], "card")
    await shop.hear(house)
    assert [(await shop.row(row["id"]))["fee"] for row in (told, asked)] == [None, None]
    shop.fake.tell_fees()
    await shop.hear(house, Way(lost=0.0))
    assert await shop.told() == {"paid": 2, "fee": 2}
    await shop.hear(house)
    await shop.come_round(after=timedelta(hours=2))
    assert await shop.told() == {"paid": 2, "fee": 2}


async def test_a_fee_of_which_no_event_comes_is_asked_for(shop: Shop, house: httpx.AsyncClient) -> None:
    shop.fake.late_fees = True
    row = await opened(shop)
    shop.fake.pay(row["session_id"], "card")
    await shop.hear(house)
    shop.fake.tell_fees()
    await shop.come_round(after=timedelta(minutes=11))
    assert (await shop.row(row["id"]))["fee"] == fee_of("card", 12_300)
    assert (await shop.row(row["id"]))["ask_at"] is None


async def test_what_stripe_will_not_say_is_noted_and_asked_the_next_day(shop: Shop, house: httpx.AsyncClient) -> None:
    row = await opened(shop)
    async with statement(shop.db) as tx:
        await tx.execute("UPDATE checkout SET account = 'acct_gone'")
    await shop.come_round(after=timedelta(minutes=11))
    row = await shop.row(row["id"])
    assert row["state"] == "open" and "does not have access" in row["error"]
    assert await shop.come_round(after=timedelta(hours=2)) == 0
    async with statement(shop.db) as tx:
        await tx.execute("UPDATE checkout SET account = $1", shop.account)
    await shop.come_round(after=timedelta(days=1))
    assert (await shop.row(row["id"]))["state"] == "expired"


async def test_while_stripe_is_away_nothing_piles_up_among_what_failed(shop: Shop) -> None:
    checkout = await shop.want()
    jobs = stripe_jobs(Till(None, LISTENERS, ""))
    for name in (OPEN_CHECKOUT, ASK_CHECKOUT, END_CHECKOUT):
        await jobs[name].act(shop.db, subject_id=checkout, now=shop.now)
    assert (await shop.row(checkout))["state"] == "wanted"
    async with statement(shop.db) as tx:
        await tx.execute("DELETE FROM pgqueuer")
    for minutes in (3, 2, 2):
        assert await attempt(shop.db, lambda tx, at=minutes: ask_due(tx, now=shop.now + timedelta(minutes=at))) <= 1
        shop.now += timedelta(minutes=minutes)
    await shop.work()
    assert (await shop.row(checkout))["state"] == "open"


# ---------- What is strange is kept and shown, and moves nothing


async def test_what_does_not_fit_moves_nothing_and_says_why(shop: Shop, house: httpx.AsyncClient) -> None:
    row = await opened(shop)
    (session,) = shop.fake.sessions()
    stranger = shop.fake.open_account(key="acct_stranger")
    expired = {**session, "status": "expired"}
    shop.fake.happens(stranger, "checkout.session.expired", expired)
    shop.fake.happens(shop.other, "checkout.session.expired", expired)
    shop.fake.happens(shop.account, "checkout.session.expired", {**expired, "amount_total": 1})
    shop.fake.happens(shop.account, "checkout.session.expired", {**expired, "client_reference_id": str(uuid7())})
    shop.fake.happens(shop.account, "checkout.session.expired", {"id": "cs"})
    shop.fake.happens(shop.account, "checkout.session.expired", {**expired, "client_reference_id": "their own shop"})
    shop.fake.happens(shop.account, "customer.created", {"id": "cus_1"})
    await shop.hear(house)
    assert (await shop.row(row["id"]))["state"] == "open"
    strange = sorted(one.partition(":")[0] for one in await shop.strange())
    assert strange == ["NotTheSame", "UnknownAccount", "UnknownRow", "ValidationError", "WrongAccount"]
    async with statement(shop.db) as tx:
        assert await tx.fetchval("SELECT count(*) FROM stripe_event WHERE worked_at IS NULL") == 0


async def test_an_event_of_another_version_is_a_hint_to_look(shop: Shop, house: httpx.AsyncClient) -> None:
    row = await opened(shop)
    shop.fake.expire(row["session_id"])
    (session,) = shop.fake.sessions()
    await shop.fake.deliver(house, way=Way(lost=1))
    shop.fake.happens(shop.account, "checkout.session.expired", {**session, "status": "open"}, api_version="2030-01-01")
    await shop.hear(house)
    assert (await shop.row(row["id"]))["state"] == "expired"


async def test_a_gmina_whose_account_is_closed_takes_no_payments(shop: Shop, house: httpx.AsyncClient) -> None:
    async def since() -> object:
        async with statement(shop.db) as tx:
            return await tx.fetchval("SELECT charges_since FROM stripe_account WHERE account = $1", shop.account)

    shop.fake.enable(shop.account, charges=False)
    await shop.hear(house)
    assert await since() is None
    shop.fake.enable(shop.account, charges=True)
    await shop.hear(house)
    assert await since() == shop.now
    shop.fake.happens(shop.account, "account.application.deauthorized", {"id": "ca_1"})
    await shop.hear(house)
    assert await since() is None


async def test_an_event_is_tried_again_while_stripe_is_away(shop: Shop, house: httpx.AsyncClient) -> None:
    row = await opened(shop)
    shop.fake.pay(row["session_id"], "blik")
    shop.fake.faults.plan(Fault.RATE_LIMIT, Fault.ERROR_BEFORE, Fault.CUT_BEFORE, on="GET")
    await shop.hear(house)
    assert len(shop.failures) == 3
    assert await shop.told() == {"paid": 1}


# ---------- The decision


def event(kind: str, thing: dict[str, Any], version: str = VERSION) -> Event:
    told = {"id": "evt_1", "type": kind, "created": 1, "account": "acct_1", "api_version": version}
    body = json.dumps({**told, "data": {"object": thing}}).encode()
    return verified(body, signature=signed(body, "s", time.time()), secrets=["s"])


def test_each_kind_of_event_asks_its_deed_of_us() -> None:
    key = uuid7()
    session = {
        "id": "cs_1",
        "status": "complete",
        "payment_status": "paid",
        "amount_total": 1,
        "currency": "pln",
        "expires_at": 1,
        "client_reference_id": str(key),
    }
    ours = {"id": "re_1", "amount": 1, "status": "failed", "created": 1, "metadata": {"refund": str(key)}}
    assert decide(event("checkout.session.completed", session)) == Look(key, "cs_1")
    unpaid = {**session, "payment_status": "unpaid"}
    assert isinstance(decide(event("checkout.session.completed", unpaid)), Settle)
    assert decide(event("checkout.session.completed", unpaid, "2030-01-01")) == Look(key, "cs_1")
    assert decide(event("checkout.session.completed", {**session, "client_reference_id": None})) is NOTHING
    assert isinstance(decide(event("refund.failed", ours)), Give)
    assert decide(event("refund.failed", {**ours, "metadata": {}})) is NOTHING
    assert decide(event("charge.updated", {"id": "ch_1", "payment_intent": "pi_1"})) == Booked("pi_1")
    assert decide(event("charge.updated", {"id": "ch_1", "payment_intent": None})) is NOTHING
    assert isinstance(decide(event("account.updated", {"id": "acct_1", "charges_enabled": True})), Account)
    assert decide(event("invoice.paid", {})) is NOTHING


async def test_work_done_twice_at_once_is_done_once(shop: Shop, house: httpx.AsyncClient) -> None:
    row = await opened(shop)
    shop.fake.pay(row["session_id"], "blik")
    await shop.fake.deliver(house)
    async with statement(shop.db) as tx:
        keys = [one["id"] for one in await tx.fetch("SELECT id FROM stripe_event")]
    turns = [key for key in keys for _ in range(4)]
    random.Random(1).shuffle(turns)
    await asyncio.gather(*(work_event(shop.till, shop.db, subject_id=key, now=shop.now) for key in turns))
    assert await shop.told() == {"paid": 1}
