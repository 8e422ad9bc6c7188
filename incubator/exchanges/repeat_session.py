"""Make a series of a session: each of its dates is a session of its own, with its own registrations."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from incubator.bookings.series_rules import Pattern, occurrences
from incubator.db.engine import Tx
from incubator.exchanges.copy_session import copy_of
from incubator.exchanges.details import Rhythm
from incubator.exchanges.queries import session_by_id
from incubator.exchanges.saving import session_to_change
from incubator.exchanges.shown import shown_anew
from incubator.exchanges.views import SessionView
from incubator.kernel.errors import N_, Conflict, Forbidden, Invalid, Refusal
from incubator.kernel.ids import uuid7
from incubator.kernel.period import WARSAW, Period
from incubator.people.actor import Actor
from incubator.people.telling import tell


class InSeriesAlready(Conflict):
    code = "in_series_already"
    sentence = N_("This session is part of a series already. Copy it, and repeat the copy.")


@dataclass(frozen=True, slots=True)
class Date:
    """A date of a series to be: its session, once it is made, or why it cannot be."""

    period: Period
    session_id: UUID | None
    refusal: Refusal | None


class SeriesInTheWay(Conflict):
    """Some dates cannot be: `dates` says which and why. Nothing was made."""

    code = "series_in_the_way"
    sentence = N_("{count} dates of the series cannot be, as the room is taken or closed. Nothing was made: leave them out, or choose another room.")  # fmt: skip

    def __init__(self, dates: list[Date]) -> None:
        super().__init__()
        self.dates = dates
        self.count = sum(1 for one in dates if one.refusal is not None)


class _Undone(Exception):
    """Takes back what was made to see whether it could be."""


SERIES = """
INSERT INTO session_series (id, gmina_id, first_day, every_weeks, weekdays, count, created_at)
VALUES ($1, $2, $3, $4, $5, $6, $7)
"""
FIRST = "UPDATE session SET series_id = $2, occurrence = 1, version = version + 1, changed_at = $3 WHERE id = $1"


async def repeat_session(
    tx: Tx,
    *,
    actor: Actor,
    session_id: UUID,
    rhythm: Rhythm,
    skip: bool = False,
    seen: int | None = None,
    now: datetime,
) -> list[Date]:
    """The session becomes the first of its series, the others are drafts like it, with its room, speakers,
    questions and stalls. With `skip`, dates that cannot be are left out.

    Raises NoSuchSession, NotYours, ChangedMeanwhile, SessionCalledOff, InSeriesAlready, SeriesInTheWay and what
    series_rules raises.
    """
    found = await session_to_change(tx, actor=actor, session_id=session_id, seen=seen)
    if found.series_id is not None:
        raise InSeriesAlready()
    periods = _periods(found, rhythm)
    key, first_day = uuid7(), periods[0].start.astimezone(WARSAW).date()
    weekdays = _weekdays(found, rhythm)
    said = (first_day, rhythm.every_weeks, weekdays, rhythm.count)
    await tx.execute(SERIES, key, found.gmina_id, *said, now)
    await tx.execute(FIRST, session_id, key, now)
    first = await session_by_id(tx, session_id=session_id)
    dates = [Date(found.period, found.id, None)]
    for n, period in enumerate(periods[1:], start=2):
        dates.append(await _one(tx, actor=actor, like=first, period=period, series=(key, n), now=now))
    if not skip and any(one.refusal is not None for one in dates):
        raise SeriesInTheWay(dates)
    after = {"series_id": key, "dates": sum(1 for one in dates if one.refusal is None)}
    await tell(tx, actor, now, "repeat", of=("session", session_id), gmina_id=found.gmina_id, after=after)
    await shown_anew(tx, [session_id])
    return dates


async def foresee_series(tx: Tx, *, actor: Actor, session_id: UUID, rhythm: Rhythm, now: datetime) -> list[Date]:
    """What repeat_session would make, found out by making it and taking it back. In a transaction. Raises what it
    raises, but for SeriesInTheWay."""
    dates: list[Date] = []
    try:
        async with tx.transaction():
            dates = await repeat_session(tx, actor=actor, session_id=session_id, rhythm=rhythm, skip=True, now=now)
            raise _Undone
    except _Undone:
        return dates


async def _one(tx: Tx, *, actor: Actor, period: Period, now: datetime, **like: Any) -> Date:
    """Whole, or nothing of it."""
    try:
        async with tx.transaction():
            made = await copy_of(tx, actor=actor, period=period, now=now, **like)
    except (Conflict, Invalid, Forbidden) as refusal:
        return Date(period, None, refusal)
    return Date(period, made.id, None)


def _periods(session: SessionView, rhythm: Rhythm) -> list[Period]:
    start, end = (moment.astimezone(WARSAW) for moment in (session.start, session.end))
    length = end.replace(tzinfo=None) - start.replace(tzinfo=None)
    pattern = Pattern(
        first_day=start.date(),
        weekdays=tuple(_weekdays(session, rhythm)),
        start_minute=start.hour * 60 + start.minute,
        length_minutes=int(length.total_seconds() // 60),
        every_weeks=rhythm.every_weeks,
        count=rhythm.count,
    )
    return occurrences(pattern)


def _weekdays(session: SessionView, rhythm: Rhythm) -> list[int]:
    """The session's own day is always one of them."""
    return sorted({*rhythm.weekdays, session.start.astimezone(WARSAW).isoweekday()})
