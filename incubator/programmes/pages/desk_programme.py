"""The desk: a programme with what is said of it, its partners, its state and its editions."""

from incubator.db.engine import Tx
from incubator.people.guards import office_or_coordinator
from incubator.people.screen import Screen, Shown
from incubator.people.visit import Visit
from incubator.programmes.catalogue import programme_by_slug
from incubator.programmes.pages.deeds import PROGRAMME
from incubator.programmes.pages.labels import labels_in
from incubator.programmes.pages.rows import PARTNERS
from incubator.programmes.queries import must_run
from incubator.programmes.states import PROGRAMME_ALLOWED, ProgrammeState
from incubator.programmes.views import ProgrammeInFull


async def _programme(tx: Tx, visit: Visit) -> ProgrammeInFull:
    """For who runs it. Raises NoSuchProgramme, NotYours."""
    found = await programme_by_slug(tx, slug=visit.slug, reader=visit.actor, now=visit.now)
    must_run(visit.actor, found.brief.gmina_id)
    return found


async def _shown(_tx: Tx, visit: Visit, programme: ProgrammeInFull) -> Shown:
    return Shown(
        "programmes/desk_programme.html",
        programme=programme,
        onward=sorted(PROGRAMME_ALLOWED[ProgrammeState(programme.brief.state)]),
        partners=PARTNERS.shown(programme.partners, visit.typed),
    )


handlers = Screen(
    name="programme_desk",
    path="/desk/programmes/{slug:str}",
    guard=office_or_coordinator,
    about=_programme,
    shows=_shown,
    deeds=PROGRAMME,
    labels=labels_in,
).handlers
