"""The desk: how a gmina shows itself, and its incubators."""

from incubator.db.engine import Tx
from incubator.kernel.errors import N_
from incubator.people.forms import Asked, Deed
from incubator.people.guards import coordinator, must_coordinate
from incubator.people.screen import Screen, Shown
from incubator.people.visit import Visit
from incubator.places.add_incubator import add_incubator
from incubator.places.catalogue import gmina_by_slug
from incubator.places.describe_gmina import describe_gmina
from incubator.places.details import GminaDetails, IncubatorDetails
from incubator.places.pages.labels import labels_in
from incubator.places.slugs import slug_of
from incubator.places.views import GminaView
from incubator.web.bodies import Body, Line


class NewIncubatorForm(Body, frozen=True):
    """`code` is that of its project in the bundle; the rest is said on its own page."""

    code: Line


async def _gmina(tx: Tx, visit: Visit) -> GminaView:
    """For its coordinator. Raises NoSuchGmina, NotYours."""
    gmina = await gmina_by_slug(tx, slug=visit.slug)
    must_coordinate(visit.actor, gmina.id)
    return gmina


async def _shown(_tx: Tx, _visit: Visit, gmina: GminaView) -> Shown:
    return Shown("places/desk_gmina.html", gmina=gmina)


async def _describe(asked: Asked) -> None:
    typed = asked.typed
    specialisations = {name: typed.lines(name) for name in ("specialisations_pl", "specialisations_en")}
    details = typed.shaped(GminaDetails, **specialisations)
    await asked.do(describe_gmina, gmina_id=asked.place.id, details=details, seen=typed.seen)


async def _add_incubator(asked: Asked) -> None:
    form, details = asked.typed.shaped(NewIncubatorForm), asked.typed.shaped(IncubatorDetails)
    slug = slug_of(details.name, otherwise="incubator")
    await asked.do(add_incubator, gmina_id=asked.place.id, code=form.code, slug=slug, details=details)


handlers = Screen(
    name="gmina_desk",
    path="/desk/gminas/{slug:str}",
    guard=coordinator,
    about=_gmina,
    shows=_shown,
    deeds={
        "details": Deed(_describe, N_("The gmina's page is saved.")),
        "incubator": Deed(
            _add_incubator, N_("The incubator is added. Set its hours and spaces, then open it for booking.")
        ),
    },
    labels=labels_in,
).handlers
