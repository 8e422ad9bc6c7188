"""Whom invoices name: a person's own, and those of an organisation by its owners."""

from dataclasses import dataclass
from uuid import UUID

from litestar.types import ControllerRouterHandler

from incubator.db.engine import Tx
from incubator.invoices.countries import choices
from incubator.invoices.details import BuyerForm, form_of
from incubator.invoices.document import Buyer
from incubator.invoices.pages.labels import labels_in
from incubator.invoices.parties import buyer_of
from incubator.invoices.set_buyer import set_buyer
from incubator.kernel.errors import N_
from incubator.people.forms import Asked, Deed, Typed
from incubator.people.guards import NotYours, signed_in
from incubator.people.queries import organisation_for
from incubator.people.screen import Screen, Shown
from incubator.people.visit import Visit

FLAGS = ("is_jst", "is_vat_group")
SAVED = N_("Saved. Invoices from now on will name this.")


@dataclass(frozen=True, slots=True)
class Party:
    """Whose details they are, by what name they are known here, and what is kept."""

    organisation_id: UUID | None
    name: str
    nip: str
    kept: BuyerForm | None
    version: int


def buyer_typed(typed: Typed) -> BuyerForm:
    """Raises CheckField."""
    return typed.shaped(BuyerForm, **{name: bool(typed.one(name)) for name in FLAGS})


async def _mine(tx: Tx, visit: Visit) -> Party:
    found = await buyer_of(tx, account_id=visit.actor.account_id, organisation_id=None)
    return Party(None, visit.actor.name, "", form_of(found[0]) if found else None, found[1] if found else 0)


async def _organisations(tx: Tx, visit: Visit) -> Party:
    """For owners and the administrator. Raises NoSuchOrganisation, NotYours."""
    key = visit.key("organisation_id")
    organisation = await organisation_for(tx, actor=visit.actor, organisation_id=key)
    if organisation.my_role != "owner" and not visit.actor.is_administrator:
        raise NotYours()
    found = await buyer_of(tx, account_id=None, organisation_id=key)
    kept = form_of(found[0]) if found else None
    return Party(key, organisation.name, organisation.nip or "", kept, found[1] if found else 0)


async def _shown(_tx: Tx, visit: Visit, party: Party) -> Shown:
    return Shown("invoices/buyer.html", party=party, countries=choices(visit.locale))


async def _save(asked: Asked) -> Buyer:
    typed, details = asked.typed, buyer_typed(asked.typed)
    return await asked.do(set_buyer, organisation_id=asked.place.organisation_id, details=details, seen=typed.seen)


MINE = Screen(
    name="own_buyer",
    path="/me/invoices/buyer",
    guard=signed_in,
    about=_mine,
    shows=_shown,
    deeds={"buyer": Deed(_save, SAVED, "/me/invoices")},
    labels=labels_in,
)
ORGANISATIONS = Screen(
    name="organisation_buyer",
    path="/organisations/{organisation_id:uuid}/invoices",
    guard=signed_in,
    about=_organisations,
    shows=_shown,
    deeds={"buyer": Deed(_save, SAVED, "/me/invoices")},
    labels=labels_in,
)
handlers: list[ControllerRouterHandler] = [*MINE.handlers, *ORGANISATIONS.handlers]
