"""Say how long somebody was there, by a signed list or the log of an online meeting."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from incubator.db.engine import Tx
from incubator.exchanges.queries import session_to_run
from incubator.kernel.errors import N_, Conflict, Invalid
from incubator.people.actor import Actor
from incubator.people.telling import tell
from incubator.registrations.queries import NoSuchTicket


class Evidence(StrEnum):
    LIST = "list"
    ONLINE_LOG = "online_log"


class NotBegun(Conflict):
    """Nobody has been there yet."""

    code = "session_not_begun"
    sentence = N_("The session has not begun yet.")


class MinutesTooMany(Invalid):
    """More than the session lasts."""

    code = "minutes_too_many"
    sentence = N_("Nobody can be there longer than the session lasts: {most} min.")

    def __init__(self, most: int) -> None:
        super().__init__()
        self.most = most


TICKET = "SELECT id, minutes, evidence FROM ticket WHERE id = $1 AND session_id = $2 AND live FOR NO KEY UPDATE"
CORRECT = "UPDATE ticket SET minutes = $2, evidence = $3, recorded_by = $4 WHERE id = $1"


async def correct_attendance(
    tx: Tx,
    *,
    actor: Actor,
    session_id: UUID,
    ticket_id: UUID,
    minutes: int,
    evidence: Evidence,
    now: datetime,
) -> None:
    """The minutes that count from now on; the door does not change them any more. 0: was not there. Raises
    NoSuchSession, NotYours, NoSuchTicket, NotBegun, MinutesTooMany."""
    session = await session_to_run(tx, actor=actor, session_id=session_id)
    if now < session.start:
        raise NotBegun()
    if not 0 <= minutes <= session.period.minutes:
        raise MinutesTooMany(session.period.minutes)
    was = await tx.fetchrow(TICKET, ticket_id, session_id)
    if was is None:
        raise NoSuchTicket()
    await tx.execute(CORRECT, ticket_id, minutes, evidence, actor.account_id)
    before = {"minutes": was["minutes"], "evidence": was["evidence"]}
    after = {"minutes": minutes, "evidence": evidence}
    of, gmina_id = ("ticket", ticket_id), session.gmina_id
    await tell(tx, actor, now, "correct_attendance", of=of, gmina_id=gmina_id, before=before, after=after)
