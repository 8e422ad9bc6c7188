"""A block taken back: its time is free, and offered; what is over stays."""

import pytest

from incubator.bookings.blocks import blocks_in
from incubator.bookings.join_line import join_line
from incubator.bookings.unblock import BlockIsOver, NoSuchBlock, unblock
from incubator.db.engine import Database, statement, transaction
from incubator.db.versions import version_of
from incubator.kernel.period import local_days
from tests.bookings.test_block import put, sound
from tests.bookings.test_hold import book
from tests.cast import Cast, acting
from tests.moments import MONDAY, NOW, tuesday


async def test_a_block_taken_back_frees_its_time_and_offers_it(db: Database, cast: Cast) -> None:
    made = await put(db, cast.coordinator, cast.room_la, tuesday("10:00", "12:00"))
    async with transaction(db) as tx:
        waiting = await acting(db, cast.resident)
        await join_line(tx, actor=waiting, space_id=cast.room_a, period=tuesday("10:00", "11:00"), now=NOW)
    actor = await acting(db, cast.coordinator)
    async with transaction(db) as tx:
        await unblock(tx, actor=actor, block_id=made.id, now=NOW)
    async with statement(db) as tx:
        assert await tx.fetchval("SELECT state FROM waitlist_entry") == "offered"
        verbs = await tx.fetch("SELECT verb FROM history WHERE subject_id = $1 ORDER BY id", made.id)
        assert [row["verb"] for row in verbs] == ["block", "unblock"]
        assert await version_of(tx, [cast.room_l]) == 2
        assert await blocks_in(tx, actor=actor, incubator_id=cast.las, span=local_days(MONDAY, 7)) == []
    await book(db, cast.member, cast.room_l, tuesday("10:00", "12:00"))
    with pytest.raises(NoSuchBlock):
        async with transaction(db) as tx:
            await unblock(tx, actor=actor, block_id=made.id, now=NOW)
    await sound(db)


async def test_a_block_that_is_over_stays_as_it_was(db: Database, cast: Cast) -> None:
    made = await put(db, cast.coordinator, cast.room_l, tuesday("10:00", "12:00"))
    with pytest.raises(BlockIsOver):
        async with transaction(db) as tx:
            await unblock(
                tx, actor=await acting(db, cast.coordinator), block_id=made.id, now=tuesday("10:00", "12:00").end
            )
