"""Add a calendar kept elsewhere, once it was seen that it can be read."""

from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.kernel.errors import N_, Conflict
from incubator.kernel.ids import uuid7
from incubator.outside.address import Address
from incubator.outside.calendars import calendar_by_id
from incubator.outside.look import Looked, note_read
from incubator.outside.views import CalendarView
from incubator.outside.whose import note, owner_to_change
from incubator.people.actor import Actor

MOST = 5


class TooManyCalendars(Conflict):
    """More than are looked after."""

    code = "too_many_outside_calendars"
    sentence = N_("There are {most} calendars already. Please remove one first.")

    def __init__(self) -> None:
        super().__init__()
        self.most = MOST


class CalendarKnown(Conflict):
    """The same address, of the same mentor or space."""

    code = "outside_calendar_known"
    sentence = N_("This calendar is read already.")


BESIDE = """
SELECT count(*) AS count, coalesce(bool_or(address = $3), false) AS known FROM outside_calendar
WHERE mentor_id = $1 OR space_id = $2
"""
ADD = """
INSERT INTO outside_calendar (id, mentor_id, space_id, gmina_id, name, address, etag, last_modified, added_by, created_at,
    failures, problem, skipped)
VALUES ($1, $2, $3, $4, $5, $6, '', '', $7, $8, 0, '', 0)
"""


async def add_calendar(
    tx: Tx,
    *,
    actor: Actor,
    mentor_id: UUID | None = None,
    space_id: UUID | None = None,
    name: str,
    address: Address,
    looked: Looked,
    now: datetime,
) -> CalendarView:
    """Of a mentor or of a space; what it said when it was `looked` at is taken as busy. Raises TooManyCalendars,
    CalendarKnown, TooManyTimes, NoSuchMentor, MentorRetired, NoSuchSpace, SpaceRetired, NotYours."""
    # The owner's row is locked, so two who add at once are counted one after the other.
    owner = await owner_to_change(tx, actor=actor, mentor_id=mentor_id, space_id=space_id)
    beside = await tx.fetchrow(BESIDE, mentor_id, space_id, address.whole)
    assert beside is not None
    if beside["known"]:
        raise CalendarKnown()
    if beside["count"] >= MOST:
        raise TooManyCalendars()
    key = uuid7()
    whose = (mentor_id, space_id, owner.gmina_id)
    await tx.execute(ADD, key, *whose, name.strip() or address.host, address.whole, actor.account_id, now)
    await note_read(tx, calendar_id=key, looked=looked, now=now)
    await note(tx, actor=actor, owner=owner, verb="add_outside_calendar", now=now)
    return await calendar_by_id(tx, calendar_id=key, now=now)
