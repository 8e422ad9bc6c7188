"""Blocks: a space is out of use, whoever wanted it is asked about, and never both have it."""

import asyncio
from collections import Counter
from datetime import timedelta
from uuid import UUID

import pytest

from incubator.bookings.approve import approve
from incubator.bookings.block import BlockNeedsReason, BlockTooLong, NotAFullMinute, block
from incubator.bookings.blocks import BlockView, blocks_in
from incubator.bookings.check_in import check_in
from incubator.bookings.hold import hold
from incubator.bookings.in_the_way import Answer, BookingsInTheWay
from incubator.bookings.join_line import join_line
from incubator.bookings.place import SlotTaken
from incubator.bookings.rules import InThePast
from incubator.bookings.unblock import unblock
from incubator.db.engine import Database, attempt, statement, transaction
from incubator.db.versions import version_of
from incubator.kernel.errors import Refusal
from incubator.kernel.period import Period, local_days
from incubator.people.guards import NotYours
from incubator.places.queries import NoSuchSpace
from incubator.places.reach import SpaceRetired
from tests.auditing import audit
from tests.bookings.test_hold import book
from tests.cast import Cast, Person, acting, change
from tests.moments import MONDAY, NOW, TUESDAY, tuesday

WHY = "Malowanie ścian"
BOTH = """
SELECT booking.id FROM booking JOIN block ON block.period && booking.period
WHERE booking.space_id <> $1 AND booking.state = 'confirmed'
"""


async def put(
    db: Database, who: Person, space: UUID, period: Period, answer: Answer = "ask", *, reason: str = WHY
) -> BlockView:
    """Block as the edges do, in a transaction of its own."""
    actor = await acting(db, who)
    return await attempt(
        db,
        lambda tx: block(tx, actor=actor, space_id=space, period=period, reason=reason, bookings=answer, now=NOW),
    )


async def state_of(db: Database, booking_id: UUID) -> str:
    async with statement(db) as tx:
        return str(await tx.fetchval("SELECT state FROM booking WHERE id = $1", booking_id))


async def mails(db: Database) -> list[tuple[str, str, str]]:
    async with statement(db) as tx:
        return [tuple(row) for row in await tx.fetch("SELECT recipient, subject, text FROM mail ORDER BY recipient")]


async def sound(db: Database) -> None:
    async with statement(db) as tx:
        assert await audit(tx) == []


async def test_a_block_takes_every_part_for_exactly_its_time(db: Database, cast: Cast) -> None:
    async with transaction(db) as tx:
        await change(tx, cast.room_l, turnaround_minutes=30)
    made = await put(db, cast.coordinator, cast.room_la, tuesday("10:07", "21:13"))
    assert (made.space_id, made.reason, made.created_by_name) == (cast.room_la, WHY, "Coordinator")
    async with statement(db) as tx:
        rows = await tx.fetch("SELECT purpose, state, during FROM occupancy WHERE subject_id = $1", made.id)
        assert {(row["purpose"], row["state"], row["during"].upper) for row in rows} == {
            ("block", "firm", tuesday("10:07", "21:13").end)
        }
        assert len(rows) == 2
        assert await tx.fetchval("SELECT verb FROM history WHERE subject_id = $1", made.id) == "block"
        assert [await version_of(tx, [key]) for key in (cast.room_l, cast.room_a, cast.room_s)] == [1, 1, 0]
    for room in (cast.room_l, cast.room_a, cast.room_la):
        with pytest.raises(SlotTaken):
            await book(db, cast.member, room, tuesday("12:00", "13:00"))
    await book(db, cast.member, cast.room_s, tuesday("12:00", "13:00"))
    await sound(db)


async def test_the_block_of_a_part_blocks_the_joined_room(db: Database, cast: Cast) -> None:
    await put(db, cast.coordinator, cast.room_a, tuesday("10:00", "12:00"))
    with pytest.raises(SlotTaken):
        await book(db, cast.member, cast.room_la, tuesday("11:00", "13:00"))


async def test_bookings_in_the_way_are_named_and_nothing_is_written(db: Database, cast: Cast) -> None:
    first = await book(
        db, cast.member, cast.room_a, tuesday("10:00", "11:00"), outright=True, organisation_id=cast.acme
    )
    second = await book(db, cast.resident, cast.room_la, tuesday("12:00", "13:00"))
    await book(db, cast.resident, cast.room_a, tuesday("14:00", "15:00"))
    for answer in ("ask", "keep"):
        with pytest.raises(BookingsInTheWay) as refused:
            await put(db, cast.coordinator, cast.room_a, tuesday("9:00", "14:00"), answer)  # type: ignore[arg-type]
        told = refused.value
        assert told.count == 2
        assert [(one.kind, one.id, one.who, one.space_id, one.state) for one in told.items] == [
            ("booking", first.id, "Acme", cast.room_a, "confirmed"),
            ("booking", second.id, "Resident", cast.room_la, "held"),
        ]
        assert all(one.can_be_cancelled for one in told.items)
    async with statement(db) as tx:
        assert await tx.fetchval("SELECT count(*) FROM block") == 0
    await sound(db)


async def test_a_turnaround_is_in_the_way_and_said_so(db: Database, cast: Cast) -> None:
    async with transaction(db) as tx:
        await change(tx, cast.room_l, turnaround_minutes=30)
    await book(db, cast.member, cast.room_l, tuesday("10:00", "11:00"))
    with pytest.raises(BookingsInTheWay) as refused:
        await put(db, cast.coordinator, cast.room_l, tuesday("11:00", "12:00"))
    assert refused.value.items[0].period == tuesday("10:00", "11:30")
    await put(db, cast.coordinator, cast.room_l, tuesday("11:30", "12:00"))


async def test_cancelled_for_a_block_they_are_told_why_in_one_mail_each(db: Database, cast: Cast) -> None:
    async with transaction(db) as tx:
        await tx.execute("UPDATE account SET locale = 'pl' WHERE id = $1", cast.resident.id)
    lost = [
        await book(db, cast.member, cast.room_l, tuesday("10:00", "11:00"), outright=True, title="Demo"),
        await book(db, cast.member, cast.room_la, tuesday("12:00", "13:00"), outright=True),
        await book(db, cast.resident, cast.room_l, tuesday("14:00", "15:00"), outright=True),
        await book(db, cast.resident, cast.room_l, tuesday("18:00", "19:00"), outright=True),
    ]
    await put(db, cast.coordinator, cast.room_l, tuesday("9:00", "16:00"), "cancel")
    assert [await state_of(db, one.id) for one in lost] == ["cancelled"] * 3 + ["confirmed"]
    (member, said, text), (resident, subject, polish) = await mails(db)
    assert (member, said) == (cast.member.email, "2 bookings of yours were cancelled")
    assert WHY in text and str(lost[0].id) in text and str(lost[1].id) in text
    assert resident == cast.resident.email and subject.startswith("Odwołan") and WHY in polish
    await sound(db)


async def test_a_lapsed_hold_gives_way_unasked_and_unwritten_to(db: Database, cast: Cast) -> None:
    held = await book(db, cast.member, cast.room_l, tuesday("10:00", "11:00"))
    actor, later = await acting(db, cast.coordinator), NOW + timedelta(minutes=16)
    async with transaction(db) as tx:
        await block(tx, actor=actor, space_id=cast.room_l, period=tuesday("9:00", "12:00"), reason=WHY, now=later)
    assert await state_of(db, held.id) == "expired"
    assert await mails(db) == []
    await sound(db)


async def test_another_block_and_people_who_are_there_are_never_cancelled(db: Database, cast: Cast) -> None:
    here = await book(db, cast.member, cast.room_l, Period(NOW, NOW + timedelta(hours=1)), outright=True)
    async with transaction(db) as tx:
        await check_in(tx, actor=await acting(db, cast.member), booking_id=here.id, now=NOW)
    with pytest.raises(BookingsInTheWay) as refused:
        await put(db, cast.coordinator, cast.room_l, Period(NOW, NOW + timedelta(hours=3)), "cancel")
    assert [one.can_be_cancelled for one in refused.value.items] == [False]
    other = await put(db, cast.coordinator, cast.room_l, tuesday("9:00", "12:00"), reason="Próba")
    with pytest.raises(BookingsInTheWay) as refused:
        await put(db, cast.coordinator, cast.room_la, tuesday("11:00", "13:00"), "cancel")
    assert [(one.kind, one.id, one.who) for one in refused.value.items] == [("block", other.id, "Coordinator")]


async def test_a_request_that_does_not_block_is_in_the_way_too(db: Database, cast: Cast) -> None:
    async with transaction(db) as tx:
        await change(tx, cast.room_l, needs_approval=True)
    asked = await book(db, cast.member, cast.room_l, tuesday("10:00", "11:00"), outright=True)
    with pytest.raises(BookingsInTheWay):
        await put(db, cast.coordinator, cast.room_l, tuesday("9:00", "12:00"))
    await put(db, cast.coordinator, cast.room_l, tuesday("9:00", "12:00"), "cancel")
    assert await state_of(db, asked.id) == "cancelled"
    late = await book(db, cast.member, cast.room_l, tuesday("10:00", "11:00"), outright=True)
    with pytest.raises(SlotTaken):
        async with transaction(db) as tx:
            await approve(tx, actor=await acting(db, cast.coordinator), booking_id=late.id, now=NOW)


async def test_what_the_block_leaves_over_is_offered_to_who_waits(db: Database, cast: Cast) -> None:
    await book(db, cast.member, cast.room_l, tuesday("10:00", "14:00"), outright=True)
    actor = await acting(db, cast.resident)
    for period in (tuesday("10:00", "12:00"), tuesday("12:00", "14:00")):
        async with transaction(db) as tx:
            await join_line(tx, actor=actor, space_id=cast.room_l, period=period, now=NOW)
    await put(db, cast.coordinator, cast.room_l, tuesday("9:00", "12:00"), "cancel")
    async with statement(db) as tx:
        states = await tx.fetch("SELECT state FROM waitlist_entry ORDER BY lower(period)")
    assert [row["state"] for row in states] == ["waiting", "offered"]
    await sound(db)


@pytest.mark.parametrize(
    ("period", "reason", "refusal"),
    [
        (tuesday("10:00", "11:00"), " ", BlockNeedsReason),
        (Period(NOW - timedelta(minutes=1), NOW + timedelta(hours=1)), WHY, InThePast),
        (tuesday("10:00", "11:00").extended(timedelta(seconds=1)), WHY, NotAFullMinute),
        (local_days(TUESDAY, 367), WHY, BlockTooLong),
    ],
)
async def test_a_block_that_makes_no_sense(
    db: Database, cast: Cast, period: Period, reason: str, refusal: type[Refusal]
) -> None:
    with pytest.raises(refusal):
        await put(db, cast.coordinator, cast.room_l, period, reason=reason)


async def test_a_block_may_last_a_year_and_begin_in_this_minute(db: Database, cast: Cast) -> None:
    await put(db, cast.coordinator, cast.room_l, local_days(TUESDAY, 366))
    actor = await acting(db, cast.coordinator)
    async with transaction(db) as tx:
        now = NOW + timedelta(seconds=59)
        await block(
            tx,
            actor=actor,
            space_id=cast.room_s,
            period=Period(NOW, NOW + timedelta(minutes=1)),
            reason=WHY,
            now=now,
        )


async def test_only_who_runs_the_place_may_block_and_take_back(db: Database, cast: Cast) -> None:
    made = await put(db, cast.coordinator, cast.room_l, tuesday("10:00", "12:00"))
    for who in (cast.member, cast.stranger, cast.other_coordinator, cast.office):
        with pytest.raises(NotYours):
            await put(db, who, cast.room_l, tuesday("13:00", "14:00"))
        actor = await acting(db, who)
        with pytest.raises(NotYours):
            async with transaction(db) as tx:
                await unblock(tx, actor=actor, block_id=made.id, now=NOW)
        async with statement(db) as tx:
            assert await blocks_in(tx, actor=actor, incubator_id=cast.las, span=local_days(MONDAY, 7)) == []
    async with statement(db) as tx:
        for who in (cast.coordinator, cast.administrator):
            actor = await acting(db, who)
            assert await blocks_in(tx, actor=actor, incubator_id=cast.las, span=local_days(MONDAY, 7)) == [made]
        assert await blocks_in(tx, actor=actor, incubator_id=cast.rynek, span=local_days(MONDAY, 7)) == []
        assert await blocks_in(tx, actor=actor, incubator_id=cast.las, span=local_days(MONDAY, 1)) == []


async def test_retired_and_unknown_spaces_are_not_blocked(db: Database, cast: Cast) -> None:
    async with transaction(db) as tx:
        await change(tx, cast.room_s, retired_at=NOW)
    with pytest.raises(SpaceRetired):
        await put(db, cast.coordinator, cast.room_s, tuesday("10:00", "11:00"))
    with pytest.raises(NoSuchSpace):
        await put(db, cast.coordinator, cast.las, tuesday("10:00", "11:00"))


@pytest.mark.parametrize("answer", ["ask", "cancel"])
async def test_race_of_a_block_with_bookings_is_won_by_one_side(db: Database, cast: Cast, answer: Answer) -> None:
    """Real commits: whoever has the time, the others do not."""
    actor = await acting(db, cast.member)
    periods = [tuesday(f"{hour}:00", f"{hour + 1}:00") for hour in range(8, 20)]

    async def wish(turn: int) -> str:
        await asyncio.sleep(turn % 7 * 0.003)
        room = (cast.room_l, cast.room_la, cast.room_a)[turn % 3]
        try:
            async with statement(db) as tx:
                await hold(tx, actor=actor, space_id=room, period=periods[turn % 12], outright=True, now=NOW)
        except Refusal as refusal:
            return refusal.code
        return "booked"

    async def stop() -> str:
        await asyncio.sleep(0.008)
        try:
            await put(db, cast.coordinator, cast.room_l, tuesday("9:00", "17:00"), answer)
        except Refusal as refusal:
            return refusal.code
        return "blocked"

    stopped, *told = await asyncio.gather(stop(), *(wish(turn) for turn in range(60)))
    assert set(told) <= {"booked", "slot_taken"}
    assert stopped == "blocked" if answer == "cancel" else stopped in {"blocked", "bookings_in_the_way"}
    async with statement(db) as tx:
        both = await tx.fetch(BOTH, cast.room_a)
    assert both == [], Counter(told)
    await sound(db)
