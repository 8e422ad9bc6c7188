"""Say what an edition is called, when it is, and how many take part."""

from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.db.versions import bump
from incubator.kernel.errors import N_, Conflict
from incubator.people.actor import Actor
from incubator.people.telling import tell
from incubator.places.details import differences, picked
from incubator.places.saving import update
from incubator.programmes.catalogue_editions import edition_in_full
from incubator.programmes.details import EditionDetails
from incubator.programmes.reach import edition_to_change
from incubator.programmes.rules import check_days
from incubator.programmes.views import EditionInFull


class PlacesGivenAway(Conflict):
    """Fewer places than were given away already: `taken`."""

    code = "places_given_away"
    sentence = N_("{taken} places are given away already. The edition cannot have fewer.")

    def __init__(self, taken: int) -> None:
        super().__init__()
        self.taken = taken


async def describe_edition(
    tx: Tx, *, actor: Actor, edition_id: UUID, details: EditionDetails, seen: int | None = None, now: datetime
) -> EditionInFull:
    """Raises NoSuchEdition, NotYours, ChangedMeanwhile, PlacesGivenAway, EditionDaysCross, DemoDayOutside."""
    edition = await edition_to_change(tx, actor=actor, edition_id=edition_id, seen=seen)
    check_days(starts_on=details.starts_on, ends_on=details.ends_on, demo_day=details.demo_day)
    # Read under the edition's lock, for which an admission waits; the constraint would say the same.
    if details.places < edition.places_taken:
        raise PlacesGivenAway(edition.places_taken)
    row = await tx.fetchrow("SELECT * FROM edition WHERE id = $1", edition_id)
    assert row is not None  # it is locked
    before, after = differences(picked(row, EditionDetails), details)
    await update(tx, "edition", edition_id, details)
    of = ("edition", edition_id)
    await bump(tx, [edition_id])
    await tell(tx, actor, now, "describe", of=of, gmina_id=edition.gmina_id, before=before, after=after)
    return await edition_in_full(tx, edition_id=edition_id, reader=actor, now=now)
