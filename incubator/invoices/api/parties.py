"""Who sells, which unit issues, and whom invoices name."""

from uuid import UUID

from litestar import Response, get, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from litestar.types import ControllerRouterHandler

from incubator.db.engine import Tx, statement
from incubator.invoices.api.shapes import DESK, DESK_READ, OWN, OWN_READ, BuyerView, Sellers
from incubator.invoices.details import BuyerForm, SellerDetails, UnitDetails, form_of
from incubator.invoices.parties import buyer_of, gmina_of_incubator, sellers_of, unit_of, version_of
from incubator.invoices.set_buyer import set_buyer
from incubator.invoices.set_seller import set_seller, set_unit
from incubator.invoices.views import SellerView, UnitView
from incubator.people.change import Change
from incubator.people.guards import NotYours, must_coordinate
from incubator.people.queries import organisation_for
from incubator.people.visit import Found, Visit
from incubator.places.reach import gmina_key
from incubator.web.etags import tagged


@get("/gminas/{slug:str}/invoice-seller", operation_id="getInvoiceSeller", **DESK_READ)
async def get_seller(visit: NamedDependency[Visit], slug: FromPath[str]) -> Response[Sellers]:
    """How a gmina names itself on invoices, each from a day on; with the ETag of all of it."""
    async with statement(visit.db) as tx:
        key = await gmina_key(tx, slug)
        must_coordinate(visit.actor, key)
        return _sellers(await sellers_of(tx, gmina_id=key))


@put("/gminas/{slug:str}/invoice-seller", operation_id="setInvoiceSeller", **DESK)
async def put_seller(
    change: NamedDependency[Change], slug: FromPath[str], data: JSONBody[SellerDetails]
) -> Response[Sellers]:
    """Say how a gmina names itself on invoices from a day on. What was issued stays as it is."""
    return _sellers(await change.do(set_seller, gmina_id=Found(gmina_key, slug), details=data))


@get("/incubators/by-id/{incubator_id:uuid}/invoice-unit", operation_id="getInvoiceUnit", **DESK_READ)
async def get_unit(visit: NamedDependency[Visit], incubator_id: FromPath[UUID]) -> Response[UnitView]:
    """By what an incubator is known in KSeF as a unit of its gmina; with its ETag."""
    async with statement(visit.db) as tx:
        must_coordinate(visit.actor, await gmina_of_incubator(tx, incubator_id=incubator_id))
        found = await unit_of(tx, incubator_id=incubator_id)
    return tagged(found, found.version)


@put("/incubators/by-id/{incubator_id:uuid}/invoice-unit", operation_id="setInvoiceUnit", **DESK)
async def put_unit(
    change: NamedDependency[Change], incubator_id: FromPath[UUID], data: JSONBody[UnitDetails]
) -> Response[UnitView]:
    """Say by what an incubator is known in KSeF as a unit of its gmina."""
    return await change(set_unit, incubator_id=incubator_id, details=data)


def _sellers(found: list[SellerView]) -> Response[Sellers]:
    return tagged(Sellers(items=found), version_of(found))


@get("/me/invoice-buyer", operation_id="getOwnBuyer", **OWN_READ)
async def get_own_buyer(visit: NamedDependency[Visit]) -> Response[BuyerView]:
    """Whom one's own invoices name; with its ETag."""
    async with statement(visit.db) as tx:
        found = await _buyer(tx, account_id=visit.actor.account_id, organisation_id=None)
    return tagged(found, found.version)


@put("/me/invoice-buyer", operation_id="setOwnBuyer", **OWN)
async def put_own_buyer(change: NamedDependency[Change], data: JSONBody[BuyerForm]) -> Response[BuyerView]:
    """Say whom one's own invoices name."""

    async def read(tx: Tx) -> BuyerView:
        return await _buyer(tx, account_id=change.visit.actor.account_id, organisation_id=None)

    kept = await change.then(read, set_buyer, organisation_id=None, details=data)
    return tagged(kept, kept.version)


@get("/organisations/{organisation_id:uuid}/invoice-buyer", operation_id="getOrganisationBuyer", **OWN_READ)
async def get_organisation_buyer(visit: NamedDependency[Visit], organisation_id: FromPath[UUID]) -> Response[BuyerView]:
    """Whom invoices of an organisation name; for its owners, with its ETag."""
    async with statement(visit.db) as tx:
        organisation = await organisation_for(tx, actor=visit.actor, organisation_id=organisation_id)
        if organisation.my_role != "owner" and not visit.actor.is_administrator:
            raise NotYours()
        found = await _buyer(tx, account_id=None, organisation_id=organisation_id)
    return tagged(found, found.version)


@put("/organisations/{organisation_id:uuid}/invoice-buyer", operation_id="setOrganisationBuyer", **OWN)
async def put_organisation_buyer(
    change: NamedDependency[Change], organisation_id: FromPath[UUID], data: JSONBody[BuyerForm]
) -> Response[BuyerView]:
    """Say whom invoices of an organisation name, with its NIP; for its owners."""

    async def read(tx: Tx) -> BuyerView:
        return await _buyer(tx, account_id=None, organisation_id=organisation_id)

    kept = await change.then(read, set_buyer, organisation_id=organisation_id, details=data)
    return tagged(kept, kept.version)


async def _buyer(tx: Tx, *, account_id: UUID | None, organisation_id: UUID | None) -> BuyerView:
    found = await buyer_of(tx, account_id=account_id, organisation_id=organisation_id)
    return BuyerView(buyer=form_of(found[0]), version=found[1]) if found else BuyerView(buyer=None, version=0)


handlers: list[ControllerRouterHandler] = [
    get_seller,
    put_seller,
    get_unit,
    put_unit,
    get_own_buyer,
    put_own_buyer,
    get_organisation_buyer,
    put_organisation_buyer,
]
