"""Start an incubator in a gmina."""

from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.kernel.errors import N_, Conflict
from incubator.people.actor import Actor
from incubator.people.telling import tell
from incubator.places.catalogue import incubator_by_id
from incubator.places.details import IncubatorDetails
from incubator.places.reach import gmina_to_change
from incubator.places.saving import insert
from incubator.places.views import IncubatorView


class IncubatorThereAlready(Conflict):
    """Its project code or its slug belongs to another incubator of the bundle."""

    code = "incubator_there_already"
    sentence = N_("Another incubator of the bundle has the code “{project}” or the address “{slug}”.")

    def __init__(self, project: str, slug: str) -> None:
        super().__init__()
        self.project, self.slug = project, slug


async def add_incubator(
    tx: Tx, *, actor: Actor, gmina_id: UUID, code: str, slug: str, details: IncubatorDetails, now: datetime
) -> IncubatorView:
    """A planned incubator, closed all week until its hours are set. `code` is that of its project.

    Raises NoSuchGmina, NotYours, IncubatorThereAlready.
    """
    await gmina_to_change(tx, actor=actor, gmina_id=gmina_id)
    key = await insert(tx, "incubator", details, gmina_id=gmina_id, code=code, slug=slug, status="planned", version=1)
    if key is None:
        raise IncubatorThereAlready(code, slug)
    await tell(
        tx, actor, now, "add_incubator", of=("incubator", key), gmina_id=gmina_id, after={"code": code, "slug": slug}
    )
    return await incubator_by_id(tx, incubator_id=key, now=now)
