"""A series that is to end before it starts: a slip of the hand, or a night."""

from collections.abc import Callable

import httpx
import pytest

from incubator.db.engine import Database, transaction
from tests.bookings.pages.test_series import form, found, ours, starts
from tests.browsing import post_form
from tests.cast import Cast, change

Visit = Callable[..., httpx.AsyncClient]


@pytest.mark.parametrize("which", ["this", "following", "all"])
async def test_the_end_before_the_start_is_said_and_not_called_closed(
    visit: Visit, cast: Cast, db: Database, which: str
) -> None:
    series = await ours(db, cast)
    client = visit(cast.member)
    client.headers["accept-language"] = "en"
    for end in ("10:00", "09:00", "11:30"):
        wrong = form(series, which=which, occurrence="1", start="12:00", end=end)
        answer = await post_form(client, f"/bookings/series/{series.id}/change", wrong)
        assert answer.status_code == 422 and "the end comes after the start" in answer.text, end
        assert "not open for all of this time" not in answer.text and f'value="{end}"' in answer.text
    assert starts(await found(db, cast.member, series.id)) == starts(series)


async def test_a_night_can_be_meant_where_it_is_open(visit: Visit, cast: Cast, db: Database) -> None:
    async with transaction(db) as tx:
        await tx.execute("UPDATE weekly_hours SET opens = 0, closes = 1440 WHERE incubator_id = $1", cast.las)
        await change(tx, cast.room_s, longest_minutes=720)
    series = await ours(db, cast)
    night = form(series, start="20:00", end="02:00")
    answer = await post_form(visit(cast.member), f"/bookings/series/{series.id}/change", night)
    assert answer.status_code == 303
    assert starts(await found(db, cast.member, series.id))[0] == "08.09. 20:00"


async def test_an_hour_that_is_not_open_is_still_called_so(visit: Visit, cast: Cast, db: Database) -> None:
    series = await ours(db, cast)
    early = form(series, start="06:00", end="08:00")
    answer = await post_form(visit(cast.member), f"/bookings/series/{series.id}/change?lang=en", early)
    assert answer.status_code == 422 and "not open for all of this time" in answer.text
