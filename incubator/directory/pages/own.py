"""A company's own profile: what it says of itself, its logo, shown or not. For its people; changed by owners."""

import asyncio

from litestar.types import ControllerRouterHandler

from incubator.db.engine import Tx
from incubator.directory.ambassadors import marks_of
from incubator.directory.describe_profile import describe_profile
from incubator.directory.details import ProfileDetails
from incubator.directory.logos import remove_logo, set_logo
from incubator.directory.pages.labels import labels_in
from incubator.directory.publish_profile import hide_profile, publish_profile
from incubator.directory.queries import profile_of
from incubator.directory.reach import NoSuchCompany
from incubator.directory.specialisations import all_specialisations
from incubator.directory.still_right import confirm_profile
from incubator.directory.views import OwnProfileView
from incubator.kernel.errors import N_
from incubator.people.forms import Asked, Deed, Typed
from incubator.people.guards import signed_in
from incubator.people.queries import organisation_for
from incubator.people.screen import Screen, Shown
from incubator.people.views import OrganisationView
from incubator.people.visit import Visit
from incubator.places.photos import LARGEST, made_afresh


async def _organisation(tx: Tx, visit: Visit) -> OrganisationView:
    """Raises NoSuchOrganisation."""
    return await organisation_for(tx, actor=visit.actor, organisation_id=visit.key("organisation_id"))


async def _shown(tx: Tx, visit: Visit, organisation: OrganisationView) -> Shown:
    try:
        profile = await profile_of(tx, actor=visit.actor, organisation_id=organisation.id)
    except NoSuchCompany:
        profile = None
    return Shown(
        "directory/own.html",
        organisation=organisation,
        profile=profile,
        may_change=organisation.my_role == "owner" or visit.actor.is_administrator,
        specialisations=await all_specialisations(tx),
        marks=await marks_of(tx, profile_id=profile.company.id) if profile is not None else [],
    )


def classes_in(typed: Typed) -> dict[str, list[str]]:
    """What is a list in a profile, as it was typed."""
    classes = {name: typed.one(name).replace(",", " ").split() for name in ("pkd_2007", "pkd_2025")}
    return {**classes, "specialisations": typed.many("specialisations")}


async def _describe(asked: Asked) -> OwnProfileView:
    typed = asked.typed
    details = typed.shaped(ProfileDetails, **classes_in(typed))
    organisation: OrganisationView = asked.place
    return await asked.do(describe_profile, organisation_id=organisation.id, details=details, seen=typed.seen or None)


async def _publish(asked: Asked) -> None:
    await asked.do(publish_profile, organisation_id=asked.place.id, seen=asked.typed.seen)


async def _hide(asked: Asked) -> None:
    await asked.do(hide_profile, organisation_id=asked.place.id, seen=asked.typed.seen)


async def _confirm(asked: Asked) -> None:
    await asked.do(confirm_profile, organisation_id=asked.place.id, seen=asked.typed.seen)


async def _logo(asked: Asked) -> None:
    content = await asked.typed.file("logo", most=LARGEST)
    picture = await asyncio.to_thread(made_afresh, content)
    await asked.do(set_logo, organisation_id=asked.place.id, picture=picture, seen=asked.typed.seen)


async def _no_logo(asked: Asked) -> None:
    await asked.do(remove_logo, organisation_id=asked.place.id, seen=asked.typed.seen)


handlers: list[ControllerRouterHandler] = Screen(
    name="own_company",
    path="/organisations/{organisation_id:uuid}/profile",
    guard=signed_in,
    about=_organisation,
    shows=_shown,
    deeds={
        "describe": Deed(_describe, N_("The profile is saved.")),
        "publish": Deed(_publish, N_("The profile is in the directory, for everybody to find.")),
        "hide": Deed(_hide, N_("The profile is hidden. You can show it again at any time.")),
        "confirm": Deed(_confirm, N_("Thank you. It is right for another year.")),
        "logo": Deed(_logo, N_("The logo is set.")),
        "no_logo": Deed(_no_logo, N_("The logo is taken away.")),
    },
    labels=labels_in,
).handlers
