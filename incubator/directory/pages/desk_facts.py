"""The desk: correct what a register says of a company."""

from litestar.types import ControllerRouterHandler

from incubator.db.engine import Tx
from incubator.directory.correct_company import correct_company
from incubator.directory.details import RegisterDetails
from incubator.directory.pages.labels import desk_labels_in
from incubator.directory.pages.own import classes_in
from incubator.directory.queries import company_at_desk
from incubator.directory.specialisations import all_specialisations
from incubator.directory.take_out import KeepsItself
from incubator.directory.views import OwnProfileView
from incubator.kernel.errors import N_
from incubator.people.forms import Asked, Deed
from incubator.people.guards import coordinator
from incubator.people.screen import Screen, Shown
from incubator.people.visit import Visit


async def _company(tx: Tx, visit: Visit) -> OwnProfileView:
    """Raises NoSuchCompany, NotYours, KeepsItself."""
    found = await company_at_desk(tx, actor=visit.actor, slug=visit.slug)
    if found.organisation_id is not None:
        raise KeepsItself()
    return found


async def _shown(tx: Tx, _visit: Visit, profile: OwnProfileView) -> Shown:
    return Shown("directory/desk_facts.html", profile=profile, specialisations=await all_specialisations(tx))


async def _correct(asked: Asked) -> OwnProfileView:
    profile: OwnProfileView = asked.place
    details = asked.typed.shaped(RegisterDetails, **classes_in(asked.typed))
    return await asked.do(correct_company, profile_id=profile.company.id, details=details, seen=asked.typed.seen)


handlers: list[ControllerRouterHandler] = Screen(
    name="company_facts",
    path="/desk/directory/{slug:str}/facts",
    guard=coordinator,
    about=_company,
    shows=_shown,
    deeds={
        "facts": Deed(_correct, N_("The correction is saved."), to=lambda made: f"/desk/directory/{made.company.slug}")
    },
    labels=desk_labels_in,
).handlers
