"""Stop waiting; what was offered goes to the next in line."""

from datetime import datetime
from uuid import UUID

from incubator.bookings.queries import booking_for
from incubator.bookings.settle import settle
from incubator.bookings.states import State
from incubator.bookings.waitlist import InLine, WaitlistView, wish_for
from incubator.db.engine import Tx
from incubator.db.history import record
from incubator.people.actor import Actor

LEAVE = """
UPDATE waitlist_entry SET state = 'left', changed_at = $2
WHERE id = $1 AND state IN ('waiting', 'offered') RETURNING id
"""


async def leave_line(tx: Tx, *, actor: Actor, entry_id: UUID, now: datetime) -> WaitlistView:
    """One's own wish, given up. One that is answered or over stays as it is. Raises NotInLine."""
    wish = await wish_for(tx, actor=actor, entry_id=entry_id, now=now)
    if wish.state not in (InLine.WAITING, InLine.OFFERED):
        return wish
    if wish.booking_id is not None:
        # The booking is locked before the line, as everywhere.
        offer = await booking_for(tx, actor=actor, booking_id=wish.booking_id, lock=True)
        if offer.state != State.HELD:
            return await wish_for(tx, actor=actor, entry_id=entry_id, now=now)
        await settle(tx, booking=offer, to=State.CANCELLED, verb="cancel", actor_id=actor.account_id, now=now)
    if await tx.fetchval(LEAVE, entry_id, now):
        await record(
            tx,
            now=now,
            actor_id=actor.account_id,
            verb="leave_line",
            subject_kind="waitlist_entry",
            subject_id=entry_id,
            gmina_id=wish.gmina_id,
        )
    return await wish_for(tx, actor=actor, entry_id=entry_id, now=now)
