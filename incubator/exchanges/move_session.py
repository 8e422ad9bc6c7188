"""Move a session to another time or place, alone or with those that follow it in its series."""

from datetime import datetime
from uuid import UUID

from asyncpg import Range

from incubator.bookings.room_of import move_room
from incubator.db.engine import Tx
from incubator.exchanges.announce import SessionOver, must_be_somewhere, must_fit, needed_for
from incubator.exchanges.describe_session import details_of
from incubator.exchanges.details import When, Where
from incubator.exchanges.following import Reach, shifted, with_following
from incubator.exchanges.queries import session_by_id
from incubator.exchanges.rules import moved_along, period_of
from incubator.exchanges.saving import session_to_change
from incubator.exchanges.shown import shown_anew
from incubator.exchanges.views import SessionView
from incubator.kernel.period import Period
from incubator.people.actor import Actor
from incubator.people.telling import tell

MOVE = """
UPDATE session SET period = $2, mode = $3, place = $4, online_url = $5, opens_at = $6, closes_at = $7, decide_at = $8::timestamptz,
    priority_until = $9, booking_id = $10, room_lost_at = NULL, room_asked_at = (
        SELECT $11::timestamptz FROM booking WHERE booking.id = $10 AND booking.state = 'awaiting_approval'
    ), sequence = sequence + 1, version = version + 1,
    changed_at = $11::timestamptz, decided_at = CASE WHEN $8::timestamptz > $11::timestamptz THEN NULL ELSE decided_at END
WHERE id = $1
"""
BOOKING = "SELECT booking_id FROM session WHERE id = $1"


async def move_session(
    tx: Tx,
    *,
    actor: Actor,
    session_id: UUID,
    when: When,
    where: Where,
    reach: Reach = "this",
    seen: int | None = None,
    now: datetime,
) -> SessionView:
    """What is told relative to its start (closing, deciding, priority) moves along. Who is registered is told by
    comparison (docs/decisions/0015). All or nothing.

    Raises NoSuchSession, NotYours, ChangedMeanwhile, SessionCalledOff, SessionOver, the refusals of `rules` and, of
    the room, what move_room raises.
    """
    found = await session_to_change(tx, actor=actor, session_id=session_id, seen=seen)
    period = period_of(when.start, when.end)
    if found.end <= now or period.end <= now:
        raise SessionOver()
    must_be_somewhere(where)
    all_of_them = await with_following(tx, session=found, reach=reach, now=now)
    # From the end that they move towards, so that none meets another that has yet to go.
    for one in all_of_them if period.start < found.start else reversed(all_of_them):
        to = shifted(one.period, like=(found.period, period)) if one is not found else period
        await _move(tx, actor=actor, session=one, period=to, where=where, now=now)
    await shown_anew(tx, [one.id for one in all_of_them])
    return await session_by_id(tx, session_id=session_id)


async def _move(tx: Tx, *, actor: Actor, session: SessionView, period: Period, where: Where, now: datetime) -> None:
    if _whereabouts(session) == (period, where.mode, where.space_id, where.place, where.online_url):
        return
    needed = needed_for(
        session.id,
        gmina_id=session.gmina_id,
        period=period,
        title=session.title_pl,
        people=session.capacity,
    )
    held = await tx.fetchval(BOOKING, session.id)
    booking = await move_room(tx, actor=actor, needed=needed, booking_id=held, space_id=where.space_id, now=now)
    along = {"before": session.period, "after": period}
    moments = (
        session.opens_at,
        moved_along(session.closes_at, **along, latest=period.end),
        moved_along(session.decide_at, **along, latest=period.start),
        moved_along(session.priority_until, **along, latest=period.end),
    )
    place = (where.mode, where.place, where.online_url)
    await tx.execute(MOVE, session.id, Range(period.start, period.end), *place, *moments, booking, now)
    must_fit(await details_of(tx, session_id=session.id), period, session.gmina_id, None)
    before = {"start": session.start, "end": session.end, "mode": session.mode, "space_id": session.space_id}
    after = {"start": period.start, "end": period.end, "mode": where.mode, "space_id": where.space_id}
    of = ("session", session.id)
    await tell(tx, actor, now, "move", of=of, gmina_id=session.gmina_id, before=before, after=after)


def _whereabouts(session: SessionView) -> tuple[object, ...]:
    return session.period, session.mode, session.space_id or session.asked_space_id, session.place, session.online_url
