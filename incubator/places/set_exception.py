"""Say that one day is different: other hours than in the week, or none at all."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.kernel.errors import N_, Invalid
from incubator.kernel.period import WARSAW
from incubator.people.actor import Actor
from incubator.people.telling import tell
from incubator.places.reach import bump_incubator, bump_spaces, count_on, incubator_to_change, space_to_change
from incubator.places.rules import Stretch, tidied

LATEST = date(2199, 12, 31)


class DayIsOver(Invalid):
    """An exception for a day that is past, or past all calendars of ours."""

    code = "day_is_over"
    sentence = N_("An exception can be set for today or a later day, not for {day}.")

    def __init__(self, day: date) -> None:
        super().__init__()
        self.day = day


PUT = "INSERT INTO dated_hours ({0}, day, opens, closes, note) VALUES ($1, $2, $3, $4, $5)"


async def set_exception(
    tx: Tx,
    *,
    actor: Actor,
    incubator_id: UUID | None = None,
    space_id: UUID | None = None,
    day: date,
    hours: Sequence[Stretch] = (),
    note: str = "",
    seen: int | None = None,
    now: datetime,
) -> None:
    """For an incubator or for one space: on `day` these hours count, public holiday or not. None
    means closed. An exception that was there is replaced. Bookings made before stand.

    Raises NoSuchIncubator or NoSuchSpace, NotYours, SpaceRetired, ChangedMeanwhile, DayIsOver,
    HoursReversed, HoursOverlap, TooManyHours.
    """
    owner, place_id, gmina_id = await excepted_place(tx, actor, incubator_id, space_id, seen)
    if not now.astimezone(WARSAW).date() <= day <= LATEST:
        raise DayIsOver(day)
    stretches = tidied(hours)
    await tx.execute(f"DELETE FROM dated_hours WHERE {owner}_id = $1 AND day = $2", place_id, day)
    times: list[tuple[int | None, int | None]] = [(one.opens, one.closes) for one in stretches]
    for opens, closes in times or [(None, None)]:
        await tx.execute(PUT.format(f"{owner}_id"), place_id, day, opens, closes, note)
    after = {"day": day, "hours": [str(one) for one in stretches]}
    await tell(tx, actor, now, "set_exception", of=(owner, place_id), gmina_id=gmina_id, after=after)
    await exception_changed(tx, owner, place_id)


async def excepted_place(
    tx: Tx, actor: Actor, incubator_id: UUID | None, space_id: UUID | None, seen: int | None
) -> tuple[str, UUID, UUID]:
    """What the exception is of ("incubator" or "space"), its identifier and its gmina; locked."""
    if space_id is not None:
        row = await space_to_change(tx, actor=actor, space_id=space_id, seen=seen)
        return "space", space_id, row["gmina_id"]
    assert incubator_id is not None, "an exception is of an incubator or of a space"
    row = await incubator_to_change(tx, actor=actor, incubator_id=incubator_id, seen=seen)
    return "incubator", incubator_id, row["gmina_id"]


async def exception_changed(tx: Tx, owner: str, place_id: UUID) -> None:
    """Count the version of the place on, and say so to those who keep copies."""
    await count_on(tx, owner, place_id)
    if owner == "space":
        await bump_spaces(tx, [place_id])
    else:
        await bump_incubator(tx, place_id)
