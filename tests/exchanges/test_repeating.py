"""A session becomes a series: each date a session of its own, all of them or none, moved and called off together."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from incubator.bookings.hold import hold
from incubator.db.engine import Database, attempt, statement, transaction
from incubator.exchanges.copy_session import copy_session
from incubator.exchanges.details import QuestionLine, Rhythm, SpeakerLine, StallLine, When, Where
from incubator.exchanges.following import shifted
from incubator.exchanges.in_full import session_in_full
from incubator.exchanges.publish import publish
from incubator.exchanges.repeat_session import (
    Date,
    InSeriesAlready,
    SeriesInTheWay,
    foresee_series,
    repeat_session,
)
from incubator.exchanges.set_questions import set_questions
from incubator.exchanges.set_speakers import set_speakers
from incubator.exchanges.set_stalls import set_stalls
from incubator.kernel.period import WARSAW, Period
from tests.cast import Cast, acting
from tests.conftest import NOW
from tests.exchanges.cast import STARTS, a_session, scalar
from tests.exchanges.test_announce import announced
from tests.exchanges.test_changing import ENDS, HOUR, moved, off, one

WEEK = timedelta(days=7)
WEEKLY = Rhythm(weekdays=[1], count=4)


async def repeated(db: Database, cast: Cast, session: UUID, rhythm: Rhythm = WEEKLY, **more: Any) -> list[Date]:
    actor = await acting(db, cast.coordinator)
    said: dict[str, Any] = {"session_id": session, "rhythm": rhythm, "now": NOW, **more}
    return await attempt(db, lambda tx: repeat_session(tx, actor=actor, **said))


async def in_the_way(db: Database, cast: Cast, start: datetime) -> None:
    member = await acting(db, cast.member)
    async with transaction(db) as tx:
        period = Period(start, start + HOUR)
        await hold(tx, actor=member, space_id=cast.room_l, period=period, outright=True, now=NOW)


async def dressed(db: Database, cast: Cast, session: UUID) -> None:
    actor = await acting(db, cast.coordinator)
    on: dict[str, Any] = {"actor": actor, "session_id": session, "now": NOW}
    async with transaction(db) as tx:
        await set_speakers(tx, speakers=[SpeakerLine(name="Anna Nowak")], **on)
        await set_questions(tx, questions=[QuestionLine(kind="yes_no", text_pl="Obiad?")], **on)
        await set_stalls(tx, stalls=[StallLine(number="10"), StallLine(number="2")], **on)


async def test_each_date_is_a_session_of_its_own(db: Database, cast: Cast) -> None:
    in_l = Where(mode="room", space_id=cast.room_l)
    made = await announced(db, cast.coordinator, cast.niepolomice, where=in_l, closes_at=STARTS)
    await dressed(db, cast, made.id)
    dates = await repeated(db, cast, made.id)
    assert [date.period.start for date in dates] == [STARTS + n * WEEK for n in range(4)]
    last = await one(db, dates[3].session_id or made.id)
    assert (last.occurrence, last.closes_at, last.space_id) == (4, STARTS + 3 * WEEK, cast.room_l)
    async with statement(db) as tx:
        full = await session_in_full(tx, reader=await acting(db, cast.coordinator), session_id=last.id)
    assert [each.name for each in full.speakers] == ["Anna Nowak"]
    assert [each.text_pl for each in full.questions] == ["Obiad?"]
    assert [each.number for each in full.stalls] == ["2", "10"]
    with pytest.raises(InSeriesAlready):
        await repeated(db, cast, made.id)


async def test_nothing_is_half_made_unless_dates_are_left_out(db: Database, cast: Cast) -> None:
    made = await announced(db, cast.coordinator, cast.niepolomice, where=Where(mode="room", space_id=cast.room_l))
    await in_the_way(db, cast, STARTS + WEEK)
    actor = await acting(db, cast.coordinator)
    async with transaction(db) as tx:
        foreseen = await foresee_series(tx, actor=actor, session_id=made.id, rhythm=WEEKLY, now=NOW)
    assert [date.refusal is None for date in foreseen] == [True, False, True, True]
    assert await scalar(db, "SELECT (SELECT count(*) FROM session) + (SELECT count(*) FROM session_series)") == 1
    with pytest.raises(SeriesInTheWay) as refused:
        await repeated(db, cast, made.id)
    assert refused.value.count == 1
    assert await scalar(db, "SELECT count(*) FROM session") == 1
    await repeated(db, cast, made.id, skip=True)
    assert await scalar(db, "SELECT array_agg(occurrence ORDER BY occurrence) FROM session") == [1, 3, 4]


async def test_this_and_those_that_follow_move_a_week_in_one_room(db: Database, cast: Cast) -> None:
    """Into the time that the next one has just left."""
    in_l = Where(mode="room", space_id=cast.room_l)
    made = await announced(db, cast.coordinator, cast.niepolomice, where=in_l)
    dates = await repeated(db, cast, made.id)
    for by in (WEEK, timedelta()):
        await moved(db, cast, made.id, in_l, by=by, reach="following")
        for n, date in enumerate(dates):
            assert date.session_id is not None
            assert (await one(db, date.session_id)).start == STARTS + by + n * WEEK
    second = dates[1].session_id
    assert second is not None
    await off(db, cast, second, reach="following")
    states = "SELECT array_agg(state ORDER BY occurrence) FROM session"
    assert await scalar(db, states) == ["draft", "cancelled", "cancelled", "cancelled"]


def test_an_hour_stays_the_same_across_the_clock_change() -> None:
    def at(month: int, day: int, hour: int) -> Period:
        start = datetime(2026, month, day, hour, tzinfo=WARSAW)
        return Period(start, start + 2 * HOUR)

    assert shifted(at(11, 2, 10), like=(at(10, 19, 10), at(10, 19, 12))) == at(11, 2, 12)
    assert shifted(at(10, 19, 10), like=(at(10, 12, 10), at(10, 19, 10))) == at(10, 26, 10)


async def test_the_dates_are_published_together_or_alone(db: Database, cast: Cast) -> None:
    made = await announced(db, cast.coordinator, cast.niepolomice)
    dates = await repeated(db, cast, made.id)
    actor, second = await acting(db, cast.coordinator), dates[1].session_id
    assert second is not None
    states = "SELECT array_agg(state ORDER BY occurrence) FROM session"
    for key, reach, then in (
        (made.id, "this", ["published", "draft", "draft", "draft"]),
        (second, "following", ["published"] * 4),
    ):
        async with transaction(db) as tx:
            await publish(tx, actor=actor, session_id=key, reach=reach, now=NOW)  # type: ignore[arg-type]
        assert await scalar(db, states) == then
    assert await scalar(db, "SELECT bool_and(open) FROM session_seats") is True


async def test_an_earlier_session_is_announced_again(db: Database, cast: Cast) -> None:
    over = await a_session(db, cast.niepolomice, start=NOW - WEEK)
    actor, when = await acting(db, cast.coordinator), When(start=STARTS, end=ENDS)
    async with transaction(db) as tx:
        made = await copy_session(tx, actor=actor, session_id=over, when=when, now=NOW)
        assert (made.state, made.place, made.capacity, made.taken) == ("draft", "Rynek 1", 10, 0)
        await publish(tx, actor=actor, session_id=made.id, now=NOW)
