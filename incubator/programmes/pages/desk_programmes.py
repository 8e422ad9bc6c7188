"""The desk: the programmes that one runs, a new one; and what the office says of the bundle."""

from litestar.types import ControllerRouterHandler

from incubator.db.engine import Tx
from incubator.people.guards import office, office_or_coordinator
from incubator.people.screen import Screen, Shown, nothing
from incubator.people.visit import Visit
from incubator.places.catalogue import gminas
from incubator.programmes.catalogue import bundle, programmes_run
from incubator.programmes.pages.deeds import BUNDLE, PROGRAMMES
from incubator.programmes.pages.labels import labels_in
from incubator.programmes.pages.rows import PARTNERS
from incubator.programmes.queries import may_run
from incubator.programmes.waiting import waiting_in


async def _programmes(tx: Tx, visit: Visit, _nothing: None) -> Shown:
    mine = await programmes_run(tx, actor=visit.actor, now=visit.now)
    editions = [edition.id for programme in mine for edition in programme.editions]
    return Shown(
        "programmes/desk_programmes.html",
        programmes=mine,
        waiting=await waiting_in(tx, edition_ids=editions, now=visit.now),
        gminas=[gmina for gmina in await gminas(tx) if may_run(visit.actor, gmina.id)],
        of_metropolis=may_run(visit.actor, None),
    )


async def _bundle(tx: Tx, visit: Visit, _nothing: None) -> Shown:
    found = await bundle(tx)
    partners = PARTNERS.shown(found.partners, visit.typed)
    return Shown("programmes/office_bundle.html", bundle=found, partners=partners)


DESK = Screen(
    name="programmes_desk",
    path="/desk/programmes",
    guard=office_or_coordinator,
    about=nothing,
    shows=_programmes,
    deeds=PROGRAMMES,
    labels=labels_in,
)
OFFICE = Screen(
    name="bundle_desk",
    path="/office/bundle",
    guard=office,
    about=nothing,
    shows=_bundle,
    deeds=BUNDLE,
    labels=labels_in,
)

handlers: list[ControllerRouterHandler] = [*DESK.handlers, *OFFICE.handlers]
