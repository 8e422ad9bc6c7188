"""Start an acceleration programme of a gmina, or of the metropolis."""

from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.people.actor import Actor
from incubator.people.telling import tell
from incubator.places.queries import NoSuchGmina
from incubator.places.saving import insert
from incubator.places.slugs import SlugTaken, slug_of, tries
from incubator.programmes.catalogue import bundle, programme_by_id
from incubator.programmes.details import ProgrammeDetails
from incubator.programmes.queries import must_run
from incubator.programmes.views import ProgrammeInFull


async def found_programme(
    tx: Tx, *, actor: Actor, gmina_id: UUID | None, slug: str | None = None, details: ProgrammeDetails, now: datetime
) -> ProgrammeInFull:
    """A draft, run by the gmina's coordinator; without a gmina by the metropolis office. Without a
    `slug`, one is made of the Polish name.

    Raises NotYours, NoSuchGmina, SlugTaken.
    """
    must_run(actor, gmina_id)
    if gmina_id is not None and not await tx.fetchval("SELECT true FROM gmina WHERE id = $1", gmina_id):
        raise NoSuchGmina()
    bundle_id = (await bundle(tx)).id
    wanted = [slug] if slug else tries(slug_of(details.name_pl, otherwise="program"))
    for one in wanted:
        columns = {"bundle_id": bundle_id, "gmina_id": gmina_id, "slug": one, "state": "draft", "version": 1}
        key = await insert(tx, "programme", details, **columns, created_at=now)
        if key is not None:
            await tell(tx, actor, now, "found", of=("programme", key), gmina_id=gmina_id, after={"slug": one})
            return await programme_by_id(tx, programme_id=key, reader=actor, now=now)
    raise SlugTaken(wanted[0])
