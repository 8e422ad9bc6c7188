"""Hours are open only while the incubator is, and as long as the space is in use."""

from datetime import date

from incubator.db.engine import Database, transaction
from incubator.kernel.period import local_midnight
from incubator.places.add_space import add_space
from incubator.places.details import SpaceDetails
from incubator.places.set_status import set_status
from incubator.places.states import Status
from incubator.reporting.rules import Days
from incubator.reporting.use import share_used
from tests.cast import Cast, acting, change
from tests.reporting.asked import HOUR, house, report, spaces


async def test_hours_count_while_the_incubator_is_open(db: Database, cast: Cast) -> None:
    """Closed on Thursday the 8th in the morning, opened again on Wednesday the 21st."""
    actor = await acting(db, cast.coordinator)
    for status, day in ((Status.CLOSED, 8), (Status.OPEN, 21)):
        async with transaction(db) as tx:
            now = local_midnight(date(2026, 10, day))
            await set_status(tx, actor=actor, incubator_id=cast.las, status=status, now=now)
    found = spaces(house(await report(db, cast.administrator), "las"))
    assert found[cast.room_s].open_minutes == (5 + 8) * 12 * HOUR
    closed = await report(db, cast.administrator, Days(date(2026, 10, 8), date(2026, 10, 20)))
    assert house(closed, "las").use.open_minutes == 0 and not house(closed, "las").there.traded
    assert share_used(house(closed, "las").use) is None
    assert closed.incubators_open == 1, "that of Skawina"


async def test_a_planned_incubator_has_no_hours_until_it_opens(db: Database, cast: Cast) -> None:
    async with transaction(db) as tx:
        await tx.execute("UPDATE incubator SET status = 'planned' WHERE id = $1", cast.las)
    assert house(await report(db, cast.administrator), "las").use.open_minutes == 0
    actor = await acting(db, cast.coordinator)
    async with transaction(db) as tx:
        now = local_midnight(date(2026, 10, 30))
        await set_status(tx, actor=actor, incubator_id=cast.las, status=Status.OPEN, now=now)
    found = house(await report(db, cast.administrator), "las")
    assert found.there.traded and spaces(found)[cast.room_s].open_minutes == 12 * HOUR


async def test_a_space_counts_from_its_first_day_to_its_last(db: Database, cast: Cast) -> None:
    actor = await acting(db, cast.coordinator)
    async with transaction(db) as tx:
        await change(tx, cast.room_s, retired_at=local_midnight(date(2026, 10, 7)))
        await change(tx, cast.desks[2], retired_at=local_midnight(date(2026, 9, 7)))
        details = SpaceDetails(name_pl="Nowa sala", capacity=4)
        now = local_midnight(date(2026, 10, 29))
        added = await add_space(tx, actor=actor, incubator_id=cast.las, kind="room", details=details, now=now)
    found = spaces(house(await report(db, cast.administrator), "las"))
    assert found[cast.room_s].open_minutes == 4 * 12 * HOUR
    assert found[added.id].open_minutes == 2 * 12 * HOUR
    assert cast.desks[2] not in found, "out of use before, and not booked"
