"""The mentor's own desk: today, what is coming, what to record, when away."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency

from incubator.db.engine import Database, Tx, statement
from incubator.kernel.errors import N_, Refusal, Stale
from incubator.kernel.period import WARSAW, local_days, local_midnight
from incubator.mentoring.absences import absences_of, settled_for, stand_ins_for
from incubator.mentoring.be_away import Away, MeetingsInTheWay, be_away
from incubator.mentoring.come_back import come_back
from incubator.mentoring.pages.week_strip import read_day
from incubator.mentoring.queries import meetings_given, to_record
from incubator.mentoring.reach import NoSuchMentor
from incubator.mentoring.to_meet import MentorToMeet, mentor_of
from incubator.people.actor import Actor
from incubator.people.forms import Ask, Asked, CheckField, Deed, Typed, carried_out, problem_of, typed_in
from incubator.people.guards import mentor as mentors_only
from incubator.web.bodies import Body, OptionalLine
from incubator.web.i18n import texts_of
from incubator.web.pages import page
from incubator.web.periods import period_of

AHEAD = timedelta(days=60)


class AwayForm(Body, frozen=True):
    """Whole days, the last included."""

    first: str
    last: str
    stand_in_id: UUID | None = None
    reason: OptionalLine = ""
    settle: str = ""


class BackForm(Body, frozen=True):
    absence_id: UUID


async def _away(asked: Asked) -> Away:
    form, mentor = asked.typed.shaped(AwayForm), asked.place
    nothing = date(2001, 1, 1)
    first, last = read_day(form.first, nothing), read_day(form.last, nothing)
    for name, day in (("first", first), ("last", last)):
        if day == nothing:
            raise CheckField(name)
    # Today is left early: what has begun is not in its way.
    period = period_of(max(local_midnight(first), _next_minute(asked.now)), local_midnight(last + timedelta(days=1)))
    return await be_away(
        asked.tx,
        actor=asked.actor,
        mentor_id=mentor.id,
        period=period,
        stand_in_id=form.stand_in_id,
        reason=form.reason,
        meetings="settle" if form.settle else "ask",
        now=asked.now,
    )


def _next_minute(now: datetime) -> datetime:
    return now.replace(second=0, microsecond=0) + timedelta(minutes=1)


async def _back(asked: Asked) -> None:
    form = asked.typed.shaped(BackForm)
    await come_back(asked.tx, actor=asked.actor, absence_id=form.absence_id, now=asked.now)


def _noted(away: Away) -> str:
    """The desk says what became of the meetings in the way of this absence."""
    return f"?noted={away.id}"


DEEDS: dict[str, Deed] = {
    "away": Deed(_away, N_("Noted: nothing can be booked with you in that time."), to=_noted),
    "back": Deed(_back, N_("Welcome back: the time can be booked again.")),
}


@get("/mentor", guards=[mentors_only])
async def show_mentor_desk(
    request: Ask, db: NamedDependency[Database], now: NamedDependency[datetime], actor: NamedDependency[Actor]
) -> Response[str]:
    return await _shown(request, db, actor, now)


@post("/mentor", guards=[mentors_only], status_code=303)
async def change_mentor_desk(
    request: Ask, db: NamedDependency[Database], now: NamedDependency[datetime], actor: NamedDependency[Actor]
) -> Response[Any]:
    """Be away, or come back."""
    typed = await typed_in(request)

    async def ask(tx: Tx) -> Asked:
        return Asked(tx=tx, actor=actor, place=await _mentor(tx, actor), typed=typed, now=now)

    async def again(sent: Typed, refusal: Refusal) -> Response[Any]:
        return await _shown(request, db, actor, now, sent, refusal)

    return await carried_out(request, db, DEEDS, typed=typed, ask=ask, back="/mentor", again=again)


async def _mentor(tx: Tx, actor: Actor) -> MentorToMeet:
    found = await mentor_of(tx, account_id=actor.account_id)
    if found is None:
        raise NoSuchMentor()
    return found


async def _shown(
    request: Ask,
    db: Database,
    actor: Actor,
    now: datetime,
    typed: Typed | None = None,
    refusal: Refusal | None = None,
) -> Response[str]:
    today = local_days(now.astimezone(WARSAW).date())
    async with statement(db) as tx:
        mentor = await _mentor(tx, actor)
        given = await meetings_given(tx, actor=actor, span=period_of(today.start, now + AHEAD))
        waiting = await to_record(tx, actor=actor, now=now)
        absences = await absences_of(tx, mentor_id=mentor.id, after=now)
        settled = await settled_for(tx, mentor_id=mentor.id, after=now)
        stand_ins = await stand_ins_for(tx, mentor_id=mentor.id, gmina_id=mentor.gmina_id)
    labels = _labels(request)
    problem, status = problem_of(request, refusal, labels)
    return page(
        request,
        "mentoring/desk_of_mentor.html",
        status=status,
        mentor=mentor,
        today=[one for one in given if one.period.start < today.end],
        coming=[one for one in given if one.period.start >= today.end],
        waiting=[one for one in waiting if one.mentor_account_id == actor.account_id],
        absences=absences,
        settled={one.id: [each for each in settled if each.absence_id == one.id] for one in absences},
        noted=request.query_params.get("noted", ""),
        stand_ins=stand_ins,
        in_the_way=refusal.items if isinstance(refusal, MeetingsInTheWay) else [],
        typed=typed,
        labels=labels,
        problem=problem,
        stale=isinstance(refusal, Stale),
        now=now,
    )


def _labels(request: Ask) -> dict[str, str]:
    _ = texts_of(request).gettext
    return {
        "first": _("First day away"),
        "last": _("Last day away"),
        "stand_in_id": _("Who stands in"),
        "reason": _("What to tell those whose meeting is called off"),
        "settle": _("Hand over or call off the meetings in that time"),
        "absence_id": _("Absence"),
    }


handlers = [show_mentor_desk, change_mentor_desk]
