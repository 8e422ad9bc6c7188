"""Publish a session: from now on it is announced to everybody, and seats may be taken."""

from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.exchanges.announce import SessionOver
from incubator.exchanges.following import Reach, with_following
from incubator.exchanges.queries import session_by_id
from incubator.exchanges.reopen_topics import tell_planned
from incubator.exchanges.rules import MinimumUndecided
from incubator.exchanges.saving import session_to_change
from incubator.exchanges.shown import shown_anew
from incubator.exchanges.states import State
from incubator.exchanges.views import SessionView
from incubator.people.actor import Actor
from incubator.people.telling import tell

PUBLISH = """
UPDATE session SET state = 'published', published_at = $2, changed_at = $2, version = version + 1 WHERE id = $1
"""
OPEN = "UPDATE session_seats SET open = true WHERE session_id = $1"


async def publish(
    tx: Tx, *, actor: Actor, session_id: UUID, reach: Reach = "this", seen: int | None = None, now: datetime
) -> SessionView:
    """Alone or with the drafts that follow it in its series. Raises NoSuchSession, NotYours, ChangedMeanwhile,
    SessionCalledOff, SessionNotSo, SessionOver, and MinimumUndecided where the minimum would have been judged
    already."""
    found = await session_to_change(tx, actor=actor, session_id=session_id, seen=seen, to=State.PUBLISHED)
    if found.end <= now:
        raise SessionOver()
    drafts = await with_following(tx, session=found, reach=reach, now=now, states=("draft",))
    for one in drafts:
        await _publish(tx, actor=actor, session=one, now=now)
    await shown_anew(tx, [one.id for one in drafts])
    return await session_by_id(tx, session_id=session_id)


async def _publish(tx: Tx, *, actor: Actor, session: SessionView, now: datetime) -> None:
    if session.decide_at is not None and session.decide_at <= now:
        raise MinimumUndecided()
    await tx.execute(PUBLISH, session.id, now)
    await tx.execute(OPEN, session.id)
    await tell(tx, actor, now, "publish", of=("session", session.id), gmina_id=session.gmina_id)
    await tell_planned(tx, session_id=session.id, actor=actor, now=now)
