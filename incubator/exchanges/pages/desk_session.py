"""The desk of one session: what it is, when and where, who speaks and what is asked, its dates."""

from litestar.types import ControllerRouterHandler

from incubator.bookings.room_of import rooms_by_gmina
from incubator.db.engine import Tx
from incubator.exchanges.call_off import call_off
from incubator.exchanges.describe_session import describe_session, details_of
from incubator.exchanges.details import KINDS, LANGUAGES, MODES
from incubator.exchanges.in_full import session_in_full
from incubator.exchanges.move_session import move_session
from incubator.exchanges.pages.desk import editions_run
from incubator.exchanges.pages.labels import labels_in
from incubator.exchanges.pages.speakers import rows_shown, speakers_in
from incubator.exchanges.pages.typed import (
    EMPTY_ROWS,
    capacity_in,
    details_in,
    question_rows,
    questions_in,
    stalls_in,
    when_in,
    where_in,
)
from incubator.exchanges.publish import publish
from incubator.exchanges.queries import session_to_run
from incubator.exchanges.set_capacity import set_capacity
from incubator.exchanges.set_questions import set_questions
from incubator.exchanges.set_speakers import mentors_to_choose, set_speakers
from incubator.exchanges.set_stalls import set_stalls
from incubator.exchanges.settle_rooms import room_asked
from incubator.exchanges.views import SessionInFull, SessionView
from incubator.kernel.errors import N_
from incubator.people.forms import Asked, CheckField, Deed, Typed
from incubator.people.guards import office_or_coordinator
from incubator.people.screen import Screen, Shown
from incubator.people.visit import Visit
from incubator.web.bodies import Body, OptionalLine


class OffForm(Body, frozen=True, kw_only=True):
    """Why it is called off."""

    reason: OptionalLine = ""


async def one(tx: Tx, visit: Visit) -> SessionView:
    return await session_to_run(tx, actor=visit.actor, session_id=visit.key("session_id"))


async def _shown(tx: Tx, visit: Visit, session: SessionView) -> Shown:
    return Shown(
        "exchanges/desk_session.html",
        session=session,
        kept=await details_of(tx, session_id=session.id),
        rooms=await rooms_by_gmina(tx, [session.gmina_id] if session.gmina_id else None),
        asked=await room_asked(tx, session_id=session.id),
        editions=await editions_run(tx, visit),
        kinds=KINDS,
        modes=MODES,
        languages=LANGUAGES,
        now=visit.now,
    )


async def _programme(tx: Tx, visit: Visit, session: SessionView) -> Shown:
    full = await session_in_full(tx, reader=visit.actor, session_id=session.id)
    typed = visit.again("questions")
    return Shown(
        "exchanges/desk_programme.html",
        session=session,
        full=full,
        speakers=rows_shown(visit.again("speakers"), full.speakers),
        mentors=await mentors_to_choose(tx, session_id=session.id, gmina_id=session.gmina_id),
        rows=[*(_filled(typed) if typed else _kept(full)), *(Typed("questions", {}) for _ in range(EMPTY_ROWS))],
        now=visit.now,
    )


def _filled(typed: Typed) -> list[Typed]:
    return [row for row in question_rows(typed) if row.one("text_pl") or row.one("text_en")]


def _kept(full: SessionInFull) -> list[Typed]:
    rows = []
    for asked in full.questions:
        told = {name: [getattr(asked, name)] for name in ("text_pl", "text_en", "kind")}
        told |= {name: ["; ".join(getattr(asked, name))] for name in ("choices_pl", "choices_en")}
        rows.append(Typed("questions", {**told, "required": ["yes" if asked.required else ""]}))
    return rows


def _reach(asked: Asked) -> str:
    reach = asked.typed.one("reach", "this")
    if reach not in ("this", "following"):
        raise CheckField("reach")
    return reach


async def _publish(asked: Asked) -> None:
    await asked.do(publish, reach=_reach(asked), session_id=asked.place.id, seen=asked.typed.seen)


async def _describe(asked: Asked) -> None:
    await asked.do(describe_session, details=details_in(asked.typed), session_id=asked.place.id, seen=asked.typed.seen)


async def _move(asked: Asked) -> None:
    when, where = when_in(asked.typed), where_in(asked.typed)
    await asked.do(
        move_session, when=when, where=where, reach=_reach(asked), session_id=asked.place.id, seen=asked.typed.seen
    )


async def _resize(asked: Asked) -> None:
    await asked.do(set_capacity, capacity=capacity_in(asked.typed), session_id=asked.place.id, seen=asked.typed.seen)


async def _call_off(asked: Asked) -> None:
    reason = asked.typed.shaped(OffForm).reason
    if not reason:
        raise CheckField("reason")
    await asked.do(call_off, reason=reason, reach=_reach(asked), session_id=asked.place.id, seen=asked.typed.seen)


async def _speakers(asked: Asked) -> None:
    on = asked.place
    mentors = await mentors_to_choose(asked.tx, session_id=on.id, gmina_id=on.gmina_id)
    told = speakers_in(asked.typed, mentors=mentors)
    await asked.do(set_speakers, speakers=told, session_id=on.id, seen=asked.typed.seen)


async def _questions(asked: Asked) -> None:
    await asked.do(set_questions, questions=questions_in(asked.typed), session_id=asked.place.id, seen=asked.typed.seen)


async def _stalls(asked: Asked) -> None:
    await asked.do(set_stalls, stalls=stalls_in(asked.typed), session_id=asked.place.id, seen=asked.typed.seen)


SESSION = Screen(
    name="session_desk",
    path="/desk/exchange/{session_id:uuid}",
    guard=office_or_coordinator,
    about=one,
    shows=_shown,
    deeds={
        "publish": Deed(_publish, N_("The session is published: people can register.")),
        "session": Deed(_describe, N_("Saved.")),
        "move": Deed(_move, N_("The time and place are saved. Whoever is registered is told.")),
        "capacity": Deed(_resize, N_("The number of seats is saved.")),
        "off": Deed(_call_off, N_("The session is called off. Whoever is registered is told.")),
    },
    labels=labels_in,
)
PROGRAMME = Screen(
    name="session_programme",
    path="/desk/exchange/{session_id:uuid}/programme",
    guard=office_or_coordinator,
    about=one,
    shows=_programme,
    deeds={
        "speakers": Deed(_speakers, N_("The speakers are saved.")),
        "questions": Deed(_questions, N_("The questions are saved.")),
        "stalls": Deed(_stalls, N_("The stalls are saved.")),
    },
    labels=labels_in,
)
handlers: list[ControllerRouterHandler] = [*SESSION.handlers, *PROGRAMME.handlers]
