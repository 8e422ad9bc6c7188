"""The desk: how the gmina names itself on invoices, and by what its incubators are known."""

from uuid import UUID

from litestar.types import ControllerRouterHandler

from incubator.db.engine import Tx
from incubator.invoices.details import SellerDetails, UnitDetails
from incubator.invoices.pages.desk import gmina_at_desk
from incubator.invoices.pages.labels import labels_in
from incubator.invoices.parties import sellers_of, units_of, version_of
from incubator.invoices.set_seller import set_seller, set_unit
from incubator.invoices.views import SellerView, UnitView
from incubator.kernel.errors import N_
from incubator.kernel.period import WARSAW
from incubator.people.forms import Asked, CheckField, Deed
from incubator.people.guards import coordinator
from incubator.people.screen import Screen, Shown
from incubator.people.visit import Visit
from incubator.places.views import GminaView


async def _gmina(tx: Tx, visit: Visit) -> GminaView:
    return await gmina_at_desk(tx, actor=visit.actor, slug=visit.slug)


async def _shown(tx: Tx, visit: Visit, gmina: GminaView) -> Shown:
    today = visit.now.astimezone(WARSAW).date()
    sellers = await sellers_of(tx, gmina_id=gmina.id)
    counts = next((one for one in sellers if one.from_day <= today), None)
    units = await units_of(tx, gmina_id=gmina.id)
    return Shown(
        "invoices/desk_seller.html",
        gmina=gmina,
        sellers=sellers,
        version=version_of(sellers),
        counts=counts,
        units=units,
        today=today,
    )


async def _set_seller(asked: Asked) -> list[SellerView]:
    return await asked.do(
        set_seller, gmina_id=asked.place.id, details=asked.typed.shaped(SellerDetails), seen=asked.typed.seen
    )


async def _set_unit(asked: Asked) -> UnitView:
    try:
        key = UUID(asked.typed.one("incubator_id"))
    except ValueError:
        raise CheckField("incubator_id") from None
    return await asked.do(set_unit, incubator_id=key, details=asked.typed.shaped(UnitDetails), seen=asked.typed.seen)


SELLER = Screen(
    name="seller",
    path="/desk/gminas/{slug:str}/invoices/seller",
    guard=coordinator,
    about=_gmina,
    shows=_shown,
    deeds={
        "seller": Deed(_set_seller, N_("Saved. Invoices of that day and later will say this.")),
        "unit": Deed(_set_unit, N_("Saved. Invoices from now on will say this."), "#units"),
    },
    labels=labels_in,
)
handlers: list[ControllerRouterHandler] = [*SELLER.handlers]
