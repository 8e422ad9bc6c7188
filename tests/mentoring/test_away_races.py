"""An absence and what becomes of a meeting in the very same moment."""

import asyncio
from datetime import timedelta

from incubator.db.engine import Database, attempt, transaction
from incubator.mentoring.be_away import Away, be_away
from incubator.mentoring.cancel_meeting import cancel_meeting
from incubator.mentoring.move_meeting import move_meeting
from tests.cast import Cast, acting
from tests.mentoring.cast import MentorAtHand, a_mentor
from tests.mentoring.meetings import ELEVEN, TEN, complaints, contract, count, credit, met, order, sql
from tests.moments import NOW, on

DAY = on(TEN.start.date(), "00:00", "00:00")


async def leaving(db: Database, ewa: MentorAtHand, **said: object) -> Away:
    actor = await acting(db, ewa.person)
    return await attempt(
        db,
        lambda tx: be_away(
            tx,
            actor=actor,
            mentor_id=ewa.id,
            period=DAY,
            meetings="settle",
            now=NOW,
            **said,  # type: ignore[arg-type]
        ),
    )


async def waiting(db: Database) -> None:
    """Until somebody waits for a lock."""
    for _turn in range(100):
        if await count(db, "pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"):
            return
        await asyncio.sleep(0.02)
    raise AssertionError("nobody waits")


async def test_a_meeting_called_off_meanwhile_is_not_called_off_again(db: Database, cast: Cast) -> None:
    ewa, ola = await a_mentor(db, cast), await a_mentor(db, cast, "ola")
    await contract(db, ewa, 600, "2026-01-01", "2026-12-31")
    await credit(db, cast.acme, 600)
    wish = order(ewa, cast, organisation_id=cast.acme, space_id=cast.room_s)
    first = await met(db, cast.member, wish)
    await met(db, cast.member, order(ewa, cast, on(TEN.start.date(), "13:00", "14:00"), organisation_id=cast.acme))
    coordinator = await acting(db, cast.coordinator)
    async with transaction(db) as tx:
        await cancel_meeting(tx, actor=coordinator, meeting_id=first.id, reason="Remont", now=NOW)
        away = asyncio.create_task(leaving(db, ewa, stand_in_id=ola.id))
        await waiting(db)
    done = await away
    assert (done.handed_over, done.called_off) == (1, 0)
    assert await count(db, "history WHERE subject_id = $1 AND verb <> 'meet'", first.id) == 1
    assert await complaints(db) == []


async def test_a_meeting_moved_out_of_the_way_meanwhile_stands(db: Database, cast: Cast) -> None:
    ewa = await a_mentor(db, cast)
    later = on(TEN.start.date() + timedelta(days=1), "10:00", "11:00")
    meeting = await met(db, cast.member, order(ewa, cast))
    mentor = await acting(db, ewa.person)
    async with transaction(db) as tx:
        moved = await move_meeting(tx, actor=mentor, meeting_id=meeting.id, period=later, now=NOW)
        away = asyncio.create_task(leaving(db, ewa))
        await waiting(db)
    done = await away
    assert (done.handed_over, done.called_off) == (0, 0)
    assert await sql(db, "SELECT lower(period) FROM meeting WHERE state = 'booked'") == moved.period.start
    assert await complaints(db) == []


async def test_a_meeting_about_what_the_stand_in_does_not_know_is_called_off(db: Database, cast: Cast) -> None:
    ewa, ola = await a_mentor(db, cast), await a_mentor(db, cast, "ola")
    await sql(db, "DELETE FROM mentor_topic WHERE mentor_id = $1 AND topic_slug = 'prawo'", ola.id)
    await met(db, cast.member, order(ewa, cast))
    await met(db, cast.stranger, order(ewa, cast, ELEVEN, topic_slug="finanse"))
    await met(db, cast.owner, order(ewa, cast, on(TEN.start.date(), "13:00", "14:00"), topic_slug=None))
    done = await leaving(db, ewa, stand_in_id=ola.id)
    assert (done.handed_over, done.called_off) == (2, 1)
    assert await sql(db, "SELECT topic_slug FROM meeting WHERE state = 'cancelled'") == "prawo"
