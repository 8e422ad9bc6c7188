"""Who may do what with meetings: see lines.py."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from incubator.db.engine import attempt, statement, transaction
from incubator.kernel.period import Period, local_moment
from incubator.mentoring.be_away import be_away
from incubator.mentoring.meet import meet
from incubator.mentoring.order import MeetingOrder
from incubator.mentoring.views import MeetingView
from tests.mentoring.cast import MentorAtHand, put_mentor
from tests.moments import NOW
from tests.roles.lines import ANY_DESK, BOOKING, BOOKING_AT_DESK, HOLDERS_ALONE, PUBLIC, SIGNED_IN, line
from tests.roles.world import TITLE, Made, Send, World

ITS_MENTOR = "shhhhh.h."
"""Of the people in the columns only the coordinator and the administrator; the mentor is none of them."""


async def mentor(world: World) -> MentorAtHand:
    async with statement(world.db) as tx:
        incubator: UUID = await tx.fetchval("SELECT id FROM incubator WHERE slug = $1", world.incubator)
    async with transaction(world.db) as tx:
        name = f"mentor-{world.gmina}-{next(world.turns)}"
        return await put_mentor(tx, name, gmina=world.gmina_id, incubator=incubator)


async def meeting(world: World, *, begun: bool = False) -> MeetingView:
    """Of the holder, private; `begun` it was over an hour ago."""
    who, actor = await mentor(world), await world.acting(world.holder)
    start = local_moment(NOW.date() - timedelta(days=3), 600) if begun else world.hour().start
    order = MeetingOrder(
        mentor_id=who.id,
        period=Period(start, start + timedelta(hours=1)),
        mode="online",
        topic_slug="prawo",
        question=TITLE,
    )
    now = min(NOW, start - timedelta(hours=1))
    return await attempt(world.db, lambda tx: meet(tx, actor=actor, order=order, now=now))


def met(path: str, body: "dict[str, Any] | None" = None, *, begun: bool = False, noted: bool = False) -> Send:
    """About a meeting of the holder's; `noted` with a record to confirm."""

    async def send(world: World) -> Made:
        view = await meeting(world, begun=begun)
        if noted:
            await world.sql("UPDATE meeting SET state = 'took_place', minutes = 50 WHERE id = $1", view.id)
        return path.format(key=view.id), body

    return send


def with_mentor(path: str, body: "Callable[[World, MentorAtHand], dict[str, Any]] | None" = None) -> Send:
    async def send(world: World) -> Made:
        who = await mentor(world)
        slug = await world.sql("SELECT slug FROM mentor WHERE id = $1", who.id)
        return path.format(slug=slug), body(world, who) if body else None

    return send


def wish(world: World, who: MentorAtHand) -> dict[str, Any]:
    period = world.hour()
    return {"mentor_id": str(who.id), "mode": "online", **_times(period)}


def away(world: World, _: MentorAtHand) -> dict[str, Any]:
    return _times(world.hour())


def _times(period: Period) -> dict[str, Any]:
    return {"start": period.start.isoformat(), "end": period.end.isoformat()}


async def new_time(world: World) -> Made:
    view = await meeting(world)
    return f"/api/meetings/{view.id}/move", _times(world.hour())


async def back(world: World) -> Made:
    who = await mentor(world)
    actor = await world.acting(who.person)
    period = world.hour()
    async with transaction(world.db) as tx:
        absence = await be_away(tx, actor=actor, mentor_id=who.id, period=period, now=NOW)
    return f"/api/mentor-absences/{absence.id}", None


READ, WRITE = "mentoring:read", "mentoring:write"
KEY = "/api/meetings/{key}"
line("POST /api/meetings", SIGNED_IN, with_mentor("/api/meetings", wish), scope=WRITE)
line(
    "POST /api/meetings/any",
    SIGNED_IN,
    with_mentor("/api/meetings/any", lambda _, __: {"topic": "prawo", "minutes": 60}),
    scope=WRITE,
)
line("GET /api/meetings", SIGNED_IN, met("/api/meetings"), scope=READ, told="hh.hhhhhh")
line("GET /api/meetings/{meeting_id}", BOOKING, met(KEY), told="hh.hhh.h.", scope=READ)
line("GET /api/meetings/{meeting_id}/history", BOOKING, met(KEY + "/history"), scope=READ)
line("POST /api/meetings/{meeting_id}/cancel", BOOKING, met(KEY + "/cancel", {"reason": "x"}), scope=WRITE)
line("POST /api/meetings/{meeting_id}/move", BOOKING, new_time, scope=WRITE)
line(
    "POST /api/meetings/{meeting_id}/record",
    HOLDERS_ALONE,
    met(KEY + "/record", {"minutes": 50}, begun=True),
    scope=WRITE,
)
line(
    "POST /api/meetings/{meeting_id}/confirm", HOLDERS_ALONE, met(KEY + "/confirm", begun=True, noted=True), scope=WRITE
)
line("POST /api/meetings/{meeting_id}/missed", HOLDERS_ALONE, met(KEY + "/missed", begun=True), scope=WRITE)
line(
    "POST /api/meetings/{meeting_id}/settle",
    BOOKING_AT_DESK,
    met(KEY + "/settle", {"state": "took_place", "minutes": 50, "reason": "x"}, begun=True),
    scope=WRITE,
)
line("GET /api/meetings/{meeting_id}/note", BOOKING, met(KEY + "/note"), scope=READ)
line("PUT /api/meetings/{meeting_id}/note", HOLDERS_ALONE, met(KEY + "/note", {"text": "x"}), scope=WRITE)
line("GET /api/mentors/{slug}/times", PUBLIC, with_mentor("/api/mentors/{slug}/times"))
line("GET /api/topics/{slug}/mentor-times", PUBLIC, "/api/topics/prawo/mentor-times")
line("POST /api/mentors/{slug}/absences", ITS_MENTOR, with_mentor("/api/mentors/{slug}/absences", away), scope=WRITE)
line("GET /api/mentors/{slug}/absences", ITS_MENTOR, with_mentor("/api/mentors/{slug}/absences"), scope=READ)
line("DELETE /api/mentor-absences/{absence_id}", ITS_MENTOR, back, scope=WRITE)


def form(path: str, name: str, *, begun: bool = False, noted: bool = False, **typed: str) -> Send:
    """A form on the page of a meeting of the holder's."""

    async def send(world: World) -> Made:
        address, _ = await met(path, begun=begun, noted=noted)(world)
        return address, {"form": name, "version": "0", **typed}

    return send


async def picked(world: World) -> Made:
    who, start = await mentor(world), world.hour().start
    slug = await world.sql("SELECT slug FROM mentor WHERE id = $1", who.id)
    wish = {"start": f"{start:%Y-%m-%dT%H:%MZ}", "minutes": "60", "where": "online"}
    return f"/mentors/{slug}/meet/confirm", wish


async def moved(world: World) -> Made:
    view = await meeting(world)
    return f"/meetings/{view.id}/move", {"start": f"{world.hour().start:%Y-%m-%dT%H:%MZ}"}


MENTORS_ALONE = "sffffffff"
line("GET /mentors/any", PUBLIC, with_mentor("/mentors/any?topic=prawo"))
line("GET /mentors/{slug}/meet", PUBLIC, with_mentor("/mentors/{slug}/meet"))
line("GET /mentors/{slug}/meet/confirm", SIGNED_IN, with_mentor("/mentors/{slug}/meet/confirm"))
line("POST /mentors/{slug}/meet/confirm", SIGNED_IN, picked)
line("GET /meetings", SIGNED_IN, met("/meetings"), told="hhhhhhhhh")
line("GET /meetings/past", SIGNED_IN, met("/meetings/past"), told="hhhhhhhhh")
line("GET /meetings/{meeting_id}", BOOKING, met("/meetings/{key}"), told="hh.hhh.h.")
line("POST /meetings/{meeting_id}", BOOKING, form("/meetings/{key}", "cancel", reason="x"))
line("GET /meetings/{meeting_id}/done", BOOKING, met("/meetings/{key}/done"))
line("GET /meetings/{meeting_id}/event.ics", BOOKING, met("/meetings/{key}/event.ics"))
line("GET /meetings/{meeting_id}/move", BOOKING, met("/meetings/{key}/move"))
line("POST /meetings/{meeting_id}/move", BOOKING, moved)
line("GET /mentor", MENTORS_ALONE, "/mentor")
line("POST /mentor", MENTORS_ALONE, form("/mentor", "away", first="2026-09-20", last="2026-09-20"))
line("GET /desk/meetings", ANY_DESK, met("/desk/meetings"))
