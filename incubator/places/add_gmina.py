"""Take a gmina into the bundle."""

from datetime import datetime

from incubator.db.engine import Tx
from incubator.kernel.errors import N_, Conflict
from incubator.people.actor import Actor
from incubator.people.guards import NotYours
from incubator.people.telling import tell
from incubator.places.catalogue import gmina_by_slug
from incubator.places.details import GminaDetails
from incubator.places.saving import insert
from incubator.places.views import GminaView


class GminaThereAlready(Conflict):
    """A gmina with this TERC code or slug is in the bundle."""

    code = "gmina_there_already"
    sentence = N_("This gmina is in the bundle already.")


async def add_gmina(
    tx: Tx,
    *,
    actor: Actor,
    terc: str,
    slug: str,
    name: str,
    kind: str,
    county: str,
    population: int,
    latitude: float | None = None,
    longitude: float | None = None,
    details: GminaDetails,
    now: datetime,
) -> GminaView:
    """For administrators. `terc` has seven digits, `kind` is urban, rural or urban-rural.

    Raises NotYours, GminaThereAlready.
    """
    if not actor.is_administrator:
        raise NotYours()
    facts = {"terc": terc, "slug": slug, "name": name, "kind": kind, "county": county, "population": population}
    key = await insert(tx, "gmina", details, **facts, latitude=latitude, longitude=longitude, version=1)
    if key is None:
        raise GminaThereAlready()
    await tell(tx, actor, now, "add_gmina", of=("gmina", key), gmina_id=key, after={"terc": terc})
    return await gmina_by_slug(tx, slug=slug)
