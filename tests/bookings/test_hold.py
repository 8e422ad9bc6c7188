"""Holding and booking a space: what is taken is taken once, and what is written is written whole."""

import asyncio
from collections import Counter
from datetime import date, timedelta
from uuid import uuid4

import pytest

from incubator.bookings.draft import NotAMember
from incubator.bookings.hold import hold
from incubator.bookings.place import QuotaSpent, SlotTaken
from incubator.bookings.rules import NotWelcome, OutsideOpeningHours
from incubator.bookings.states import State
from incubator.bookings.views import BookingView
from incubator.db.engine import Database, statement, transaction
from incubator.db.versions import version_of
from incubator.kernel.errors import Refusal
from incubator.kernel.period import Period
from incubator.people.actor import Actor
from incubator.places.queries import NoSuchSpace
from tests.cast import Cast, Person, acting, change
from tests.moments import NOW, on, tuesday


async def book(db: Database, who: Person | Actor, space: object, period: Period, **said: object) -> BookingView:
    """Hold outside of any transaction, as the API does."""
    actor = who if isinstance(who, Actor) else await acting(db, who)
    async with statement(db) as tx:
        return await hold(tx, actor=actor, space_id=space, period=period, now=NOW, **said)  # type: ignore[arg-type]


async def test_a_hold_lapses_after_the_spaces_minutes(db: Database, cast: Cast) -> None:
    held = await book(db, cast.member, cast.room_l, tuesday("10:00", "11:00"), organisation_id=cast.acme)
    assert held.state == State.HELD
    assert held.hold_expires_at == NOW + timedelta(minutes=15)
    assert held.organisation_name == "Acme"


async def test_outright_is_confirmed_at_once_and_leaves_history_and_versions(db: Database, cast: Cast) -> None:
    booked = await book(db, cast.member, cast.room_l, tuesday("10:00", "11:00"), outright=True)
    async with statement(db) as tx:
        assert await tx.fetchval("SELECT verb FROM history WHERE subject_id = $1", booked.id) == "book"
        assert await tx.fetchval("SELECT state FROM occupancy WHERE subject_id = $1", booked.id) == "firm"
        assert await version_of(tx, [cast.room_l]) == 1
        assert await version_of(tx, [cast.member.id]) == 1


async def test_second_hold_of_the_same_hour_is_refused(db: Database, cast: Cast) -> None:
    await book(db, cast.member, cast.room_l, tuesday("10:00", "11:00"))
    with pytest.raises(SlotTaken):
        await book(db, cast.stranger, cast.room_l, tuesday("10:30", "11:30"))


async def test_neighbours_touch_without_overlap(db: Database, cast: Cast) -> None:
    await book(db, cast.member, cast.room_l, tuesday("10:00", "11:00"))
    await book(db, cast.stranger, cast.room_l, tuesday("11:00", "12:00"))


async def test_turnaround_is_kept_free_after_a_booking(db: Database, cast: Cast) -> None:
    async with transaction(db) as tx:
        await change(tx, cast.room_l, turnaround_minutes=30)
    booked = await book(db, cast.member, cast.room_l, tuesday("10:00", "11:00"))
    assert booked.period == tuesday("10:00", "11:00")
    with pytest.raises(SlotTaken):
        await book(db, cast.stranger, cast.room_l, tuesday("11:00", "12:00"))
    await book(db, cast.stranger, cast.room_l, tuesday("11:30", "12:00"))


async def test_joined_room_takes_its_parts_or_nothing(db: Database, cast: Cast) -> None:
    await book(db, cast.member, cast.room_a, tuesday("10:00", "11:00"))
    with pytest.raises(SlotTaken):
        await book(db, cast.stranger, cast.room_la, tuesday("10:00", "12:00"))
    async with statement(db) as tx:
        assert await tx.fetchval("SELECT count(*) FROM occupancy") == 1
        assert await tx.fetchval("SELECT count(*) FROM booking") == 1
    await book(db, cast.stranger, cast.room_l, tuesday("10:00", "12:00"))


async def test_part_cannot_be_had_while_the_joined_room_is_taken(db: Database, cast: Cast) -> None:
    await book(db, cast.member, cast.room_la, tuesday("10:00", "11:00"))
    for part in (cast.room_l, cast.room_a):
        with pytest.raises(SlotTaken):
            await book(db, cast.stranger, part, tuesday("10:00", "11:00"))
    await book(db, cast.stranger, cast.room_s, tuesday("10:00", "11:00"))


async def test_lapsed_hold_gives_way_without_waiting_for_the_job(db: Database, cast: Cast) -> None:
    held = await book(db, cast.member, cast.room_l, tuesday("10:00", "11:00"))
    later = NOW + timedelta(minutes=16)
    async with statement(db) as tx:
        await hold(tx, actor=await acting(db, cast.stranger), space_id=cast.room_l, period=held.period, now=later)
        assert await tx.fetchval("SELECT state FROM booking WHERE id = $1", held.id) == "expired"


async def test_request_that_does_not_block_leaves_the_time_free(db: Database, cast: Cast) -> None:
    async with transaction(db) as tx:
        await change(tx, cast.room_l, needs_approval=True)
    first = await book(db, cast.member, cast.room_l, tuesday("10:00", "11:00"), outright=True)
    second = await book(db, cast.stranger, cast.room_l, tuesday("10:00", "11:00"), outright=True)
    assert {first.state, second.state} == {State.AWAITING_APPROVAL}


async def test_request_blocks_where_the_space_says_so(db: Database, cast: Cast) -> None:
    async with transaction(db) as tx:
        await change(tx, cast.room_l, needs_approval=True, pending_blocks=True)
    await book(db, cast.member, cast.room_l, tuesday("10:00", "11:00"), outright=True)
    with pytest.raises(SlotTaken):
        await book(db, cast.stranger, cast.room_l, tuesday("10:00", "11:00"), outright=True)


async def test_audience_is_kept(db: Database, cast: Cast) -> None:
    async with transaction(db) as tx:
        await change(tx, cast.room_l, audience=["startup"])
    with pytest.raises(NotWelcome):
        await book(db, cast.resident, cast.room_l, tuesday("10:00", "11:00"))
    await book(db, cast.member, cast.room_l, tuesday("10:00", "11:00"), organisation_id=cast.acme)


async def test_nobody_books_for_an_organisation_of_others(db: Database, cast: Cast) -> None:
    with pytest.raises(NotAMember):
        await book(db, cast.stranger, cast.room_l, tuesday("10:00", "11:00"), organisation_id=cast.acme)


async def test_unknown_and_retired_spaces_are_not_there(db: Database, cast: Cast) -> None:
    async with transaction(db) as tx:
        await change(tx, cast.room_l, retired_at=NOW)
    for space in (uuid4(), cast.room_l):
        with pytest.raises(NoSuchSpace):
            await book(db, cast.member, space, tuesday("10:00", "11:00"))


async def test_christmas_eve_is_a_holiday(db: Database, cast: Cast) -> None:
    async with transaction(db) as tx:
        await change(tx, cast.room_l, horizon_days=200)
        await tx.execute("INSERT INTO public_holiday VALUES ('2026-12-24', 'Wigilia', 'Christmas Eve')")
    with pytest.raises(OutsideOpeningHours):
        await book(db, cast.member, cast.room_l, on(date(2026, 12, 24), "10:00", "11:00"))
    await book(db, cast.member, cast.room_l, on(date(2026, 12, 23), "10:00", "11:00"))


async def round_the_clock(db: Database, space: object, **rules: object) -> None:
    async with transaction(db) as tx:
        for weekday in range(1, 8):
            await tx.execute(
                "INSERT INTO weekly_hours (space_id, weekday, opens, closes) VALUES ($1, $2, 0, 1440)", space, weekday
            )
        await change(tx, space, horizon_days=400, closed_on_holidays=False, **rules)  # type: ignore[arg-type]


async def test_booking_may_run_across_midnight_and_over_several_days(db: Database, cast: Cast) -> None:
    await round_the_clock(db, cast.office_space, longest_minutes=7 * 1440)
    night = await book(db, cast.member, cast.office_space, on(date(2026, 9, 8), "22:00", "02:00"))
    assert night.period.minutes == 240
    week = Period(on(date(2026, 9, 14), "00:00", "01:00").start, on(date(2026, 9, 18), "00:00", "01:00").start)
    assert (await book(db, cast.member, cast.office_space, week)).period.minutes == 4 * 1440


@pytest.mark.parametrize(
    ("day", "minutes"), [(date(2026, 10, 25), 5 * 60), (date(2027, 3, 28), 3 * 60)], ids=["autumn", "spring"]
)
async def test_clock_change_nights_count_real_time(db: Database, cast: Cast, day: date, minutes: int) -> None:
    await round_the_clock(db, cast.office_space)
    night = await book(db, cast.member, cast.office_space, on(day, "00:00", "04:00"))
    assert night.period.minutes == minutes


async def quota(db: Database, cast: Cast, *spaces: object, minutes: int = 120, unit: str = "week") -> None:
    async with transaction(db) as tx:
        key = await tx.fetchval(
            "INSERT INTO quota (incubator_id, name, unit, organisation_minutes, person_minutes)"
            " VALUES ($1, 'q', $2, $3, $3) RETURNING id",
            cast.las,
            unit,
            minutes,
        )
        for space in spaces:
            await change(tx, space, quota_id=key)  # type: ignore[arg-type]


async def test_quota_counts_hours_over_all_its_spaces_and_members(db: Database, cast: Cast) -> None:
    await quota(db, cast, cast.room_l, cast.room_s)
    await book(db, cast.member, cast.room_l, tuesday("10:00", "11:00"), organisation_id=cast.acme)
    await book(db, cast.colleague, cast.room_s, tuesday("10:00", "11:00"), organisation_id=cast.acme)
    with pytest.raises(QuotaSpent):
        await book(db, cast.owner, cast.room_l, tuesday("12:00", "12:30"), organisation_id=cast.acme)
    await book(db, cast.owner, cast.room_l, on(date(2026, 9, 15), "12:00", "12:30"), organisation_id=cast.acme)
    await book(db, cast.member, cast.room_l, tuesday("12:00", "13:00"))


async def test_refused_by_quota_leaves_nothing_taken(db: Database, cast: Cast) -> None:
    await quota(db, cast, cast.room_l, minutes=30)
    with pytest.raises(QuotaSpent):
        await book(db, cast.member, cast.room_l, tuesday("10:00", "11:00"))
    async with statement(db) as tx:
        assert await tx.fetchval("SELECT count(*) FROM occupancy") == 0
        assert await tx.fetchval("SELECT count(*) FROM history") == 0


async def attempts(db: Database, wishes: list[tuple[Actor, object, Period]], **said: object) -> Counter[str]:
    """How many of these, asked at once, were booked, and what the others were told."""

    async def one(actor: Actor, space: object, period: Period) -> str:
        try:
            await book(db, actor, space, period, **said)
        except Refusal as refusal:
            return refusal.code
        return "booked"

    return Counter(await asyncio.gather(*(one(*wish) for wish in wishes)))


async def test_race_for_one_hour_has_one_winner(db: Database, cast: Cast) -> None:
    actor = await acting(db, cast.member)
    told = await attempts(db, [(actor, cast.room_l, tuesday("10:00", "11:00"))] * 60, outright=True)
    assert told == {"booked": 1, "slot_taken": 59}


async def test_race_of_joined_rooms_that_share_a_part_has_one_winner(db: Database, cast: Cast) -> None:
    actor = await acting(db, cast.member)
    hour = tuesday("10:00", "11:00")
    told = await attempts(db, [(actor, space, hour) for space in (cast.room_la, cast.room_a) * 20])
    assert told == {"booked": 1, "slot_taken": 39}


async def test_race_for_the_last_quota_hour_has_one_winner(db: Database, cast: Cast) -> None:
    await quota(db, cast, cast.room_l, cast.room_a, cast.room_s, minutes=60)
    actor = await acting(db, cast.member)
    wishes = [
        (actor, space, tuesday(f"{hour}:00", f"{hour + 1}:00"))
        for space in (cast.room_l, cast.room_a, cast.room_s)
        for hour in range(10, 18)
    ]
    told = await attempts(db, wishes, organisation_id=cast.acme)
    assert told == {"booked": 1, "quota_spent": 23}


async def test_rules_changed_after_they_were_read_are_kept_to(db: Database, cast: Cast) -> None:
    """What one process remembers of a space is never booked by once it is wrong, nor refused by."""
    await book(db, cast.member, cast.room_l, tuesday("10:00", "11:00"))
    async with transaction(db) as tx:
        await tx.execute("UPDATE weekly_hours SET opens = 720 WHERE weekday = 2")
    with pytest.raises(OutsideOpeningHours):
        await book(db, cast.member, cast.room_l, tuesday("11:00", "12:00"))
    async with transaction(db) as tx:
        await tx.execute("UPDATE weekly_hours SET opens = 480 WHERE weekday = 2")
    await book(db, cast.member, cast.room_l, tuesday("11:00", "12:00"))


async def test_no_booking_slips_under_a_closure_made_meanwhile(db: Database, cast: Cast) -> None:
    """A hundred bookings and a closure at once: all that stand were there before it."""
    actor = await acting(db, cast.member)
    wishes = [
        (actor, room, on(date(2026, 9, day), f"{hour}:00", f"{hour + 1}:00"))
        for room in (cast.room_l, cast.room_a, cast.room_s)
        for day in (8, 9, 10)
        for hour in range(8, 20)
    ]

    async def close() -> None:
        await asyncio.sleep(0.05)
        async with transaction(db) as tx:
            await tx.execute(
                "INSERT INTO closure (gmina_id, during, reason_pl, reason_en)"
                " VALUES ($1, '[2026-09-08, 2026-09-11)', 'awaria', '')",
                cast.niepolomice,
            )

    told, _ = await asyncio.gather(attempts(db, wishes, outright=True), close())
    assert set(told) <= {"booked", "outside_opening_hours", "rules_changed"}
    with pytest.raises(OutsideOpeningHours):
        await book(db, actor, cast.room_l, tuesday("8:00", "8:30"))
