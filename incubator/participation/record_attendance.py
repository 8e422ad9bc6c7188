"""Note who was at a meeting of the programme, for how long, and how that is known."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

import asyncpg
from msgspec import Meta

from incubator.db.engine import Tx
from incubator.kernel.errors import N_, Conflict, Invalid
from incubator.participation.plan_meeting import MeetingCalledOff, note_meeting
from incubator.participation.queries import programme_meeting_to_run, today
from incubator.participation.views import PresentView, ProgrammeMeetingView
from incubator.people.actor import Actor
from incubator.web.bodies import Body
from incubator.web.etags import must_be_current

Line = tuple[UUID, UUID | None]
Kind = Literal["check_in", "list", "online_log", "coordinator"]


@dataclass(eq=False)
class LongerThanMeeting(Invalid):
    """Nobody is at a meeting for longer than it takes."""

    code = "longer_than_meeting"
    sentence = N_("The meeting lasts {length} minutes: nobody can be there for longer.")
    length: int


class NotOfThisEdition(Invalid):
    """Somebody who does not take part in the edition, or does not belong to the participant."""

    code = "not_of_this_edition"
    sentence = N_("Somebody on the list does not take part in this edition.")


class NotBegun(Conflict):
    """Nobody was at a meeting that is still to come."""

    code = "programme_meeting_not_begun"
    sentence = N_("This meeting has not begun yet.")


class PresentTwice(Invalid):
    """The same person is on the list twice."""

    code = "present_twice"
    sentence = N_("Somebody is on the list twice.")


class Present(Body, frozen=True, kw_only=True):
    """One line: a participant, or with `account_id` one of its members, and the minutes they were there."""

    participation_id: UUID
    account_id: UUID | None = None
    minutes: Annotated[int, Meta(ge=0, le=1440)]


class AttendanceList(Body, frozen=True):
    """What is known of a meeting, and by what evidence. Who is not on it stays as noted before."""

    evidence: Kind
    present: Annotated[list[Present], Meta(min_length=1, max_length=2000)]


# Participants, and members of those that are organisations; who was noted and has left since stays.
EVERYBODY = """
WITH people AS (
    SELECT participation.id AS participation_id, NULL::uuid AS account_id, coalesce(organisation.name, account.name) AS name,
        coalesce(organisation.name, account.name) AS sorting
    FROM participation JOIN account ON account.id = participation.account_id
    LEFT JOIN organisation ON organisation.id = participation.organisation_id
    WHERE participation.edition_id = $1
    UNION ALL
    SELECT participation.id, account.id, account.name, organisation.name
    FROM participation JOIN organisation ON organisation.id = participation.organisation_id
    JOIN account ON account.id IN (
        SELECT account_id FROM membership WHERE membership.organisation_id = organisation.id
        UNION SELECT attendance.account_id FROM attendance WHERE participation_id = participation.id AND programme_meeting_id = $2
    ) WHERE participation.edition_id = $1
)
SELECT people.participation_id, people.account_id, people.name, minutes, evidence
FROM people JOIN participation ON participation.id = people.participation_id
LEFT JOIN attendance ON attendance.programme_meeting_id = $2 AND attendance.participation_id = people.participation_id
    AND attendance.account_id IS NOT DISTINCT FROM people.account_id
WHERE minutes IS NOT NULL OR participation.ended_on IS NULL OR participation.ended_on >= $3::date
ORDER BY sorting, people.participation_id, people.account_id IS NOT NULL, people.name
"""
RECORD = """
INSERT INTO attendance (programme_meeting_id, participation_id, account_id, minutes, meeting_minutes, evidence,
    recorded_by, recorded_at)
SELECT $1, participation_id, account_id, minutes, $8, $5, $6, $7
FROM unnest($2::uuid[], $3::uuid[], $4::int[]) AS told (participation_id, account_id, minutes)
ORDER BY participation_id, account_id
ON CONFLICT ON CONSTRAINT attendance_once DO UPDATE
SET minutes = excluded.minutes, evidence = excluded.evidence, recorded_by = excluded.recorded_by,
    recorded_at = excluded.recorded_at
WHERE (attendance.minutes, attendance.evidence) IS DISTINCT FROM (excluded.minutes, excluded.evidence)
"""


# Who has a page of the list from before is told so.
NEWER = "UPDATE programme_meeting SET version = version + 1 WHERE id = $1"


async def record_attendance(
    tx: Tx, *, actor: Actor, meeting_id: UUID, attendance: AttendanceList, seen: int | None = None, now: datetime
) -> list[PresentView]:
    """The list as it is known now; what was noted otherwise is replaced and stays in the history. Raises
    NoSuchProgrammeMeeting, NotYours, ChangedMeanwhile, MeetingCalledOff, NotBegun, LongerThanMeeting,
    NotOfThisEdition, PresentTwice.

    That nobody is there for longer than it takes is the database's to say. The lock is for the rest: each correction
    knows what the one before it wrote, nobody calls the meeting off meanwhile, and a page of before is noticed."""
    meeting = await programme_meeting_to_run(tx, actor=actor, meeting_id=meeting_id, lock="FOR UPDATE")
    must_be_current(meeting.version, seen)
    must_have_been(meeting, now)
    lines = attendance.present
    before = {(one.participation_id, one.account_id): one for one in await everybody(tx, meeting=meeting)}
    asked = [(one.participation_id, one.account_id) for one in lines]
    if len(set(asked)) < len(asked):
        raise PresentTwice()
    if not set(asked) <= before.keys():
        raise NotOfThisEdition()
    await _record(tx, actor, meeting, attendance, now)
    await tx.execute(NEWER, meeting_id)
    after = {"evidence": attendance.evidence, "changed": _changed(attendance, before)}
    await note_meeting(tx, actor=actor, verb="record_attendance", meeting=meeting, after=after, now=now)
    return await everybody(tx, meeting=meeting)


async def _record(
    tx: Tx, actor: Actor, meeting: ProgrammeMeetingView, attendance: AttendanceList, now: datetime
) -> None:
    lines = attendance.present
    columns = zip(*((one.participation_id, one.account_id, one.minutes) for one in lines), strict=True)
    by = (attendance.evidence, actor.account_id, now, meeting.period.minutes)
    try:
        await tx.execute(RECORD, meeting.id, *map(list, columns), *by)
    except asyncpg.CheckViolationError as error:
        if error.constraint_name == "attendance_within_meeting":
            raise LongerThanMeeting(meeting.period.minutes) from None
        raise


def _changed(attendance: AttendanceList, before: Mapping[Line, PresentView]) -> list[dict[str, object]]:
    """For the history: whose minutes or evidence were otherwise, and how."""
    told = [(one, before[one.participation_id, one.account_id]) for one in attendance.present]
    return [
        {
            "participation_id": str(one.participation_id),
            "account_id": str(one.account_id) if one.account_id else None,
            "before": was.minutes,
            "before_evidence": was.evidence,
            "minutes": one.minutes,
        }
        for one, was in told
        if (was.minutes, was.evidence) != (one.minutes, attendance.evidence)
    ]


async def everybody(tx: Tx, *, meeting: ProgrammeMeetingView) -> list[PresentView]:
    """Who could be on the list of a meeting, with what is noted. The caller has asked whether it may be seen."""
    rows = await tx.fetch(EVERYBODY, meeting.edition_id, meeting.id, today(meeting.start))
    return [present_of(row) for row in rows]


def present_of(row: asyncpg.Record) -> PresentView:
    return PresentView(**row)


def must_have_been(meeting: ProgrammeMeetingView, now: datetime) -> None:
    """Raises MeetingCalledOff, NotBegun."""
    if meeting.cancelled:
        raise MeetingCalledOff()
    if meeting.start > now:
        raise NotBegun()
