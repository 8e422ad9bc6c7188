"""The job that offers what no verb saw freed reaches everybody in line."""

from datetime import timedelta
from uuid import UUID

import pytest

from incubator.bookings.offer_next import offers_due
from incubator.bookings.waitlist import InLine
from incubator.db.engine import Database, statement, transaction
from incubator.kernel.period import Period, local_moment
from tests.bookings.test_hold import quota
from tests.bookings.test_waitlist import LATER, book, look, the_first_of_two_is_offered, wait
from tests.cast import Cast
from tests.moments import MONDAY, NOW

pytestmark = pytest.mark.thorough

SPENT = 250
"""More than any one look used to hold."""
WISH = """
INSERT INTO waitlist_entry (id, space_id, account_id, period, title, state, created_at, changed_at)
VALUES (uuidv7(), $1, $2, tstzrange($3, $4), '', 'waiting', $5, $5)
"""


def hours() -> list[Period]:
    """Of five weeks of working days, from next Monday on."""
    days = [MONDAY + timedelta(days=7 * week + day) for week in range(1, 6) for day in range(5)]
    return [
        Period(local_moment(day, hour * 60), local_moment(day, hour * 60 + 60)) for day in days for hour in range(8, 20)
    ]


async def many_spent(db: Database, cast: Cast, *, unit: str = "week") -> list[Period]:
    """A long line of one person whose quota is spent, for hours that are free."""
    await quota(db, cast, cast.room_s, minutes=30, unit=unit)
    wanted = hours()[:SPENT]
    async with transaction(db) as tx:
        for number, period in enumerate(wanted):
            at = NOW - timedelta(days=1) + timedelta(seconds=number)
            await tx.execute(WISH, cast.room_s, cast.resident.id, period.start, period.end, at)
    return wanted


async def states(db: Database, account: UUID) -> dict[str, int]:
    async with statement(db) as tx:
        rows = await tx.fetch("SELECT state, count(*) FROM waitlist_entry WHERE account_id = $1 GROUP BY 1", account)
    return dict(map(tuple, rows))


async def test_a_wish_behind_many_that_cannot_be_granted_is_granted_at_once(db: Database, cast: Cast) -> None:
    await many_spent(db, cast)
    taken = await book(db, cast.stranger, cast.room_l)
    wish = await wait(db, cast.member, cast.room_l)
    async with transaction(db) as tx:
        await tx.execute("DELETE FROM occupancy WHERE subject_id = $1", taken.id)
        assert len(await offers_due(tx, now=LATER)) == 1
    assert (await look(db, cast.member, wish)).state == InLine.OFFERED
    assert await states(db, cast.resident.id) == {"waiting": SPENT}, "they keep their places"


async def test_the_line_is_kept_however_long_it_is(db: Database, cast: Cast) -> None:
    """The first of two who want the same comes first, though both stand behind all the others."""
    await many_spent(db, cast)
    await the_first_of_two_is_offered(db, cast)


async def test_who_has_a_quota_again_is_offered_what_they_wait_for(db: Database, cast: Cast) -> None:
    wanted = await many_spent(db, cast)
    async with transaction(db) as tx:
        assert await offers_due(tx, now=LATER) == []
        await tx.execute("UPDATE quota SET person_minutes = 60")
        assert len(await offers_due(tx, now=LATER)) == len({one.start.isocalendar().week for one in wanted})
        assert await offers_due(tx, now=LATER) == []
