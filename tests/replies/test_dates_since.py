"""What is said to a date of a series counts as long as that date is where it was when it was said, whatever became of the
others since."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from incubator.bookings.series import SeriesView
from incubator.bookings.series_choice import Which
from incubator.db.engine import Database
from incubator.replies.states import Outcome
from tests.bookings.test_change_series import alter
from tests.bookings.test_series import again
from tests.cast import Cast
from tests.mail.calendar_app import mails_to
from tests.moments import NOW
from tests.replies.answers import Reply, gmail, reply_to_last, taken, told_in
from tests.replies.test_things import DATES, starts


def about(reply: Reply, number: int, *, written_at: datetime, following: bool = False) -> Reply:
    """To one date, and with `following` to those after it."""
    at = f"{';RANGE=THISANDFUTURE' if following else ''}:{DATES[number - 1]:%Y%m%dT%H%M%SZ}"
    return replace(reply, at=at, written_at=written_at, named=f"<{number}.{following}.{written_at}@x>")


async def invited(db: Database, cast: Cast) -> tuple[SeriesView, Reply]:
    series = await again(db, cast.member, cast.room_l)
    return series, await reply_to_last(db, cast.member.email)


async def test_two_dates_that_are_declined_at_once_both_go(db: Database, cast: Cast) -> None:
    _, reply = await invited(db, cast)
    for number in (2, 3):
        now = NOW + timedelta(seconds=5 * number)
        said = gmail(about(reply, number, written_at=now))
        assert await taken(db, said, uid=number, now=now) == Outcome.CANCELLED
    assert await starts(db, cast.member.email) == [DATES[0], DATES[3]]
    assert "cannot come" not in await told_in(db, cast.member.email)


async def test_then_that_and_the_following_and_then_all(db: Database, cast: Cast) -> None:
    _, reply = await invited(db, cast)
    first, second, third = (NOW + timedelta(seconds=n) for n in (5, 6, 7))
    assert await taken(db, gmail(about(reply, 2, written_at=first)), uid=1, now=first) == Outcome.CANCELLED
    following = about(reply, 4, written_at=second, following=True)
    assert await taken(db, gmail(following), uid=2, now=second) == Outcome.CANCELLED
    assert await starts(db, cast.member.email) == [DATES[0], DATES[2]]
    whole = replace(reply, written_at=third, named="<all@x>")
    assert await taken(db, gmail(whole), uid=3, now=third) == Outcome.CANCELLED
    assert await starts(db, cast.member.email) == []


@pytest.mark.parametrize("seconds", [1, 3, 3600])
@pytest.mark.parametrize("where", ["time", "space"])
async def test_a_date_that_was_moved_since_stands(db: Database, cast: Cast, seconds: int, where: str) -> None:
    series, reply = await invited(db, cast)
    moved = NOW + timedelta(seconds=seconds)
    change = {"start_minute": 840} if where == "time" else {"space_id": cast.room_s}
    await alter(db, cast.member, series, Which.THIS, 2, now=moved, **change)
    before = await starts(db, cast.member.email)
    now = moved + timedelta(minutes=1)
    for uid, said in enumerate(
        (
            about(reply, 2, written_at=now),
            about(reply, 2, written_at=now, following=True),
            replace(reply, written_at=now, named="<all@x>"),
        )
    ):
        assert await taken(db, gmail(said), uid=uid, now=now) == Outcome.REFUSED
    assert await starts(db, cast.member.email) == before
    assert "moved since that invitation" in await told_in(db, cast.member.email)
    assert await taken(db, gmail(about(reply, 3, written_at=now)), uid=9, now=now) == Outcome.CANCELLED


async def test_nor_does_it_go_when_others_are_declined_after_it_was_moved(db: Database, cast: Cast) -> None:
    series, reply = await invited(db, cast)
    moved = NOW + timedelta(seconds=2)
    await alter(db, cast.member, series, Which.THIS, 2, now=moved, start_minute=840)
    for number, outcome in ((3, Outcome.CANCELLED), (4, Outcome.CANCELLED), (2, Outcome.REFUSED)):
        now = moved + timedelta(seconds=number)
        said = gmail(about(reply, number, written_at=now))
        assert await taken(db, said, uid=number, now=now) == outcome


async def test_who_read_where_it_was_moved_to_is_believed(db: Database, cast: Cast) -> None:
    series, _ = await invited(db, cast)
    moved = NOW + timedelta(seconds=2)
    await alter(db, cast.member, series, Which.THIS, 2, now=moved, start_minute=840)
    reply = await reply_to_last(db, cast.member.email)
    for number in (3, 2):
        now = moved + timedelta(seconds=number)
        said = gmail(about(reply, number, written_at=now))
        assert await taken(db, said, uid=number, now=now) == Outcome.CANCELLED
    assert await starts(db, cast.member.email) == [DATES[0], DATES[3]]


async def test_a_new_title_makes_it_no_other_date(db: Database, cast: Cast) -> None:
    series, reply = await invited(db, cast)
    now = NOW + timedelta(minutes=1)
    await alter(db, cast.member, series, Which.THIS, 2, now=now, title="Stand-up")
    assert await taken(db, gmail(about(reply, 2, written_at=now)), now=now) == Outcome.CANCELLED
    assert len(await mails_to(db, cast.member.email)) > 1
