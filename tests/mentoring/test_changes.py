"""Meetings are called off and moved with their room and their minutes."""

import asyncio
from collections import Counter
from datetime import timedelta
from uuid import UUID

import pytest

from incubator.bookings.block import block
from incubator.bookings.cancel import PartOfAnother, cancel
from incubator.bookings.hold import hold
from incubator.bookings.repeat_booking import repeat_booking
from incubator.bookings.reschedule import extend, reschedule
from incubator.db.engine import Database, attempt, statement, transaction
from incubator.kernel.errors import Refusal
from incubator.mentoring.any_mentor import NoMentorFree, TopicWish, any_mentor
from incubator.mentoring.cancel_meeting import (
    MeetingHasBegun,
    MeetingReasonNeeded,
    TooLateForMeeting,
    cancel_meeting,
)
from incubator.mentoring.move_meeting import move_meeting
from incubator.mentoring.order import MeetingOrder
from incubator.mentoring.place import MentorBudgetSpent, MentorTaken
from incubator.mentoring.queries import NoSuchMeeting, WrongMeetingState, meeting_for
from incubator.mentoring.rules import OutsideMentorHours
from incubator.mentoring.tell_due import tell_booked, tell_room_lost
from incubator.mentoring.views import MeetingView
from tests.cast import Cast, Person, acting
from tests.mentoring.cast import a_mentor
from tests.mentoring.meetings import ELEVEN, HOURS, TEN, complaints, contract, count, credit, met, order, policy, sql
from tests.moments import NOW, on

EARLY = NOW - timedelta(days=2)
NEXT_DAY = on(TEN.start.date() + timedelta(days=1), "10:00", "11:00")


async def off(db: Database, who: Person, meeting: UUID, reason: str = "", now=EARLY) -> MeetingView:  # type: ignore[no-untyped-def]
    actor = await acting(db, who)
    return await attempt(db, lambda tx: cancel_meeting(tx, actor=actor, meeting_id=meeting, reason=reason, now=now))


async def moved(db: Database, who: Person, meeting: UUID, period=ELEVEN, now=EARLY) -> MeetingView:  # type: ignore[no-untyped-def]
    actor = await acting(db, who)
    return await attempt(db, lambda tx: move_meeting(tx, actor=actor, meeting_id=meeting, period=period, now=now))


async def mails(db: Database) -> Counter[str]:
    async with statement(db) as tx:
        return Counter(row["recipient"] for row in await tx.fetch("SELECT recipient FROM mail"))


async def test_called_off_in_time_all_is_free_and_given_back(db: Database, cast: Cast) -> None:
    ewa = await a_mentor(db, cast)
    await contract(db, ewa, 600, "2026-01-01", "2026-12-31")
    await credit(db, cast.acme, 60)
    await policy(db, cast.niepolomice, organisation=60)
    wishes = [order(ewa, cast, one, space_id=cast.room_s, organisation_id=cast.acme) for one in (TEN, ELEVEN)]
    both = [await met(db, cast.member, wish) for wish in wishes]
    assert [one.draws_policy for one in both] == [False, True]
    for one in both:
        await off(db, cast.colleague, one.id)
    assert await count(db, "occupancy") == 0
    assert await count(db, "booking WHERE state = 'cancelled'") == 2
    for table in ("credit WHERE used = 0", "mentoring_use WHERE minutes = 0", "mentor_contract WHERE used_minutes = 0"):
        assert await count(db, table) == 1
    with pytest.raises(WrongMeetingState):
        await off(db, cast.member, both[0].id)
    assert await complaints(db) == []
    assert set(await mails(db)) == {ewa.person.email, cast.member.email}, "a colleague's deed is news to who booked"


async def test_too_late_the_startup_is_told_to_ask_and_the_mentor_gives_a_reason(db: Database, cast: Cast) -> None:
    ewa = await a_mentor(db, cast)
    meeting = await met(db, cast.member, order(ewa, cast))
    late = TEN.start - timedelta(hours=23)
    with pytest.raises(TooLateForMeeting):
        await off(db, cast.member, meeting.id, now=late)
    with pytest.raises(MeetingReasonNeeded):
        await off(db, ewa.person, meeting.id, now=late)
    with pytest.raises(MeetingHasBegun):
        await off(db, ewa.person, meeting.id, "chora", now=TEN.start)
    for other in (cast.stranger, cast.other_coordinator):
        with pytest.raises(NoSuchMeeting):
            await off(db, other, meeting.id, "x")
    done = await off(db, ewa.person, meeting.id, "chora", now=late)
    assert (done.cancelled_by_side, done.reason) == ("mentor", "chora")
    assert await mails(db) == {cast.member.email: 1}


async def test_a_meeting_moves_with_its_room_and_its_month(db: Database, cast: Cast) -> None:
    ewa = await a_mentor(db, cast)
    await policy(db, cast.niepolomice, organisation=60)
    meeting = await met(db, cast.member, order(ewa, cast, space_id=cast.room_s, organisation_id=cast.acme))
    october = on(TEN.start.date().replace(month=10), "10:00", "11:00")
    after = await moved(db, cast.member, meeting.id, october)
    assert (after.period, after.booking_id, after.space_id) == (october, meeting.booking_id, cast.room_s)
    async with statement(db) as tx:
        assert await tx.fetchval("SELECT lower(period) FROM booking") == october.start
        uses = await tx.fetch("SELECT starts, minutes FROM mentoring_use ORDER BY starts")
    assert [row["minutes"] for row in uses] == [0, 60]
    await met(db, cast.member, order(ewa, cast, space_id=cast.room_s, organisation_id=cast.acme))
    with pytest.raises(MentorBudgetSpent):  # September has been drawn again by now
        await moved(db, cast.member, meeting.id, NEXT_DAY)
    assert await count(db, "occupancy") == 4


async def test_where_its_room_is_taken_it_gets_another(db: Database, cast: Cast) -> None:
    ewa, stranger = await a_mentor(db, cast), await acting(db, cast.stranger)
    meeting = await met(db, cast.member, order(ewa, cast, space_id=cast.room_s))
    async with transaction(db) as tx:
        await hold(tx, actor=stranger, space_id=cast.room_s, period=ELEVEN, outright=True, now=NOW)
    after = await moved(db, cast.member, meeting.id)
    assert (after.space_id, after.booking_id) == (cast.room_a, meeting.booking_id)
    assert await count(db, "occupancy") == 3


async def test_where_it_cannot_move_it_stays_whole(db: Database, cast: Cast) -> None:
    ewa = await a_mentor(db, cast)
    meeting = await met(db, cast.member, order(ewa, cast, space_id=cast.room_s))
    await met(db, cast.stranger, order(ewa, cast, ELEVEN))
    with pytest.raises(MentorTaken):
        await moved(db, cast.member, meeting.id)
    with pytest.raises(OutsideMentorHours):
        await moved(db, cast.member, meeting.id, on(TEN.start.date(), "18:00", "19:00"))
    with pytest.raises(TooLateForMeeting):
        await moved(db, cast.member, meeting.id, NEXT_DAY, now=TEN.start - timedelta(hours=2))
    async with statement(db) as tx:
        assert (await meeting_for(tx, actor=await acting(db, cast.member), meeting_id=meeting.id)).period == TEN
    assert await count(db, "occupancy") == 3


async def test_two_who_want_to_move_to_one_hour(db: Database, cast: Cast) -> None:
    ewa = await a_mentor(db, cast)
    got = [await met(db, who, order(ewa, cast, one)) for who, one in ((cast.member, TEN), (cast.stranger, ELEVEN))]

    async def go(who: Person, meeting: MeetingView) -> str:
        try:
            await moved(db, who, meeting.id, HOURS[5])
        except Refusal as refusal:
            return refusal.code
        return "moved"

    told = await asyncio.gather(go(cast.member, got[0]), go(cast.stranger, got[1]))
    assert sorted(told) == ["mentor_taken", "moved"]
    assert await count(db, "occupancy") == 2


async def test_the_room_is_moved_and_called_off_with_the_meeting_alone(db: Database, cast: Cast) -> None:
    ewa, member = await a_mentor(db, cast), await acting(db, cast.member)
    meeting = await met(db, cast.member, order(ewa, cast, space_id=cast.room_s))
    room = meeting.booking_id
    assert room is not None
    for act in (
        lambda tx: cancel(tx, actor=member, booking_id=room, now=EARLY),
        lambda tx: reschedule(tx, actor=member, booking_id=room, period=ELEVEN, now=EARLY),
        lambda tx: extend(tx, actor=member, booking_id=room, end=ELEVEN.end, now=EARLY),
        lambda tx: repeat_booking(tx, actor=member, booking_id=room, count=3, now=EARLY),
    ):
        with pytest.raises(PartOfAnother):
            await attempt(db, act)


@pytest.mark.parametrize("how", ["cancel", "block"])
async def test_a_coordinator_calls_the_room_off_and_the_meeting_stands(db: Database, cast: Cast, how: str) -> None:
    ewa, coordinator = await a_mentor(db, cast), await acting(db, cast.coordinator)
    meeting = await met(db, cast.member, order(ewa, cast, space_id=cast.room_s))
    room = meeting.booking_id
    assert room is not None
    async with transaction(db) as tx:
        if how == "cancel":
            await cancel(tx, actor=coordinator, booking_id=room, reason="malowanie", now=EARLY)
        else:
            await block(
                tx,
                actor=coordinator,
                space_id=cast.room_s,
                period=TEN,
                reason="malowanie",
                bookings="cancel",
                now=EARLY,
            )
    before = await mails(db)
    for _ in range(2):
        async with transaction(db) as tx:
            await tell_room_lost(tx, now=EARLY)
    told = await mails(db)
    told.subtract(before)
    assert told == {ewa.person.email: 1, cast.member.email: 1}, "both, and once"
    async with statement(db) as tx:
        found = await meeting_for(tx, actor=await acting(db, cast.member), meeting_id=meeting.id)
    assert found.lost_its_room and found.state == "booked"
    assert (await moved(db, cast.member, meeting.id)).period == ELEVEN


async def test_both_are_told_of_what_was_booked_once(db: Database, cast: Cast) -> None:
    ewa = await a_mentor(db, cast)
    await met(db, cast.member, order(ewa, cast))
    gone = await met(db, cast.stranger, order(ewa, cast, ELEVEN))
    await off(db, cast.stranger, gone.id)
    await sql(db, "DELETE FROM mail")
    for _ in range(2):
        async with transaction(db) as tx:
            await tell_booked(tx, now=NOW)
    assert await mails(db) == {ewa.person.email: 1, cast.member.email: 1}


WISH = TopicWish(topic="prawo", minutes=60)


def any_of(cast: Cast, **said: object) -> MeetingOrder:
    return MeetingOrder(mentor_id=cast.las, period=TEN, mode="online", **said)  # type: ignore[arg-type]


async def test_any_mentor_is_the_first_free_one_then_the_next(db: Database, cast: Cast) -> None:
    ewa, ola = await a_mentor(db, cast), await a_mentor(db, cast, "ola")
    await sql(db, "UPDATE mentor SET lead_minutes = 2880, version = version + 1 WHERE id = $1", ola.id)
    member = await acting(db, cast.member)
    async with statement(db) as tx:
        first = await any_mentor(tx, actor=member, wish=WISH, order=any_of(cast), now=NOW)
        assert (first.mentor_id, first.period.start, first.mode) == (ewa.id, NOW, "online")
        await tx.execute("UPDATE mentor SET state = 'paused', version = version + 1 WHERE id = $1", ewa.id)
        second = await any_mentor(tx, actor=member, wish=WISH, order=any_of(cast, any_room=True), now=NOW)
        assert (second.mentor_id, second.mode, second.space_id) == (ola.id, "in_person", cast.room_s)
        with pytest.raises(NoMentorFree):
            eksport = TopicWish(topic="eksport", minutes=60)
            await any_mentor(tx, actor=member, wish=eksport, order=any_of(cast), now=NOW)


async def test_many_who_ask_for_anybody_each_get_their_own_time(db: Database, cast: Cast) -> None:
    for name in ("ewa", "ola", "jan"):
        await a_mentor(db, cast, name)
    people = [await acting(db, one) for one in (cast.member, cast.stranger, cast.owner, cast.resident)]

    async def one(turn: int) -> MeetingView:
        async with statement(db) as tx:
            return await any_mentor(tx, actor=people[turn % 4], wish=WISH, order=any_of(cast), now=NOW)

    got = await asyncio.gather(*(one(turn) for turn in range(8)))
    assert len({(view.mentor_id, view.period) for view in got}) == 8
    assert await count(db, "occupancy") == 8
