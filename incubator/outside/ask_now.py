"""A look at a calendar out of turn, at most once a minute; and how often new addresses may be tried."""

from datetime import datetime, timedelta
from uuid import UUID

from incubator.db.engine import Tx
from incubator.kernel.errors import N_, TooMany
from incubator.outside.whose import calendar_to_change
from incubator.people.actor import Actor
from incubator.people.attempts import Limit

PAUSE = timedelta(minutes=1)
TRIALS = Limit("outside:account", 20, timedelta(hours=1))
"""New addresses by one person."""


class AskedJustNow(TooMany):
    """Its server is asked once a minute at most."""

    code = "outside_calendar_asked_just_now"
    sentence = N_("This calendar was read just now. Please wait a minute.")


async def ask_now(tx: Tx, *, actor: Actor, calendar_id: UUID, now: datetime) -> UUID:
    """Note that it is about to be looked at. Raises AskedJustNow, NoSuchCalendar, MentorRetired, SpaceRetired."""
    row, _ = await calendar_to_change(tx, actor=actor, calendar_id=calendar_id)
    if row["tried_at"] is not None and row["tried_at"] > now - PAUSE:
        raise AskedJustNow()
    await tx.execute("UPDATE outside_calendar SET tried_at = $2 WHERE id = $1", calendar_id, now)
    return calendar_id
