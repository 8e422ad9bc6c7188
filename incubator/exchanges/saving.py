"""What the verbs that change a session share: the row locked, its state asked for, its history written."""

from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.exchanges.in_full import session_in_full
from incubator.exchanges.queries import session_to_run
from incubator.exchanges.shown import shown_anew
from incubator.exchanges.states import ALLOWED, State
from incubator.exchanges.views import SessionInFull, SessionView
from incubator.kernel.errors import N_, Conflict
from incubator.people.actor import Actor
from incubator.people.telling import tell
from incubator.web.etags import must_be_current


class SessionNotSo(Conflict):
    """The session has moved on: what was asked does not fit where it is now."""

    code = "session_not_so"
    sentence = N_("This cannot be done with the session in the state it is in.")

    def __init__(self, state: str) -> None:
        super().__init__()
        self.state = state


class SessionCalledOff(Conflict):
    """Nothing more is changed of it."""

    code = "session_called_off"
    sentence = N_("This session was called off.")


COUNT_ON = "UPDATE session SET version = version + 1, changed_at = $2 WHERE id = $1"


async def session_to_change(
    tx: Tx, *, actor: Actor, session_id: UUID, seen: int | None = None, to: State | None = None
) -> SessionView:
    """Locked, for who runs it; to be moved to the state `to`. Raises NoSuchSession, NotYours, ChangedMeanwhile,
    SessionCalledOff, SessionNotSo."""
    found = await session_to_run(tx, actor=actor, session_id=session_id, lock=True)
    must_be_current(found.version, seen)
    if found.state == State.CANCELLED:
        raise SessionCalledOff()
    if to is not None and to not in ALLOWED[State(found.state)]:
        raise SessionNotSo(found.state)
    return found


async def said_anew(
    tx: Tx, *, actor: Actor, session: SessionView, what: str, count: int, now: datetime
) -> SessionInFull:
    """What a session has several of (`what`: speakers, say) was put down anew; so many there are now."""
    await count_on(tx, session.id, now)
    of, after = ("session", session.id), {what: count}
    await tell(tx, actor, now, f"set_{what}", of=of, gmina_id=session.gmina_id, after=after)
    return await session_in_full(tx, reader=actor, session_id=session.id)


async def count_on(tx: Tx, session_id: UUID, now: datetime) -> None:
    """One version further, for what else belongs to a session than the columns of its row."""
    await tx.execute(COUNT_ON, session_id, now)
    await shown_anew(tx, [session_id])
