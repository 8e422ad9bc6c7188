"""A mentor is away for a while: nothing can be booked then, and a colleague may stand in.

The break after a meeting is kept free anyway: an absence that begins in it begins after it, and leaves the meeting be.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

import asyncpg

from incubator.bookings.block import NotAFullMinute
from incubator.db.engine import Tx
from incubator.db.history import record
from incubator.db.versions import bump
from incubator.kernel.errors import N_, Conflict, Invalid
from incubator.kernel.ids import uuid7
from incubator.kernel.period import Period
from incubator.mentoring.hand_over import hand_over
from incubator.mentoring.place import MentorTaken
from incubator.mentoring.queries import meetings_locked
from incubator.mentoring.reach import NoSuchMentor
from incubator.mentoring.rules import MeetingInThePast
from incubator.mentoring.save import called_off
from incubator.mentoring.states import Side
from incubator.mentoring.tell import News, tell
from incubator.mentoring.to_meet import MentorToMeet, mentor_to_meet
from incubator.mentoring.views import MeetingView
from incubator.occupancy.release import make_way, release
from incubator.occupancy.take import take
from incubator.people.actor import Actor

Answer = Literal["ask", "settle"]
"""What becomes of meetings in the way: `ask` refuses and names them; `settle` hands them over to the stand-in
where they are free, and calls off the others."""
LONGEST_DAYS, TURNS = 366, 6


@dataclass(frozen=True, slots=True)
class MeetingInTheWay:
    """One that somebody has to be told about."""

    id: UUID
    who: str
    period: Period


class MeetingsInTheWay(Conflict):
    """Nothing was done: `items` are the meetings in that time."""

    code = "meetings_in_the_way"
    sentence = N_("Meetings are booked in that time: {count}. Say that they may be handed over or called off.")

    def __init__(self, found: Sequence[MeetingView]) -> None:
        super().__init__()
        self.count = len(found)
        self.items = [MeetingInTheWay(one.id, one.holder_name, one.period) for one in found]


class AlreadyAway(Conflict):
    code = "already_away"
    sentence = N_("An absence is noted already for some of that time. Take it back first.")


class NothingButABreak(Conflict):
    code = "nothing_but_a_break"
    sentence = N_("That is the break after a meeting: nobody can be met then anyway.")


class NotAStandIn(Invalid):
    """Another gmina's mentor, one who takes no meetings, or who knows about other things."""

    code = "not_a_stand_in"
    sentence = N_("A stand-in is an active mentor of the same gmina who advises on a topic of yours.")


@dataclass(eq=False)
class AbsenceTooLong(Invalid):
    code = "absence_too_long"
    sentence = N_("An absence lasts {longest_days} days at most.")
    longest_days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Away:
    """The absence, and how many meetings were handed over and called off for it."""

    id: UUID
    mentor_id: UUID
    period: Period
    stand_in_id: UUID | None
    handed_over: int
    called_off: int


AWAY = """
INSERT INTO mentor_absence (id, mentor_id, period, stand_in_id, created_by, created_at)
VALUES ($1, $2, tstzrange($3, $4), $5, $6, $7)
"""
# The index of the exclusion constraint answers what overlaps. $1 resource, $2 start and $3 end in seconds.
TAKERS = """
SELECT subject_id, purpose, upper(during) AS clear FROM occupancy
WHERE purpose <> 'outside' AND slot && int8range(($1::bigint << 33) + $2::bigint, ($1::bigint << 33) + $3::bigint)
"""


async def be_away(
    tx: Tx,
    *,
    actor: Actor,
    mentor_id: UUID,
    period: Period,
    stand_in_id: UUID | None = None,
    reason: str = "",
    meetings: Answer = "ask",
    now: datetime,
) -> Away:
    """The absence; by the mentor or a coordinator of their gmina. Everybody whose meeting changes hands or is
    called off is written to.

    Raises MeetingsInTheWay, AlreadyAway, NothingButABreak, NotAStandIn, MeetingInThePast, NotAFullMinute,
    AbsenceTooLong, NoSuchMentor; then the transaction has to be rolled back."""
    mentor = await mentor_of_asker(tx, actor=actor, mentor_id=mentor_id)
    _check(period, now)
    stand_in = await _stand_in(tx, mentor, stand_in_id)
    absence_id = uuid7()
    period, ousted = await _take(tx, mentor, absence_id, period, meetings, now)
    await tx.execute(AWAY, absence_id, mentor.id, period.start, period.end, stand_in_id, actor.account_id, now)
    handed = 0
    side = Side.MENTOR if mentor.account_id == actor.account_id else Side.COORDINATOR
    for meeting in ousted:
        given = await hand_over(tx, meeting=meeting, mentor=mentor, to=stand_in, actor=actor, now=now)
        if given is None:
            off = await called_off(
                tx, meeting=meeting, side=side, reason=reason or AWAY_THEN, actor_id=actor.account_id, now=now
            )
            await tell(tx, view=off, what=News.CANCELLED, by=actor, now=now)
        handed += given is not None
    await note_absence(tx, verb="be_away", actor=actor, mentor=mentor, period=period, now=now)
    return Away(
        id=absence_id,
        mentor_id=mentor.id,
        period=period,
        stand_in_id=stand_in_id,
        handed_over=handed,
        called_off=len(ousted) - handed,
    )


AWAY_THEN = N_("The mentor is away at that time.")


async def mentor_of_asker(tx: Tx, *, actor: Actor, mentor_id: UUID) -> MentorToMeet:
    """The mentor, to who is it or runs their gmina. Raises NoSuchMentor."""
    mentor = await mentor_to_meet(tx, mentor_id=mentor_id)
    runs_it = mentor.gmina_id in actor.coordinates or actor.is_administrator
    if mentor.account_id != actor.account_id and not runs_it:
        raise NoSuchMentor()
    return mentor


async def note_absence(tx: Tx, *, verb: str, actor: Actor, mentor: MentorToMeet, period: Period, now: datetime) -> None:
    """History and the mentor's calendar."""
    await record(
        tx,
        now=now,
        actor_id=actor.account_id,
        verb=verb,
        subject_kind="mentor",
        subject_id=mentor.id,
        gmina_id=mentor.gmina_id,
        after={"start": period.start, "end": period.end},
    )
    await bump(tx, [mentor.id])


def _check(period: Period, now: datetime) -> None:
    if any(moment.second or moment.microsecond for moment in (period.start, period.end)):
        raise NotAFullMinute()
    if period.start < now.replace(second=0, microsecond=0):
        raise MeetingInThePast()
    if period.length > timedelta(days=LONGEST_DAYS):
        raise AbsenceTooLong(LONGEST_DAYS)


async def _stand_in(tx: Tx, mentor: MentorToMeet, stand_in_id: UUID | None) -> MentorToMeet | None:
    if stand_in_id is None:
        return None
    try:
        found = await mentor_to_meet(tx, mentor_id=stand_in_id)
    except NoSuchMentor:
        raise NotAStandIn() from None
    shares = set(found.topics) & set(mentor.topics)
    if found.id == mentor.id or found.gmina_id != mentor.gmina_id or found.state != "active" or not shares:
        raise NotAStandIn()
    return found


async def _take(
    tx: Tx, mentor: MentorToMeet, absence_id: UUID, period: Period, answer: Answer, now: datetime
) -> tuple[Period, list[MeetingView]]:
    """Take the time, from the end of a break on where it begins in one; the meetings that had some of it and are to
    be settled now, locked."""
    ousted: dict[UUID, MeetingView] = {}
    for _turn in range(TURNS):
        seconds = int(period.start.timestamp()), int(period.end.timestamp())
        takers = await tx.fetch(TAKERS, mentor.resource_id, *seconds)
        if any(row["purpose"] != "meeting" for row in takers):
            raise AlreadyAway()
        found = await _still_there(tx, mentor, seconds, await meetings_locked(tx, meeting_ids=_subjects(takers)))
        pausing = [one.id for one in found if one.period.end <= period.start]
        if pausing:
            period = _after(period, next(row["clear"] for row in takers if row["subject_id"] == pausing[0]))
            continue
        if found and (answer == "ask" or any(one.period.start <= now for one in found)):
            raise MeetingsInTheWay(found)
        for meeting in found:
            await release(tx, subject_id=meeting.id)
            ousted[meeting.id] = meeting
        # Away is away: that the mentor's own calendar says so too is no hindrance.
        await make_way(tx, resource_ids=[mentor.resource_id], period=period)
        if await take(tx, resource_ids=[mentor.resource_id], period=period, purpose="block", subject_id=absence_id):
            return period, list(ousted.values())
        # Somebody came in between and is there to be seen now, or has gone again.
    raise MentorTaken(mentor.id, period)


def _after(period: Period, clear: datetime) -> Period:
    if clear >= period.end:
        raise NothingButABreak()
    return Period(clear, period.end)


async def _still_there(
    tx: Tx, mentor: MentorToMeet, seconds: tuple[int, int], locked: list[MeetingView]
) -> list[MeetingView]:
    """Those that were neither called off nor moved away while one waited for them."""
    there = set(_subjects(await tx.fetch(TAKERS, mentor.resource_id, *seconds)))
    return [meeting for meeting in locked if meeting.id in there]


def _subjects(takers: Sequence[asyncpg.Record]) -> list[UUID]:
    return [row["subject_id"] for row in takers]
