"""Draw for a meeting that is moved or handed over: what the statement that books does, for one that is there."""

from dataclasses import replace
from uuid import UUID

import asyncpg

from incubator.credits.draw import draw_from
from incubator.db.engine import Tx
from incubator.kernel.period import WARSAW
from incubator.mentoring.budgets import CONTRACT, CONTRACTED, CREDIT, LIMIT
from incubator.mentoring.clock import month_of
from incubator.mentoring.place import MentorHoursSpent, NoContractThen, spent
from incubator.mentoring.views import MeetingView

ASKED = """(
    SELECT $1::uuid AS mentor_id, $2::uuid AS gmina_id, $3::uuid AS organisation_id, $4::uuid AS holder_id, $5::uuid AS programme_id,
        $6::timestamptz AS starts, $7::timestamptz AS ends, $8::date AS day, $9::int AS minutes
) AS asked"""
CHOOSE = f"""
SELECT credit_id, contract_id, policy_limit, {CONTRACTED} AS contracted FROM (
    SELECT asked.*, ({CREDIT}) AS credit_id, ({CONTRACT}) AS contract_id, ({LIMIT}) AS policy_limit FROM {ASKED}
) AS asked
"""
COUNT = """
INSERT INTO mentoring_use (gmina_id, holder_id, starts, minutes, max_minutes) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (gmina_id, holder_id, starts)
DO UPDATE SET minutes = mentoring_use.minutes + excluded.minutes, max_minutes = excluded.max_minutes
"""
TURNS = 4


async def redraw(tx: Tx, *, meeting: MeetingView, startup: bool = True) -> MeetingView:
    """The meeting with what it draws on now; what it drew before has been given back. Without `startup` only
    the mentor's contract is drawn. Raises MentorBudgetSpent, OnlyProgramme, NoContractThen, MentorHoursSpent;
    what was drawn then is undone."""
    for turn in range(1, TURNS + 1):
        try:
            async with tx.transaction():
                return await _drawn(tx, meeting, startup)
        except asyncpg.CheckViolationError as error:
            if error.constraint_name == "mentoring_not_exceeded":
                raise await spent(tx, meeting) from None
            if error.constraint_name not in {"credit_not_exceeded", "mentor_budget_not_exceeded"}:
                raise
            if turn == TURNS:
                by_mentor = error.constraint_name == "mentor_budget_not_exceeded"
                raise (MentorHoursSpent() if by_mentor else await spent(tx, meeting)) from None
    raise AssertionError("unreachable")


async def _drawn(tx: Tx, meeting: MeetingView, startup: bool) -> MeetingView:
    chosen = await tx.fetchrow(
        CHOOSE,
        meeting.mentor_id,
        meeting.gmina_id,
        meeting.organisation_id,
        meeting.holder_id,
        meeting.programme_id,
        meeting.period.start,
        meeting.period.end,
        meeting.period.start.astimezone(WARSAW).date(),
        meeting.period.minutes,
    )
    assert chosen is not None
    if not chosen["contracted"]:
        raise NoContractThen()
    minutes = meeting.period.minutes
    if startup:
        meeting = await _startup(tx, meeting, chosen["credit_id"], chosen["policy_limit"])
    if chosen["contract_id"] is not None:
        await tx.execute(
            "UPDATE mentor_contract SET used_minutes = used_minutes + $2 WHERE id = $1", chosen["contract_id"], minutes
        )
    return replace(meeting, contract_id=chosen["contract_id"], drawn_minutes=minutes)


async def _startup(tx: Tx, meeting: MeetingView, credit_id: UUID | None, limit: int | None) -> MeetingView:
    minutes = meeting.period.minutes
    if credit_id is not None:
        await draw_from(tx, credit_id=credit_id, amount=minutes)
    elif meeting.programme_id is not None:
        raise await spent(tx, meeting)
    elif limit is not None:
        month = month_of(meeting.period.start)
        await tx.execute(COUNT, meeting.gmina_id, meeting.holder_id, month, minutes, limit)
    return replace(meeting, credit_id=credit_id, draws_policy=credit_id is None and limit is not None)
