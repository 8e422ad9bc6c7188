"""Plan a meeting of an edition, move it, call it off."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import asyncpg
from msgspec import UNSET, UnsetType

from incubator.db.engine import Tx
from incubator.db.history import record
from incubator.kernel.errors import N_, Conflict, Invalid
from incubator.kernel.ids import uuid7
from incubator.kernel.period import Period
from incubator.participation.queries import programme_meeting_to_run
from incubator.participation.room import leave_room, move_room, take_room
from incubator.participation.tell import tell_everybody
from incubator.participation.views import ProgrammeMeetingView
from incubator.people.actor import Actor
from incubator.programmes.queries import edition_to_run
from incubator.web.bodies import Body, Line, Moment, OptionalLine
from incubator.web.etags import must_be_current

LONGEST = 1440


class MeetingTimes(Invalid):
    """The end is not after the start, a meeting lasts longer than a day, or no calendar of ours reaches it."""

    code = "meeting_times"
    sentence = N_("A meeting ends after it starts and lasts a day at most, between the years 2000 and 2199.")


@dataclass(eq=False)
class LongerNoted(Conflict):
    """Somebody was noted as present for longer than the meeting would last. `minutes` is the longest."""

    code = "longer_noted"
    sentence = N_("Somebody is noted as present for {minutes} minutes. Correct the list first.")
    minutes: int


class MeetingCalledOff(Conflict):
    """It was called off: it will not take place."""

    code = "meeting_called_off"
    sentence = N_("This meeting was called off.")


class MeetingRecorded(Conflict):
    """Attendance was noted, so it took place."""

    code = "meeting_recorded"
    sentence = N_("The attendance of this meeting is noted: it took place, and cannot be called off.")


class MeetingDetails(Body, frozen=True, kw_only=True):
    """What, when, where, and whether it counts for the certificate. Times with their offset; `space_id` is a room of
    an open incubator of the gmina, which is booked for the meeting. Left out, a meeting keeps the room that it has;
    null gives it back."""

    name_pl: Line
    name_en: OptionalLine = ""
    start: Moment
    end: Moment
    place: OptionalLine = ""
    required: bool = True
    space_id: UUID | UnsetType | None = UNSET


ADD = """
INSERT INTO programme_meeting (id, edition_id, name_pl, name_en, period, place, required, version)
VALUES ($1, $2, $3, $4, tstzrange($5, $6), $7, $8, 1)
"""
MOVE = """
UPDATE programme_meeting SET name_pl = $2, name_en = $3, period = tstzrange($4, $5), place = $6, required = $7,
    version = version + 1
WHERE id = $1
"""
CALL_OFF = "UPDATE programme_meeting SET cancelled_at = $2, version = version + 1 WHERE id = $1"
MOST = "SELECT coalesce(max(minutes), 0) FROM attendance WHERE programme_meeting_id = $1"


async def plan_meeting(
    tx: Tx, *, actor: Actor, edition_id: UUID, details: MeetingDetails, now: datetime
) -> ProgrammeMeetingView:
    """Raises NoSuchEdition, NotYours, MeetingTimes and, of the room, what take_room raises."""
    period = _period(details)
    edition = await edition_to_run(tx, actor=actor, edition_id=edition_id)
    key = uuid7()
    said = (details.name_pl, details.name_en, period.start, period.end, details.place, details.required)
    await tx.execute(ADD, key, edition_id, *said)
    made = await programme_meeting_to_run(tx, actor=actor, meeting_id=key)
    if isinstance(details.space_id, UUID):
        gmina_id, space_id = edition.gmina_id, details.space_id
        await take_room(tx, actor=actor, meeting=made, gmina_id=gmina_id, space_id=space_id, now=now)
        made = await programme_meeting_to_run(tx, actor=actor, meeting_id=key)
    await note_meeting(tx, actor=actor, verb="plan_meeting", meeting=made, now=now)
    return made


async def move_meeting(
    tx: Tx, *, actor: Actor, meeting_id: UUID, details: MeetingDetails, seen: int | None = None, now: datetime
) -> ProgrammeMeetingView:
    """The meeting as it is from now on. Raises NoSuchProgrammeMeeting, NotYours, ChangedMeanwhile,
    MeetingTimes, LongerNoted, MeetingCalledOff and, of the room, what move_room raises."""
    period = _period(details)
    found = await programme_meeting_to_run(tx, actor=actor, meeting_id=meeting_id, lock="FOR UPDATE")
    must_be_current(found.version, seen)
    if found.cancelled:
        raise MeetingCalledOff()
    await _move(tx, meeting_id, period, details)
    moved = await programme_meeting_to_run(tx, actor=actor, meeting_id=meeting_id)
    edition = await edition_to_run(tx, actor=actor, edition_id=moved.edition_id)
    space_id = found.space_id if isinstance(details.space_id, UnsetType) else details.space_id
    on: dict[str, Any] = {"gmina_id": edition.gmina_id, "space_id": space_id, "now": now}
    await move_room(tx, actor=actor, before=found, after=moved, **on)
    moved = await programme_meeting_to_run(tx, actor=actor, meeting_id=meeting_id)
    await note_meeting(tx, actor=actor, verb="move_meeting", meeting=moved, before=found, now=now)
    if _whereabouts(found) != _whereabouts(moved) and moved.end > now:
        await tell_everybody(tx, edition_id=moved.edition_id, now=now, meeting=moved)
    return moved


async def _move(tx: Tx, meeting_id: UUID, period: Period, details: MeetingDetails) -> None:
    """The length of the meeting goes to what was noted of it, whose check says whether it fits."""
    said = (details.name_pl, details.name_en, period.start, period.end, details.place, details.required)
    try:
        async with tx.transaction():
            await tx.execute(MOVE, meeting_id, *said)
    except asyncpg.CheckViolationError as error:
        if error.constraint_name == "attendance_within_meeting":
            raise LongerNoted(await tx.fetchval(MOST, meeting_id)) from None
        raise


async def call_off_meeting(
    tx: Tx, *, actor: Actor, meeting_id: UUID, seen: int | None = None, now: datetime
) -> ProgrammeMeetingView:
    """Raises NoSuchProgrammeMeeting, NotYours, ChangedMeanwhile, MeetingCalledOff, MeetingRecorded.

    By the lock, which whoever notes attendance takes too: that nobody is noted for what was called off would else
    have to be said twice, in this row and in theirs."""
    found = await programme_meeting_to_run(tx, actor=actor, meeting_id=meeting_id, lock="FOR UPDATE")
    must_be_current(found.version, seen)
    if found.cancelled:
        raise MeetingCalledOff()
    if await tx.fetchval("SELECT EXISTS (SELECT FROM attendance WHERE programme_meeting_id = $1)", meeting_id):
        raise MeetingRecorded()
    await tx.execute(CALL_OFF, meeting_id, now)
    if found.end > now:
        await leave_room(tx, actor=actor, meeting=found, now=now)
    settled = await programme_meeting_to_run(tx, actor=actor, meeting_id=meeting_id)
    await note_meeting(tx, actor=actor, verb="call_off_meeting", meeting=settled, now=now)
    if settled.end > now:
        await tell_everybody(tx, edition_id=settled.edition_id, now=now, meeting=settled)
    return settled


async def note_meeting(
    tx: Tx,
    *,
    actor: Actor,
    verb: str,
    meeting: ProgrammeMeetingView,
    before: ProgrammeMeetingView | None = None,
    after: object = None,
    now: datetime,
) -> None:
    """History of a meeting."""
    edition = await edition_to_run(tx, actor=actor, edition_id=meeting.edition_id)
    await record(
        tx,
        now=now,
        actor_id=actor.account_id,
        verb=verb,
        subject_kind="programme_meeting",
        subject_id=meeting.id,
        gmina_id=edition.gmina_id,
        before={"start": before.start, "end": before.end} if before else None,
        after=after if after is not None else {"start": meeting.start, "end": meeting.end},
    )


def _whereabouts(meeting: ProgrammeMeetingView) -> tuple[datetime, datetime, str, UUID | None]:
    return meeting.start, meeting.end, meeting.place, meeting.space_id


def _period(details: MeetingDetails) -> Period:
    if not (2000 <= details.start.year < 2199 and 2000 <= details.end.year < 2199) or details.end <= details.start:
        raise MeetingTimes()
    period = Period(details.start, details.end)
    if period.minutes < 1 or period.minutes > LONGEST:
        raise MeetingTimes()
    return period
