"""The page of a series, and what it does: this one, this and the following, or all."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest

from incubator.bookings.series import SeriesView, series_for
from incubator.bookings.series_rules import Pattern
from incubator.db.engine import Database, statement, transaction
from incubator.kernel.period import WARSAW
from tests.bookings.pages.test_mine import booked
from tests.bookings.test_series import again, states
from tests.browsing import post_form
from tests.cast import Cast, Person, acting, change
from tests.conftest import Clockwork
from tests.moments import TUESDAY, on

Visit = Callable[..., httpx.AsyncClient]
TUESDAYS = Pattern(first_day=TUESDAY, weekdays=(2,), start_minute=600, length_minutes=120, count=4)


async def ours(db: Database, cast: Cast, pattern: Pattern = TUESDAYS) -> SeriesView:
    return await again(db, cast.member, cast.room_s, pattern, organisation_id=cast.acme, title="Stand-up")


async def found(db: Database, who: Person, series_id: UUID) -> SeriesView:
    actor = await acting(db, who)
    async with statement(db) as tx:
        return await series_for(tx, actor=actor, series_id=series_id)


def starts(series: SeriesView) -> list[str]:
    return [f"{one.period.start.astimezone(WARSAW):%d.%m. %H:%M}" for one in series.occurrences]


def form(series: SeriesView, **typed: Any) -> dict[str, Any]:
    """The change form as the page fills it in."""
    return {
        "version": str(series.version),
        "which": "all",
        "start": "10:00",
        "end": "12:00",
        "title": "Stand-up",
    } | typed


async def test_all_dates_stand_there_with_state_or_reason(
    visit: Visit, cast: Cast, db: Database, clock: Clockwork
) -> None:
    await booked(db, cast.stranger, cast.room_s, on(TUESDAY + timedelta(weeks=2), "11:00", "13:00"))
    series = await ours(db, cast)
    clock.now += timedelta(days=3)
    client = visit(cast.member)
    page = (await client.get(f"/bookings/series/{series.id}?lang=en")).text
    assert "every week: Tuesday, 10:00–12:00" in page and "What is over (1)" in page
    assert "not booked: somebody else has this time" in page and "Join the waiting list" in page
    assert f'href="/bookings/{series.occurrences[1].booking_id}"' in page
    polish = (await client.get(f"/bookings/series/{series.id}?lang=pl")).text
    assert "co tydzień: wtorek" in polish and "nie zarezerwowano: ten termin ma już ktoś inny" in polish
    desk = (await visit(cast.coordinator).get(f"/bookings/series/{series.id}")).text
    assert "Acme" in desk and "Join the waiting list" not in desk


async def test_a_long_series_is_folded_and_every_date_is_there(visit: Visit, cast: Cast, db: Database) -> None:
    told = {name: getattr(TUESDAYS, name) for name in TUESDAYS.__slots__} | {"weekdays": (1, 2, 3, 4, 5), "count": 30}
    series = await ours(db, cast, Pattern(**told))
    page = (await visit(cast.member).get(f"/bookings/series/{series.id}?lang=en")).text
    assert "Later dates (10)" in page and page.count('class="badge confirmed"') == 30


async def test_a_date_that_was_taken_is_waited_for_from_the_page(visit: Visit, cast: Cast, db: Database) -> None:
    period = on(TUESDAY + timedelta(weeks=2), "10:00", "12:00")
    await booked(db, cast.stranger, cast.room_s, period)
    series = await ours(db, cast)
    wish = {
        "date": "2026-09-22",
        "start": period.start.strftime("%Y-%m-%dT%H:%MZ"),
        "end": period.end.strftime("%Y-%m-%dT%H:%MZ"),
        "organisation_id": str(cast.acme),
    }
    client = visit(cast.member)
    answer = await post_form(client, "/incubators/las/s/wait", wish)
    assert (answer.status_code, answer.headers["location"]) == (303, "/bookings#line")
    page = (await client.get(f"/bookings/series/{series.id}?lang=en")).text
    assert "in line" in page and "Join the waiting list" not in page


@pytest.mark.parametrize(
    ("rhythm", "said"),
    [
        ({"weekdays": (1, 2, 3, 4, 5, 6, 7)}, "every day, 10:00–12:00"),
        ({"every_weeks": 2, "weekdays": (2, 4)}, "every 2 weeks: Tuesday, Thursday, 10:00–12:00"),
        ({"count": None, "until_day": date(2026, 9, 30)}, "until 30 Sep 2026"),
    ],
)
async def test_a_rhythm_is_said_in_words(
    visit: Visit, cast: Cast, db: Database, rhythm: dict[str, Any], said: str
) -> None:
    told = {name: getattr(TUESDAYS, name) for name in TUESDAYS.__slots__} | rhythm
    series = await ours(db, cast, Pattern(**told))
    assert said in (await visit(cast.member).get(f"/bookings/series/{series.id}")).text


async def test_time_and_title_change_for_all(visit: Visit, cast: Cast, db: Database) -> None:
    series = await ours(db, cast)
    client = visit(cast.member)
    where = f"/bookings/series/{series.id}/change"
    answer = await post_form(client, where, form(series, start="13:00", end="14:30", title="Retro"))
    assert answer.headers["location"] == f"/bookings/series/{series.id}"
    assert "The series is changed." in (await client.get(answer.headers["location"])).text
    changed = await found(db, cast.member, series.id)
    assert (changed.title, changed.pattern.start_minute, changed.pattern.length_minutes) == ("Retro", 780, 90)
    assert starts(changed)[3] == "29.09. 13:00"
    stale = await post_form(client, where, form(series, title="Mine"))
    assert stale.status_code == 412 and "Somebody else changed this" in stale.text and 'value="Mine"' in stale.text


async def test_a_title_alone_moves_nothing(visit: Visit, cast: Cast, db: Database) -> None:
    series = await ours(db, cast)
    where = f"/bookings/series/{series.id}/change"
    await post_form(visit(cast.member), where, form(series, which="this", occurrence="2", start="15:00", end="17:00"))
    moved = await found(db, cast.member, series.id)
    await post_form(visit(cast.member), where, form(moved, title=""))
    left = await found(db, cast.member, series.id)
    assert left.title == "" and starts(left) == starts(moved)
    assert starts(left)[1] == "15.09. 15:00", "a date that went its own way stays there"


async def test_this_and_the_following_go_their_own_way(visit: Visit, cast: Cast, db: Database) -> None:
    series = await ours(db, cast)
    client = visit(cast.member)
    answer = await post_form(
        client,
        f"/bookings/series/{series.id}/change",
        form(series, which="following", occurrence="3", start="08:00", end="10:00"),
    )
    assert answer.status_code == 303, answer.text
    page = (await client.get(answer.headers["location"])).text
    assert "every week: Tuesday, 08:00–10:00" in page and f'href="/bookings/series/{series.id}"' in page
    assert starts(await found(db, cast.member, series.id)) == ["08.09. 10:00", "15.09. 10:00"]
    one = (await client.get(f"/bookings/{series.occurrences[2].booking_id}?lang=pl")).text
    assert "przeniesienie do nowej serii" in one and "split_series" not in one


async def test_what_could_not_move_is_named(visit: Visit, cast: Cast, db: Database) -> None:
    await booked(db, cast.stranger, cast.room_s, on(TUESDAY + timedelta(weeks=1), "14:00", "16:00"))
    series = await ours(db, cast)
    answer = await post_form(
        visit(cast.member), f"/bookings/series/{series.id}/change?lang=en", form(series, start="14:00", end="16:00")
    )
    assert answer.status_code == 200
    assert "These stay as they were" in answer.text
    assert "Tue 15 Sep, 10:00–12:00: somebody else has this time" in answer.text


@pytest.mark.parametrize(
    ("typed", "status", "sentence"),
    [
        ({}, 422, "Say what is to be different"),
        ({"start": "soon"}, 422, "Please check the form"),
        ({"which": "some"}, 422, "Please check the form"),
        ({"which": "this", "occurrence": "9", "title": "x"}, 404, "is not booked, or has begun"),
        ({"which": "this", "occurrence": "x", "title": "x"}, 422, "Please check the form"),
        ({"start": "05:00", "end": "07:00"}, 422, "not open for all of this time"),
        ({"start": "10:00", "end": "10:00"}, 422, "the end comes after the start"),
    ],
)
async def test_a_bad_change_is_said_and_changes_nothing(
    visit: Visit, cast: Cast, db: Database, typed: dict[str, str], status: int, sentence: str
) -> None:
    series = await ours(db, cast)
    answer = await post_form(visit(cast.member), f"/bookings/series/{series.id}/change?lang=en", form(series, **typed))
    assert (answer.status_code, sentence in answer.text) == (status, True), answer.text
    assert await found(db, cast.member, series.id) == series


async def test_dates_are_cancelled_from_the_page_of_one_of_them(visit: Visit, cast: Cast, db: Database) -> None:
    series = await ours(db, cast)
    client = visit(cast.member)
    one = (await client.get(f"/bookings/{series.occurrences[2].booking_id}?lang=en")).text
    assert f'action="/bookings/series/{series.id}/cancel"' in one and 'name="occurrence" value="3"' in one
    assert "only this one: Tue 22 Sep" in one and f"/bookings/series/{series.id}?occurrence=3#change" in one
    where = f"/bookings/series/{series.id}/cancel"
    answer = await post_form(client, where, {"which": "this", "occurrence": "3", "reason": "ill"})
    assert answer.status_code == 303, answer.text
    assert states(await found(db, cast.member, series.id)) == ["confirmed", "confirmed", "cancelled", "confirmed"]
    await post_form(client, where, {"which": "following", "occurrence": "2"})
    assert states(await found(db, cast.member, series.id)) == ["confirmed", *["cancelled"] * 3]
    await post_form(client, where, {"which": "all"})
    assert "Cancel dates" not in (await client.get(f"/bookings/series/{series.id}?lang=en")).text


async def test_the_date_in_the_address_is_chosen_beforehand(visit: Visit, cast: Cast, db: Database) -> None:
    series = await ours(db, cast)
    client = visit(cast.member)
    page = (await client.get(f"/bookings/series/{series.id}?occurrence=3")).text
    assert '<option value="3" selected>' in page and 'value="following" checked' in page
    for odd in ("x", "-1", "99", "9" * 40):
        assert (
            '<option value="1" selected>' in (await client.get(f"/bookings/series/{series.id}?occurrence={odd}")).text
        )


async def test_the_coordinator_cancels_with_a_reason(visit: Visit, cast: Cast, db: Database) -> None:
    series = await ours(db, cast)
    desk = visit(cast.coordinator)
    where = f"/bookings/series/{series.id}/cancel"
    refused = await post_form(desk, where, {"which": "all"})
    assert refused.status_code == 422 and "Please give a reason" in refused.text
    assert (await post_form(desk, where, {"which": "all", "reason": "flood"})).status_code == 303
    assert states(await found(db, cast.member, series.id)) == ["cancelled"] * 4
    async with statement(db) as tx:
        assert "flood" in await tx.fetchval("SELECT text FROM mail WHERE subject LIKE '%cancelled%'")


async def test_what_is_too_late_to_cancel_is_named(visit: Visit, cast: Cast, db: Database) -> None:
    async with transaction(db) as tx:
        await change(tx, cast.room_s, cancel_minutes=3 * 1440)
    series = await ours(db, cast)
    answer = await post_form(visit(cast.member), f"/bookings/series/{series.id}/cancel?lang=en", {"which": "all"})
    assert answer.status_code == 200 and "Tue 8 Sep, 10:00–12:00: too late to change" in answer.text


async def test_nobody_else_sees_or_touches_it(visit: Visit, cast: Cast, db: Database) -> None:
    series = await ours(db, cast)
    for other in (cast.stranger, cast.resident, cast.other_coordinator, cast.office):
        client = visit(other)
        assert (await client.get(f"/bookings/series/{series.id}")).status_code == 404
        for deed, typed in (("change", form(series, title="x")), ("cancel", {"which": "all", "reason": "x"})):
            assert (await post_form(client, f"/bookings/series/{series.id}/{deed}", typed)).status_code == 404
    assert (await visit().get(f"/bookings/series/{series.id}")).headers["location"].startswith("/sign-in?next=")
    assert await found(db, cast.member, series.id) == series


async def test_my_bookings_show_it_once(visit: Visit, cast: Cast, db: Database) -> None:
    await booked(db, cast.stranger, cast.room_s, on(TUESDAY + timedelta(weeks=2), "11:00", "13:00"))
    series = await ours(db, cast)
    await booked(db, cast.member, cast.room_l, on(TUESDAY + timedelta(days=1), "10:00", "11:00"))
    client = visit(cast.colleague)
    page = (await client.get("/bookings?lang=en")).text
    assert page.count("Stand-up") == 1 and "every week: Tuesday, 10:00–12:00" in page
    assert f'<a href="/bookings/series/{series.id}">3 dates to come</a>, the last on 29 Sep; 1 could not be had' in page
    await post_form(visit(cast.member), f"/bookings/series/{series.id}/cancel", {"which": "this", "occurrence": "1"})
    after = (await client.get("/bookings?lang=en")).text
    assert "Tue 15 Sep" in after and "2 dates to come" in after
    past = (await client.get("/bookings/past?lang=en")).text
    assert f'<a href="/bookings/series/{series.id}">part of a series</a>' in past
