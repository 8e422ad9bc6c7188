"""Prices that one sees before saying yes: of what is ticked, and of another time."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import httpx
import pytest

from incubator.bookings.reschedule import reschedule
from incubator.db.engine import Database, attempt, statement, transaction
from incubator.kernel.period import Period
from incubator.pricing.details import ExtraDetails
from incubator.pricing.states import Per
from tests.bookings.test_charge import TWO_HOURS, book, priced
from tests.bookings.test_quote_anew import NEXT_WEEK, SECOND
from tests.browsing import post_form
from tests.cast import Cast, acting
from tests.credits.cast import put_credit
from tests.moments import NOW, tuesday
from tests.pricing.cast import a_tariff, hourly, in_force

Visit = Callable[..., httpx.AsyncClient]
MOMENT = "%Y-%m-%dT%H:%MZ"
COFFEE = ExtraDetails(name_pl="Kawa", price=1_000, per=Per.PERSON)


async def coffee(db: Database) -> str:
    async with statement(db) as tx:
        return str(await tx.fetchval("SELECT id FROM extra WHERE name_pl = 'Kawa'"))


def plain(answer: httpx.Response) -> str:
    return answer.text.replace("\xa0", " ")


async def test_what_is_ticked_is_priced_at_once_and_nothing_is_kept(visit: Visit, db: Database, cast: Cast) -> None:
    await priced(db, cast, extras=(COFFEE,))
    held = await book(db, cast, cast.member, outright=False)
    member, at = visit(cast.member), f"/bookings/{held.id}/confirm/price?lang=en"
    member.headers["hx-request"] = "true"
    with_coffee = plain(await post_form(member, at, {"extras": await coffee(db), "attendees": "3"}))
    assert "110.70 zł" in with_coffee and "<html" not in with_coffee
    assert "hx-swap-oob" in with_coffee and "Book with an obligation to pay" in with_coffee
    full = plain(await post_form(member, at, {"full_price": "yes"}))
    assert "246.00 zł" in full
    unsaid = plain(await post_form(member, at, {"extras": await coffee(db)}))
    assert "Please say how many people come" in unsaid
    async with statement(db) as tx:
        row = await tx.fetchrow("SELECT extras, attendees, full_price FROM booking WHERE id = $1", held.id)
    assert row is not None and tuple(row) == ([], None, False)


async def test_without_scripts_a_button_counts_anew_and_what_was_typed_stays(
    visit: Visit, db: Database, cast: Cast
) -> None:
    await priced(db, cast, extras=(COFFEE,))
    held = await book(db, cast, cast.member, outright=False)
    form = {"extras": await coffee(db), "attendees": "3", "title": "Warsztat", "full_price": "yes"}
    shown = await post_form(visit(cast.member), f"/bookings/{held.id}/confirm/price?lang=en", form)
    text = plain(shown)
    assert shown.status_code == 200 and "282.90 zł" in text
    assert 'value="Warsztat"' in text and "Count the price anew" in text
    assert 'name="full_price" value="yes" checked' in text, "who asked for the full price can take it back"


async def test_a_hold_moved_under_a_newer_list_can_still_be_confirmed(visit: Visit, db: Database, cast: Cast) -> None:
    await priced(db, cast, extras=(COFFEE,))
    held = await book(db, cast, cast.member, outright=False, extras=(UUID(await coffee(db)),), attendees=2)
    await in_force(db, cast, a_tariff(cast.room_l, rates=(hourly("commercial", 1_000),)), day=SECOND)
    actor = await acting(db, cast.member)
    told = {"booking_id": held.id, "period": NEXT_WEEK, "now": NOW}
    await attempt(db, lambda tx: reschedule(tx, actor=actor, **told))
    assert (await visit(cast.member).get(f"/bookings/{held.id}/confirm")).status_code == 200


async def test_the_move_page_says_both_prices_and_what_differs(visit: Visit, db: Database, cast: Cast) -> None:
    await priced(db, cast)
    made = await book(db, cast, cast.member)
    member, at = visit(cast.member), f"/bookings/{made.id}/move"
    longer = Period(TWO_HOURS.start, TWO_HOURS.end + timedelta(hours=1))
    for period, said in (
        (longer, "36.90 zł more is to be paid."),
        (tuesday("14:00", "15:00"), "36.90 zł less: what was paid of it goes back."),
        (tuesday("14:00", "16:00"), "The price stays the same."),
    ):
        start, end = period.start.strftime(MOMENT), period.end.strftime(MOMENT)
        part = await member.get(f"{at}/price", params={"start": start, "end": end, "lang": "en"})
        assert said in plain(part) and "<html" not in part.text
        form = {"date": "2026-09-08", "start": start, "end": end, "look": "price"}
        page = await post_form(member, f"{at}?lang=en", form)
        assert page.status_code == 200 and said in plain(page)
        body = {"start": period.start.isoformat(), "end": period.end.isoformat()}
        seen = (await member.post(f"/api/bookings/{made.id}/reschedule/preview", json=body)).json()
        assert seen["more"] == {longer: 3_690}.get(period, -3_690 if "less" in said else 0)
        assert seen["before"]["lines"] and seen["after"]["lines"]
    async with statement(db) as tx:
        assert await tx.fetchval("SELECT lower(period) FROM booking WHERE id = $1", made.id) == TWO_HOURS.start
    nothing = await member.get(f"{at}/price", params={"start": "x", "end": "y"})
    assert nothing.status_code == 200 and "zł" not in nothing.text


async def test_what_is_left_behind_in_another_incubator_is_said(visit: Visit, db: Database, cast: Cast) -> None:
    await priced(db, cast, extras=(COFFEE,))
    made = await book(db, cast, cast.member, extras=(UUID(await coffee(db)),), attendees=2)
    async with statement(db) as tx:
        other = await tx.fetchval("SELECT id FROM space WHERE incubator_id = $1", cast.rynek)
    body = {"start": NEXT_WEEK.start.isoformat(), "end": NEXT_WEEK.end.isoformat(), "space_id": str(other)}
    seen = (await visit(cast.member).post(f"/api/bookings/{made.id}/reschedule/preview", json=body)).json()
    assert (seen["after"], seen["more"]) == (None, -9_840)
    assert [one["name_pl"] for one in seen["left_behind"]] == ["Kawa"]


async def test_the_move_page_says_how_much_more_is_drawn_and_what_is_there_again(
    visit: Visit, db: Database, cast: Cast
) -> None:
    """Two hours of ten are drawn."""
    await priced(db, cast)
    await put_credit(db, cast.acme, granted=600)
    made = await book(db, cast, cast.member)
    member, at = visit(cast.member), f"/bookings/{made.id}/move"
    for period, said in (
        (Period(TWO_HOURS.start, TWO_HOURS.end + timedelta(hours=1)), "1 h more are drawn, 7 h are left then."),
        (tuesday("14:00", "15:30"), "30 min are there again, 8 h 30 min are left then."),
        (tuesday("14:00", "16:00"), "As much is drawn as before: 2 h."),
    ):
        asked = {"start": period.start.strftime(MOMENT), "end": period.end.strftime(MOMENT), "lang": "en"}
        text = plain(await member.get(f"{at}/price", params=asked))
        assert said in text and "0.00 zł" not in text and "stays the same" not in text
    too_long = Period(TWO_HOURS.start, TWO_HOURS.end + timedelta(hours=9))
    asked = {"start": too_long.start.strftime(MOMENT), "end": too_long.end.strftime(MOMENT), "lang": "en"}
    text = plain(await member.get(f"{at}/price", params=asked))
    assert "405.90 zł more is to be paid." in text and "2 h are there again, 10 h are left then." in text


@pytest.mark.parametrize(("kind", "seen"), [("startup", True), ("company", False), ("ngo", False), ("public", False)])
async def test_who_can_have_no_aid_is_not_told_what_others_pay(
    visit: Visit, db: Database, cast: Cast, kind: str, seen: bool
) -> None:
    """A startup pays 30 zł an hour instead of 100; an association nothing, and it is no aid."""
    await priced(db, cast)
    async with transaction(db) as tx:
        await tx.execute("UPDATE organisation SET kind = $2 WHERE id = $1", cast.acme, kind)
    held = await book(db, cast, cast.member, outright=False)
    text = plain(await visit(cast.member).get(f"/bookings/{held.id}/confirm?lang=en"))
    assert ("At market prices" in text) is seen
    assert "de minimis aid" in text if seen else "de minimis aid of" not in text
