"""The way to Stripe and back, and the desk."""

import asyncio
import re
from collections.abc import Callable
from datetime import timedelta

import httpx
import pytest
from litestar import Litestar

from incubator.db.engine import attempt, statement, transaction
from incubator.payments.stripe.connect_account import AccountOfAnother, NotAnAccount, connect_account
from incubator.payments.stripe.forget_payer import forget_payer
from incubator.payments.stripe.reconcile import reconcile_due
from incubator.payments.stripe.till import Till
from incubator.people.guards import NotYours
from tests.browsing import post_form
from tests.cast import Cast, acting
from tests.payments.stripe.shop import LISTENERS, Shop
from tests.payments.stripe.test_refunds import paid
from tests.stripe_fake.faults import Fault
from tests.stripe_fake.payments import book

Visit = Callable[..., httpx.AsyncClient]
DESK = "/desk/gminas/niepolomice/stripe"


async def test_one_is_led_to_stripe_and_thanked(shop: Shop, house: httpx.AsyncClient, visit: Visit, cast: Cast) -> None:
    """Without the worker: the page asks Stripe itself."""
    checkout = await shop.want()
    browser = visit(cast.member)
    before = (await browser.get(f"/checkouts/{checkout}?lang=en")).text
    assert "PLN 123.00" in before or "zł123.00" in before or "123.00" in before
    url = re.search(r'class="button" href="([^"]+)"', before)
    assert url is not None and url[1].startswith(shop.fake.address)
    async with httpx.AsyncClient() as outside:
        answer = await outside.post(url[1], data={"method": "blik"})
    assert answer.status_code == 303
    back = answer.headers["location"].removeprefix("http://testserver.local")
    after = (await browser.get(f"{back}&lang=en")).text
    assert "Paid on" in after and "by BLIK" in after
    assert await shop.told() == {"paid": 1}


async def test_who_comes_back_without_paying_can_go_on(
    shop: Shop, house: httpx.AsyncClient, visit: Visit, cast: Cast
) -> None:
    checkout, browser = await shop.want(), visit(cast.member)
    await browser.get(f"/checkouts/{checkout}")
    said = (await browser.get(f"/checkouts/{checkout}?done=1&lang=en")).text
    assert "do not need to pay again" in said and "Go back to the payment page" in said


async def test_a_checkout_is_for_who_pays_alone(shop: Shop, house: httpx.AsyncClient, visit: Visit, cast: Cast) -> None:
    checkout = await shop.want()
    for person in (cast.colleague, cast.stranger, cast.coordinator, cast.administrator):
        assert (await visit(person).get(f"/checkouts/{checkout}")).status_code == 404
    assert shop.fake.asked == []
    assert (await visit().get(f"/checkouts/{checkout}")).headers["location"].startswith("/sign-in")


@pytest.mark.parametrize("fault", [Fault.ERROR_BEFORE, Fault.CUT_BEFORE])
async def test_while_stripe_is_away_the_page_says_so(
    shop: Shop, house: httpx.AsyncClient, visit: Visit, cast: Cast, fault: Fault
) -> None:
    shop.fake.faults.plan(fault)
    checkout = await shop.want()
    answer = await visit(cast.member).get(f"/checkouts/{checkout}?lang=en")
    assert answer.status_code == 200 and "is being prepared" in answer.text


async def test_ends_are_said_and_a_called_off_one_leads_nowhere(
    shop: Shop, house: httpx.AsyncClient, visit: Visit, cast: Cast
) -> None:
    checkout, browser = await shop.want(), visit(cast.member)
    await shop.work()
    async with statement(shop.db) as tx:
        await tx.execute("UPDATE checkout SET unwanted_at = now()")
    assert shop.fake.address not in (await browser.get(f"/checkouts/{checkout}")).text
    shop.fake.expire((await shop.row(checkout))["session_id"])
    await shop.hear(house)
    assert "was not made in time" in (await browser.get(f"/checkouts/{checkout}?lang=en")).text
    row = await shop.row(checkout)
    assert row["email"] == "", "the address goes when it is over"


async def test_the_desk_shows_the_account_the_days_and_what_is_strange(
    shop: Shop, house: httpx.AsyncClient, visit: Visit, cast: Cast
) -> None:
    row = await paid(shop, house)
    shop.fake.dispute(row["payment_intent"])
    with shop.fake.store.deed():
        book(shop.fake.store, shop.account, "adjustment", "adj_1", -100, 0)
    shop.fake.happens(shop.fake.open_account(key="acct_unknown"), "account.updated", {"id": "acct_unknown"})
    shop.fake.happens(shop.account, "checkout.session.expired", {"id": "cs_broken"})
    await shop.hear(house)
    shop.now += timedelta(days=1)
    await attempt(shop.db, lambda tx: reconcile_due(tx, now=shop.now))
    await shop.work()
    said = (await visit(cast.coordinator).get(f"{DESK}?lang=en")).text
    assert "acct_niepolomice takes payments since" in said
    assert "something else that Stripe booked" in said and "correction" in said
    assert "a bank disputes a payment" not in said, "it is ours, and stands at its charge"
    assert "No difference:" not in said and "Compare" in said
    assert "ValidationError" in said and "acct_unknown" not in said
    assert "acct_unknown" in (await visit(cast.administrator).get(f"{DESK}?lang=en")).text
    assert (await visit(cast.other_coordinator).get(DESK)).status_code == 403


async def test_a_day_is_compared_again_by_its_gmina_alone(
    shop: Shop, house: httpx.AsyncClient, visit: Visit, cast: Cast
) -> None:
    row = await paid(shop, house)
    async with statement(shop.db) as tx:
        await tx.execute("UPDATE checkout SET fee = 1")
    shop.now += timedelta(days=1)
    await attempt(shop.db, lambda tx: reconcile_due(tx, now=shop.now))
    await shop.work()
    async with statement(shop.db) as tx:
        days = {one["account"]: one["id"] for one in await tx.fetch("SELECT account, id FROM stripe_day")}
        assert await tx.fetchval("SELECT count(*) FROM stripe_difference") == 1
        await tx.execute("UPDATE checkout SET fee = NULL")
    for account, status in ((shop.other, 404), (shop.account, 303)):
        answer = await post_form(
            visit(cast.coordinator), DESK, {"form": "compare", "version": "0", "day": str(days[account])}
        )
        assert answer.status_code == status
    await shop.work()
    async with statement(shop.db) as tx:
        assert await tx.fetchval("SELECT count(*) FROM stripe_difference") == 0
    assert "No difference:" in (await visit(cast.coordinator).get(f"{DESK}?lang=en")).text
    assert (await shop.row(row["id"]))["fee"] is not None


async def test_an_administrator_connects_an_account_that_stripe_knows(
    shop: Shop, house: httpx.AsyncClient, visit: Visit, cast: Cast
) -> None:
    made = shop.fake.open_account()
    form = {"form": "connect", "version": "0", "account": made}
    assert (await post_form(visit(cast.coordinator), DESK, form)).status_code == 403
    assert (await post_form(visit(cast.administrator), DESK, form)).status_code == 303
    async with statement(shop.db) as tx:
        assert await tx.fetchval("SELECT charges_since FROM stripe_account WHERE account = $1", made) is None
        await shop.work()
        assert await tx.fetchval("SELECT charges_since FROM stripe_account WHERE account = $1", made) == shop.now
    for account, status in (("konto", 422), (shop.other, 409), ("", 422), ("acct_ą", 422)):
        answer = await post_form(visit(cast.administrator), DESK, {**form, "account": account})
        assert answer.status_code == status


async def test_an_account_that_stripe_does_not_know_takes_nothing(shop: Shop) -> None:
    actor = await acting(shop.db, shop.cast.administrator)
    told = {"actor": actor, "gmina_id": shop.cast.niepolomice, "now": shop.now}
    await attempt(shop.db, lambda tx: connect_account(tx, account="acct_nobody", **told))
    await shop.work()
    async with statement(shop.db) as tx:
        row = await tx.fetchrow("SELECT * FROM stripe_account WHERE gmina_id = $1", shop.cast.niepolomice)
    assert row["charges_since"] is None and "No such account" in row["error"]


@pytest.mark.parametrize(
    ("who", "account", "refusal"),
    [
        ("coordinator", "acct_new", NotYours),
        ("administrator", "acct-new", NotAnAccount),
        ("administrator", "acct_skawina", AccountOfAnother),
    ],
)
async def test_accounts_are_told_apart(shop: Shop, who: str, account: str, refusal: type[Exception]) -> None:
    actor = await acting(shop.db, getattr(shop.cast, who))
    with pytest.raises(refusal):
        async with transaction(shop.db) as tx:
            await connect_account(tx, actor=actor, gmina_id=shop.cast.niepolomice, account=account, now=shop.now)


async def test_of_many_who_connect_one_account_at_once_none_hears_that_it_is_of_another(shop: Shop) -> None:
    """Time after time: whether the later meets the rule of the gmina or that of the account is chance."""
    actor = await acting(shop.db, shop.cast.administrator)
    for turn in range(60):
        told = {"actor": actor, "gmina_id": shop.cast.niepolomice, "account": f"acct_turn{turn}", "now": shop.now}
        async with transaction(shop.db) as tx:
            await tx.execute("DELETE FROM stripe_account WHERE gmina_id = $1", shop.cast.niepolomice)
        await asyncio.gather(*(attempt(shop.db, lambda tx, told=told: connect_account(tx, **told)) for _ in range(12)))


async def test_where_stripe_is_off_the_desk_says_so(
    shop: Shop, house: httpx.AsyncClient, visit: Visit, cast: Cast, app: Litestar
) -> None:
    app.state.till = Till(None, LISTENERS, "")
    assert "by transfer only" in (await visit(cast.coordinator).get(f"{DESK}?lang=en")).text


async def test_who_leaves_cannot_pay_any_more_and_takes_along_what_is_theirs(shop: Shop) -> None:
    await shop.want()
    await shop.work()
    actor = await acting(shop.db, shop.cast.member)
    await attempt(shop.db, lambda tx: forget_payer(tx, actor=actor, now=shop.now))
    await shop.work()
    assert [session["status"] for session in shop.fake.sessions()] == ["expired"]
    async with statement(shop.db) as tx:
        assert await tx.fetchval("SELECT email FROM checkout") == ""


async def test_a_persons_export_holds_their_payments(
    shop: Shop, house: httpx.AsyncClient, visit: Visit, cast: Cast
) -> None:
    row = await paid(shop, house)
    await shop.give_back(row["id"], 100)
    told = (await visit(cast.member).get("/api/me/export")).json()
    assert [one["amount"] for one in told["checkouts"]] == [12_300]
    assert [one["amount"] for one in told["stripe_refunds"]] == [100]
    assert (await visit(cast.colleague).get("/api/me/export")).json()["checkouts"] == []
