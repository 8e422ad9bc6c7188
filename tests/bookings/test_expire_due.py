"""What has lapsed is given up one by one, as jobs."""

from datetime import timedelta

from incubator.bookings.expire_due import EXPIRE, expire_booking, look_for_lapsed
from incubator.bookings.hold import hold
from incubator.db.engine import Database, attempt, statement, transaction
from tests.cast import Cast, acting
from tests.moments import NOW, tuesday

OVER = NOW + timedelta(hours=1)
ASKED = "SELECT payload FROM pgqueuer WHERE entrypoint = $1"


async def test_each_that_lapsed_is_asked_for_once_and_given_up(db: Database, cast: Cast) -> None:
    actor = await acting(db, cast.member)
    given = [(cast.room_l, tuesday("10:00", "11:00")), (cast.room_s, tuesday("12:00", "13:00"))]
    made = [
        await attempt(
            db, lambda tx, space=space, period=period: hold(tx, actor=actor, space_id=space, period=period, now=NOW)
        )
        for space, period in given
    ]
    for moment in (NOW, OVER, OVER):
        async with transaction(db) as tx:
            await look_for_lapsed(tx, now=moment)
    async with statement(db) as tx:
        asked = [row["payload"] for row in await tx.fetch(ASKED, EXPIRE)]
    assert sorted(asked) == sorted(one.id.bytes for one in made)
    for one in made:
        assert await expire_booking(db, subject_id=one.id, now=OVER) == [one.id]
    assert await expire_booking(db, subject_id=made[0].id, now=OVER) == []
