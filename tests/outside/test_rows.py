"""What a calendar says is taken, and nothing else is touched."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from incubator.bookings.block import block
from incubator.calendars.entries import public_uid
from incubator.db.engine import Database, attempt, statement, transaction
from incubator.kernel.errors import Refusal
from incubator.kernel.ids import uuid7
from incubator.kernel.period import Period
from incubator.mentoring.be_away import be_away
from incubator.mentoring.cancel_meeting import cancel_meeting
from incubator.mentoring.come_back import come_back
from incubator.mentoring.retire_mentor import retire_mentor
from incubator.outside.add_calendar import CalendarKnown, TooManyCalendars
from incubator.outside.address import address_of
from incubator.outside.calendars import calendars_of
from incubator.outside.come_round import drop_ended, fill_freed
from incubator.outside.remove_calendar import remove_calendar
from incubator.outside.rules import DAYS, merged, window
from incubator.outside.whose import NoSuchCalendar
from incubator.people.guards import NotYours
from tests.bookings.test_series import again
from tests.cast import Cast, acting
from tests.mentoring.cast import MentorAtHand, a_mentor
from tests.mentoring.meetings import ELEVEN, TEN, complaints, count, credit, met, order, sql
from tests.moments import NOW, tuesday
from tests.outside.cast import added, read_again, says, taken

MORNING, NOON = tuesday("8:00", "12:00"), tuesday("12:00", "13:00")


async def round_of(db: Database, *, now: object = NOW) -> None:
    await attempt(db, lambda tx: fill_freed(tx, now=now))  # type: ignore[arg-type]


async def mails(db: Database) -> list[str]:
    async with statement(db) as tx:
        return [row["subject"] for row in await tx.fetch("SELECT subject FROM mail ORDER BY created_at, id")]


async def test_busy_times_are_taken_those_that_touch_as_one(db: Database, cast: Cast) -> None:
    ewa = await a_mentor(db, cast)
    calendar = await added(db, ewa.person, says(TEN, ELEVEN, tuesday("10:30", "11:30"), NOON), mentor_id=ewa.id)
    assert await taken(db, ewa.resource_id) == [tuesday("10:00", "13:00")]
    assert (calendar.busy, calendar.next_busy_at, calendar.clashes) == (1, TEN.start, [])
    assert (calendar.server, calendar.name) == ("https://calendar.example/…", "Uczelnia")
    assert await complaints(db) == []


async def test_a_time_that_is_as_it_was_keeps_its_row(db: Database, cast: Cast) -> None:
    ewa = await a_mentor(db, cast)
    calendar = await added(db, ewa.person, says(TEN, tuesday("14:00", "15:00")), mentor_id=ewa.id)
    before = await sql(db, "SELECT id FROM occupancy WHERE during @> $1::timestamptz", TEN.start)
    await read_again(db, calendar.id, says(TEN, tuesday("15:00", "16:00")))
    assert await taken(db, ewa.resource_id) == [TEN, tuesday("15:00", "16:00")]
    assert await sql(db, "SELECT id FROM occupancy WHERE during @> $1::timestamptz", TEN.start) == before


async def test_an_empty_calendar_frees_everything(db: Database, cast: Cast) -> None:
    ewa = await a_mentor(db, cast)
    calendar = await added(db, ewa.person, says(TEN), mentor_id=ewa.id)
    await read_again(db, calendar.id, says())
    assert await taken(db, ewa.resource_id) == []
    assert await count(db, "outside_busy") == 0


async def test_whoever_asks_for_a_busy_time_is_told_that_it_is_taken(db: Database, cast: Cast) -> None:
    ewa = await a_mentor(db, cast)
    await credit(db, cast.acme, 600)
    await added(db, ewa.person, says(TEN), mentor_id=ewa.id)
    with pytest.raises(Refusal) as refused:
        await met(db, cast.member, order(ewa, cast, organisation_id=cast.acme))
    assert refused.value.code == "mentor_taken"


async def a_meeting(db: Database, cast: Cast, ewa: MentorAtHand, period: Period = TEN) -> UUID:
    await credit(db, cast.acme, 600)
    return (await met(db, cast.member, order(ewa, cast, period, organisation_id=cast.acme))).id


async def test_a_meeting_in_the_way_stands_is_shown_and_told_once(db: Database, cast: Cast) -> None:
    ewa = await a_mentor(db, cast)
    meeting = await a_meeting(db, cast, ewa)
    before = len(await mails(db))
    calendar = await added(db, ewa.person, says(MORNING), mentor_id=ewa.id)
    assert await taken(db, ewa.resource_id) == [tuesday("8:00", "10:00"), tuesday("11:00", "12:00")]
    assert await taken(db, ewa.resource_id, "meeting") == [TEN]
    (clash,) = calendar.clashes
    assert (clash.kind, clash.subject_id, clash.who, clash.period, clash.busy) == (
        "meeting",
        meeting,
        "Acme",
        TEN,
        MORNING,
    )
    assert len(await mails(db)) == before + 1
    await read_again(db, calendar.id, says(MORNING))
    await read_again(db, calendar.id, says(tuesday("9:30", "12:00")))
    assert len(await mails(db)) == before + 1
    assert await complaints(db) == []


async def test_a_clash_that_was_over_and_comes_again_is_told_again(db: Database, cast: Cast) -> None:
    ewa = await a_mentor(db, cast)
    await a_meeting(db, cast, ewa)
    calendar = await added(db, ewa.person, says(MORNING), mentor_id=ewa.id)
    before = len(await mails(db))
    await read_again(db, calendar.id, says())
    await read_again(db, calendar.id, says(MORNING))
    assert len(await mails(db)) == before + 1


async def test_the_time_is_taken_as_soon_as_the_way_is_free(db: Database, cast: Cast) -> None:
    ewa = await a_mentor(db, cast)
    meeting = await a_meeting(db, cast, ewa)
    calendar = await added(db, ewa.person, says(MORNING), mentor_id=ewa.id)
    actor = await acting(db, ewa.person)
    await attempt(db, lambda tx: cancel_meeting(tx, actor=actor, meeting_id=meeting, reason="Jadę", now=NOW))
    await round_of(db)
    assert merged(await taken(db, ewa.resource_id)) == [MORNING]
    async with statement(db) as tx:
        (seen,) = await calendars_of(tx, actor=actor, mentor_id=ewa.id, now=NOW)
    assert (seen.id, seen.clashes) == (calendar.id, [])
    assert await count(db, "outside_busy WHERE whole") == 1


async def test_the_pause_after_a_meeting_is_no_clash(db: Database, cast: Cast) -> None:
    ewa = await a_mentor(db, cast)
    await sql(db, "UPDATE mentor SET break_minutes = 15 WHERE id = $1", ewa.id)
    await a_meeting(db, cast, ewa)
    calendar = await added(db, ewa.person, says(ELEVEN), mentor_id=ewa.id)
    assert calendar.clashes == []
    assert await taken(db, ewa.resource_id) == [tuesday("11:15", "12:00")]


async def test_a_held_time_loses_to_nobody_until_it_lapses(db: Database, cast: Cast) -> None:
    resource: int = await sql(db, "SELECT resource_id FROM space WHERE id = $1", cast.room_s)  # type: ignore[assignment]
    async with transaction(db) as tx:
        await tx.execute(
            "INSERT INTO occupancy (resource_id, during, purpose, subject_id, state, expires_at)"
            " VALUES ($1, tstzrange($2, $3), 'booking', $4, 'held', $5)",
            resource,
            TEN.start,
            TEN.end,
            uuid7(),
            NOW + timedelta(minutes=15),
        )
    await added(db, cast.coordinator, says(MORNING), space_id=cast.room_s)
    assert await taken(db, resource) == [tuesday("8:00", "10:00"), tuesday("11:00", "12:00")]
    await sql(db, "DELETE FROM occupancy WHERE state = 'held'")
    await round_of(db, now=NOW + timedelta(minutes=16))
    assert merged(await taken(db, resource)) == [MORNING]


async def test_two_calendars_that_say_the_same_are_no_clash_and_one_stays(db: Database, cast: Cast) -> None:
    ewa = await a_mentor(db, cast)
    first = await added(db, ewa.person, says(TEN), mentor_id=ewa.id)
    other = address_of("https://other.example/ewa.ics")
    second = await added(db, ewa.person, says(tuesday("10:00", "12:00")), mentor_id=ewa.id, address=other)
    assert second.clashes == []
    actor = await acting(db, ewa.person)
    await attempt(db, lambda tx: remove_calendar(tx, actor=actor, calendar_id=first.id, now=NOW))
    assert merged(await taken(db, ewa.resource_id)) == [tuesday("10:00", "12:00")]
    await attempt(db, lambda tx: remove_calendar(tx, actor=actor, calendar_id=second.id, now=NOW))
    assert await taken(db, ewa.resource_id) == []
    assert await count(db, "outside_calendar") == 0


async def test_our_own_entries_read_back_block_nothing(db: Database, cast: Cast) -> None:
    ewa = await a_mentor(db, cast)
    meeting = await a_meeting(db, cast, ewa)
    calendar = await added(db, ewa.person, says(TEN, ELEVEN, uid=str(meeting)), mentor_id=ewa.id)
    assert (calendar.busy, calendar.clashes) == (0, [])
    await read_again(db, calendar.id, says(ELEVEN, uid=str(uuid7())))
    assert await taken(db, ewa.resource_id) == [ELEVEN]


async def test_a_series_read_back_blocks_nothing(db: Database, cast: Cast) -> None:
    series = await again(db, cast.member, cast.room_l)
    calendar = await added(db, cast.coordinator, says(ELEVEN, uid=str(series.id)), space_id=cast.room_l)
    assert (calendar.busy, calendar.clashes) == (0, [])


async def test_an_absence_read_back_does_not_outlast_itself(db: Database, cast: Cast) -> None:
    """One's own calendar as a mentor tells of absences; the copy elsewhere is a day behind."""
    ewa = await a_mentor(db, cast)
    actor = await acting(db, ewa.person)
    away = await attempt(db, lambda tx: be_away(tx, actor=actor, mentor_id=ewa.id, period=MORNING, now=NOW))
    calendar = await added(db, ewa.person, says(MORNING, uid=str(away.id)), mentor_id=ewa.id)
    await attempt(db, lambda tx: come_back(tx, actor=actor, absence_id=away.id, now=NOW))
    await read_again(db, calendar.id, says(MORNING, uid=str(away.id)))
    await round_of(db)
    assert await taken(db, ewa.resource_id) == []


async def test_what_the_public_calendar_of_a_mentor_says_is_not_read_back_for_ever(db: Database, cast: Cast) -> None:
    """It says what was read here, too: the two would hold each other up."""
    ewa = await a_mentor(db, cast)
    meeting = await a_meeting(db, cast, ewa)
    calendar = await added(db, ewa.person, says(TEN, uid=public_uid(ewa.id, meeting)), mentor_id=ewa.id)
    assert (calendar.busy, calendar.clashes) == (0, [])
    await read_again(db, calendar.id, says(ELEVEN))
    key: UUID = await sql(db, "SELECT id FROM outside_busy WHERE calendar_id = $1", calendar.id)  # type: ignore[assignment]
    await read_again(db, calendar.id, says(ELEVEN, uid=public_uid(ewa.id, key)))
    assert await taken(db, ewa.resource_id) == []


async def test_a_joined_room_takes_its_parts(db: Database, cast: Cast) -> None:
    await added(db, cast.coordinator, says(TEN), space_id=cast.room_la)
    for room in (cast.room_l, cast.room_a):
        resource: int = await sql(db, "SELECT resource_id FROM space WHERE id = $1", room)  # type: ignore[assignment]
        assert await taken(db, resource) == [TEN]


async def test_an_import_and_a_booking_of_the_same_hour_and_one_has_it(db: Database, cast: Cast) -> None:
    ewa = await a_mentor(db, cast)
    await credit(db, cast.acme, 6000)
    calendar = await added(db, ewa.person, says(), mentor_id=ewa.id)
    for day in range(8):
        hour = TEN.moved(timedelta(days=day + 1 if day < 3 else day + 3))
        wishes = [met(db, cast.member, order(ewa, cast, hour, organisation_id=cast.acme)) for _ in range(4)]
        outcome = await asyncio.gather(*wishes, read_again(db, calendar.id, says(hour)), return_exceptions=True)
        booked = sum(not isinstance(one, BaseException) for one in outcome[:-1])
        assert outcome[-1] is None
        there = [one for one in await taken(db, ewa.resource_id) if one.overlaps(hour)]
        meetings = [one for one in await taken(db, ewa.resource_id, "meeting") if one.overlaps(hour)]
        assert (booked, len(there)) in {(1, 0), (0, 1)} and len(meetings) == booked
    assert await complaints(db) == []


async def test_two_readings_at_once_leave_one_state(db: Database, cast: Cast) -> None:
    ewa = await a_mentor(db, cast)
    calendar = await added(db, ewa.person, says(), mentor_id=ewa.id)
    other = await added(db, ewa.person, says(), mentor_id=ewa.id, address=address_of("https://other.example/ewa.ics"))
    hours = [tuesday(f"{hour}:00", f"{hour}:30") for hour in range(8, 20)]
    for turn in range(6):
        await asyncio.gather(
            *(read_again(db, key, says(*hours[turn : turn + 5])) for key in (calendar.id, other.id) for _ in range(3))
        )
        assert merged(await taken(db, ewa.resource_id)) == hours[turn : turn + 5]


async def test_nobody_else_sees_or_changes_a_calendar(db: Database, cast: Cast) -> None:
    ewa = await a_mentor(db, cast)
    calendar = await added(db, ewa.person, says(TEN), mentor_id=ewa.id)
    for who in (cast.member, cast.other_coordinator, cast.office):
        actor = await acting(db, who)
        with pytest.raises(NotYours):
            await added(db, who, says(TEN), mentor_id=ewa.id)
        with pytest.raises(NotYours):
            await added(db, who, says(TEN), space_id=cast.room_s)
        async with transaction(db) as tx:
            with pytest.raises(NoSuchCalendar):
                await remove_calendar(tx, actor=actor, calendar_id=calendar.id, now=NOW)
            with pytest.raises(NotYours):
                await calendars_of(tx, actor=actor, mentor_id=ewa.id, now=NOW)
    coordinator = await acting(db, cast.coordinator)
    await attempt(db, lambda tx: remove_calendar(tx, actor=coordinator, calendar_id=calendar.id, now=NOW))
    assert len(await mails(db)) == 1


async def test_the_same_address_twice_and_too_many(db: Database, cast: Cast) -> None:
    ewa = await a_mentor(db, cast)
    await added(db, ewa.person, says(), mentor_id=ewa.id)
    with pytest.raises(CalendarKnown):
        await added(db, ewa.person, says(), mentor_id=ewa.id)
    outcome = await asyncio.gather(
        *(
            added(db, ewa.person, says(), mentor_id=ewa.id, address=address_of(f"https://c{n}.example/"))
            for n in range(8)
        ),
        return_exceptions=True,
    )
    assert sum(isinstance(one, TooManyCalendars) for one in outcome) == 4
    assert await count(db, "outside_calendar") == 5


async def test_history_and_rows_know_neither_address_nor_title(db: Database, cast: Cast) -> None:
    ewa = await a_mentor(db, cast)
    await added(db, ewa.person, says(TEN), mentor_id=ewa.id)
    row = await sql(db, "SELECT history::text FROM history WHERE verb = 'add_outside_calendar'")
    assert "hush" not in str(row) and "Uczelnia" not in str(row)


async def test_who_ends_as_a_mentor_has_no_calendars(db: Database, cast: Cast) -> None:
    ewa = await a_mentor(db, cast)
    await added(db, ewa.person, says(TEN), mentor_id=ewa.id)
    actor = await acting(db, cast.coordinator)
    await attempt(db, lambda tx: retire_mentor(tx, actor=actor, mentor_id=ewa.id, now=NOW))
    await attempt(db, lambda tx: drop_ended(tx, now=NOW))
    assert await count(db, "outside_calendar") == 0 and await taken(db, ewa.resource_id) == []


async def test_an_absence_has_right_of_way_and_the_time_comes_back_after_it(db: Database, cast: Cast) -> None:
    ewa = await a_mentor(db, cast)
    calendar = await added(db, ewa.person, says(MORNING), mentor_id=ewa.id)
    actor = await acting(db, ewa.person)
    away = await attempt(
        db, lambda tx: be_away(tx, actor=actor, mentor_id=ewa.id, period=tuesday("10:00", "16:00"), now=NOW)
    )
    assert await taken(db, ewa.resource_id, "block") == [tuesday("10:00", "16:00")]
    assert await taken(db, ewa.resource_id) == [tuesday("8:00", "10:00")]
    await round_of(db)
    await attempt(db, lambda tx: come_back(tx, actor=actor, absence_id=away.id, now=NOW))
    await round_of(db)
    assert merged(await taken(db, ewa.resource_id)) == [MORNING]
    await read_again(db, calendar.id, replace(says(), contents=None))
    assert merged(await taken(db, ewa.resource_id)) == [MORNING]
    assert await complaints(db) == []


async def test_a_block_has_right_of_way_too(db: Database, cast: Cast) -> None:
    await added(db, cast.coordinator, says(MORNING), space_id=cast.room_s)
    actor = await acting(db, cast.coordinator)
    await attempt(
        db,
        lambda tx: block(
            tx, actor=actor, space_id=cast.room_s, period=tuesday("10:00", "16:00"), reason="Malowanie", now=NOW
        ),
    )
    resource: int = await sql(db, "SELECT resource_id FROM space WHERE id = $1", cast.room_s)  # type: ignore[assignment]
    assert await taken(db, resource, "block") == [tuesday("10:00", "16:00")]
    assert await taken(db, resource) == [tuesday("8:00", "10:00")]
    assert await complaints(db) == []


def test_what_is_asked_of_a_file() -> None:
    asked = window(NOW)
    assert asked.start == NOW - timedelta(hours=9) and asked.length == timedelta(days=DAYS)
