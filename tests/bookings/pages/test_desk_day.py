"""The day at the desk: one tap for each who came, and a sheet for the door."""

import re
from datetime import timedelta

import pytest

from incubator.bookings.states import State
from incubator.db.engine import Database, Tx, transaction
from incubator.kernel.ids import uuid7
from incubator.kernel.period import Period
from tests.bookings.pages.desk_kit import Visit, at_desk, booked, needs_approval, standing
from tests.browsing import post_form
from tests.cast import Cast
from tests.conftest import NOW, Clockwork
from tests.moments import MONDAY, TUESDAY, on, tuesday

DAY = "/desk/incubators/las/day"


async def test_the_day_is_the_coordinators_alone(visit: Visit, cast: Cast) -> None:
    assert (await visit().get(DAY)).headers["location"].startswith("/sign-in?next=")
    for person in (cast.member, cast.owner, cast.office, cast.other_coordinator):
        for page in ("day", "week", "line"):
            assert (await visit(person).get(f"/desk/incubators/las/{page}")).status_code == 403
    for person in (cast.coordinator, cast.administrator):
        assert (await visit(person).get(DAY)).status_code == 200
    assert (await visit(cast.coordinator).get("/desk/incubators/nowhere/day")).status_code == 404


async def test_an_empty_day_says_so_and_when_it_is_open(visit: Visit, cast: Cast) -> None:
    told = (await at_desk(visit, cast.coordinator).get(DAY)).text
    assert "Nothing is booked on this day." in told and "Open 08:00–20:00" in told
    assert "Closed" in (await at_desk(visit, cast.coordinator).get(f"{DAY}?date=2026-09-12")).text


async def test_an_office_open_day_and_night_is_not_the_hours_of_the_door(
    visit: Visit, cast: Cast, db: Database
) -> None:
    async with transaction(db) as tx:
        for weekday in range(1, 8):
            await tx.execute(
                "INSERT INTO weekly_hours (space_id, weekday, opens, closes) VALUES ($1, $2, 0, 1440)",
                cast.office_space,
                weekday,
            )
    client = at_desk(visit, cast.coordinator)
    assert "Open 08:00–20:00" in (await client.get(DAY)).text
    assert "Open 00:00–24:00" in (await client.get(f"{DAY}?space=office")).text


async def test_bookings_stand_by_time_with_who_and_what(visit: Visit, cast: Cast, db: Database) -> None:
    await booked(db, cast.resident, cast.room_s, on(MONDAY, "15:00", "16:00"), title="Later")
    await booked(
        db,
        cast.member,
        cast.room_l,
        on(MONDAY, "10:00", "12:00"),
        organisation_id=cast.acme,
        title="Talk <b>",
        note="Two tables",
        attendees=12,
    )
    await booked(db, cast.resident, cast.room_s, tuesday("10:00", "11:00"), title="Tomorrow")
    told = (await at_desk(visit, cast.coordinator).get(DAY)).text
    assert told.index("Talk &lt;b&gt;") < told.index("Later")
    assert "Acme" in told and ", Member" in told and "12 people" in told and "Two tables" in told
    assert "Tomorrow" not in told
    assert "Tomorrow" in (await at_desk(visit, cast.coordinator).get(f"{DAY}?date={TUESDAY}")).text


async def test_one_tap_checks_in_and_comes_back_to_the_row(
    visit: Visit, cast: Cast, db: Database, clock: Clockwork
) -> None:
    booking = await booked(db, cast.member, cast.room_s, on(MONDAY, "9:30", "10:00"))
    client = at_desk(visit, cast.coordinator)
    told = (await client.get(f"{DAY}?date={MONDAY}")).text
    back = re.search(rf'/bookings/{booking.id}/check-in".*?name="back" value="([^"]+)"', told, re.S)
    assert back is not None
    answer = await post_form(client, f"/bookings/{booking.id}/check-in", {"back": back[1]})
    assert answer.headers["location"] == f"{DAY}?date={MONDAY}#b-{booking.id}"
    told = (await client.get(answer.headers["location"])).text
    assert "Checked in. Welcome!" in told and f"/bookings/{booking.id}/check-in" not in told
    assert (await standing(db, cast, booking)).state == State.CHECKED_IN
    clock.now = booking.period.end
    told = (await client.get(DAY)).text
    assert f"/bookings/{booking.id}/complete" in told and f"/bookings/{booking.id}/no-show" not in told


async def test_a_second_tap_goes_back_and_says_that_it_was_done(visit: Visit, cast: Cast, db: Database) -> None:
    booking = await booked(db, cast.member, cast.room_s, on(MONDAY, "9:30", "10:00"))
    client = at_desk(visit, cast.coordinator)
    for _ in range(2):
        answer = await post_form(client, f"/bookings/{booking.id}/check-in", {"back": DAY})
        assert answer.headers["location"] == DAY
    assert "That was done already" in (await client.get(DAY)).text
    # Without a way back the refusal stands on the booking's own page.
    assert (await post_form(client, f"/bookings/{booking.id}/check-in", {})).status_code == 409


async def test_who_is_not_here_yet_can_be_marked_as_not_come(visit: Visit, cast: Cast, db: Database) -> None:
    booking = await booked(db, cast.member, cast.room_s, on(MONDAY, "8:00", "10:00"), now=NOW - timedelta(days=1))
    client = at_desk(visit, cast.coordinator)
    assert "not here yet</span>" in (await client.get(DAY)).text
    await post_form(client, f"/bookings/{booking.id}/no-show", {"back": DAY})
    told = (await client.get(DAY)).text
    assert "nobody came" in told and "not here yet</span>" not in told


async def test_cancelling_needs_a_reason_and_keeps_the_way_back(visit: Visit, cast: Cast, db: Database) -> None:
    booking = await booked(db, cast.member, cast.room_s, on(MONDAY, "14:00", "15:00"))
    client = at_desk(visit, cast.coordinator)
    refused = await post_form(client, f"/bookings/{booking.id}/cancel", {"back": DAY})
    assert refused.status_code == 422 and f'name="back" value="{DAY}"' in refused.text
    done = await post_form(client, f"/bookings/{booking.id}/cancel", {"back": DAY, "reason": "No heating"})
    assert done.headers["location"] == DAY
    told = (await client.get(DAY)).text
    assert "1 was cancelled or declined" in told and "No heating" in told


@pytest.mark.parametrize("back", ["https://evil.example", "//evil.example", "/deskevil.example", "/desk\\evil"])
async def test_the_way_back_never_leaves_the_site(visit: Visit, cast: Cast, db: Database, back: str) -> None:
    booking = await booked(db, cast.member, cast.room_s, on(MONDAY, "9:30", "10:00"))
    answer = await post_form(visit(cast.coordinator), f"/bookings/{booking.id}/check-in", {"back": back})
    assert answer.headers["location"] == f"/bookings/{booking.id}"


async def test_one_space_shows_what_takes_it_in_a_joined_room_too(visit: Visit, cast: Cast, db: Database) -> None:
    await booked(db, cast.member, cast.room_la, on(MONDAY, "10:00", "11:00"), title="Both rooms")
    await booked(db, cast.member, cast.room_s, on(MONDAY, "10:00", "11:00"), title="Small room")
    client = at_desk(visit, cast.coordinator)
    told = (await client.get(f"{DAY}?space=a")).text
    assert "Both rooms" in told and "Small room" not in told
    assert f'value="{DAY}?space=a&amp;date={MONDAY}"' in told
    assert "Small room" in (await client.get(f"{DAY}?space=nothing")).text
    assert "Nothing is booked in this space" in (await client.get(f"{DAY}?space=office")).text


async def test_a_request_of_the_day_leads_to_the_decision(visit: Visit, cast: Cast, db: Database) -> None:
    await needs_approval(db, cast.room_s)
    booking = await booked(db, cast.member, cast.room_s, on(MONDAY, "14:00", "15:00"))
    client = at_desk(visit, cast.coordinator)
    assert f'href="/desk/requests#r-{booking.id}"' in (await client.get(DAY)).text
    assert f'href="/desk/requests#r-{booking.id}"' in (await client.get(f"/bookings/{booking.id}")).text
    assert "/desk/requests" not in (await visit(cast.member).get(f"/bookings/{booking.id}")).text


async def test_blocks_and_closures_of_the_day_are_said(visit: Visit, cast: Cast, db: Database) -> None:
    async with transaction(db) as tx:
        await _block(tx, cast, on(MONDAY, "12:00", "13:00"))
        await tx.execute(
            "INSERT INTO closure (id, gmina_id, incubator_id, space_id, during, reason_pl, reason_en, created_by)"
            " VALUES ($1, $2, $3, NULL, tstzrange($4, $5), 'Awaria', 'No power', $6)",
            uuid7(),
            cast.niepolomice,
            cast.las,
            on(MONDAY, "16:00", "18:00").start,
            on(MONDAY, "16:00", "18:00").end,
            cast.coordinator.id,
        )
    told = (await at_desk(visit, cast.coordinator).get(DAY)).text
    assert "Blocked: S, Mon 7 Sep, 12:00–13:00." in told and "Painting" in told
    assert "No power" in told
    assert "08:00–16:00" in told and "18:00–20:00" in told
    assert "Painting" not in (await at_desk(visit, cast.coordinator).get(f"{DAY}?space=l")).text


async def test_the_sheet_for_the_door_names_no_person(visit: Visit, cast: Cast, db: Database) -> None:
    await booked(db, cast.member, cast.room_l, on(MONDAY, "10:00", "11:00"), organisation_id=cast.acme, title="Talk")
    await booked(db, cast.resident, cast.room_s, on(MONDAY, "10:00", "11:00"), title="Dentist")
    told = (await at_desk(visit, cast.coordinator).get(DAY)).text
    rows = re.findall(r'<tr id="b-.*?</tr>', told, re.S)
    printed = [re.sub(r'<(span|td|small) class="[^"]*no-print".*?</\1>', "", _flat(row), flags=re.S) for row in rows]
    assert len(printed) == 2
    for row in printed:
        assert not any(word in row for word in ("Member", "Resident", "Talk", "Dentist"))
    assert "Acme" in printed[0] and "private person" in printed[1]


async def test_a_day_of_sixty_bookings_leads_to_what_is_on(
    visit: Visit, cast: Cast, db: Database, clock: Clockwork
) -> None:
    spaces = (cast.room_l, cast.room_a, cast.room_s, *cast.desks)
    for hour in range(9, 19):
        for space_id in spaces:
            await booked(db, cast.resident, space_id, on(MONDAY, f"{hour}:00", f"{hour + 1}:00"))
    clock.now = on(MONDAY, "13:30", "14:00").start
    told = (await at_desk(visit, cast.coordinator).get(DAY)).text
    assert told.count('<tr id="b-') == 60
    over, rest = told.split('<tbody id="now">')
    assert over.count('<tr id="b-') == 24 and 'class="late' in rest
    assert 'href="#now"' in told


async def test_nonsense_in_the_address_is_not_an_error(visit: Visit, cast: Cast) -> None:
    client = visit(cast.coordinator)
    for query in ("date=9999-99-99", "date=0001-01-01", "date=&space=", "space=" + "x" * 5000):
        assert (await client.get(f"{DAY}?{query}")).status_code == 200
        assert (await client.get(f"/desk/incubators/las/week?{query}")).status_code == 200


def _flat(row: str) -> str:
    """Inner spans of a hidden part go first, so that its end is found."""
    return re.sub(r'<span class="(?:muted|badge[^"]*|hidden-text)">.*?</span>', "", row, flags=re.S)


async def _block(tx: Tx, cast: Cast, period: Period) -> None:
    await tx.execute(
        "INSERT INTO block (id, space_id, gmina_id, period, reason, created_by)"
        " VALUES ($1, $2, $3, tstzrange($4, $5), 'Painting', $6)",
        uuid7(),
        cast.room_s,
        cast.niepolomice,
        period.start,
        period.end,
        cast.coordinator.id,
    )
