"""Use of the places, against figures reckoned by hand."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest

from incubator.bookings.use import Use
from incubator.db.engine import Database, statement, transaction
from incubator.kernel.ids import uuid7
from incubator.kernel.period import Period, local_days
from incubator.occupancy.take import take
from incubator.places.set_parts import set_parts
from incubator.reporting.queries import use_of_own
from incubator.reporting.rules import Days
from incubator.reporting.small_cells import Shown
from incubator.reporting.use import share_used
from tests.cast import Cast, acting, change
from tests.moments import on
from tests.reporting.asked import HOUR, OCTOBER, house, october, report, spaces
from tests.reporting.past import booked


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
