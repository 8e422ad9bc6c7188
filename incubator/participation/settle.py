"""Move a participation from one state to the next: the step that its verbs share.

The caller has the participation locked, and before it the edition where a place may come back.
"""

from dataclasses import dataclass
from datetime import date, datetime

import msgspec

from incubator.assessment.places import give_back
from incubator.credits.end_credits import end_credits
from incubator.db.engine import Tx
from incubator.kernel.errors import N_, Conflict, Invalid
from incubator.kernel.ids import uuid7
from incubator.participation.queries import today
from incubator.participation.states import ALLOWED, LIVE, State
from incubator.participation.tell import note, tell
from incubator.participation.views import ParticipationView
from incubator.people.actor import Actor


@dataclass(eq=False)
class WrongParticipationState(Conflict):
    """The participation has moved on: what was asked does not fit where it is now."""

    code = "wrong_participation_state"
    sentence = N_("This cannot be done with the participation in the state it is in.")
    state: str


class WhyNeeded(Invalid):
    """Who ends somebody's participation says why."""

    code = "why_needed"
    sentence = N_("Please give a reason: the participant will read it.")


SETTLE = """
UPDATE participation SET state = $2, started_on = $3, ended_on = $4, reason = $5, version = version + 1 WHERE id = $1
"""
SURVEY = """
INSERT INTO outcome_survey (id, participation_id, stage, due_on, reminders, comment) VALUES ($1, $2, $3, $4, 0, '')
ON CONFLICT DO NOTHING
"""
STAGES = (("exit", 0), ("six_months", 6), ("twelve_months", 12))


async def settle(
    tx: Tx, *, participation: ParticipationView, to: State, verb: str, actor: Actor, reason: str = "", now: datetime
) -> ParticipationView:
    """The participation in its new state. An end ends its credits; before the edition begins, its place goes
    to the next. Who took part is asked what became of them. Raises WrongParticipationState."""
    if to not in ALLOWED[participation.state]:
        raise WrongParticipationState(participation.state.value)
    day, over = today(now), to not in LIVE
    settled = msgspec.structs.replace(
        participation,
        state=to,
        started_on=day if to == State.ACTIVE else participation.started_on,
        ended_on=day if over else None,
        reason=reason,
        version=participation.version + 1,
    )
    await tx.execute(SETTLE, settled.id, to, settled.started_on, settled.ended_on, reason)
    if over:
        await end_credits(tx, source_id=settled.id, now=now)
        if day < settled.starts_on:
            await give_back(tx, edition_id=settled.edition_id, now=now)
        elif settled.started_on is not None:
            for stage, months in STAGES:
                await tx.execute(SURVEY, uuid7(), settled.id, stage, months_after(day, months))
    await note(
        tx,
        participation=settled,
        verb=verb,
        actor_id=actor.account_id,
        now=now,
        before={"state": participation.state},
        after={"state": to},
    )
    await tell(tx, participation=settled, what=to.value, now=now)
    return settled


def months_after(day: date, months: int) -> date:
    """The same day of a later month, or its last where it has none."""
    year, month = divmod(day.month - 1 + months, 12)
    first = date(day.year + year, month + 1, 1)
    for last in range(day.day, 27, -1):
        try:
            return first.replace(day=last)
        except ValueError:
            continue
    return first.replace(day=day.day)
