"""Announce a session like an earlier one, at another time."""

from datetime import datetime
from typing import TypeVar
from uuid import UUID

import msgspec

from incubator.db.engine import Tx
from incubator.exchanges.announce import announce
from incubator.exchanges.describe_session import details_of
from incubator.exchanges.details import QuestionLine, SessionDetails, SpeakerLine, StallLine, When, Where
from incubator.exchanges.in_full import questions_of, stalls_of
from incubator.exchanges.queries import session_to_run
from incubator.exchanges.rules import moved_along, period_of
from incubator.exchanges.set_questions import put_questions
from incubator.exchanges.set_speakers import put_speakers
from incubator.exchanges.set_stalls import put_stalls
from incubator.exchanges.views import SessionView
from incubator.kernel.period import Period
from incubator.people.actor import Actor

S = TypeVar("S", bound=msgspec.Struct)
SPEAKERS = "SELECT name, role_pl, role_en, mentor_id FROM session_speaker WHERE session_id = $1 ORDER BY position"


async def copy_session(tx: Tx, *, actor: Actor, session_id: UUID, when: When, now: datetime) -> SessionView:
    """A draft with the same text, place, speakers, questions and stalls; what was told relative to the start moves
    along. Raises NoSuchSession, NotYours and what announce raises."""
    like = await session_to_run(tx, actor=actor, session_id=session_id)
    return await copy_of(tx, actor=actor, like=like, period=period_of(when.start, when.end), now=now)


async def copy_of(
    tx: Tx,
    *,
    actor: Actor,
    like: SessionView,
    period: Period,
    series: tuple[UUID, int] | None = None,
    now: datetime,
) -> SessionView:
    """As copy_session, in a series perhaps."""
    made = await announce(
        tx,
        actor=actor,
        gmina_id=like.gmina_id,
        details=_along(await details_of(tx, session_id=like.id), like.period, period),
        when=When(start=period.start, end=period.end),
        where=where_of(like),
        capacity=like.capacity,
        series=series,
        now=now,
    )
    speakers = [SpeakerLine(**row) for row in await tx.fetch(SPEAKERS, like.id)]
    questions = [_picked(one, QuestionLine) for one in await questions_of(tx, session_id=like.id)]
    stalls = [_picked(one, StallLine) for one in await stalls_of(tx, session_id=like.id)]
    await put_speakers(tx, session_id=made.id, speakers=speakers)
    await put_questions(tx, session_id=made.id, questions=questions)
    await put_stalls(tx, session_id=made.id, stalls=stalls)
    return made


def where_of(session: SessionView) -> Where:
    """Where it is, as it was said."""
    mode, space = session.mode, session.space_id or session.asked_space_id
    return msgspec.convert(
        {"mode": mode, "space_id": space, "place": session.place, "online_url": session.online_url}, Where
    )


def _along(details: SessionDetails, before: Period, after: Period) -> SessionDetails:
    def moved(moment: datetime | None, latest: datetime) -> datetime | None:
        return moved_along(moment, before=before, after=after, latest=latest)

    return msgspec.structs.replace(
        details,
        opens_at=moved(details.opens_at, after.end),
        closes_at=moved(details.closes_at, after.end),
        decide_at=moved(details.decide_at, after.start),
        priority_until=moved(details.priority_until, after.end),
    )


def _picked(view: msgspec.Struct, shape: type[S]) -> S:
    return shape(**{name: getattr(view, name) for name in shape.__struct_fields__})
