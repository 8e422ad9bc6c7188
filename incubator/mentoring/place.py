"""Put a meeting down, and say what stood in the way where it could not be."""

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from uuid import UUID

import asyncpg

from incubator.bookings.place import RulesChanged, StandingChanged
from incubator.db.engine import Tx
from incubator.kernel.errors import N_, Conflict, Refusal
from incubator.kernel.period import Period
from incubator.mentoring.aid import grant_meeting
from incubator.mentoring.left import left_of
from incubator.mentoring.order import in_room
from incubator.mentoring.placing import PLACE, Placing, parameters_of
from incubator.mentoring.room import RoomTaken
from incubator.mentoring.rules import OnlyProgramme
from incubator.mentoring.views import MeetingView


@dataclass(eq=False)
class MentorTaken(Conflict):
    """Somebody else has some of this time. `suggestions` are the mentor's next free times."""

    code = "mentor_taken"
    sentence = N_("Somebody else has just taken this time of the mentor.")
    mentor_id: UUID
    period: Period
    suggestions: list[Any] = field(default_factory=list)


@dataclass(eq=False)
class MentorBudgetSpent(Conflict):
    """`kind` is month (what the gmina gives to everybody) or programme (what one granted)."""

    code = "mentor_budget_spent"
    sentence = N_("This is more mentor time than you have left: {left_minutes}.")
    kind: str
    left_minutes: int
    month: date | None = None


class NoContractThen(Conflict):
    """The mentor works on contracts, and none of them covers the day."""

    code = "no_contract_then"
    sentence = N_("The mentor takes no meetings on this day. Please choose another day or another mentor.")


class MentorHoursSpent(Conflict):
    """The contract has too few minutes left; how many is not the startup's business."""

    code = "mentor_hours_spent"
    sentence = N_("The mentor has no more time to give on this day. Please choose another day or another mentor.")


@dataclass(eq=False)
class _BudgetRaced(Exception):
    """Somebody else drew the last of it between the look and the draw."""

    constraint: str


TURNS = 4


async def place(tx: Tx, placing: Placing) -> MeetingView:
    """The meeting as it was put down; where it could not be, nothing was written.

    Raises MentorTaken, RoomTaken, MentorBudgetSpent, NoContractThen, MentorHoursSpent, RulesChanged,
    StandingChanged, and where it is aid DeclarationNeeded, HoursCeiling, NoAidLimit, NoEuroRate."""
    for _turn in range(TURNS):
        try:
            return await _placed(tx, placing)
        except _BudgetRaced as raced:
            # Another credit or contract may have enough; the next look sees what is left now.
            constraint = raced.constraint
    if constraint == "mentor_budget_not_exceeded":
        raise MentorHoursSpent()
    raise await spent(tx, placing.meeting)


async def _placed(tx: Tx, placing: Placing) -> MeetingView:
    try:
        async with tx.transaction():  # a broken check ends the transaction around it otherwise
            (row,) = await tx.fetch(PLACE, *parameters_of([replace(placing, alone=True)]))
            if row["made"] and row["aided"]:
                await grant_meeting(tx, meeting=placing.meeting, now=placing.now)
    except asyncpg.CheckViolationError as error:
        if error.constraint_name == "mentoring_not_exceeded":
            raise await spent(tx, placing.meeting) from None
        if error.constraint_name in {"credit_not_exceeded", "mentor_budget_not_exceeded"}:
            raise _BudgetRaced(error.constraint_name) from None
        raise
    except asyncpg.NotNullViolationError as error:
        raise _undone(error) from None
    if not row["rules_stand"]:
        raise RulesChanged()
    if not row["granted"]:
        raise await spent(tx, placing.meeting)
    if not row["contracted"]:
        raise NoContractThen()
    if not row["made"]:
        raise MentorTaken(placing.mentor.id, placing.meeting.period)
    return drawn(placing, row)


def drawn(placing: Placing, row: asyncpg.Record) -> MeetingView:
    """The meeting with what the statement says that it drew on."""
    meeting = in_room(placing.meeting, placing.room) if placing.room else placing.meeting
    return replace(
        meeting, credit_id=row["credit_id"], contract_id=row["contract_id"], draws_policy=row["draws_policy"]
    )


def _undone(error: asyncpg.NotNullViolationError) -> Exception:
    if error.column_name == "account_id":
        return StandingChanged()
    return RoomTaken() if error.column_name == "mentor_id" else error


async def spent(tx: Tx, meeting: MeetingView) -> Refusal:
    """What is left, and of which kind; whose programme's hours these are not, has none of them."""
    left = await left_of(
        tx,
        gmina_id=meeting.gmina_id,
        account_id=meeting.account_id,
        organisation_id=meeting.organisation_id,
        period=meeting.period,
    )
    if meeting.programme_id is not None:
        if meeting.programme_id not in left.programmes:
            return OnlyProgramme()
        return MentorBudgetSpent("programme", left.of_programme(meeting.programme_id))
    return MentorBudgetSpent("month", left.month_minutes or 0, left.month)
