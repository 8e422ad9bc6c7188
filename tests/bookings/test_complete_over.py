"""What was seen to take place is completed when it is over; what was not seen stays open."""

from datetime import timedelta

from incubator.bookings.check_in import check_in
from incubator.bookings.complete_over import complete_over
from incubator.bookings.queries import booking_for
from incubator.bookings.states import State
from incubator.db.engine import Database, statement, transaction
from tests.bookings.test_hold import book
from tests.cast import Cast, acting
from tests.moments import tuesday


async def test_what_was_checked_in_is_completed_when_its_time_is_over(db: Database, cast: Cast) -> None:
    actor, hour = await acting(db, cast.member), tuesday("10:00", "11:00")
    came = await book(db, actor, cast.room_l, hour, outright=True)
    unseen = await book(db, actor, cast.room_s, hour, outright=True)
    async with transaction(db) as tx:
        await check_in(tx, actor=actor, booking_id=came.id, now=hour.start)
        assert await complete_over(tx, now=hour.end - timedelta(seconds=1)) == []
        assert await complete_over(tx, now=hour.end) == [came.id]
        assert await complete_over(tx, now=hour.end) == []
        assert (await booking_for(tx, actor=actor, booking_id=came.id)).state == State.COMPLETED
        assert (await booking_for(tx, actor=actor, booking_id=unseen.id)).state == State.CONFIRMED


async def test_the_house_says_in_the_history_that_it_did_it(db: Database, cast: Cast) -> None:
    actor, hour = await acting(db, cast.member), tuesday("10:00", "11:00")
    came = await book(db, actor, cast.room_l, hour, outright=True)
    async with transaction(db) as tx:
        await check_in(tx, actor=actor, booking_id=came.id, now=hour.start)
        await complete_over(tx, now=hour.end)
    async with statement(db) as tx:
        deed = await tx.fetchrow("SELECT verb, actor_id FROM history WHERE subject_id = $1 ORDER BY id DESC", came.id)
    assert (deed["verb"], deed["actor_id"]) == ("complete", None)


async def test_what_somebody_has_locked_is_left_for_the_next_time(db: Database, cast: Cast) -> None:
    actor, hour = await acting(db, cast.member), tuesday("10:00", "11:00")
    came = await book(db, actor, cast.room_l, hour, outright=True)
    async with transaction(db) as tx:
        await check_in(tx, actor=actor, booking_id=came.id, now=hour.start)
    async with transaction(db) as other, transaction(db) as tx:
        await booking_for(other, actor=actor, booking_id=came.id, lock=True)
        assert await complete_over(tx, now=hour.end) == []
