"""Say which days the public page of an edition tells of."""

from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.db.versions import bump
from incubator.people.actor import Actor
from incubator.people.telling import tell
from incubator.programmes.catalogue_editions import edition_in_full
from incubator.programmes.details import DateLine
from incubator.programmes.reach import count_on, edition_to_change
from incubator.programmes.views import EditionInFull

ADD = "INSERT INTO edition_date (edition_id, on_day, name_pl, name_en) VALUES ($1, $2, $3, $4)"


async def set_dates(
    tx: Tx, *, actor: Actor, edition_id: UUID, dates: list[DateLine], seen: int | None = None, now: datetime
) -> EditionInFull:
    """All of them anew. Raises NoSuchEdition, NotYours, ChangedMeanwhile."""
    edition = await edition_to_change(tx, actor=actor, edition_id=edition_id, seen=seen)
    await tx.execute("DELETE FROM edition_date WHERE edition_id = $1", edition_id)
    ordered = sorted(dates, key=lambda one: one.on_day)
    await tx.executemany(ADD, [(edition_id, one.on_day, one.name_pl, one.name_en) for one in ordered])
    await count_on(tx, "edition", edition_id)
    of, after = ("edition", edition_id), {"dates": ordered}
    await bump(tx, [edition_id])
    await tell(tx, actor, now, "set_dates", of=of, gmina_id=edition.gmina_id, after=after)
    return await edition_in_full(tx, edition_id=edition_id, reader=actor, now=now)
