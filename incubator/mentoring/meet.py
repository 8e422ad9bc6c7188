"""Book a meeting with a mentor, with a room where one is asked for: both or neither."""

from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from incubator.bookings.expire import expire_overdue
from incubator.bookings.place import RulesChanged
from incubator.db.engine import Tx
from incubator.kernel.errors import Forbidden, Invalid, NotFound
from incubator.mentoring.left import left_of
from incubator.mentoring.order import MeetingOrder, judged
from incubator.mentoring.place import place
from incubator.mentoring.placing import Placing
from incubator.mentoring.room import NoRoomFree, RoomTaken, booked_in, fitting_rooms
from incubator.mentoring.rules import MentorNotActive
from incubator.mentoring.to_meet import MentorToMeet, kept_mentor, mentor_to_meet
from incubator.mentoring.views import MeetingView
from incubator.people.actor import Actor
from incubator.places.queries import space_to_book


async def meet(tx: Tx, *, actor: Actor, order: MeetingOrder, now: datetime) -> MeetingView:
    """The meeting, booked. Both sides are written to by a job (`tell_booked`). `tx` may be a bare connection.

    Raises MentorTaken, RoomTaken, NoRoomFree, MentorBudgetSpent, NoContractThen, MentorHoursSpent, NoSuchMentor,
    NotAMember, StandingChanged, RulesChanged, and what the rules of mentor and room raise."""
    kept = kept_mentor(mentor_id=order.mentor_id)
    if kept is not None:
        # By rules read before: the statement knows whether they stand; a refusal is judged again by today's.
        with suppress(Invalid, Forbidden, NotFound, MentorNotActive, RulesChanged):
            return await _met(tx, actor, kept, order, None, now)
    mentor = await mentor_to_meet(tx, mentor_id=order.mentor_id)
    programmes = await _programmes(tx, actor, mentor, order)
    return await _met(tx, actor, mentor, order, programmes, now)


async def _programmes(tx: Tx, actor: Actor, mentor: MentorToMeet, order: MeetingOrder) -> frozenset[UUID]:
    left = await left_of(
        tx,
        gmina_id=mentor.gmina_id,
        account_id=actor.account_id,
        organisation_id=order.organisation_id,
        period=order.period,
    )
    return left.programmes


async def _met(
    tx: Tx,
    actor: Actor,
    mentor: MentorToMeet,
    order: MeetingOrder,
    programmes: frozenset[UUID] | None,
    now: datetime,
) -> MeetingView:
    meeting = judged(actor=actor, mentor=mentor, order=order, programmes=programmes, now=now)
    alone = Placing(meeting=meeting, mentor=mentor, holder=actor, now=now)
    if order.space_id is not None:
        return await _in(tx, alone, order, order.space_id)
    if order.any_room:
        return await _in_any(tx, alone, order)
    return await place(tx, alone)


async def _in(tx: Tx, alone: Placing, order: MeetingOrder, space_id: UUID) -> MeetingView:
    """The meeting in this room. Raises RoomTaken and what `place` and the rules of the room raise."""
    space = await space_to_book(tx, space_id=space_id, span=order.period)
    room = booked_in(actor=alone.holder, meeting=alone.meeting, order=order, space=space, now=alone.now)
    meeting = replace(alone.meeting, booking_id=room.id)
    placing = Placing(meeting=meeting, mentor=alone.mentor, room=room, space=space, holder=alone.holder, now=alone.now)
    try:
        return await place(tx, placing)
    except RoomTaken:
        # Perhaps what stands in the way is a hold that has lapsed and was not tidied up yet.
        if not await expire_overdue(tx, now=alone.now, resource_ids=space.resource_ids):
            raise
    return await place(tx, placing)


async def _in_any(tx: Tx, alone: Placing, order: MeetingOrder) -> MeetingView:
    """The meeting in the smallest room that can be had. Raises NoRoomFree and what `place` raises."""
    assert order.incubator_id is not None
    rooms = await fitting_rooms(
        tx, incubator_id=order.incubator_id, people=order.people, period=order.period, now=alone.now
    )
    for space_id in rooms:
        with suppress(RoomTaken, Invalid, Forbidden, NotFound):
            return await _in(tx, alone, order, space_id)
    raise NoRoomFree()
