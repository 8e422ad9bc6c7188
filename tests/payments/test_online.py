"""Bookings paid by card and BLIK, from the button to the ledger and back, against the fake Stripe."""

from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from uuid import UUID

import httpx
import pytest
from litestar import Litestar

from incubator.bookings.cancel import cancel
from incubator.bookings.views import BookingView
from incubator.db.engine import Database, attempt, statement, transaction
from incubator.ledger.check_books import check_books
from incubator.ledger.queries import balances_at
from incubator.ledger.states import Account
from incubator.payments.by_stripe import LISTENERS
from incubator.payments.check_charges import check_charges
from incubator.payments.match_payment import record_transfer
from incubator.payments.pay_online import AnotherPays, NothingToPay, NotThePayer, pay_online
from incubator.payments.stripe.want_checkout import NotConnected
from tests.bookings.test_charge import book, priced
from tests.browsing import post_form
from tests.cast import Cast, Person, acting
from tests.moments import NOW, tuesday
from tests.payments.stripe.shop import Shop, open_shop
from tests.stripe_fake.post import Way


@pytest.fixture
async def shop(db: Database, cast: Cast) -> AsyncIterator[Shop]:
    async with open_shop(db, cast, listeners=LISTENERS) as made:
        await priced(db, cast)
        yield made


@pytest.fixture
def house(shop: Shop, app: Litestar, visit: Callable[..., httpx.AsyncClient]) -> httpx.AsyncClient:
    app.state.till = shop.till
    return visit()


async def charge_of(db: Database, booking: BookingView) -> UUID:
    async with statement(db) as tx:
        found: UUID = await tx.fetchval("SELECT id FROM charge WHERE subject_id = $1", booking.id)
    return found


async def wanted(shop: Shop, charge_id: UUID, who: Person) -> UUID:
    actor = await acting(shop.db, who)
    made = await attempt(
        shop.db,
        lambda tx: pay_online(tx, till=shop.till, actor=actor, charge_id=charge_id, locale="pl", now=shop.now),
    )
    await shop.work()
    return made


async def stands(shop: Shop) -> dict[Account, int]:
    """Balances of Niepołomice, when all checks find nothing."""
    async with transaction(shop.db) as tx:
        assert (await check_books(tx, now=NOW), await check_charges(tx, now=NOW)) == ({}, {})
        later = shop.now + timedelta(days=400)
        told = await balances_at(tx, gmina_id=shop.cast.niepolomice, at=later)
    return {account: amount for account, amount in told.items() if amount}


async def test_a_booking_is_paid_by_blik_and_given_back_when_called_off(
    shop: Shop, house: httpx.AsyncClient, db: Database, cast: Cast
) -> None:
    made = await book(db, cast, cast.member)
    checkout = await wanted(shop, await charge_of(db, made), cast.member)
    shop.fake.pay((await shop.row(checkout))["session_id"], "blik")
    await shop.hear(house)
    there = await stands(shop)
    came, fee = shop.fake.balance(shop.account)
    assert came == 7_380
    assert (there[Account.STRIPE], there[Account.FEES]) == (7_380 - fee, fee)
    assert Account.RECEIVABLE not in there
    actor = await acting(db, cast.member)
    await attempt(db, lambda tx: cancel(tx, actor=actor, booking_id=made.id, now=NOW))
    await shop.work()
    await shop.hear(house)
    there = await stands(shop)
    assert there == {Account.STRIPE: -fee, Account.FEES: fee}
    assert shop.fake.balance(shop.account)[0] == 0


async def test_what_comes_after_it_was_called_off_goes_back_from_the_desk(
    shop: Shop, house: httpx.AsyncClient, db: Database, cast: Cast
) -> None:
    made = await book(db, cast, cast.member)
    charge = await charge_of(db, made)
    checkout = await wanted(shop, charge, cast.member)
    actor = await acting(db, cast.member)
    await attempt(db, lambda tx: cancel(tx, actor=actor, booking_id=made.id, now=NOW))
    shop.fake.pay((await shop.row(checkout))["session_id"], "card")
    await shop.hear(house)
    await stands(shop)
    async with statement(db) as tx:
        assert await tx.fetchval("SELECT -outstanding FROM charge WHERE id = $1", charge) == 7_380
    with pytest.raises(NothingToPay):
        await wanted(shop, charge, cast.member)


async def test_events_that_come_twice_late_and_out_of_order_count_once(
    shop: Shop, house: httpx.AsyncClient, db: Database, cast: Cast
) -> None:
    checkouts = []
    for hour in range(9, 17):
        made = await book(db, cast, cast.member, period=tuesday(f"{hour:02}:00", f"{hour + 1:02}:00"))
        checkouts.append(await wanted(shop, await charge_of(db, made), cast.member))
    for checkout in checkouts[:6]:
        shop.fake.pay((await shop.row(checkout))["session_id"], "card")
    for seed in range(5):
        await shop.hear(house, Way(seed=seed, doubled=0.5, late=0.4, lost=0.2, shuffled=True))
        await shop.come_round(after=timedelta(hours=1, minutes=1))
    there = await stands(shop)
    came, fees = shop.fake.balance(shop.account)
    assert (came, there[Account.FEES]) == (6 * 3_690, fees)
    assert there[Account.STRIPE] == came - fees
    assert there[Account.RECEIVABLE] == 2 * 3_690


async def test_the_button_leads_to_the_checkout_and_is_not_there_without_stripe(
    shop: Shop,
    house: httpx.AsyncClient,
    visit: Callable[..., httpx.AsyncClient],
    app: Litestar,
    db: Database,
    cast: Cast,
) -> None:
    made = await book(db, cast, cast.member)
    charge = await charge_of(db, made)
    page, browser = f"/payments/{charge}", visit(cast.member)
    assert "Przelewy24</button>" in (await browser.get(page)).text
    answer = await post_form(browser, page, {"form": "card", "version": "0"})
    assert answer.status_code == 303 and answer.headers["location"].startswith("/checkouts/")
    async with transaction(db) as tx:
        await tx.execute("DELETE FROM checkout")
        await tx.execute("UPDATE stripe_account SET charges_since = NULL")
    assert "Przelewy24</button>" not in (await browser.get(page)).text
    answer = await post_form(browser, page, {"form": "card", "version": "0"})
    assert answer.status_code == 409 and NotConnected.code not in answer.headers.get("location", "")
    stranger = visit(cast.stranger)
    assert (await post_form(stranger, page, {"form": "card", "version": "0"})).status_code == 404


async def unpaid(shop: Shop, checkout: UUID) -> None:
    """Stripe lets nobody pay by it any more."""
    await shop.work()
    assert (await shop.row(checkout))["state"] == "expired"
    assert [session["status"] for session in shop.fake.sessions()] == ["expired"]


async def test_called_off_it_can_be_paid_no_more(shop: Shop, db: Database, cast: Cast) -> None:
    made = await book(db, cast, cast.member)
    checkout = await wanted(shop, await charge_of(db, made), cast.member)
    actor = await acting(db, cast.member)
    await attempt(db, lambda tx: cancel(tx, actor=actor, booking_id=made.id, now=NOW))
    await unpaid(shop, checkout)


async def test_paid_by_transfer_meanwhile_it_is_not_paid_by_card_as_well(shop: Shop, db: Database, cast: Cast) -> None:
    """In part too: what is open at Stripe would take all of it. What is left is paid by another."""
    made = await book(db, cast, cast.member)
    charge = await charge_of(db, made)
    checkout, desk = await wanted(shop, charge, cast.member), await acting(db, cast.coordinator)
    told = {
        "actor": desk,
        "charge_id": charge,
        "amount": 5_000,
        "received_on": NOW.date(),
        "reference": "",
        "seen": None,
    }
    await attempt(db, lambda tx: record_transfer(tx, **told, now=NOW))
    await unpaid(shop, checkout)
    rest = await wanted(shop, charge, cast.member)
    assert (await shop.row(rest))["amount"] == 2_380
    await stands(shop)


async def test_who_keeps_the_gminas_money_does_not_pay_it(
    shop: Shop, house: httpx.AsyncClient, visit: Callable[..., httpx.AsyncClient], db: Database, cast: Cast
) -> None:
    made = await book(db, cast, cast.member)
    charge = await charge_of(db, made)
    for who in (cast.coordinator, cast.administrator):
        with pytest.raises(NotThePayer):
            await wanted(shop, charge, who)
        desk = visit(who)
        assert "Przelewy24</button>" not in (await desk.get(f"/payments/{charge}")).text
        answer = await post_form(desk, f"/payments/{charge}", {"form": "card", "version": "0"})
        assert answer.status_code == 403 and "not_the_payer" not in answer.headers.get("location", "")
    assert shop.fake.sessions() == []


async def test_while_one_begins_to_pay_another_is_told_so(shop: Shop, db: Database, cast: Cast) -> None:
    """A checkout is for who began it alone: nobody is led to one that is not there for them."""
    made = await book(db, cast, cast.member)
    charge = await charge_of(db, made)
    checkout = await wanted(shop, charge, cast.member)
    assert await wanted(shop, charge, cast.member) == checkout
    with pytest.raises(AnotherPays):
        await wanted(shop, charge, cast.owner)
