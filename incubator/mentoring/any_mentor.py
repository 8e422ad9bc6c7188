"""Any mentor for a topic: the first free one, and when somebody is quicker, the next."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from incubator.bookings.rules import LocalOnly, NotWelcome
from incubator.db.engine import Tx
from incubator.kernel.errors import N_, Conflict
from incubator.kernel.period import Period
from incubator.mentoring.left import programmes_of
from incubator.mentoring.meet import meet
from incubator.mentoring.offered import FreeTime, Seeker, free_times
from incubator.mentoring.order import MeetingOrder, RoomOnlyInPerson
from incubator.mentoring.place import MentorBudgetSpent, MentorHoursSpent, MentorTaken, NoContractThen
from incubator.mentoring.room import NoRoomFree, RoomTaken
from incubator.mentoring.rules import (
    IN_PERSON,
    ONLINE,
    MentorNotActive,
    NotOfferedThere,
    OnlyProgramme,
    OutsideMentorHours,
)
from incubator.mentoring.to_meet import MentorToMeet, mentors_for
from incubator.mentoring.views import MeetingView
from incubator.people.actor import Actor

DAYS, TRIES, ROUNDS = 28, 10, 3
PASSED_OVER = (
    MentorTaken,
    NoContractThen,
    MentorHoursSpent,
    NoRoomFree,
    RoomTaken,
    MentorNotActive,
    OutsideMentorHours,
    NotOfferedThere,
    OnlyProgramme,
    RoomOnlyInPerson,
    NotWelcome,
    LocalOnly,
)
"""Refusals after which the next chance is tried."""


class NoMentorFree(Conflict):
    """Nobody who knows about it, in that language and place, has a free time in the coming weeks."""

    code = "no_mentor_free"
    sentence = N_("No mentor for this topic is free in the coming four weeks. Try another place, length or language.")


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicWish:
    """What is looked for: `incubator_id` for meetings there, `online` for those; neither is either."""

    topic: str
    minutes: int
    language: str | None = None
    gmina_id: UUID | None = None
    incubator_id: UUID | None = None
    online: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Chance:
    """A mentor at a time."""

    mentor: MentorToMeet
    time: FreeTime


async def any_mentor(tx: Tx, *, actor: Actor, wish: TopicWish, order: MeetingOrder, now: datetime) -> MeetingView:
    """A meeting with the first free mentor at their earliest time; of `order` all else is taken: for whom, the
    question, the room. `tx` may be a bare connection. Raises NoMentorFree, MentorBudgetSpent where nobody else was
    free, NotAMember, StandingChanged."""
    seeker = await seeker_of(tx, actor=actor, organisation_id=order.organisation_id, now=now)
    spent: MentorBudgetSpent | None = None
    for _round in range(ROUNDS):
        found = await chances(tx, wish=wish, seeker=seeker, but=actor.account_id, now=now)
        for chance in found[:TRIES]:
            try:
                return await meet(tx, actor=actor, order=_order(order, wish, chance), now=now)
            except MentorBudgetSpent as refusal:  # of one gmina, or one programme: another may have some left
                spent = refusal
            except PASSED_OVER:
                continue
        if not found:
            break
        # Others were quicker each time: what is free now is later.
    raise spent or NoMentorFree()


async def chances(
    tx: Tx, *, wish: TopicWish, seeker: Seeker, but: UUID | None, now: datetime, each: int = 3
) -> list[Chance]:
    """Who can be met when, soonest first; at most so many times of `each` mentor. `but` is who asks."""
    found = await mentors_for(tx, topic=wish.topic, language=wish.language, gmina_id=wish.gmina_id)
    mentors = [mentor for mentor in found if mentor.account_id != but]
    span = Period(now, now + timedelta(days=DAYS))
    times = await free_times(tx, mentors=mentors, span=span, minutes=wish.minutes, seeker=seeker, now=now)
    first = [
        Chance(mentor=mentor, time=time)
        for mentor in mentors
        for time in [one for one in times[mentor.id] if _suits(one, wish)][:each]
    ]
    return sorted(first, key=lambda one: (one.time.period, one.mentor.slug))


async def seeker_of(tx: Tx, *, actor: Actor, organisation_id: UUID | None, now: datetime) -> Seeker:
    """For whom times are looked up: with the programmes that have granted them something."""
    if organisation_id is not None and organisation_id not in actor.organisations:
        return Seeker(for_organisation=False, programmes=frozenset())
    programmes = await programmes_of(tx, holder_ids=[organisation_id or actor.account_id], now=now)
    return Seeker(for_organisation=organisation_id is not None, programmes=programmes)


def _suits(time: FreeTime, wish: TopicWish) -> bool:
    if wish.incubator_id is not None:
        return time.incubator_id == wish.incubator_id
    return time.online or not wish.online


def _order(order: MeetingOrder, wish: TopicWish, chance: Chance) -> MeetingOrder:
    """In person where a room or a place is asked for, or it is not offered online."""
    time = chance.time
    in_person = time.incubator_id is not None and (wish.incubator_id is not None or order.wants_room or not time.online)
    return replace(
        order,
        mentor_id=chance.mentor.id,
        period=time.period,
        mode=IN_PERSON if in_person else ONLINE,
        incubator_id=time.incubator_id if in_person else None,
        topic_slug=wish.topic,
    )
