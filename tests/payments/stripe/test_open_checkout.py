"""A checkout is a row first; Stripe is asked outside of any transaction, and as often as needed, for one session."""

import asyncio
from datetime import timedelta

import pytest

from incubator.db.engine import attempt, statement, transaction
from incubator.kernel.ids import uuid7
from incubator.payments.stripe.checkout import retrieve_session
from incubator.payments.stripe.client import Declined, NotNow, open_stripe
from incubator.payments.stripe.end_checkout import call_off_checkouts, end_checkout
from incubator.payments.stripe.open_checkout import open_checkout
from incubator.payments.stripe.states import State
from incubator.payments.stripe.till import StripeOff, Till
from incubator.payments.stripe.want_checkout import NotConnected, NotPayableOnline, want_checkout
from tests.payments.stripe.shop import LISTENERS, Shop
from tests.stripe_fake.faults import Fault


async def test_the_worker_opens_what_is_wanted(shop: Shop) -> None:
    checkout = await shop.want()
    await shop.work()
    row, (session,) = await shop.row(checkout), shop.fake.sessions()
    assert (row["state"], row["session_id"]) == ("open", session["id"])
    assert row["url"].startswith(shop.fake.address)
    assert session["amount_total"] == 12_300 and session["client_reference_id"] == str(checkout)
    assert session["payment_method_types"] == ["card", "blik", "p24"]
    assert session["success_url"] == f"http://testserver.local/checkouts/{checkout}?done=1"
    assert shop.fake.store.owner(session["id"]) == shop.account


async def test_a_charge_has_one_checkout_at_a_time_however_many_click(shop: Shop) -> None:
    charge = uuid7()
    made = await asyncio.gather(*(shop.want(charge=charge) for _ in range(12)))
    assert len(set(made)) == 1
    await asyncio.gather(*(open_checkout(shop.till, shop.db, subject_id=made[0], now=shop.now) for _ in range(6)))
    assert len(shop.fake.sessions()) == 1


@pytest.mark.parametrize(
    "fault", [Fault.RATE_LIMIT, Fault.ERROR_BEFORE, Fault.CUT_BEFORE, Fault.CUT_AFTER, Fault.SILENCE_AFTER]
)
async def test_what_may_have_failed_is_tried_again_with_the_same_key(shop: Shop, fault: Fault) -> None:
    shop.fake.faults.plan(fault, fault)
    checkout = await shop.want()
    await shop.work()
    row = await shop.row(checkout)
    assert (row["state"], row["attempt"], len(shop.failures)) == ("open", 1, 2)
    assert len(shop.fake.sessions()) == 1


async def test_a_500_that_stripe_keeps_is_looked_behind(shop: Shop) -> None:
    """Under its key Stripe would say the same for ever; the session is found by its mark."""
    shop.fake.faults.plan(Fault.ERROR_AFTER)
    checkout = await shop.want()
    await shop.work()
    row = await shop.row(checkout)
    assert (row["state"], row["attempt"]) == ("open", 1)
    assert [session["id"] for session in shop.fake.sessions()] == [row["session_id"]]


async def test_a_500_that_stripe_keeps_with_nothing_done_takes_a_new_key(shop: Shop) -> None:
    shop.fake.faults.plan(Fault.ERROR_KEPT)
    checkout = await shop.want()
    await shop.work()
    row = await shop.row(checkout)
    assert (row["state"], row["attempt"], len(shop.fake.sessions())) == ("open", 2, 1)


async def test_what_stripe_will_not_do_ends_with_its_reason(shop: Shop) -> None:
    shop.fake.enable(shop.account, charges=False)
    checkout = await shop.want()
    await shop.work()
    row = await shop.row(checkout)
    assert (row["state"], row["error"]) == ("failed", "Your account cannot currently make charges.")
    assert await shop.told() == {"failed": 1}
    assert await shop.want(charge=row["charge_id"]) != checkout, "one may try again"


async def test_what_was_asked_more_than_a_day_ago_is_looked_for_first(shop: Shop) -> None:
    """Somebody may have paid a session of which we never heard."""
    shop.fake.faults.plan(Fault.CUT_AFTER)
    checkout = await shop.want()
    await shop.work(rounds=1)
    shop.fake.pay(shop.fake.sessions()[0]["id"], "blik")
    shop.now += timedelta(hours=25)
    await shop.work()
    await shop.come_round(after=timedelta(hours=2))
    assert (await shop.row(checkout))["state"] == "paid"
    assert await shop.told() == {"paid": 1} and len(shop.fake.sessions()) == 1


async def test_too_late_for_stripe_is_an_end_too(shop: Shop) -> None:
    """The worker was away for longer than Stripe's shortest session."""
    checkout = await shop.want(minutes=31)
    shop.now += timedelta(minutes=10)
    await shop.work()
    assert (await shop.row(checkout))["state"] == "failed"


async def test_nothing_outside_is_called_in_a_transaction(shop: Shop) -> None:
    with pytest.raises(AssertionError, match="transaction"):
        async with transaction(shop.db):
            await retrieve_session(shop.till.line, account=shop.account, session_id="cs_1")
    with pytest.raises(AssertionError, match="transaction"):
        await attempt(
            shop.db,
            lambda _tx: asyncio.create_task(retrieve_session(shop.till.line, account=shop.account, session_id="cs_1")),
        )
    assert shop.fake.asked == []
    with pytest.raises(Declined):
        await retrieve_session(shop.till.line, account=shop.account, session_id="cs_1")


async def test_where_stripe_is_off_or_not_connected_the_house_says_so(shop: Shop) -> None:
    off = Till(None, LISTENERS, "http://testserver.local")
    order = shop.order(uuid7())
    with pytest.raises(StripeOff):
        async with transaction(shop.db) as tx:
            await want_checkout(tx, till=off, order=order, until=shop.now, now=shop.now)
    with pytest.raises(NotPayableOnline):
        await shop.want(amount=199)
    async with statement(shop.db) as tx:
        await tx.execute("UPDATE stripe_account SET charges_since = NULL")
    with pytest.raises(NotConnected):
        await shop.want()


async def test_a_wrong_key_waits_for_the_right_one(shop: Shop) -> None:
    checkout = await shop.want()
    wrong = open_stripe("sk_test_rolled", address=shop.fake.address, retries=0)
    assert "sk_test" not in repr(Till(wrong, LISTENERS, ""))
    with pytest.raises(NotNow):
        await open_checkout(Till(wrong, LISTENERS, ""), shop.db, subject_id=checkout, now=shop.now)
    await shop.work()
    assert (await shop.row(checkout))["state"] == "open"


async def test_a_checkout_that_is_called_off_cannot_be_paid(shop: Shop) -> None:
    charge = uuid7()
    checkout = await shop.want(charge=charge)
    await shop.work()
    await attempt(shop.db, lambda tx: call_off_checkouts(tx, charge_id=charge, now=shop.now))
    await shop.work()
    assert (await shop.row(checkout))["state"] == "expired"
    assert [session["status"] for session in shop.fake.sessions()] == ["expired"]
    assert await shop.told() == {"expired": 1}


async def test_one_that_is_called_off_before_stripe_answered_is_found_and_ended(shop: Shop) -> None:
    shop.fake.faults.plan(Fault.CUT_AFTER)
    charge = uuid7()
    checkout = await shop.want(charge=charge)
    with pytest.raises(NotNow):
        await open_checkout(shop.till, shop.db, subject_id=checkout, now=shop.now)
    await attempt(shop.db, lambda tx: call_off_checkouts(tx, charge_id=charge, now=shop.now))
    await end_checkout(shop.till, shop.db, subject_id=checkout, now=shop.now)
    assert [session["status"] for session in shop.fake.sessions()] == ["expired"]


async def test_who_pays_while_it_is_called_off_has_paid(shop: Shop) -> None:
    charge = uuid7()
    checkout = await shop.want(charge=charge)
    await shop.work()
    shop.fake.pay((await shop.row(checkout))["session_id"], "blik")
    await attempt(shop.db, lambda tx: call_off_checkouts(tx, charge_id=charge, now=shop.now))
    assert await end_checkout(shop.till, shop.db, subject_id=checkout, now=shop.now) is State.PAID
    assert await shop.told() == {"paid": 1}
