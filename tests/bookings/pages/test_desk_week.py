"""The week at the desk: every space, every booking, every gap; and who waits."""

import re
from datetime import date, timedelta

from incubator.bookings.join_line import join_line
from incubator.db.engine import Database, transaction
from incubator.kernel.period import local_days
from tests.bookings.pages.desk_kit import Visit, at_desk, booked, needs_approval
from tests.cast import Cast, acting
from tests.conftest import NOW, Clockwork
from tests.moments import MONDAY, TUESDAY, on, tuesday

WEEK = "/desk/incubators/las/week"


def row(text: str, name: str) -> str:
    """The row of a space, by the name at its head."""
    for part in re.findall(r"<tr>.*?</tr>", text, re.S):
        head = re.search(r'<th scope="row">(.*?)<small>', part, re.S)
        if head and re.sub(r"<[^>]+>", "", head[1]).strip() == name:
            return part
    raise AssertionError(f"no row {name}")


def cell(text: str, name: str, weekday: int) -> str:
    return re.findall(r"<td class=.*?</td>", row(text, name), re.S)[weekday - 1]


async def test_a_booking_stands_in_its_space_and_day_with_its_state_in_words(
    visit: Visit, cast: Cast, db: Database
) -> None:
    await needs_approval(db, cast.room_a)
    firm = await booked(
        db, cast.member, cast.room_l, tuesday("10:00", "12:00"), organisation_id=cast.acme, title="Talk"
    )
    asked = await booked(db, cast.resident, cast.room_a, tuesday("10:00", "12:00"))
    told = (await at_desk(visit, cast.coordinator).get(WEEK)).text
    chip = cell(told, "L", 2)
    assert f'href="/bookings/{firm.id}"' in chip and "Acme" in chip and "Talk" in chip and "confirmed" in chip
    assert f'href="/bookings/{asked.id}"' in cell(told, "A", 2) and "to decide" in cell(told, "A", 2)
    assert "/bookings/" not in cell(told, "L", 3)


async def test_a_joined_room_stands_in_each_part_under_its_own_name(visit: Visit, cast: Cast, db: Database) -> None:
    booking = await booked(db, cast.member, cast.room_la, tuesday("10:00", "12:00"))
    told = (await at_desk(visit, cast.coordinator).get(WEEK)).text
    for name in ("L", "A"):
        assert f"/bookings/{booking.id}" in cell(told, name, 2) and "L-A" in cell(told, name, 2)
    assert f"/bookings/{booking.id}" not in row(told, "S")


async def test_gaps_lead_to_blocking_and_what_is_over_is_no_gap(visit: Visit, cast: Cast, db: Database) -> None:
    await booked(db, cast.member, cast.room_l, tuesday("10:00", "12:00"))
    told = (await at_desk(visit, cast.coordinator).get(WEEK)).text
    gaps = re.findall(r'<a class="gap" href="([^"]+)">free ([0-9:–]+)', cell(told, "L", 2))
    address = f"/desk/block?space={cast.room_l}&amp;date={TUESDAY}"
    assert gaps == [
        (f"{address}&amp;start=2026-09-08T06:00Z&amp;end=2026-09-08T08:00Z", "08:00–10:00"),
        (f"{address}&amp;start=2026-09-08T10:00Z&amp;end=2026-09-08T18:00Z", "12:00–20:00"),
    ]
    form = (await at_desk(visit, cast.coordinator).get(gaps[1][0].replace("&amp;", "&"))).text
    assert 'value="12:00"' in form and 'value="20:00"' in form
    # It is nine on Monday.
    assert re.findall(r"free ([0-9:–]+)", cell(told, "L", 1)) == ["09:00–20:00"]
    assert "closed" in cell(told, "L", 6) and "gap" not in cell(told, "L", 6)
    last = (await at_desk(visit, cast.coordinator).get(f"{WEEK}?date=2026-09-01")).text
    assert 'class="gap"' not in last and "nothing was booked" in last


async def test_a_gap_begins_at_the_next_half_hour(visit: Visit, cast: Cast, clock: Clockwork) -> None:
    clock.now = NOW + timedelta(minutes=7)
    told = (await at_desk(visit, cast.coordinator).get(WEEK)).text
    assert "free 09:30–20:00" in cell(told, "L", 1)
    clock.now = on(MONDAY, "19:40", "20:00").start
    assert "gap" not in cell((await at_desk(visit, cast.coordinator).get(WEEK)).text, "L", 1)


async def test_desks_of_a_zone_share_a_row_and_say_which(visit: Visit, cast: Cast, db: Database) -> None:
    await booked(db, cast.member, cast.desks[1], tuesday("10:00", "12:00"))
    told = cell((await at_desk(visit, cast.coordinator).get(WEEK)).text, "Zone", 2)
    assert "DESK-2" in told and "gap" not in told


async def test_a_long_stay_stands_on_each_of_its_days(visit: Visit, cast: Cast, db: Database) -> None:
    async with transaction(db) as tx:
        await tx.execute(
            "UPDATE space SET longest_minutes = 43200, closed_on_holidays = false WHERE id = $1", cast.office_space
        )
        for weekday in range(1, 8):
            await tx.execute(
                "INSERT INTO weekly_hours (space_id, weekday, opens, closes) VALUES ($1, $2, 0, 1440)",
                cast.office_space,
                weekday,
            )
    stay = await booked(db, cast.member, cast.office_space, local_days(date(2026, 9, 9), 10))
    told = (await at_desk(visit, cast.coordinator).get(WEEK)).text
    assert [f"/bookings/{stay.id}" in cell(told, "OFFICE", day) for day in range(1, 8)] == [False, False] + [True] * 5
    assert "all day" in cell(told, "OFFICE", 4)


async def test_bookings_of_a_space_taken_out_of_use_are_still_seen(visit: Visit, cast: Cast, db: Database) -> None:
    booking = await booked(db, cast.member, cast.room_s, tuesday("10:00", "12:00"))
    async with transaction(db) as tx:
        await tx.execute("UPDATE space SET retired_at = $2 WHERE id = $1", cast.room_s, NOW)
    told = (await at_desk(visit, cast.coordinator).get(WEEK)).text
    assert f"/bookings/{booking.id}" in cell(told, "S", 2) and "taken out of use" in row(told, "S")


async def test_blocks_and_closures_stand_among_the_bookings(visit: Visit, cast: Cast, db: Database) -> None:
    period = tuesday("12:00", "13:00")
    async with transaction(db) as tx:
        await tx.execute(
            "INSERT INTO block (id, space_id, gmina_id, period, reason, created_by)"
            " VALUES (gen_random_uuid(), $1, $2, tstzrange($3, $4), 'Painting', $5)",
            cast.room_la,
            cast.niepolomice,
            period.start,
            period.end,
            cast.coordinator.id,
        )
        await tx.execute(
            "INSERT INTO closure (id, gmina_id, incubator_id, space_id, during, reason_pl, reason_en)"
            " VALUES (gen_random_uuid(), $1, $2, $3, tstzrange($4, $5), 'Awaria', 'No power')",
            cast.niepolomice,
            cast.las,
            cast.room_s,
            period.start,
            period.end,
        )
    told = (await at_desk(visit, cast.coordinator).get(WEEK)).text
    for name in ("L", "A"):
        assert "Painting" in cell(told, name, 2) and "blocked" in cell(told, name, 2)
    assert "No power" in cell(told, "S", 2) and "No power" not in row(told, "L")


async def test_of_another_gmina_nothing_is_seen(visit: Visit, cast: Cast, db: Database) -> None:
    await booked(db, cast.stranger, cast.other_room, tuesday("10:00", "12:00"), title="Kites")
    assert "Kites" not in (await at_desk(visit, cast.coordinator).get(WEEK)).text
    assert (await visit(cast.coordinator).get("/desk/incubators/rynek/week")).status_code == 403


async def test_an_incubator_without_spaces_leads_to_the_first(visit: Visit, cast: Cast, db: Database) -> None:
    async with transaction(db) as tx:
        await tx.execute("UPDATE space SET retired_at = $2 WHERE incubator_id = $1", cast.las, NOW)
    client = at_desk(visit, cast.coordinator)
    for page in (WEEK, "/desk"):
        assert "Add the first space" in (await client.get(page)).text
    assert (await client.get("/desk/incubators/las/day")).status_code == 200


async def test_the_waiting_list_is_in_the_order_of_the_line(visit: Visit, cast: Cast, db: Database) -> None:
    client = at_desk(visit, cast.coordinator)
    assert "Nobody waits for a taken time." in (await client.get("/desk/incubators/las/line")).text
    await booked(db, cast.stranger, cast.room_l, tuesday("10:00", "11:00"))
    for minute, (who, organisation) in enumerate(((cast.member, cast.acme), (cast.resident, None))):
        actor = await acting(db, who)
        async with transaction(db) as tx:
            await join_line(
                tx,
                actor=actor,
                space_id=cast.room_l,
                period=tuesday("10:00", "11:00"),
                organisation_id=organisation,
                now=NOW + timedelta(minutes=minute),
            )
    told = (await client.get("/desk/incubators/las/line")).text
    assert told.index("Acme") < told.index("Resident")
    assert "place 1" in told and "place 2" in told
    assert "Acme" in (await client.get("/desk")).text
