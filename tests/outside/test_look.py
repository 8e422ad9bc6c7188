"""The worker looks at calendars: politely, and nothing that goes wrong with one changes what it said before."""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incubator.app import jobs, outside_of
from incubator.db.engine import Database, attempt, statement, transaction
from incubator.outside.ask_now import AskedJustNow, ask_now
from incubator.outside.come_round import drop_ended, fill_freed, look_at_due
from incubator.outside.look import JOB, Outside
from incubator.outside.problems import PROBLEMS
from incubator.outside.rules import EVERY, JITTER, LONGEST, merged, next_look
from incubator.recurring import RECURRING
from tests.cast import Cast, acting
from tests.conftest import SETTINGS
from tests.mentoring.cast import MentorAtHand, a_mentor
from tests.mentoring.meetings import ELEVEN, TEN, count, sql
from tests.moments import NOW
from tests.outside.cast import added, file, says, taken
from tests.outside.servers import TESTING, Answer, Server, answer, serving

OUTSIDE = Outside(TESTING)
NOT_CHANGED = b"HTTP/1.1 304 Not Modified\r\n\r\n"


async def calendar_at(db: Database, ewa: MentorAtHand, server: Server) -> UUID:
    """It said TEN when it was added, and has not been read whole for longer than that."""
    calendar = await added(db, ewa.person, says(TEN, etag='"v1"'), mentor_id=ewa.id, address=server.at("/hush.ics"))
    return calendar.id


async def looked(db: Database, key: UUID, *, now: datetime = NOW, outside: Outside = OUTSIDE) -> dict[str, object]:
    await outside.look(db, subject_id=key, now=now)
    async with statement(db) as tx:
        return dict(await tx.fetchrow("SELECT * FROM outside_calendar WHERE id = $1", key))  # type: ignore[arg-type]


async def mails(db: Database) -> list[str]:
    async with statement(db) as tx:
        return [row["text"] for row in await tx.fetch("SELECT text FROM mail")]


async def test_what_a_file_says_now_counts(db: Database, cast: Cast) -> None:
    ewa = await a_mentor(db, cast)
    async with serving(answer(file(ELEVEN), etag='"v2"')) as server:
        row = await looked(db, await calendar_at(db, ewa, server))
    assert await taken(db, ewa.resource_id) == [ELEVEN]
    assert (row["etag"], row["problem"], row["failures"], row["fetched_at"]) == ('"v2"', "", 0, NOW)
    assert EVERY <= row["next_fetch_at"] - NOW <= EVERY + JITTER  # type: ignore[operator]
    assert b'If-None-Match: "v1"' in server.asked[0]


async def test_a_file_that_has_not_changed_costs_nothing_and_is_read_again_after_a_week(
    db: Database, cast: Cast
) -> None:
    ewa = await a_mentor(db, cast)
    async with serving(NOT_CHANGED, answer(file(ELEVEN))) as server:
        key = await calendar_at(db, ewa, server)
        row = await looked(db, key, now=NOW + timedelta(hours=1), outside=replace(OUTSIDE, reader=None))  # type: ignore[arg-type]
        assert (row["fetched_at"], row["read_at"]) == (NOW + timedelta(hours=1), NOW)
        assert await taken(db, ewa.resource_id) == [TEN]
        await looked(db, key, now=NOW + timedelta(days=8))
    assert b"If-None-Match" not in server.asked[1]


@pytest.mark.parametrize(
    ("said", "code"),
    [
        (answer(status="500 Oh"), "calendar_server_trouble"),
        (answer(status="404 Not Found"), "calendar_not_shown"),
        (answer(b"<!doctype html>"), "not_a_calendar"),
        (answer(file(ELEVEN)[:-30]), "not_a_calendar"),
        (b"", "calendar_no_answer"),
    ],
)
async def test_what_goes_wrong_is_kept_and_changes_nothing(db: Database, cast: Cast, said: Answer, code: str) -> None:
    ewa = await a_mentor(db, cast)
    async with serving(said) as server:
        row = await looked(db, await calendar_at(db, ewa, server))
    assert (row["problem"], row["failures"], row["fetched_at"], row["etag"]) == (code, 1, NOW, '"v1"')
    assert await taken(db, ewa.resource_id) == [TEN]
    assert code in PROBLEMS


async def test_a_dead_calendar_is_told_once_and_its_last_state_kept(db: Database, cast: Cast) -> None:
    ewa = await a_mentor(db, cast)
    async with serving(*[answer(status="404 Not Found")] * 7, answer(file(TEN)), answer(status="404 No")) as server:
        key = await calendar_at(db, ewa, server)
        for turn in range(7):
            assert len(await mails(db)) == (1 if turn > 4 else 0)
            await looked(db, key, now=NOW + timedelta(hours=turn))
        assert len(await mails(db)) == 1 and await taken(db, ewa.resource_id) == [TEN]
        assert "hush" not in (await mails(db))[0]
        row = await looked(db, key, now=NOW + timedelta(hours=8))
        assert (row["told_at"], row["failures"]) == (None, 0)
        await looked(db, key, now=NOW + timedelta(hours=9))
    assert len(await mails(db)) == 1


async def test_a_calendar_that_is_gone_for_good_is_told_at_once_and_not_asked_again(db: Database, cast: Cast) -> None:
    ewa = await a_mentor(db, cast)
    async with serving(answer(status="410 Gone")) as server:
        row = await looked(db, await calendar_at(db, ewa, server))
    assert (row["next_fetch_at"], row["problem"], len(await mails(db))) == (None, "calendar_ended", 1)
    assert await taken(db, ewa.resource_id) == [TEN]
    await attempt(db, lambda tx: look_at_due(tx, now=NOW + timedelta(days=30)))
    assert await count(db, "pgqueuer WHERE entrypoint = 'read_outside_calendar'") == 0


async def test_a_calendar_removed_meanwhile_stays_removed(db: Database, cast: Cast) -> None:
    ewa = await a_mentor(db, cast)
    async with serving(answer(file(ELEVEN))) as server:
        key = await calendar_at(db, ewa, server)

        async def gone(_asked: bytes, writer: asyncio.StreamWriter) -> None:
            for table in ("outside_busy", "outside_calendar"):
                await sql(db, f"DELETE FROM {table}")
            writer.write(answer(file(ELEVEN)))
            await writer.drain()

        async with serving(gone) as other:
            await sql(db, "UPDATE outside_calendar SET address = $1", other.at().whole)
            await OUTSIDE.look(db, subject_id=key, now=NOW)
        await OUTSIDE.look(db, subject_id=key, now=NOW)
    assert await count(db, "outside_calendar") == 0 and await count(db, "outside_busy") == 0


async def test_each_calendar_has_one_turn_and_not_before_it_is_due(db: Database, cast: Cast) -> None:
    ewa = await a_mentor(db, cast)
    await added(db, ewa.person, says(TEN), mentor_id=ewa.id)
    await attempt(db, lambda tx: look_at_due(tx, now=NOW + EVERY - timedelta(seconds=1)))
    assert await count(db, "pgqueuer WHERE entrypoint = 'read_outside_calendar'") == 0
    due = NOW + EVERY + JITTER
    await asyncio.gather(*(attempt(db, lambda tx: look_at_due(tx, now=due)) for _ in range(4)))
    assert await count(db, "pgqueuer WHERE entrypoint = 'read_outside_calendar'") == 1


async def test_out_of_turn_once_a_minute(db: Database, cast: Cast) -> None:
    ewa = await a_mentor(db, cast)
    key = (await added(db, ewa.person, says(TEN), mentor_id=ewa.id)).id
    actor = await acting(db, ewa.person)
    for after, refused in ((59, True), (60, False), (119, True), (120, False)):
        now = NOW + timedelta(seconds=after)
        async with transaction(db) as tx:
            if refused:
                with pytest.raises(AskedJustNow):
                    await ask_now(tx, actor=actor, calendar_id=key, now=now)
            else:
                await ask_now(tx, actor=actor, calendar_id=key, now=now)


@given(
    st.integers(0, 10**6),
    st.one_of(st.none(), st.timedeltas(timedelta(days=-9000), timedelta(days=9000))),
    st.floats(0, 1),
)
def test_never_sooner_than_half_an_hour_and_never_later_than_a_day(
    failures: int, after: timedelta | None, chance: float
) -> None:
    wait = next_look(NOW, failures=failures, after=after, chance=chance) - NOW
    assert EVERY <= wait <= LONGEST + JITTER
    if after is not None and EVERY < after < LONGEST:
        assert wait >= after


@given(st.lists(st.tuples(st.integers(0, 10_000), st.integers(1, 500)), max_size=30))
def test_what_is_merged_covers_the_same_minutes_and_never_touches(given_: list[tuple[int, int]]) -> None:
    from incubator.kernel.period import Period

    periods = [
        Period(NOW + timedelta(seconds=20 * start), NOW + timedelta(seconds=20 * (start + length)))
        for start, length in given_
    ]
    found = merged(periods)
    assert all(one.end < other.start for one, other in pairwise(found))
    assert all(any(whole.contains(one) for whole in found) for one in periods)
    minutes = {int(one.start.timestamp() // 60) + n for one in found for n in range(one.minutes)}
    asked = {
        minute
        for one in periods
        for minute in range(int(one.start.timestamp() // 60), -(-int(one.end.timestamp()) // 60))
    }
    assert minutes == asked


async def test_the_worker_knows_the_job_and_a_demonstration_calls_nothing(db: Database, cast: Cast) -> None:
    assert JOB in jobs(SETTINGS) and {look_at_due, fill_freed, drop_ended} <= {one.act for one in RECURRING.values()}
    ewa = await a_mentor(db, cast)
    key = (await added(db, ewa.person, says(TEN), mentor_id=ewa.id)).id
    row = await looked(db, key, outside=outside_of(replace(SETTINGS, demo=True)))
    assert row["problem"] == "calendar_no_answer"
