"""A booking that is firm once it is paid: every order of events, through the booking, the ledger and the fake Stripe."""

from collections.abc import AsyncIterator, Callable

import httpx
import pytest
from litestar import Litestar

from incubator.db.engine import Database
from incubator.features import LISTENERS
from tests.bookings.paying import PRICE, Stands, Story, book, letters, pays_first
from tests.cast import Cast
from tests.moments import NOW
from tests.payments.stripe.shop import Shop, open_shop

AID = 14_000
FIRM = Stands(booking="confirmed", charge="paid", kept=PRICE, aid=AID)
GIVEN_UP = Stands(booking="expired", charge="cancelled", kept=0, aid=0)
CALLED_OFF = Stands(booking="cancelled", charge="cancelled", kept=0, aid=0)
WAITING = Stands(booking="awaiting_payment", charge="open", kept=0, aid=AID)


@pytest.fixture
async def shop(db: Database, cast: Cast) -> AsyncIterator[Shop]:
    async with open_shop(db, cast, listeners=LISTENERS) as made:
        await pays_first(db, cast)
        yield made


@pytest.fixture
def house(shop: Shop, app: Litestar, visit: Callable[..., httpx.AsyncClient]) -> httpx.AsyncClient:
    app.state.till = shop.till
    return visit()


@pytest.fixture
async def story(shop: Shop, house: httpx.AsyncClient, db: Database, cast: Cast) -> Story:
    return Story(shop, house, await book(db, cast, cast.member, now=NOW))


ORDERS: dict[str, tuple[str, Stands]] = {
    "not yet": ("", WAITING),
    "begun": ("opens", WAITING),
    "paid at once": ("opens pays hears", FIRM),
    "told twice and in disorder": ("opens pays hears_twice_in_disorder", FIRM),
    "told again much later": ("opens pays hears a_day_passes hears_twice_in_disorder a_day_passes", FIRM),
    "never told, asked for by the job": ("opens pays hears_nothing an_hour_passes an_hour_passes", FIRM),
    "paid, its time over, told late": ("opens pays hears_nothing its_time_is_over", FIRM),
    "paid, told a day after its time": ("opens pays its_time_is_over a_day_passes hears", FIRM),
    "paid, and its time over before what follows": (
        "opens pays hears_but_does_nothing_yet its_time_is_over",
        FIRM,
    ),
    "begun and left": ("opens an_hour_passes an_hour_passes an_hour_passes", WAITING),
    "begun and left, its time over": ("opens its_time_is_over", GIVEN_UP),
    "begun, left, and paid by transfer": ("opens a_day_passes transfer_comes", FIRM),
    "begun, and paid by transfer meanwhile": ("opens transfer_comes hears", FIRM),
    "a bank that thinks, and pays": ("opens pays_slowly hears its_time_is_over clears hears", FIRM),
    "a bank that thinks, and declines": ("opens pays_slowly hears its_time_is_over bounces hears", GIVEN_UP),
    "a bank that declines in time": ("opens pays_slowly hears bounces hears opens pays hears", FIRM),
    "never paid": ("its_time_is_over", GIVEN_UP),
    "never paid, looked at again and again": ("its_time_is_over a_day_passes lapses hears", GIVEN_UP),
    "by transfer": ("transfer_comes", FIRM),
    "by transfer in two": ("half_of_it_comes half_of_it_comes", FIRM),
    "half of it, its time over": ("half_of_it_comes its_time_is_over", GIVEN_UP),
    "half of it, its time over, the other half": ("half_of_it_comes its_time_is_over half_of_it_comes", GIVEN_UP),
    "called off": ("is_called_off", CALLED_OFF),
    "called off while one pays": ("opens is_called_off pays hears a_day_passes", CALLED_OFF),
    "called off, told of late": ("opens pays is_called_off a_day_passes hears", CALLED_OFF),
    "paid and called off before what follows": (
        "opens pays hears_but_does_nothing_yet is_called_off hears",
        CALLED_OFF,
    ),
    "paid and called off": ("opens pays hears is_called_off hears a_day_passes", CALLED_OFF),
    "given up, and its transfer comes": ("its_time_is_over transfer_comes", FIRM),
    "given up, its transfer comes, and it is called off": (
        "its_time_is_over transfer_comes is_called_off",
        CALLED_OFF,
    ),
    "given up, begun and left, and its transfer comes": ("opens its_time_is_over hears transfer_comes hears", FIRM),
    "given up, and its transfer comes in two": (
        "its_time_is_over half_of_it_comes half_of_it_comes",
        GIVEN_UP,
    ),
    "given up, and taken, and its transfer comes": ("its_time_is_over is_taken transfer_comes", GIVEN_UP),
    "given up, and its transfer comes when it has begun": ("its_time_is_over it_begins transfer_comes", GIVEN_UP),
    "given up, its transfer comes, and another": (
        "its_time_is_over transfer_comes its_time_is_over",
        FIRM,
    ),
    "called off, and a transfer comes": ("is_called_off transfer_comes", CALLED_OFF),
}


@pytest.mark.parametrize("order", ORDERS)
async def test_in_every_order_it_is_firm_with_its_money_or_given_up_without(story: Story, order: str) -> None:
    steps, end = ORDERS[order]
    for step in steps.split():
        await getattr(story, step)()
    assert await story.stands() == end, order


async def test_who_books_is_told_what_becomes_of_it(story: Story, db: Database) -> None:
    assert await letters(db) == ["To pay"]
    await story.its_time_is_over()
    await story.is_taken()
    await story.transfer_comes()
    assert await letters(db) == ["To pay", "Not paid in time", "We have received 73.80 zł", "Your money goes back"]


async def test_who_has_paid_is_told_that_it_is_booked(story: Story, db: Database) -> None:
    for step in (story.opens, story.pays, story.hears, story.hears):
        await step()
    assert await letters(db) == ["To pay", "We have received 73.80 zł", "Paid and booked"]
