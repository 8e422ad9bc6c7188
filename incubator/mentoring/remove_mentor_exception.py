"""Let a day of a mentor be like any other again."""

from datetime import date, datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.kernel.errors import N_, NotFound
from incubator.mentoring.reach import Change, mentor_to_change, touched
from incubator.people.actor import Actor


class NoSuchException(NotFound):
    """Nothing is said of this day."""

    code = "no_such_mentor_exception"
    sentence = N_("That day is like any other already.")


DROP = "DELETE FROM mentor_exception WHERE mentor_id = $1 AND day = $2 RETURNING id"


async def remove_mentor_exception(
    tx: Tx, *, actor: Actor, mentor_id: UUID, day: date, seen: int | None = None, now: datetime
) -> None:
    """Raises NoSuchMentor, NotYours, MentorRetired, ChangedMeanwhile, NoSuchException."""
    row = await mentor_to_change(tx, actor=actor, mentor_id=mentor_id, seen=seen)
    if not await tx.fetch(DROP, mentor_id, day):
        raise NoSuchException()
    change = Change(verb="remove_mentor_exception", about=N_("the hours of one day"), before={"day": day})
    await touched(tx, actor=actor, row=row, change=change, now=now)
