"""A request that nobody answered in time lapses, and who asked is told so in their language."""

import asyncio
from datetime import timedelta

import pytest

from incubator.bookings.approve import approve
from incubator.bookings.expire_unanswered import UNANSWERED, expire_unanswered
from incubator.bookings.queries import booking_for
from incubator.bookings.rules import InThePast
from incubator.bookings.settle import WrongState
from incubator.bookings.states import State
from incubator.bookings.views import BookingView
from incubator.db.engine import Database, attempt, statement, transaction
from tests.bookings.test_hold import book
from tests.cast import Cast, acting, change
from tests.moments import tuesday


async def requested(db: Database, cast: Cast) -> BookingView:
    """A request by a reader of Polish."""
    async with transaction(db) as tx:
        await change(tx, cast.room_l, needs_approval=True, pending_blocks=True)
        await tx.execute("UPDATE account SET locale = 'pl' WHERE id = $1", cast.member.id)
    return await book(db, cast.member, cast.room_l, tuesday("10:00", "11:00"), outright=True)


async def test_it_lapses_when_its_time_begins_and_gives_the_time_back(db: Database, cast: Cast) -> None:
    asked, hour = await requested(db, cast), tuesday("10:00", "11:00")
    actor = await acting(db, cast.member)
    async with transaction(db) as tx:
        assert await expire_unanswered(tx, now=hour.start - timedelta(seconds=1)) == []
        assert await expire_unanswered(tx, now=hour.start) == [asked.id]
        lapsed = await booking_for(tx, actor=actor, booking_id=asked.id)
        assert (lapsed.state, lapsed.reason) == (State.EXPIRED, UNANSWERED)
        assert await tx.fetchval("SELECT count(*) FROM occupancy") == 0


async def test_who_asked_reads_why_in_polish(db: Database, cast: Cast) -> None:
    await requested(db, cast)
    async with transaction(db) as tx:
        await expire_unanswered(tx, now=tuesday("10:00", "11:00").start)
    async with statement(db) as tx:
        text = await tx.fetchval("SELECT text FROM mail WHERE recipient = $1 ORDER BY id DESC", cast.member.email)
    assert "Przepraszamy." in text and "Nobody could" not in text


async def test_approved_and_lapsed_at_once_is_one_of_both(db: Database, cast: Cast) -> None:
    desk, hour = await acting(db, cast.coordinator), tuesday("10:00", "11:00")
    for turn in range(6):
        asked = await requested(db, cast)
        told: list[object] = await asyncio.gather(
            attempt(db, lambda tx, key=asked.id: approve(tx, actor=desk, booking_id=key, now=hour.start)),
            attempt(db, lambda tx: expire_unanswered(tx, now=hour.start)),
            return_exceptions=True,
        )
        async with transaction(db) as tx:
            state = (await booking_for(tx, actor=desk, booking_id=asked.id)).state
            taken = await tx.fetchval("SELECT count(*) FROM occupancy WHERE subject_id = $1", asked.id)
            approved = not isinstance(told[0], BaseException)
            assert approved or isinstance(told[0], WrongState), told[0]
            assert (state, taken) == ((State.CONFIRMED, 1) if approved else (State.EXPIRED, 0)), turn
            await tx.execute("DELETE FROM occupancy")


async def test_it_is_approved_while_its_time_lasts_and_not_once_that_is_over(db: Database, cast: Cast) -> None:
    asked, desk, hour = await requested(db, cast), await acting(db, cast.coordinator), tuesday("10:00", "11:00")
    with pytest.raises(InThePast):
        await attempt(db, lambda tx: approve(tx, actor=desk, booking_id=asked.id, now=hour.end))
    still = hour.end - timedelta(seconds=1)
    approved = await attempt(db, lambda tx: approve(tx, actor=desk, booking_id=asked.id, now=still))
    assert approved.state == State.CONFIRMED
