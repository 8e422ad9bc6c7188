"""What pages of a booking say of its money: before one says yes, before one calls it off, and afterwards."""

from collections.abc import Callable
from contextlib import nullcontext
from datetime import timedelta

import httpx
import pytest

from incubator.bookings.pay_first import SeriesPaidFirst
from incubator.bookings.repeat_booking import repeat_booking
from incubator.db.engine import Database, statement, transaction
from incubator.pricing.details import ExtraDetails
from tests.bookings.test_cancel_by_steps import before, calling_off, paid, stepped
from tests.bookings.test_charge import RATES, TWO_HOURS, book, priced
from tests.bookings.test_quote_anew import extra_of
from tests.browsing import post_form
from tests.cast import Cast, acting
from tests.conftest import Clockwork
from tests.credits.cast import put_credit
from tests.moments import NOW
from tests.passes.cast import a_pass, live, on_sale
from tests.passes.cast import book as book_on_pass
from tests.pricing.cast import a_tariff, in_force

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


async def test_what_further_dates_cost_is_said_before_they_are_booked(visit: Visit, db: Database, cast: Cast) -> None:
    """Two hours a week, twice more: 73.80 zł each."""
    await priced(db, cast)
    made = await book(db, cast, cast.member)
    at = f"/bookings/{made.id}/repeat?lang=en&end=count&count=3"
    text = plain(await visit(cast.member).get(at))
    assert "Together they cost 147.60 zł." in text and "Book 2 more dates with an obligation to pay" in text
    assert "de minimis aid of 280.00 zł" in text


async def test_further_dates_on_a_pass_cost_nothing_till_it_is_used_up(visit: Visit, db: Database, cast: Cast) -> None:
    """Four hours are left when the first is booked: two dates more, and the third is paid."""
    await live(db, cast, await on_sale(db, cast, a_pass(amount=360)))
    made = await book_on_pass(db, cast, TWO_HOURS)
    member, at = visit(cast.member), f"/bookings/{made.id}/repeat?lang=en&end=count&count="
    assert "You pay nothing for them." in plain(await member.get(f"{at}3"))
    assert "Together they cost 73.80 zł." in plain(await member.get(f"{at}4"))


async def test_who_wants_no_aid_for_one_date_wants_none_for_the_others(visit: Visit, db: Database, cast: Cast) -> None:
    await priced(db, cast)
    made = await book(db, cast, cast.member, full_price=True)
    text = plain(await visit(cast.member).get(f"/bookings/{made.id}/repeat?lang=en&end=count&count=3"))
    assert "de minimis" not in text
    async with transaction(db) as tx:
        series = await repeat_booking(tx, actor=await acting(db, cast.member), booking_id=made.id, count=3, now=NOW)
    async with statement(db) as tx:
        owed = await tx.fetch(
            "SELECT charge.net FROM charge JOIN booking ON booking.id = subject_id WHERE series_id = $1", series.id
        )
        granted = await tx.fetchval("SELECT count(*) FROM aid_entry")
    assert len(owed) == 3 and len({row["net"] for row in owed}) == 1 and granted == 0


async def test_the_extras_of_the_first_date_go_with_the_others(visit: Visit, db: Database, cast: Cast) -> None:
    """73.80 zł each for two hours, and 24.60 zł for the projector."""
    await priced(db, cast, extras=(ExtraDetails(name_pl="Rzutnik", name_en="Projector", price=2_000),))
    made = await book(db, cast, cast.member, extras=(await extra_of(db),))
    member, at = visit(cast.member), f"/bookings/{made.id}/repeat?lang=en&end=count&count=3"
    text = plain(await member.get(at))
    assert "the same for each date: Projector" in text and "Together they cost 196.80 zł." in text
    assert "Together they cost 147.60 zł." in plain(await member.get(f"{at}&extras=none"))
    form = {"every_weeks": "1", "end": "count", "count": "3", "until": "", "extras": "same"}
    answer = await post_form(member, f"/bookings/{made.id}/repeat", form)
    text = plain(await member.get(f"{answer.headers['location']}?lang=en"))
    assert "295.20 zł for the booked dates to pay" in text.replace("<br><strong>", " ").replace("</strong>", "")
    async with statement(db) as tx:
        owed = await tx.fetch("SELECT net + vat AS gross FROM charge")
    assert [row["gross"] for row in owed] == [9_840] * 3


async def test_the_further_dates_go_without_extras_if_one_wants_none(db: Database, cast: Cast) -> None:
    await priced(db, cast, extras=(ExtraDetails(name_pl="Rzutnik", price=2_000),))
    made = await book(db, cast, cast.member, extras=(await extra_of(db),))
    actor = await acting(db, cast.member)
    async with transaction(db) as tx:
        await repeat_booking(tx, actor=actor, booking_id=made.id, count=3, extras=False, now=NOW)
        rows = await tx.fetch("SELECT net + vat AS gross FROM charge ORDER BY id")
    assert [row["gross"] for row in rows] == [9_840, 7_380, 7_380]


async def test_a_series_says_what_of_its_dates_is_paid(visit: Visit, db: Database, cast: Cast) -> None:
    await priced(db, cast)
    made = await book(db, cast, cast.member)
    actor = await acting(db, cast.member)
    async with transaction(db) as tx:
        series = await repeat_booking(tx, actor=actor, booking_id=made.id, count=3, now=NOW)
    await paid(db, made)
    page = f"/bookings/series/{series.id}?lang=en"
    text = plain(await visit(cast.member).get(page))
    assert "221.40 zł for the booked dates" in text and "to pay: 147.60 zł" in text
    assert text.count("73.80 zł, paid in full") == 1 and text.count("73.80 zł, to pay: 73.80 zł") == 2
    assert "for the booked dates" not in plain(await visit(cast.colleague).get(page)), "whose money it is not"


async def test_a_date_has_the_extras_that_its_own_list_has_at_the_price_there(
    visit: Visit, db: Database, cast: Cast
) -> None:
    """From the second week on the projector is dearer, and there is no coffee."""
    coffee = ExtraDetails(name_pl="Kawa", name_en="Coffee", price=1_000)
    await priced(db, cast, extras=(ExtraDetails(name_pl="Rzutnik", name_en="Projector", price=2_000), coffee))
    later = {"stated": "net", "startups_incubated": True, "day": TWO_HOURS.start.date() + timedelta(days=3)}
    tariff = a_tariff(cast.room_l, rates=RATES)
    await in_force(db, cast, tariff, extras=(ExtraDetails(name_pl="rzutnik", price=3_000),), **later)
    async with statement(db) as tx:
        keys = await tx.fetch("SELECT id FROM extra WHERE name_pl IN ('Rzutnik', 'Kawa')")
    made = await book(db, cast, cast.member, extras=tuple(row["id"] for row in keys))
    at = f"/bookings/{made.id}/repeat?lang=en&end=count&count=2"
    text = plain(await visit(cast.member).get(at))
    assert "without some extras" in text and "Together they cost 110.70 zł." in text
    actor = await acting(db, cast.member)
    async with transaction(db) as tx:
        await repeat_booking(tx, actor=actor, booking_id=made.id, count=2, now=NOW)
        rows = await tx.fetch("SELECT net + vat AS gross FROM charge ORDER BY id")
    assert [row["gross"] for row in rows] == [7_380 + 2_460 + 1_230, 7_380 + 3_690]


async def test_extras_that_are_paid_first_are_foreseen_to_keep_a_covered_date_out(
    visit: Visit, db: Database, cast: Cast
) -> None:
    extras = (ExtraDetails(name_pl="Rzutnik", price=2_000),)
    await priced(db, cast, extras=extras)
    await put_credit(db, cast.acme, granted=600)
    made = await book(db, cast, cast.member, extras=(await extra_of(db),))
    terms = {"pays_first": "everybody", "due_days": 3, "stated": "net", "startups_incubated": True}
    later = TWO_HOURS.start.date() + timedelta(days=3)
    await in_force(db, cast, a_tariff(cast.room_l, rates=RATES), extras=extras, day=later, **terms)
    at = f"/bookings/{made.id}/repeat?lang=en&end=count&count=2"
    member = visit(cast.member)
    assert "0 of 1 more dates can be had" in plain(await member.get(at))
    assert "1 of 1 more dates can be had" in plain(await member.get(f"{at}&extras=none"))
    actor = await acting(db, cast.member)
    for with_extras in (True, False):
        with nullcontext() if not with_extras else pytest.raises(SeriesPaidFirst):
            async with transaction(db) as tx:
                await repeat_booking(tx, actor=actor, booking_id=made.id, count=2, extras=with_extras, now=NOW)
