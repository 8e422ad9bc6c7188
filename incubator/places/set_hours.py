"""Set the weekly hours of an incubator, or of a space that keeps other hours than its incubator."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.people.actor import Actor
from incubator.people.telling import tell
from incubator.places.catalogue import hours_of
from incubator.places.reach import bump_incubator, bump_spaces, count_on, incubator_to_change, space_to_change
from incubator.places.rules import Stretch, tidied

PUT = """
INSERT INTO weekly_hours ({0}, weekday, opens, closes)
SELECT $1, weekday, opens, closes FROM unnest($2::int[], $3::int[], $4::int[]) AS given(weekday, opens, closes)
"""


async def set_incubator_hours(
    tx: Tx, *, actor: Actor, incubator_id: UUID, hours: Sequence[Stretch], seen: int | None = None, now: datetime
) -> None:
    """None means closed all week. Bookings made before stand.

    Raises NoSuchIncubator, NotYours, ChangedMeanwhile, HoursReversed, HoursOverlap, TooManyHours.
    """
    row = await incubator_to_change(tx, actor=actor, incubator_id=incubator_id, seen=seen)
    before = await _replace(tx, "incubator", incubator_id, tidied(hours))
    after = await hours_of(tx, place_id=incubator_id)
    gmina_id = row["gmina_id"]
    await tell(
        tx, actor, now, "set_hours", of=("incubator", incubator_id), gmina_id=gmina_id, before=before, after=after
    )
    await bump_incubator(tx, incubator_id)


async def set_space_hours(
    tx: Tx, *, actor: Actor, space_id: UUID, hours: Sequence[Stretch], seen: int | None = None, now: datetime
) -> None:
    """None means that the space follows its incubator. Bookings made before stand.

    Raises NoSuchSpace, NotYours, SpaceRetired, ChangedMeanwhile, HoursReversed, HoursOverlap,
    TooManyHours.
    """
    row = await space_to_change(tx, actor=actor, space_id=space_id, seen=seen)
    before = await _replace(tx, "space", space_id, tidied(hours))
    after = await hours_of(tx, place_id=space_id)
    gmina_id = row["gmina_id"]
    await tell(tx, actor, now, "set_hours", of=("space", space_id), gmina_id=gmina_id, before=before, after=after)
    await bump_spaces(tx, [space_id])


async def _replace(tx: Tx, owner: str, place_id: UUID, hours: Sequence[Stretch]) -> object:
    before = await hours_of(tx, place_id=place_id)
    await tx.execute(f"DELETE FROM weekly_hours WHERE {owner}_id = $1", place_id)
    columns = ([one.weekday for one in hours], [one.opens for one in hours], [one.closes for one in hours])
    await tx.execute(PUT.format(f"{owner}_id"), place_id, *columns)
    await count_on(tx, owner, place_id)
    return before
