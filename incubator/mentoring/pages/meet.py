"""From a mentor's free times to a meeting: pick a time, say how and where, book it."""

from datetime import datetime, timedelta
from typing import Annotated, Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect
from msgspec import Meta

from incubator.aid.grant import DeclarationNeeded
from incubator.aid.queries import grant_about
from incubator.db.engine import Database, Tx, attempt, statement
from incubator.kernel.errors import N_, Invalid, Refusal
from incubator.kernel.period import WARSAW, Period
from incubator.mentoring.aid import KIND, meeting_worth
from incubator.mentoring.meet import meet
from incubator.mentoring.order import MeetingOrder
from incubator.mentoring.pages.meet_choice import choice_for, seeker_for
from incubator.mentoring.pages.week_strip import read_day, read_start, week_of
from incubator.mentoring.place import MentorTaken
from incubator.mentoring.queries import link_for, meeting_for
from incubator.mentoring.rules import IN_PERSON, ONLINE
from incubator.mentoring.to_meet import MentorToMeet, mentor_by_slug
from incubator.mentoring.topic_names import topics_of
from incubator.mentoring.views import MeetingView
from incubator.people.guards import public, signed_in
from incubator.people.visit import Visit
from incubator.web.bodies import Body, Paragraphs, UnreadableForm, read_form
from incubator.web.flash import see_other
from incubator.web.pages import page
from incubator.web.problems import said, status_of

Ask = Request[Any, Any, Any]


# A word, or the id of a place.
OneOf = Annotated[str, Meta(pattern=r"^(online|none|any|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$(?!\n)")]
WORDS = {"online", "none", "any"}


class MeetForm(Body, frozen=True):
    """`where` is online or an incubator's id; `room` is none, any or a space's id."""

    start: str = ""
    minutes: Annotated[int, Meta(ge=1, le=1440)] = 60
    where: OneOf = "online"
    room: OneOf = "none"
    people: Annotated[int, Meta(ge=1, le=10_000)] = 2
    organisation_id: UUID | None = None
    topic: str = ""
    question: Paragraphs = ""


class NoMeetingTime(Invalid):
    """A form without a start."""

    code = "no_meeting_time"
    sentence = N_("Please choose a time first.")


@get("/mentors/{slug:str}/meet", guards=[public])
async def show_times(
    request: Ask, db: NamedDependency[Database], now: NamedDependency[datetime], slug: FromPath[str]
) -> Response[str]:
    """A week of free times; `?date=` another one, `?minutes=` another length, `?topic=` what it is to be about."""
    async with statement(db) as tx:
        mentor = await mentor_by_slug(tx, slug=slug)
        return await _times(request, tx, mentor, now)


async def _times(request: Ask, tx: Tx, mentor: MentorToMeet, now: datetime) -> Response[str]:
    today = now.astimezone(WARSAW).date()
    day = max(read_day(request.query_params.get("date", ""), today), today)
    asked = request.query_params.get("minutes", "")
    minutes = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 4 else 0
    minutes = minutes if minutes in mentor.lengths else (60 if 60 in mentor.lengths else min(mentor.lengths))
    seeker = await seeker_for(tx, request.scope.get("user"), now)
    week = await week_of(tx, mentor=mentor, day=day, minutes=minutes, seeker=seeker, now=now)
    if week.empty and week.soonest is not None and "date" not in request.query_params:
        soonest = week.soonest.astimezone(WARSAW).date()
        week = await week_of(tx, mentor=mentor, day=soonest, minutes=minutes, seeker=seeker, now=now)
    wished = request.query_params.get("topic", "")
    topic = wished if wished in mentor.topics else ""
    return page(request, "mentoring/meet.html", mentor=mentor, week=week, topic=topic)


@get("/mentors/{slug:str}/meet/confirm", guards=[signed_in])
async def show_confirm(visit: NamedDependency[Visit], slug: FromPath[str]) -> Response[Any]:
    """Where, with a room or without, for whom, about what; what it draws and what is left."""
    query = visit.request.query_params
    typed = {name: query.get(name, "") for name in ("start", "minutes", "topic")}
    return await _confirm(visit, slug, typed)


@post("/mentors/{slug:str}/meet/confirm", guards=[signed_in], status_code=303)
async def book_meeting(visit: NamedDependency[Visit], slug: FromPath[str]) -> Response[Any]:
    """Book it, or show the form again with the reason why not."""
    typed: dict[str, str] = {}
    try:
        form = await read_form(visit.request, MeetForm)
        typed = {name: str(getattr(form, name) or "") for name in MeetForm.__struct_fields__}

        async def act(tx: Tx) -> MeetingView:
            mentor = await mentor_by_slug(tx, slug=slug)
            return await meet(tx, actor=visit.actor, order=_order(form, mentor), now=visit.now)

        made = await attempt(visit.db, act)
    except Refusal as refusal:
        typed = refusal.typed if isinstance(refusal, UnreadableForm) else typed
        return await _confirm(visit, slug, typed, refusal)
    return see_other(visit.request, f"/meetings/{made.id}/done")


def _order(form: MeetForm, mentor: MentorToMeet) -> MeetingOrder:
    start = read_start(form.start)
    if start is None:
        raise NoMeetingTime()
    place, space = (None if word in WORDS else UUID(word) for word in (form.where, form.room))
    in_person = place is not None
    return MeetingOrder(
        mentor_id=mentor.id,
        period=Period(start, start + timedelta(minutes=form.minutes)),
        mode=IN_PERSON if in_person else ONLINE,
        incubator_id=place,
        space_id=space if in_person else None,
        any_room=form.room == "any" and in_person,
        people=form.people,
        organisation_id=form.organisation_id,
        topic_slug=form.topic or None,
        question=form.question,
    )


async def _confirm(visit: Visit, slug: str, typed: dict[str, str], refusal: Refusal | None = None) -> Response[Any]:
    """Without a time there is nothing to confirm; a time that was taken meanwhile is said."""
    request = visit.request
    async with statement(visit.db) as tx:
        mentor = await mentor_by_slug(tx, slug=slug)
        choice = await choice_for(tx, mentor=mentor, actor=visit.actor, typed=typed, now=visit.now)
        topics = await topics_of(tx, slugs=mentor.topics)
        minutes = choice.period.minutes if choice else 0
        worth = await meeting_worth(tx, gmina_id=mentor.gmina_id, minutes=minutes, now=visit.now)
    if choice is None:
        if refusal is None:
            return Redirect(f"/mentors/{slug}/meet", status_code=303, headers={"Cache-Control": "no-store"})
        return page(
            request, "mentoring/meet_not.html", status=status_of(refusal), mentor=mentor, problem=said(request, refusal)
        )
    return page(
        request,
        "mentoring/meet_confirm.html",
        status=status_of(refusal) if refusal else 200,
        mentor=mentor,
        choice=choice,
        topics=topics,
        typed=typed,
        problem=said(request, refusal) if refusal else "",
        declare=typed.get("organisation_id") if isinstance(refusal, DeclarationNeeded) else "",
        worth=worth,
        taken=isinstance(refusal, MentorTaken) or not choice.ways,
        now=visit.now,
    )


@get("/meetings/{meeting_id:uuid}/done", guards=[signed_in])
async def show_done(visit: NamedDependency[Visit], meeting_id: FromPath[UUID]) -> Response[str]:
    """It is booked: what to do next."""
    async with statement(visit.db) as tx:
        meeting = await meeting_for(tx, actor=visit.actor, meeting_id=meeting_id)
        granted = await grant_about(tx, actor=visit.actor, subject_kind=KIND, subject_id=meeting_id)
    link = link_for(visit.actor, meeting)
    return page(visit.request, "mentoring/meet_done.html", meeting=meeting, link=link, granted=granted)


handlers = [show_times, show_confirm, book_meeting, show_done]
