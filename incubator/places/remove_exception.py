"""Take an exception back: the day is like any other again."""

from datetime import date, datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.kernel.errors import N_, NotFound
from incubator.people.actor import Actor
from incubator.people.telling import tell
from incubator.places.set_exception import excepted_place, exception_changed


class NoSuchException(NotFound):
    """This day is like any other."""

    code = "no_such_exception"
    sentence = N_("There is no exception on this day.")


async def remove_exception(
    tx: Tx,
    *,
    actor: Actor,
    incubator_id: UUID | None = None,
    space_id: UUID | None = None,
    day: date,
    seen: int | None = None,
    now: datetime,
) -> None:
    """For an incubator or for one space.

    Raises NoSuchIncubator or NoSuchSpace, NotYours, SpaceRetired, ChangedMeanwhile, NoSuchException.
    """
    owner, place_id, gmina_id = await excepted_place(tx, actor, incubator_id, space_id, seen)
    gone = await tx.fetch(f"DELETE FROM dated_hours WHERE {owner}_id = $1 AND day = $2 RETURNING id", place_id, day)
    if not gone:
        raise NoSuchException()
    before = {"day": day}
    await tell(tx, actor, now, "remove_exception", of=(owner, place_id), gmina_id=gmina_id, before=before)
    await exception_changed(tx, owner, place_id)
