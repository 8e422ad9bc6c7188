"""What the page of a booking says once it was given up unpaid: why, what becomes of money on its way, and how to have
the time after all. And what it says of the aid in it while it stands."""

from collections.abc import AsyncIterator, Callable
from datetime import timedelta

import httpx
import pytest
from litestar import Litestar

from incubator.bookings.cancel import cancel
from incubator.bookings.expire import expire_overdue
from incubator.bookings.expire_unanswered import expire_unanswered
from incubator.bookings.views import BookingView
from incubator.db.engine import Database, attempt, transaction
from incubator.features import LISTENERS
from tests.bookings.paying import TWO_HOURS, Story, book, pays_first
from tests.cast import Cast, Person, acting, change
from tests.moments import NOW
from tests.payments.stripe.shop import open_shop

Visit = Callable[..., httpx.AsyncClient]
AGAIN = f"date=2026-09-22&start={TWO_HOURS.start:%Y-%m-%dT%H:%MZ}#book"


@pytest.fixture
async def life(db: Database, cast: Cast, app: Litestar) -> AsyncIterator[Story]:
    """A booking of Acme's that waits for its payment, where one pays first."""
    async with open_shop(db, cast, listeners=LISTENERS) as shop:
        app.state.till = shop.till
        await pays_first(db, cast)
        yield Story(shop, httpx.AsyncClient(), await book(db, cast, cast.member, now=NOW))


async def text(visit: Visit, who: Person, booking: BookingView) -> str:
    return " ".join((await visit(who).get(f"/bookings/{booking.id}?lang=en")).text.replace("\xa0", " ").split())


async def test_it_says_that_it_was_not_paid_and_leads_to_the_same_time(life: Story, visit: Visit, cast: Cast) -> None:
    life.shop.now += timedelta(days=3)
    await life.lapses()
    shown = await text(visit, cast.member, life.booking)
    assert "It was not paid in time, so others can book it, and you owe nothing." in shown
    assert "Is your money on its way?" in shown and AGAIN in shown
    assert "It was not paid in time" in await text(visit, cast.colleague, life.booking), (
        "who sees no payments of Acme's"
    )
    assert "It was not paid in time" not in await text(visit, cast.coordinator, life.booking)
    at, unpaid = f"/payments/{await life.charge()}?lang=en", "This was not paid in time: please pay it no more"
    assert unpaid in (await visit(cast.member).get(at)).text
    await life.transfer_comes()
    assert unpaid not in (await visit(cast.member).get(at)).text


async def test_it_says_that_money_which_came_too_late_goes_back(life: Story, visit: Visit, cast: Cast) -> None:
    life.shop.now += timedelta(days=3)
    await life.lapses()
    await life.is_taken()
    await life.transfer_comes()
    shown = await text(visit, cast.member, life.booking)
    assert "Your money came when the time could not be yours any more: 73.80 zł go back to you" in shown
    assert "Is your money on its way?" not in shown


async def test_a_hold_that_was_not_confirmed_leads_to_the_same_time_too(db: Database, visit: Visit, cast: Cast) -> None:
    made = await book(db, cast, cast.member, now=NOW, outright=False)
    await attempt(db, lambda tx: expire_overdue(tx, now=NOW + timedelta(hours=1)))
    shown = await text(visit, cast.member, made)
    assert "not confirmed, so others can book it" in shown and "not paid" not in shown and AGAIN in shown


@pytest.mark.parametrize("has_price", [True, False])
async def test_a_request_that_nobody_answered_was_neither_unpaid_nor_forgotten(
    db: Database, visit: Visit, cast: Cast, has_price: bool
) -> None:
    if has_price:
        await pays_first(db, cast)
    async with transaction(db) as tx:
        await change(tx, cast.room_l, needs_approval=True)
    made = await book(db, cast, cast.member, now=NOW)
    await attempt(db, lambda tx: expire_unanswered(tx, now=made.period.start))
    shown = await text(visit, cast.member, made)
    assert "Nobody could decide about it before its time began" in shown
    assert "not paid" not in shown and "not confirmed" not in shown


async def test_a_request_with_a_price_that_was_called_off_is_still_shown(
    db: Database, visit: Visit, cast: Cast
) -> None:
    await pays_first(db, cast)
    async with transaction(db) as tx:
        await change(tx, cast.room_l, needs_approval=True)
    made, actor = await book(db, cast, cast.member, now=NOW), await acting(db, cast.member)
    await attempt(db, lambda tx: cancel(tx, actor=actor, booking_id=made.id, now=NOW))
    assert "The price, line by line" in await text(visit, cast.member, made)


async def test_while_it_stands_the_page_says_what_aid_it_is(life: Story, visit: Visit, cast: Cast) -> None:
    aid = "De minimis aid was granted for it to Acme: 140.00 zł, which is 32.94 EUR."
    for page in ("", "/done"):
        answer = await visit(cast.member).get(f"/bookings/{life.booking.id}{page}?lang=en")
        assert aid in answer.text.replace("\xa0", " ") and f"/organisations/{cast.acme}/aid" in answer.text
    assert aid in await text(visit, cast.coordinator, life.booking)
    await life.is_called_off()
    assert "De minimis aid was granted" not in await text(visit, cast.member, life.booking)
