"""What is foreseen of a series is what becomes of it."""

from datetime import date, timedelta
from uuid import UUID

import pytest

from incubator.bookings.draft import NotAMember
from incubator.bookings.foresee import foresee
from incubator.bookings.series_rules import Pattern, occurrences
from incubator.db.engine import Database, statement, transaction
from incubator.kernel.period import local_midnight
from tests.bookings.test_series import FOUR_TUESDAYS, again, book, give_quota, states
from tests.cast import Cast, Person, acting, change
from tests.credits.cast import TO, put_credit
from tests.moments import NOW, TUESDAY, on


async def foreseen(db: Database, who: Person, space: UUID, pattern: Pattern, **said: object) -> list[str]:
    actor = await acting(db, who)
    async with statement(db) as tx:
        dates = await foresee(tx, actor=actor, space_id=space, periods=occurrences(pattern), now=NOW, **said)  # type: ignore[arg-type]
    return [one.code or "confirmed" for one in dates]


async def test_taken_closed_and_far_dates_are_seen_before(db: Database, cast: Cast) -> None:
    async with transaction(db) as tx:
        await change(tx, cast.room_l, horizon_days=120, turnaround_minutes=30)
        await tx.execute("INSERT INTO public_holiday (day, name_pl, name_en) VALUES ('2026-12-24', '', '')")
    await book(db, cast.stranger, cast.room_l, on(date(2026, 12, 17), "12:00", "13:00"))
    thursdays = Pattern(first_day=date(2026, 12, 10), weekdays=(4,), start_minute=600, length_minutes=120, count=5)
    told = await foreseen(db, cast.member, cast.room_l, thursdays)
    assert told == ["confirmed", "slot_taken", "outside_opening_hours", "confirmed", "too_far_ahead"]
    assert told == states(await again(db, cast.member, cast.room_l, thursdays))


async def test_a_joined_room_is_seen_as_taken_with_its_part(db: Database, cast: Cast) -> None:
    await book(db, cast.stranger, cast.room_a, on(TUESDAY + timedelta(weeks=1), "11:00", "13:00"))
    told = await foreseen(db, cast.member, cast.room_la, FOUR_TUESDAYS)
    assert told == ["confirmed", "slot_taken", "confirmed", "confirmed"]
    assert told == states(await again(db, cast.member, cast.room_la))


async def test_the_quota_is_seen_to_run_out(db: Database, cast: Cast) -> None:
    await give_quota(db, cast, minutes=240)
    await book(db, cast.member, cast.room_s, on(TUESDAY, "8:00", "9:00"))
    daily = Pattern(first_day=TUESDAY, weekdays=(1, 2, 3, 4, 5), start_minute=600, length_minutes=120, count=7)
    told = await foreseen(db, cast.member, cast.room_l, daily)
    assert told == ["confirmed", *["quota_spent"] * 3, "confirmed", "confirmed", "quota_spent"]
    assert told == states(await again(db, cast.member, cast.room_l, daily))
    assert await foreseen(db, cast.colleague, cast.room_s, daily, organisation_id=cast.acme) == [
        "confirmed",
        "confirmed",
        *["quota_spent"] * 2,
        "confirmed",
        "confirmed",
        "quota_spent",
    ], "the organisation's quota is another than a private person's"


async def test_what_was_granted_is_seen_to_be_drawn_first(db: Database, cast: Cast) -> None:
    await give_quota(db, cast, minutes=120)
    for granted, end in ((120, local_midnight(TUESDAY + timedelta(days=2))), (250, TO)):
        await put_credit(db, cast.acme, granted=granted, end=end)
    await put_credit(db, cast.acme, granted=999, gmina=cast.skawina)
    daily = Pattern(first_day=TUESDAY, weekdays=(1, 2, 3, 4, 5), start_minute=600, length_minutes=120, count=6)
    told = await foreseen(db, cast.member, cast.room_l, daily, organisation_id=cast.acme)
    assert told == ["confirmed"] * 5 + ["quota_spent"], "one by the first, two by the second, one a week by the quota"
    assert told == states(await again(db, cast.member, cast.room_l, daily, organisation_id=cast.acme))


async def test_a_turnaround_keeps_days_in_a_row_apart(db: Database, cast: Cast) -> None:
    async with transaction(db) as tx:
        await change(tx, cast.office_space, longest_minutes=1440, turnaround_minutes=30)
        await tx.execute(
            "INSERT INTO weekly_hours (space_id, weekday, opens, closes) SELECT $1, d, 0, 1440 FROM generate_series(1, 7) d",
            cast.office_space,
        )
    daily = Pattern(first_day=TUESDAY, weekdays=(1, 2, 3, 4, 5, 6, 7), start_minute=360, length_minutes=1440, count=4)
    told = await foreseen(db, cast.member, cast.office_space, daily)
    assert told == ["confirmed", "slot_taken", "confirmed", "slot_taken"]
    assert told == states(await again(db, cast.member, cast.office_space, daily))


async def test_a_request_may_be_made_for_a_taken_time(db: Database, cast: Cast) -> None:
    await book(db, cast.stranger, cast.room_l, on(TUESDAY, "10:00", "12:00"))
    async with transaction(db) as tx:
        await change(tx, cast.room_l, needs_approval=True)
    assert await foreseen(db, cast.member, cast.room_l, FOUR_TUESDAYS) == ["confirmed"] * 4
    async with transaction(db) as tx:
        await change(tx, cast.room_l, pending_blocks=True)
    assert (await foreseen(db, cast.member, cast.room_l, FOUR_TUESDAYS))[0] == "slot_taken"


async def test_what_is_over_too_crowded_or_not_ones_own(db: Database, cast: Cast) -> None:
    past = Pattern(first_day=TUESDAY - timedelta(weeks=1), weekdays=(2,), start_minute=600, length_minutes=60, count=2)
    assert await foreseen(db, cast.member, cast.room_l, past) == ["in_the_past", "confirmed"]
    assert await foreseen(db, cast.member, cast.room_s, past, attendees=13) == ["in_the_past", "too_many_people"]
    far = Pattern(first_day=date(2150, 1, 1), weekdays=(2,), start_minute=600, length_minutes=60, count=2)
    assert await foreseen(db, cast.member, cast.room_l, far) == ["too_far_ahead"] * 2
    with pytest.raises(NotAMember):
        await foreseen(db, cast.member, cast.room_l, past, organisation_id=cast.rival)


async def test_looking_holds_nothing(db: Database, cast: Cast) -> None:
    await foreseen(db, cast.member, cast.room_l, FOUR_TUESDAYS)
    async with statement(db) as tx:
        for table in ("booking", "series", "series_skip", "occupancy", "quota_use", "mail"):
            assert await tx.fetchval(f"SELECT count(*) FROM {table}") == 0
