"""What one owes and has paid."""

from datetime import datetime
from uuid import UUID

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.types import ControllerRouterHandler

from incubator.db.engine import statement
from incubator.payments.api.shapes import READ, ChargeInFull, Charges, Limit, in_full
from incubator.payments.queries import charge_for, own_charges
from incubator.payments.queries_bank import bank_account_on
from incubator.people.visit import Visit
from incubator.web.cursors import Cursor, read_cursor, write_cursor
from incubator.web.etags import tagged


@get("/charges", operation_id="listCharges", **READ)
async def list_charges(visit: NamedDependency[Visit], after: Cursor = None, limit: Limit = 50) -> Charges:
    """What you owe and have paid, for yourself and for organisations that you own; the latest first."""
    seen = read_cursor(after, datetime)
    async with statement(visit.db) as tx:
        found = await own_charges(tx, actor=visit.actor, after=seen, limit=limit + 1)
    more = found[limit - 1] if len(found) > limit else None
    return Charges(items=found[:limit], next=write_cursor(more.created_at, more.id) if more else None)


@get("/charges/{charge_id:uuid}", operation_id="getCharge", **READ)
async def get_charge(charge_id: FromPath[UUID], visit: NamedDependency[Visit]) -> Response[ChargeInFull]:
    """A charge with how to pay it, what came and what goes back, and its ETag."""
    async with statement(visit.db) as tx:
        charge = await charge_for(tx, actor=visit.actor, charge_id=charge_id)
        account = await bank_account_on(tx, gmina_id=charge.gmina_id, now=visit.now)
        return tagged(await in_full(tx, charge, account), charge.version)


handlers: list[ControllerRouterHandler] = [list_charges, get_charge]
