"""What somebody asks for when they ask for a meeting, and what it becomes."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from incubator.bookings.draft import NotAMember
from incubator.bookings.views import BookingView
from incubator.kernel.errors import N_, Invalid
from incubator.kernel.ids import uuid7
from incubator.kernel.period import Period
from incubator.mentoring.rules import IN_PERSON, Wish, check
from incubator.mentoring.states import State
from incubator.mentoring.to_meet import MentorToMeet
from incubator.mentoring.views import MeetingView
from incubator.people.actor import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingOrder:
    """A meeting with a mentor: `mode` is in_person (at `incubator_id`) or online. A room is `space_id`, or with
    `any_room` whichever fits `people`; else none is taken."""

    mentor_id: UUID
    period: Period
    mode: str
    incubator_id: UUID | None = None
    space_id: UUID | None = None
    any_room: bool = False
    people: int = 2
    organisation_id: UUID | None = None
    topic_slug: str | None = None
    question: str = ""

    @property
    def wants_room(self) -> bool:
        return self.any_room or self.space_id is not None


class RoomOnlyInPerson(Invalid):
    """A room for a meeting online, or at no place."""

    code = "room_only_in_person"
    sentence = N_("A room is taken for meetings in person. Say at which incubator.")


class NotATopic(Invalid):
    """Something that the mentor does not advise on."""

    code = "not_a_topic"
    sentence = N_("This mentor does not advise on that topic.")


def judged(
    *,
    actor: Actor,
    mentor: MentorToMeet,
    order: MeetingOrder,
    programmes: frozenset[UUID] | None = None,
    now: datetime,
) -> MeetingView:
    """The meeting as it will be, when the mentor's rules have nothing against it. Raises what they raise,
    NotAMember, RoomOnlyInPerson, NotATopic."""
    if order.organisation_id is not None and order.organisation_id not in actor.organisations:
        raise NotAMember()
    if order.wants_room and (order.mode != IN_PERSON or order.incubator_id is None):
        raise RoomOnlyInPerson()
    if order.topic_slug is not None and order.topic_slug not in mentor.topics:
        raise NotATopic()
    wish = Wish(
        period=order.period,
        mode=order.mode,
        incubator_id=order.incubator_id if order.mode == IN_PERSON else None,
        account_id=actor.account_id,
        for_organisation=order.organisation_id is not None,
        programmes=programmes,
        now=now,
    )
    return _drafted(actor, mentor, order, check(wish, mentor).programme_id, now)


def _drafted(
    actor: Actor, mentor: MentorToMeet, order: MeetingOrder, programme_id: UUID | None, now: datetime
) -> MeetingView:
    own = actor.organisations.get(order.organisation_id) if order.organisation_id else None
    return MeetingView(
        id=uuid7(),
        mentor_id=mentor.id,
        mentor_slug=mentor.slug,
        mentor_name=mentor.name,
        mentor_account_id=mentor.account_id,
        gmina_id=mentor.gmina_id,
        account_id=actor.account_id,
        account_name=actor.name,
        organisation_id=order.organisation_id,
        organisation_name=own.name if own else None,
        period=order.period,
        state=State.BOOKED,
        mode=order.mode,
        incubator_id=order.incubator_id if order.mode == IN_PERSON else None,
        incubator_slug=None,
        incubator_name=None,
        online_link=mentor.online_link,
        booking_id=None,
        space_id=None,
        space_name_pl=None,
        space_name_en=None,
        room_state=None,
        topic_slug=order.topic_slug,
        topic_pl=None,
        topic_en=None,
        question=order.question,
        programme_id=programme_id,
        credit_id=None,
        draws_policy=False,
        contract_id=None,
        drawn_minutes=order.period.minutes,
        stands_in_for=None,
        stands_in_for_name=None,
        reason="",
        cancelled_by_side=None,
        minutes=None,
        outcome="",
        mentor_confirmed_at=None,
        startup_confirmed_at=None,
        settled_by=None,
        settled_reason="",
        locked_at=None,
        created_at=now,
        changed_at=now,
        sequence=0,
        cancel_minutes=mentor.cancel_minutes,
    )


def in_room(meeting: MeetingView, room: BookingView) -> MeetingView:
    """The meeting with its room."""
    return replace(
        meeting,
        booking_id=room.id,
        space_id=room.space_id,
        space_name_pl=room.space_name_pl,
        space_name_en=room.space_name_en,
        room_state=room.state.value,
        incubator_slug=room.incubator_slug,
        incubator_name=room.incubator_name,
    )
