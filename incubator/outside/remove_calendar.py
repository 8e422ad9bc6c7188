"""Remove a calendar: its times are free again."""

from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.outside.fill import changed
from incubator.outside.keep import fill_beside
from incubator.outside.whose import calendar_to_change, note
from incubator.people.actor import Actor

FREE = "DELETE FROM occupancy WHERE subject_id IN (SELECT id FROM outside_busy WHERE calendar_id = $1)"
DELETE = (
    "DELETE FROM outside_busy WHERE calendar_id = $1",
    "DELETE FROM outside_told WHERE calendar_id = $1",
    "DELETE FROM outside_calendar WHERE id = $1",
)


async def remove_calendar(tx: Tx, *, actor: Actor, calendar_id: UUID, now: datetime) -> None:
    """Raises NoSuchCalendar, MentorRetired, SpaceRetired."""
    _, owner = await calendar_to_change(tx, actor=actor, calendar_id=calendar_id)
    await take_out(tx, calendar_id=calendar_id, now=now)
    await note(tx, actor=actor, owner=owner, verb="remove_outside_calendar", now=now)


async def take_out(tx: Tx, *, calendar_id: UUID, now: datetime) -> None:
    """Whatever there is of it; its row is locked. What another calendar says as well stays taken."""
    await tx.execute(FREE, calendar_id)
    await fill_beside(tx, calendar_id=calendar_id, now=now)
    await changed(tx, calendar_id=calendar_id)
    for statement in DELETE:
        await tx.execute(statement, calendar_id)
