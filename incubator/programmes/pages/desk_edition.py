"""The desk: an edition with its dates, perks, mentors, partners, terms and state."""

from incubator.db.engine import Tx
from incubator.kernel.period import WARSAW
from incubator.people.guards import office_or_coordinator
from incubator.people.screen import Screen, Shown
from incubator.people.visit import Visit
from incubator.programmes.catalogue_editions import edition_in_full, mentors_to_choose
from incubator.programmes.details import PERK_KINDS
from incubator.programmes.pages.deeds import EDITION
from incubator.programmes.pages.labels import labels_in
from incubator.programmes.pages.rows import DATES, PARTNERS, perks_shown
from incubator.programmes.queries import must_run
from incubator.programmes.states import EDITION_ALLOWED, EditionState
from incubator.programmes.views import EditionInFull


async def _edition(tx: Tx, visit: Visit) -> EditionInFull:
    """In full, for who runs it. Raises NoSuchEdition, NotYours."""
    found = await edition_in_full(tx, edition_id=visit.key("edition_id"), reader=visit.actor, now=visit.now)
    must_run(visit.actor, found.gmina_id)
    return found


async def _shown(tx: Tx, visit: Visit, edition: EditionInFull) -> Shown:
    return Shown(
        "programmes/desk_edition.html",
        edition=edition,
        onward=sorted(EDITION_ALLOWED[EditionState(edition.brief.state)]),
        dates=DATES.shown(edition.dates, visit.typed),
        perks=perks_shown(edition.perks, visit.typed),
        perk_kinds=PERK_KINDS,
        partners=PARTNERS.shown(edition.partners, visit.typed),
        mentors=await mentors_to_choose(tx),
        chosen=[one.id for one in edition.mentors],
        today=visit.now.astimezone(WARSAW).date(),
    )


handlers = Screen(
    name="edition_desk",
    path="/desk/editions/{edition_id:uuid}",
    guard=office_or_coordinator,
    about=_edition,
    shows=_shown,
    deeds=EDITION,
    labels=labels_in,
).handlers
