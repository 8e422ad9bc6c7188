"""The waiting list: whatever frees a time, the first in line gets a hold of it, and only they."""

import asyncio
from datetime import datetime, timedelta

import pytest

from incubator.bookings.cancel import cancel
from incubator.bookings.confirm import confirm
from incubator.bookings.expire import expire_overdue
from incubator.bookings.hold import hold
from incubator.bookings.join_line import MOST, AlreadyInLine, FreeNow, TooManyWishes, join_line
from incubator.bookings.leave_line import leave_line
from incubator.bookings.offer_next import offers_due
from incubator.bookings.place import SlotTaken
from incubator.bookings.queries import booking_for
from incubator.bookings.reschedule import reschedule
from incubator.bookings.rules import OutsideOpeningHours
from incubator.bookings.states import State
from incubator.bookings.views import BookingView
from incubator.bookings.waitlist import InLine, NotInLine, WaitlistView, wish_for, wishes_in, wishes_of
from incubator.db.engine import Database, attempt, statement, transaction
from incubator.kernel.period import Period
from tests.cast import Cast, Person, acting, change
from tests.moments import NOW, tuesday

TEN = tuesday("10:00", "11:00")
LATER = NOW + timedelta(minutes=1)


async def book(db: Database, who: Person, space: object, period: Period = TEN, now: datetime = NOW) -> BookingView:
    actor = await acting(db, who)
    async with statement(db) as tx:
        return await hold(tx, actor=actor, space_id=space, period=period, outright=True, now=now)  # type: ignore[arg-type]


async def wait(db: Database, who: Person, space: object, period: Period = TEN, now: datetime = NOW) -> WaitlistView:
    actor = await acting(db, who)
    return await attempt(
        db,
        lambda tx: join_line(tx, actor=actor, space_id=space, period=period, now=now),  # type: ignore[arg-type]
    )


async def undo(db: Database, who: Person, booking: BookingView, now: datetime = LATER) -> None:
    actor = await acting(db, who)
    await attempt(db, lambda tx: cancel(tx, actor=actor, booking_id=booking.id, reason="x", now=now))


async def look(db: Database, who: Person, wish: WaitlistView, now: datetime = LATER) -> WaitlistView:
    actor = await acting(db, who)
    async with statement(db) as tx:
        return await wish_for(tx, actor=actor, entry_id=wish.id, now=now)


async def test_a_cancelled_time_is_held_for_the_first_in_line(db: Database, cast: Cast) -> None:
    taken = await book(db, cast.stranger, cast.room_l)
    first, second = await wait(db, cast.member, cast.room_l), await wait(db, cast.colleague, cast.room_l, now=LATER)
    assert (first.place, second.place) == (1, 2)
    await undo(db, cast.stranger, taken)

    first, second = await look(db, cast.member, first), await look(db, cast.colleague, second)
    assert (first.state, second.state) == (InLine.OFFERED, InLine.WAITING)
    assert second.place == 1
    member = await acting(db, cast.member)
    assert first.booking_id is not None
    async with transaction(db) as tx:
        offer = await booking_for(tx, actor=member, booking_id=first.booking_id)
        assert offer.state == State.HELD and offer.hold_expires_at == LATER + timedelta(hours=2)
        mail = await tx.fetchrow("SELECT recipient, subject FROM mail WHERE subject LIKE 'It is free now%'")
        assert mail is not None and mail["recipient"] == "member@example.com"
        assert (await confirm(tx, actor=member, booking_id=offer.id, now=LATER)).state == State.CONFIRMED
    assert (await look(db, cast.member, first)).state == InLine.TAKEN


async def test_an_offer_that_lapses_goes_to_the_next(db: Database, cast: Cast) -> None:
    taken = await book(db, cast.stranger, cast.room_l)
    first, second = await wait(db, cast.member, cast.room_l), await wait(db, cast.colleague, cast.room_l, now=LATER)
    await undo(db, cast.stranger, taken)
    over = LATER + timedelta(hours=2)
    async with transaction(db) as tx:
        assert len(await expire_overdue(tx, now=over)) == 1
    assert (await look(db, cast.member, first, over)).state == InLine.LAPSED
    assert (await look(db, cast.colleague, second, over)).state == InLine.OFFERED


async def test_whoever_comes_upon_a_lapsed_offer_does_not_jump_the_line(db: Database, cast: Cast) -> None:
    taken = await book(db, cast.stranger, cast.room_l)
    await wait(db, cast.member, cast.room_l)
    second = await wait(db, cast.colleague, cast.room_l, now=LATER)
    await undo(db, cast.stranger, taken)
    over = LATER + timedelta(hours=3)
    with pytest.raises(SlotTaken):
        await book(db, cast.stranger, cast.room_l, now=over)
    assert (await look(db, cast.colleague, second, over)).state == InLine.OFFERED


async def test_an_offer_given_up_goes_to_the_next(db: Database, cast: Cast) -> None:
    taken = await book(db, cast.stranger, cast.room_l)
    first, second = await wait(db, cast.member, cast.room_l), await wait(db, cast.colleague, cast.room_l, now=LATER)
    await undo(db, cast.stranger, taken)
    member = await acting(db, cast.member)
    async with transaction(db) as tx:
        assert (await leave_line(tx, actor=member, entry_id=first.id, now=LATER)).state == InLine.LEFT
        assert (await leave_line(tx, actor=member, entry_id=first.id, now=LATER)).state == InLine.LEFT
    assert (await look(db, cast.colleague, second)).state == InLine.OFFERED
    await wait(db, cast.member, cast.room_l, now=LATER)


async def test_a_time_freed_by_moving_is_offered(db: Database, cast: Cast) -> None:
    taken = await book(db, cast.stranger, cast.room_l)
    wish = await wait(db, cast.member, cast.room_l)
    stranger = await acting(db, cast.stranger)
    async with transaction(db) as tx:
        await reschedule(tx, actor=stranger, booking_id=taken.id, period=tuesday("10:30", "11:30"), now=LATER)
    assert (await look(db, cast.member, wish)).state == InLine.WAITING
    async with transaction(db) as tx:
        await reschedule(tx, actor=stranger, booking_id=taken.id, period=tuesday("14:00", "15:00"), now=LATER)
    assert (await look(db, cast.member, wish)).state == InLine.OFFERED


async def test_a_joined_room_is_offered_when_its_last_part_is_free(db: Database, cast: Cast) -> None:
    left, right = await book(db, cast.stranger, cast.room_l), await book(db, cast.stranger, cast.room_a)
    wish = await wait(db, cast.member, cast.room_la)
    await undo(db, cast.stranger, left)
    assert (await look(db, cast.member, wish)).state == InLine.WAITING
    await undo(db, cast.stranger, right)
    assert (await look(db, cast.member, wish)).state == InLine.OFFERED


async def test_a_turnaround_in_the_way_counts_as_taken(db: Database, cast: Cast) -> None:
    async with transaction(db) as tx:
        await change(tx, cast.room_l, turnaround_minutes=30)
    taken = await book(db, cast.stranger, cast.room_l)
    wish = await wait(db, cast.member, cast.room_l, tuesday("11:00", "12:00"))
    await undo(db, cast.stranger, taken)
    assert (await look(db, cast.member, wish)).state == InLine.OFFERED


async def test_who_cannot_have_it_keeps_the_place_and_the_next_is_asked(db: Database, cast: Cast) -> None:
    taken = await book(db, cast.stranger, cast.room_l)
    first, second = await wait(db, cast.resident, cast.room_l), await wait(db, cast.member, cast.room_l, now=LATER)
    async with transaction(db) as tx:
        await tx.execute("UPDATE account SET gmina_id = $2 WHERE id = $1", cast.member.id, cast.niepolomice)
        await change(tx, cast.room_l, local_only=True)
    await undo(db, cast.stranger, taken)
    assert (await look(db, cast.resident, first)).state == InLine.WAITING
    assert (await look(db, cast.member, second)).state == InLine.OFFERED


async def test_nobody_waits_for_what_is_free_closed_or_waited_for_already(db: Database, cast: Cast) -> None:
    with pytest.raises(FreeNow):
        await wait(db, cast.member, cast.room_l)
    with pytest.raises(OutsideOpeningHours):
        await wait(db, cast.member, cast.room_l, tuesday("20:00", "21:00"))
    await book(db, cast.stranger, cast.room_l)
    await wait(db, cast.member, cast.room_l)
    with pytest.raises(AlreadyInLine):
        await wait(db, cast.member, cast.room_l)


async def test_wishes_have_a_limit(db: Database, cast: Cast) -> None:
    await book(db, cast.stranger, cast.room_l, tuesday("8:00", "16:00"))
    starts = [(h, m) for h in range(8, 16) for m in (0, 30)]
    wishes = [tuesday(f"{h}:{m:02}", f"{h + 1}:{m:02}") for h, m in starts] + [
        tuesday(f"{h}:00", f"{h + 2}:00") for h in range(8, 14)
    ]
    for wish in wishes[:MOST]:
        await wait(db, cast.member, cast.room_l, wish)
    with pytest.raises(TooManyWishes):
        await wait(db, cast.member, cast.room_l, wishes[MOST])


async def test_a_wish_is_its_owners_alone_and_the_coordinators_to_see(db: Database, cast: Cast) -> None:
    await book(db, cast.stranger, cast.room_l)
    wish = await wait(db, cast.member, cast.room_l)
    for other in (cast.colleague, cast.stranger, cast.other_coordinator):
        with pytest.raises(NotInLine):
            await look(db, other, wish)
    seen = {}
    for who in (cast.coordinator, cast.other_coordinator, cast.stranger, cast.administrator):
        actor = await acting(db, who)
        async with statement(db) as tx:
            seen[who.email] = len(await wishes_in(tx, actor=actor, incubator_id=cast.las, now=NOW))
    assert list(seen.values()) == [1, 0, 0, 1]
    member = await acting(db, cast.member)
    async with statement(db) as tx:
        assert [one.id for one in await wishes_of(tx, actor=member, now=NOW)] == [wish.id]


async def test_a_wish_whose_time_has_come_is_over(db: Database, cast: Cast) -> None:
    await book(db, cast.stranger, cast.room_l)
    wish = await wait(db, cast.member, cast.room_l)
    assert (await look(db, cast.member, wish, TEN.start)).state == InLine.PASSED
    async with transaction(db) as tx:
        assert await offers_due(tx, now=TEN.start) == []
        assert await tx.fetchval("SELECT state FROM waitlist_entry") == "passed"


async def test_the_job_finds_what_no_verb_saw(db: Database, cast: Cast) -> None:
    await the_first_of_two_is_offered(db, cast)


async def the_first_of_two_is_offered(db: Database, cast: Cast) -> None:
    """Two want a time that is freed by no verb, and the job is run."""
    taken = await book(db, cast.stranger, cast.room_l)
    first, second = await wait(db, cast.member, cast.room_l), await wait(db, cast.colleague, cast.room_l, now=LATER)
    async with transaction(db) as tx:
        await tx.execute("DELETE FROM occupancy WHERE subject_id = $1", taken.id)
        assert len(await offers_due(tx, now=LATER)) == 1
    assert (await look(db, cast.member, first)).state == InLine.OFFERED
    assert (await look(db, cast.colleague, second)).state == InLine.WAITING


async def test_two_workers_and_one_freed_time_make_exactly_one_offer(db: Database, cast: Cast) -> None:
    for turn in range(5):
        period = tuesday(f"{8 + turn}:00", f"{9 + turn}:00")
        taken = await book(db, cast.stranger, cast.room_l, period)
        first = await wait(db, cast.member, cast.room_l, period)
        await wait(db, cast.colleague, cast.room_l, period, now=LATER)
        async with transaction(db) as tx:
            await tx.execute("DELETE FROM occupancy WHERE subject_id = $1", taken.id)
        offers = await asyncio.gather(*(attempt(db, lambda tx: offers_due(tx, now=LATER)) for _ in range(4)))
        assert sum(len(one) for one in offers) == 1
        assert (await look(db, cast.member, first)).state == InLine.OFFERED


async def test_cancelling_while_workers_look_makes_exactly_one_offer(db: Database, cast: Cast) -> None:
    for turn in range(5):
        period = tuesday(f"{8 + turn}:00", f"{9 + turn}:00")
        taken = await book(db, cast.stranger, cast.room_l, period)
        first = await wait(db, cast.member, cast.room_l, period)
        await wait(db, cast.colleague, cast.room_l, period, now=LATER)
        await asyncio.gather(
            undo(db, cast.stranger, taken),
            *(attempt(db, lambda tx: offers_due(tx, now=LATER)) for _ in range(3)),
        )
        assert (await look(db, cast.member, first)).state == InLine.OFFERED
        async with statement(db) as tx:
            assert await tx.fetchval("SELECT count(*) FROM booking WHERE state = 'held'") == turn + 1


async def test_two_who_free_the_halves_of_one_wish_make_one_offer(db: Database, cast: Cast) -> None:
    for turn in range(5):
        period = tuesday(f"{8 + turn}:00", f"{9 + turn}:00")
        halves = [await book(db, cast.stranger, room, period) for room in (cast.room_l, cast.room_a)]
        wish = await wait(db, cast.member, cast.room_la, period)
        await asyncio.gather(*(undo(db, cast.stranger, half) for half in halves))
        async with transaction(db) as tx:
            await offers_due(tx, now=LATER)
        assert (await look(db, cast.member, wish)).state == InLine.OFFERED
