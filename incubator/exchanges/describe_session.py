"""Say anew what a session is: all but when and where it is, and how many may come."""

from datetime import datetime
from uuid import UUID

from incubator.bookings.retitle import retitle
from incubator.db.engine import Tx
from incubator.exchanges.announce import must_fit, must_know_editions
from incubator.exchanges.details import SessionDetails
from incubator.exchanges.queries import session_by_id
from incubator.exchanges.saving import session_to_change
from incubator.exchanges.shown import shown_anew
from incubator.exchanges.views import SessionView
from incubator.people.actor import Actor
from incubator.people.telling import tell
from incubator.places.details import differences
from incubator.places.saving import update

NAMES = frozenset({"official_name"})
"""What may name a person."""
# A minimum that is to be judged later than it was is judged again.
CHANGED = """
UPDATE session SET changed_at = $2, decided_at = CASE WHEN decide_at > $2 THEN NULL ELSE decided_at END WHERE id = $1
"""
ROW = f"SELECT {', '.join(SessionDetails.__struct_fields__)} FROM session WHERE id = $1"


async def describe_session(
    tx: Tx, *, actor: Actor, session_id: UUID, details: SessionDetails, seen: int | None = None, now: datetime
) -> SessionView:
    """Raises NoSuchSession, NotYours, ChangedMeanwhile, SessionCalledOff, the refusals of `rules`, NoSuchEdition."""
    found = await session_to_change(tx, actor=actor, session_id=session_id, seen=seen)
    must_fit(details, found.period, found.gmina_id, found.capacity)
    await must_know_editions(tx, details)
    before, after = differences(await details_of(tx, session_id=session_id), details, untold=NAMES)
    await update(tx, "session", session_id, details)
    await tx.execute(CHANGED, session_id, now)
    if found.booking_id is not None and found.start > now and found.title_pl != details.title_pl:
        # What the desk's week and the sheet for the door call the room's booking.
        await retitle(tx, actor=actor, booking_id=found.booking_id, title=details.title_pl, now=now)
    of = ("session", session_id)
    await tell(tx, actor, now, "describe", of=of, gmina_id=found.gmina_id, before=before, after=after)
    await shown_anew(tx, [session_id], before=found.edition_id)
    return await session_by_id(tx, session_id=session_id)


async def details_of(tx: Tx, *, session_id: UUID) -> SessionDetails:
    """What was said of it, word for word: what is known of its room is not in it."""
    row = await tx.fetchrow(ROW, session_id)
    assert row is not None
    return SessionDetails(**row)
