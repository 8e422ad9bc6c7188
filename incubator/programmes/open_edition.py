"""A new edition of a programme."""

from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.kernel.errors import N_, Conflict
from incubator.people.actor import Actor
from incubator.people.telling import tell
from incubator.places.saving import insert
from incubator.places.slugs import SlugTaken, slug_of, tries
from incubator.programmes.catalogue_editions import edition_in_full
from incubator.programmes.details import EditionDetails
from incubator.programmes.reach import programme_to_change
from incubator.programmes.rules import check_days
from incubator.programmes.views import EditionInFull


class ProgrammeClosed(Conflict):
    """A programme that has no further editions."""

    code = "programme_closed"
    sentence = N_("This programme is closed. Publish it again before you open a new edition.")


async def open_edition(
    tx: Tx, *, actor: Actor, programme_id: UUID, slug: str | None = None, details: EditionDetails, now: datetime
) -> EditionInFull:
    """A draft. Without a `slug`, one is made of the Polish name.

    Raises NoSuchProgramme, NotYours, ProgrammeClosed, SlugTaken, EditionDaysCross, DemoDayOutside.
    """
    row = await programme_to_change(tx, actor=actor, programme_id=programme_id)
    if row["state"] == "closed":
        raise ProgrammeClosed()
    check_days(starts_on=details.starts_on, ends_on=details.ends_on, demo_day=details.demo_day)
    wanted = [slug] if slug else tries(slug_of(details.name_pl, otherwise="edycja"))
    for one in wanted:
        columns = {"programme_id": programme_id, "slug": one, "places_taken": 0, "state": "draft", "version": 1}
        key = await insert(tx, "edition", details, **columns, created_at=now)
        if key is not None:
            await tell(tx, actor, now, "open", of=("edition", key), gmina_id=row["gmina_id"], after={"slug": one})
            return await edition_in_full(tx, edition_id=key, reader=actor, now=now)
    raise SlugTaken(wanted[0])
