"""A booking is made a series: its dates are shown before they are booked, without scripts."""

import re
from collections.abc import Callable
from datetime import timedelta

import httpx
import pytest

from incubator.bookings.views import BookingView
from incubator.db.engine import Database, statement, transaction
from tests.bookings.pages.test_mine import booked, found
from tests.browsing import post_form
from tests.cast import Cast, change
from tests.moments import TUESDAY, on, tuesday

Visit = Callable[..., httpx.AsyncClient]
TEN = tuesday("10:00", "12:00")


async def mine(db: Database, cast: Cast, **said: object) -> BookingView:
    return await booked(db, cast.member, cast.room_s, TEN, organisation_id=cast.acme, title="Stand-up", **said)


async def test_the_way_there_is_on_the_pages_of_a_booking(visit: Visit, cast: Cast, db: Database) -> None:
    booking = await mine(db, cast)
    client = visit(cast.member)
    for page in (f"/bookings/{booking.id}", f"/bookings/{booking.id}/done"):
        assert f'href="/bookings/{booking.id}/repeat"' in (await client.get(page)).text
    assert f"{booking.id}/repeat" not in (await visit(cast.coordinator).get(f"/bookings/{booking.id}")).text


async def test_dates_are_shown_before_they_are_booked(visit: Visit, cast: Cast, db: Database) -> None:
    await booked(db, cast.stranger, cast.room_s, on(TUESDAY + timedelta(weeks=1), "11:00", "13:00"))
    booking = await mine(db, cast)
    client = visit(cast.member)
    fresh = (await client.get(f"/bookings/{booking.id}/repeat?lang=en")).text
    assert "2 of 3 more dates can be had." in fresh and "Tue 29 Sep, 10:00–12:00" in fresh
    assert "somebody else has this time" in fresh and "Book 2 more dates" in fresh
    asked = "every_weeks=2&weekdays=4&end=until&until=2026-10-08"
    chosen = (await client.get(f"/bookings/{booking.id}/repeat?{asked}")).text
    shown = re.findall(r'<span class="when">(.*?)</span>', chosen)
    assert [one[:10].strip(",") for one in shown] == [
        "Tue 8 Sep",
        "Thu 10 Sep",
        "Tue 22 Sep",
        "Thu 24 Sep",
        "Tue 6 Oct",
        "Thu 8 Oct",
    ]
    assert '<input type="hidden" name="weekdays" value="4">' in chosen
    polish = (await client.get(f"/bookings/{booking.id}/repeat?lang=pl")).text
    assert "ten termin ma już ktoś inny" in polish and "Zarezerwuj jeszcze 2 terminy" in polish
    long = (await client.get(f"/bookings/{booking.id}/repeat?lang=en&end=count&count=40")).text
    assert "Later dates (19)" in long and long.count('class="when"') == 40
    async with statement(db) as tx:
        assert await tx.fetchval("SELECT count(*) FROM booking") == 2


async def test_the_dates_are_booked_and_told_of(visit: Visit, cast: Cast, db: Database) -> None:
    await booked(db, cast.stranger, cast.room_s, on(TUESDAY + timedelta(weeks=1), "11:00", "13:00"))
    booking = await mine(db, cast)
    client = visit(cast.member)
    answer = await post_form(client, f"/bookings/{booking.id}/repeat", {"end": "count", "count": "3"})
    assert answer.status_code == 303, answer.text
    series_id = (await found(db, cast.member, booking)).series_id
    assert answer.headers["location"] == f"/bookings/series/{series_id}"
    page = await client.get(answer.headers["location"])
    assert "Some dates could not be had" in page.text and page.text.count('class="badge confirmed"') == 2
    again = await post_form(client, f"/bookings/{booking.id}/repeat", {"end": "count", "count": "3"})
    assert again.headers["location"] == f"/bookings/series/{series_id}"
    assert "already part of a series" in (await client.get(again.headers["location"])).text
    look = await client.get(f"/bookings/{booking.id}/repeat")
    assert (look.status_code, look.headers["location"]) == (303, f"/bookings/series/{series_id}")
    assert f"{booking.id}/repeat" not in (await client.get(f"/bookings/{booking.id}/done")).text


async def test_a_space_that_wants_approval_is_asked_for(visit: Visit, cast: Cast, db: Database) -> None:
    async with transaction(db) as tx:
        await change(tx, cast.room_s, needs_approval=True)
    booking = await mine(db, cast)
    client = visit(cast.member)
    page = (await client.get(f"/bookings/{booking.id}/repeat")).text
    assert "Ask for 3 more dates" in page and page.count("can be asked for") == 3
    await post_form(client, f"/bookings/{booking.id}/repeat", {"end": "count", "count": "2"})
    async with statement(db) as tx:
        assert await tx.fetchval("SELECT count(*) FROM booking WHERE state = 'awaiting_approval'") == 2


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"end": "count", "count": "10000"}, "at most 366 dates"),
        ({"end": "count", "count": "1"}, "Choose a later end"),
        ({"end": "count", "count": ""}, "Say either the last day"),
        ({"end": "until", "until": "", "count": "4"}, "Say either the last day"),
        ({"end": "until", "until": "2026-09-01"}, "ends before its first date"),
        ({"end": "until", "until": "9999-12-31"}, "between the years 2000 and 2190"),
        ({"end": "count", "count": "many"}, "Please check the form"),
        ({"end": "never", "count": "4"}, "Please check the form"),
        ({"end": "count", "count": "4", "every_weeks": "0"}, "every 1 to 52 weeks"),
        ({"end": "count", "count": "4", "every_weeks": "x"}, "Please check the form"),
        ({"end": "count", "count": "4", "weekdays": "9"}, "Weekdays go from 1"),
        ({"end": "count", "count": "9" * 40}, "at most 366 dates"),
    ],
)
async def test_what_makes_no_series_is_said_and_what_was_typed_is_kept(
    visit: Visit, cast: Cast, db: Database, typed: dict[str, str], sentence: str
) -> None:
    booking = await mine(db, cast)
    client = visit(cast.member)
    looked = await client.get(f"/bookings/{booking.id}/repeat", params=typed)
    tried = await post_form(client, f"/bookings/{booking.id}/repeat", typed)
    for answer in (looked, tried):
        assert answer.status_code == 422, answer.text
        assert sentence in answer.text
    assert f'name="count" min="2" max="366" inputmode="numeric" value="{typed.get("count", "")}"' in tried.text
    script = await client.get(f"/bookings/{booking.id}/repeat", params=typed, headers={"hx-request": "true"})
    assert script.status_code == 200 and sentence in script.text.partition('id="preview"')[2]


async def test_where_no_other_date_can_be_had_it_is_said_and_nothing_is_made(
    visit: Visit, cast: Cast, db: Database
) -> None:
    await booked(db, cast.stranger, cast.room_s, on(TUESDAY + timedelta(weeks=1), "11:00", "13:00"))
    booking = await mine(db, cast)
    client = visit(cast.member)
    looked = (await client.get(f"/bookings/{booking.id}/repeat?end=count&count=2")).text
    assert "None of these dates can be booked." in looked and "more date</button>" not in looked
    tried = await post_form(client, f"/bookings/{booking.id}/repeat", {"end": "count", "count": "2"})
    assert tried.status_code == 409 and "This time is already taken." in tried.text
    assert (await found(db, cast.member, booking)).series_id is None


async def test_nobody_else_repeats_it(visit: Visit, cast: Cast, db: Database) -> None:
    booking = await mine(db, cast)
    form = {"end": "count", "count": "3"}
    for other, status in (
        (cast.stranger, 404),
        (cast.other_coordinator, 404),
        (cast.office, 404),
        (cast.coordinator, 403),
    ):
        client = visit(other)
        assert (await client.get(f"/bookings/{booking.id}/repeat")).status_code == status
        assert (await post_form(client, f"/bookings/{booking.id}/repeat", form)).status_code in {status, 403}
    assert (await visit().get(f"/bookings/{booking.id}/repeat")).headers["location"].startswith("/sign-in?next=")
    assert (await found(db, cast.member, booking)).series_id is None
