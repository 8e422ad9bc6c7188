"""The mentor's own desk: today, what is coming, what to record, when away."""

from datetime import date, datetime, timedelta
from uuid import UUID

from incubator.db.engine import Tx
from incubator.kernel.errors import N_
from incubator.kernel.period import WARSAW, local_days, local_midnight
from incubator.mentoring.absences import absences_of, settled_for, stand_ins_for
from incubator.mentoring.be_away import Away, MeetingsInTheWay, be_away
from incubator.mentoring.come_back import come_back
from incubator.mentoring.pages.week_strip import read_day
from incubator.mentoring.queries import meetings_given, to_record
from incubator.mentoring.reach import NoSuchMentor
from incubator.mentoring.to_meet import MentorToMeet, mentor_of
from incubator.people.forms import Asked, CheckField, Deed
from incubator.people.guards import mentor as mentors_only
from incubator.people.screen import Screen, Shown
from incubator.people.visit import Visit
from incubator.web.bodies import Body, OptionalLine
from incubator.web.i18n import Translator
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
    return await asked.do(
        be_away,
        mentor_id=mentor.id,
        period=period,
        stand_in_id=form.stand_in_id,
        reason=form.reason,
        meetings="settle" if form.settle else "ask",
    )


def _next_minute(now: datetime) -> datetime:
    return now.replace(second=0, microsecond=0) + timedelta(minutes=1)


async def _back(asked: Asked) -> None:
    form = asked.typed.shaped(BackForm)
    await asked.do(come_back, absence_id=form.absence_id)


def _noted(away: Away) -> str:
    """The desk says what became of the meetings in the way of this absence."""
    return f"?noted={away.id}"


DEEDS: dict[str, Deed] = {
    "away": Deed(_away, N_("Noted: nothing can be booked with you in that time."), to=_noted),
    "back": Deed(_back, N_("Welcome back: the time can be booked again.")),
}


async def _mentor(tx: Tx, visit: Visit) -> MentorToMeet:
    found = await mentor_of(tx, account_id=visit.actor.account_id)
    if found is None:
        raise NoSuchMentor()
    return found


async def _shown(tx: Tx, visit: Visit, mentor: MentorToMeet) -> Shown:
    actor, now, refusal = visit.actor, visit.now, visit.refusal
    today = local_days(now.astimezone(WARSAW).date())
    given = await meetings_given(tx, actor=actor, span=period_of(today.start, now + AHEAD))
    waiting = await to_record(tx, actor=actor, now=now)
    absences = await absences_of(tx, mentor_id=mentor.id, after=now)
    settled = await settled_for(tx, mentor_id=mentor.id, after=now)
    return Shown(
        "mentoring/desk_of_mentor.html",
        mentor=mentor,
        today=[one for one in given if one.period.start < today.end],
        coming=[one for one in given if one.period.start >= today.end],
        waiting=[one for one in waiting if one.mentor_account_id == actor.account_id],
        absences=absences,
        settled={one.id: [each for each in settled if each.absence_id == one.id] for one in absences},
        noted=visit.request.query_params.get("noted", ""),
        stand_ins=await stand_ins_for(tx, mentor_id=mentor.id, gmina_id=mentor.gmina_id),
        in_the_way=refusal.items if isinstance(refusal, MeetingsInTheWay) else [],
        now=now,
    )


def _labels(texts: Translator) -> dict[str, str]:
    _ = texts.gettext
    return {
        "first": _("First day away"),
        "last": _("Last day away"),
        "stand_in_id": _("Who stands in"),
        "reason": _("What to tell those whose meeting is called off"),
        "settle": _("Hand over or call off the meetings in that time"),
        "absence_id": _("Absence"),
    }


handlers = Screen(
    name="mentor_desk",
    path="/mentor",
    guard=mentors_only,
    about=_mentor,
    shows=_shown,
    deeds=DEEDS,
    labels=_labels,
).handlers
