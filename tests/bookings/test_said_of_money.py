"""What pages of a booking say of its money: before one says yes, before one calls it off, and afterwards."""

from collections.abc import Callable
from datetime import timedelta

import httpx

from incubator.db.engine import Database
from tests.bookings.test_cancel_by_steps import before, calling_off, paid, stepped
from tests.bookings.test_charge import TWO_HOURS, book, priced
from tests.cast import Cast
from tests.conftest import Clockwork
from tests.passes.cast import book as book_on_pass
from tests.passes.cast import live, on_sale

Visit = Callable[..., httpx.AsyncClient]
NEXT_DAY = TWO_HOURS.moved(timedelta(days=1))


def plain(answer: httpx.Response) -> str:
    return " ".join(answer.text.replace("\xa0", " ").split())


async def test_the_steps_stand_with_their_day_and_hour_and_those_that_are_over_do_not(
    visit: Visit, db: Database, cast: Cast, clock: Clockwork
) -> None:
    await stepped(db, cast)
    held = await book(db, cast, cast.member, outright=False)
    made = await book(db, cast, cast.member, period=NEXT_DAY)
    text = plain(await visit(cast.member).get(f"/bookings/{held.id}/confirm?lang=en"))
    assert "until Mon 7 Sep, 10:00: all of it" in text and "until Tue 8 Sep, 09:00: 50%" in text
    assert "later: nothing" in text
    clock.now = before(days=-1, hours=3)
    text = plain(await visit(cast.member).get(f"/bookings/{made.id}?lang=en"))
    assert "all of it" not in text and "until Wed 9 Sep, 09:00: 50%" in text


async def test_who_has_not_paid_is_told_what_is_still_to_be_paid(
    visit: Visit, db: Database, cast: Cast, clock: Clockwork
) -> None:
    await stepped(db, cast)
    made = await book(db, cast, cast.member)
    clock.now = before(hours=3)
    page = f"/bookings/{made.id}?lang=en"
    text = plain(await visit(cast.member).get(page))
    assert "If you cancel now, 36.90 zł of 73.80 zł are still to be paid." in text and "go back" not in text
    await paid(db, made)
    assert "If you cancel now, 36.90 zł of 73.80 zł go back." in plain(await visit(cast.member).get(page))
    await calling_off(db, cast.member, made, before(hours=3))
    assert "Of the price of 73.80 zł, 36.90 zł stay with the gmina." in plain(await visit(cast.member).get(page))


async def test_what_a_pass_pays_for_is_said_to_be_paid_and_to_come_back(
    visit: Visit, db: Database, cast: Cast, clock: Clockwork
) -> None:
    await live(db, cast, await on_sale(db, cast))
    member = visit(cast.member)
    held = await book_on_pass(db, cast, TWO_HOURS, outright=False)
    text = plain(await member.get(f"/bookings/{held.id}/confirm?lang=en"))
    assert "You pay within" not in text and "paid for by what it draws on" in text
    made = await book_on_pass(db, cast, NEXT_DAY)
    page = f"/bookings/{made.id}?lang=en"
    assert "what it drew is there again" in plain(await member.get(page))
    await calling_off(db, cast.member, made, before(days=3))
    text = plain(await member.get(page))
    assert "2 h of 20 h" not in text and "18 h left now" in text


async def test_aid_is_said_with_its_amount_before_one_books(visit: Visit, db: Database, cast: Cast) -> None:
    await priced(db, cast)
    held = await book(db, cast, cast.member, outright=False)
    member = visit(cast.member)
    text = plain(await member.get(f"/bookings/{held.id}/confirm?lang=en"))
    assert "de minimis aid of 140.00 zł" in text
    own = await book(db, cast, cast.stranger, own=True, outright=False, period=NEXT_DAY)
    assert "de minimis" not in plain(await visit(cast.stranger).get(f"/bookings/{own.id}/confirm?lang=en"))
