"""Use of the places, against figures reckoned by hand and against a slow reckoning in Python."""

import random
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from uuid import UUID

import asyncpg
import pytest

from incubator.bookings.use import Use
from incubator.db.engine import Database, statement, transaction
from incubator.kernel.ids import uuid7
from incubator.kernel.period import Period, local_days, local_midnight
from incubator.occupancy.take import take
from incubator.places.add_space import add_space
from incubator.places.details import SpaceDetails
from incubator.places.set_parts import set_parts
from incubator.places.set_status import set_status
from incubator.places.states import Status
from incubator.reporting.queries import use_of_all, use_of_own
from incubator.reporting.rules import Days, month_of
from incubator.reporting.small_cells import Shown
from incubator.reporting.use import IncubatorRow, Report, share_used
from tests.cast import Cast, Person, acting, change
from tests.moments import on
from tests.reporting.past import booked

HOUR = 60
OCTOBER = month_of(date(2026, 10, 1))
"""Begins on a Thursday, has 22 days from Monday to Friday, and an hour more on Sunday the 25th."""


def october(day: int, start: str, end: str) -> Period:
    return on(date(2026, 10, day), start, end)


async def report(db: Database, who: Person, days: Days = OCTOBER) -> Report:
    actor = await acting(db, who)
    async with statement(db) as tx:
        return await use_of_all(tx, actor=actor, days=days)


def house(found: Report, slug: str) -> IncubatorRow:
    return next(row for gmina in found.gminas for row in gmina.incubators if row.there.slug == slug)


def spaces(row: IncubatorRow) -> dict[UUID, Use]:
    return {space.there.id: space.use for space in row.spaces}


@pytest.fixture
async def furnished(db: Database, cast: Cast) -> None:
    """The office is open day and night; the 12th is a holiday; LAS opens on Saturday the 17th from 10 to
    14; room A is painted on the 13th from 10 to 14."""
    async with transaction(db) as tx:
        for weekday in range(1, 8):
            await tx.execute(
                "INSERT INTO weekly_hours (space_id, weekday, opens, closes) VALUES ($1, $2, 0, 1440)",
                cast.office_space,
                weekday,
            )
        await tx.execute("INSERT INTO public_holiday VALUES ('2026-10-12', 'x', 'x')")
        await tx.execute(
            "INSERT INTO dated_hours (incubator_id, day, opens, closes, note) VALUES ($1, '2026-10-17', 600, 840, '')",
            cast.las,
        )
        painted = october(13, "10:00", "14:00")
        await tx.execute(
            "INSERT INTO closure (gmina_id, incubator_id, space_id, during, reason_pl, reason_en)"
            " VALUES ($1, $2, $3, tstzrange($4, $5), 'malowanie', '')",
            cast.niepolomice,
            cast.las,
            cast.room_a,
            painted.start,
            painted.end,
        )
        await change(tx, cast.room_l, turnaround_minutes=30)
        await change(tx, cast.room_la, turnaround_minutes=30)


@pytest.fixture
async def busy(db: Database, cast: Cast, furnished: None) -> None:
    """Eleven things that happen to places, each with what it is worth in October."""
    whole = local_days
    await booked(db, cast.room_la, october(6, "10:00", "12:00"), cast.member, cast.acme)  # L 2 h, A 2 h
    reaching = whole(date(2026, 9, 28), 7)
    await booked(db, cast.office_space, reaching, cast.owner, cast.acme)  # 96 h, begins before
    night = Period(october(24, "12:00", "13:00").start, october(26, "12:00", "13:00").start)
    await booked(db, cast.office_space, night, cast.owner, cast.acme, state="checked_in")  # 49 h
    beyond = whole(date(2026, 10, 30), 5)
    await booked(db, cast.office_space, beyond, cast.stranger, cast.rival, state="confirmed")  # 48 h
    await booked(db, cast.room_s, october(13, "10:00", "12:00"), cast.resident, state="no_show")  # 2 h
    await booked(db, cast.room_a, october(13, "12:00", "15:00"), cast.resident)  # 3 h, 2 h of them closed
    await booked(db, cast.desks[0], october(14, "8:00", "16:00"), cast.colleague, state="cancelled")
    await booked(db, cast.desks[0], october(14, "8:00", "16:00"), cast.colleague, state="declined")
    await booked(db, cast.room_s, october(15, "10:00", "12:00"), cast.colleague, state="held")
    await booked(db, cast.other_room, october(20, "9:00", "11:00"), cast.stranger, cast.rival)  # 2 h
    async with transaction(db) as tx:
        resource = await tx.fetchval("SELECT resource_id FROM space WHERE id = $1", cast.room_l)
        block = Period(on(date(2026, 9, 30), "8:00", "9:00").start, october(1, "8:00", "9:00").end)
        assert await take(tx, resource_ids=[resource], period=block, purpose="block", subject_id=uuid7())


async def test_every_figure_of_a_month_by_hand(db: Database, cast: Cast, busy: None) -> None:
    found = await report(db, cast.administrator)
    usual = (21 * 12 + 4) * HOUR
    assert spaces(house(found, "las")) == {
        cast.room_l: Use(open_minutes=usual, booked_minutes=2 * HOUR),
        cast.room_a: Use(
            open_minutes=usual - 4 * HOUR, booked_minutes=5 * HOUR, outside_minutes=2 * HOUR, bookings=1, came=1
        ),
        cast.room_s: Use(open_minutes=usual, booked_minutes=2 * HOUR, bookings=1, stayed_away=1),
        cast.room_la: Use(bookings=1, came=1),
        cast.desks[0]: Use(open_minutes=usual, cancelled=1),
        cast.desks[1]: Use(open_minutes=usual),
        cast.desks[2]: Use(open_minutes=usual),
        cast.office_space: Use(
            open_minutes=(30 * 24 + 1) * HOUR, booked_minutes=(96 + 49 + 48) * HOUR, bookings=2, came=1
        ),
    }
    las = house(found, "las").use
    assert las == Use(
        open_minutes=6 * usual - 4 * HOUR + 721 * HOUR,
        booked_minutes=202 * HOUR,
        outside_minutes=2 * HOUR,
        bookings=5,
        came=3,
        stayed_away=1,
        cancelled=1,
    )
    rynek = Use(open_minutes=21 * 12 * HOUR, booked_minutes=2 * HOUR, bookings=1, came=1)
    assert house(found, "rynek").use == rynek
    assert found.use.open_minutes == las.open_minutes + rynek.open_minutes
    assert found.use.booked_minutes == 204 * HOUR
    share = share_used(found.use)
    assert share is not None and round(share, 6) == round(202 / (2253 + 252), 6)
    assert (found.incubators_open, found.spaces_counted) == (2, 8)


async def test_who_booked_counts_once_in_each_place(db: Database, cast: Cast, busy: None) -> None:
    found = await report(db, cast.administrator)
    counts = {
        name: (who.organisations.count, who.persons.count)
        for name, who in (
            ("las", house(found, "las").who),
            ("rynek", house(found, "rynek").who),
            ("together", found.who),
        )
    }
    # Acme and Rival in LAS; the resident came for two bookings; who cancelled or only held is nobody.
    assert counts == {"las": (2, 1), "rynek": (1, 0), "together": (2, 1)}


async def test_pieces_of_a_month_add_up_to_it(db: Database, cast: Cast, busy: None) -> None:
    whole = await report(db, cast.administrator)
    cuts = [1, 5, 6, 13, 14, 25, 26, 31, 32]
    pieces = [
        await report(db, cast.administrator, Days(date(2026, 10, start), date(2026, 10, 1) + timedelta(days=end - 2)))
        for start, end in pairwise(cuts)
    ]
    for name in Use.__slots__:
        assert sum(getattr(piece.use, name) for piece in pieces) == getattr(whole.use, name), name


async def test_the_night_of_the_clock_change_has_its_hours(db: Database, cast: Cast, busy: None) -> None:
    sunday = await report(db, cast.administrator, Days(date(2026, 10, 25), date(2026, 10, 25)))
    office = spaces(house(sunday, "las"))[cast.office_space]
    assert (office.open_minutes, office.booked_minutes, office.bookings) == (25 * HOUR, 25 * HOUR, 0)
    assert sunday.use.open_minutes == 25 * HOUR, "everything else is closed on Sundays"


async def test_a_joined_room_counts_for_the_rooms_that_it_took_then(db: Database, cast: Cast) -> None:
    """Walls are moved afterwards."""
    await booked(db, cast.room_la, october(6, "10:00", "12:00"), cast.member, cast.acme)
    actor = await acting(db, cast.coordinator)
    async with transaction(db) as tx:
        await set_parts(
            tx,
            actor=actor,
            space_id=cast.room_la,
            part_ids=[cast.room_l, cast.room_s],
            now=datetime(2026, 11, 1, tzinfo=UTC),
        )
    found = spaces(house(await report(db, cast.administrator), "las"))
    assert [found[key].booked_minutes for key in (cast.room_l, cast.room_a, cast.room_s)] == [120, 120, 0]


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


async def test_who_sees_what(db: Database, cast: Cast, busy: None) -> None:
    seen = {
        name: [(gmina.there.slug, gmina.who.organisations.shown) for gmina in (await report(db, who)).gminas]
        for name, who in (
            ("office", cast.office),
            ("administrator", cast.administrator),
            ("coordinator", cast.coordinator),
            ("other", cast.other_coordinator),
            ("member", cast.member),
        )
    }
    assert seen == {
        "office": [("niepolomice", Shown.FEW), ("skawina", Shown.FEW)],
        "administrator": [("niepolomice", Shown.EXACT), ("skawina", Shown.EXACT)],
        "coordinator": [("niepolomice", Shown.EXACT)],
        "other": [("skawina", Shown.EXACT)],
        "member": [],
    }


async def test_a_coordinator_of_the_office_sees_their_own_gmina_whole(db: Database, cast: Cast, busy: None) -> None:
    async with transaction(db) as tx:
        await tx.execute("INSERT INTO role_grant (account_id, role) VALUES ($1, 'office')", cast.coordinator.id)
    found = await report(db, cast.coordinator)
    assert [gmina.who.organisations.shown for gmina in found.gminas] == [Shown.EXACT, Shown.FEW]
    actor = await acting(db, cast.coordinator)
    async with statement(db) as tx:
        own = await use_of_own(tx, actor=actor, days=OCTOBER)
    assert [gmina.there.slug for gmina in own.gminas] == ["niepolomice"]
    assert own.who.organisations.count == 2


async def test_sums_of_one_gmina_are_the_same_alone_and_among_all(db: Database, cast: Cast, busy: None) -> None:
    every, own = await report(db, cast.office), await report(db, cast.coordinator)
    assert own.use == every.gminas[0].use
    assert [row.use for row in own.gminas[0].incubators] == [row.use for row in every.gminas[0].incubators]


# Of all firm bookings, the measure of the union of what they occupy, turnaround cut off again.
OCCUPIED = """
SELECT space.id AS space_id, lower(during) AS start,
    upper(during) - taken.turnaround_minutes * interval '1 minute' AS end
FROM occupancy JOIN booking ON booking.id = occupancy.subject_id JOIN space AS taken ON taken.id = booking.space_id
JOIN space ON space.resource_id = occupancy.resource_id
WHERE booking.state IN ('confirmed', 'checked_in', 'completed', 'no_show')
"""


@pytest.mark.parametrize("seed", range(8))
async def test_hours_booked_are_the_measure_of_what_is_occupied(db: Database, cast: Cast, seed: int) -> None:
    """Random bookings of all rooms, joined ones too, over both edges of the days and over the night of
    the clock change."""
    dice = random.Random(seed)
    days = Days(date(2026, 10, 20), date(2026, 10, 20) + timedelta(days=dice.randrange(12)))
    rooms = (cast.room_l, cast.room_a, cast.room_s, cast.room_la, cast.other_room, cast.office_space)
    async with transaction(db) as tx:
        for room in rooms:
            await change(tx, room, turnaround_minutes=dice.choice((0, 15, 60)))
    await _fill(db, cast, rooms, dice)
    found = await report(db, cast.administrator, days)
    uses = spaces(house(found, "las")) | spaces(house(found, "rynek"))
    async with statement(db) as tx:
        rows = await tx.fetch(OCCUPIED)
    for room in rooms:
        minutes = {
            minute
            for row in rows
            if row["space_id"] == room
            for minute in _minutes(max(row["start"], days.span.start), min(row["end"], days.span.end))
        }
        assert uses[room].booked_minutes == len(minutes)
        assert 0 <= uses[room].outside_minutes <= uses[room].booked_minutes
        assert uses[room].booked_minutes <= uses[room].open_minutes + uses[room].outside_minutes
    assert any(use.booked_minutes for use in uses.values())


async def _fill(db: Database, cast: Cast, rooms: tuple[UUID, ...], dice: random.Random) -> None:
    """Random stretches, of which the constraint takes what fits."""
    states = ("completed", "confirmed", "no_show", "checked_in", "held", "cancelled", "awaiting_approval")
    origin = local_midnight(date(2026, 10, 17))
    for _ in range(120):
        start = origin + timedelta(minutes=30 * dice.randrange(48 * 17))
        period = Period(start, start + timedelta(minutes=30 * dice.choice((1, 2, 5, 20, 100))))
        with suppress(asyncpg.ExclusionViolationError):
            await booked(db, dice.choice(rooms), period, cast.member, cast.acme, state=dice.choice(states))


def _minutes(start: datetime, end: datetime) -> range:
    return range(int(start.timestamp()) // 60, int(end.timestamp()) // 60)
