"""The gmina's desk: its charges, and what is done about them."""

from datetime import datetime
from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody
from litestar.types import ControllerRouterHandler

from incubator.db.engine import statement
from incubator.ledger.queries import books_for
from incubator.payments.api.shapes import (
    DESK,
    DESK_READ,
    CameBody,
    Charges,
    DepositBody,
    Limit,
    SentBody,
)
from incubator.payments.finish_refund import refund_done
from incubator.payments.match_payment import record_transfer
from incubator.payments.plan_refund import give_back_surplus
from incubator.payments.queries import DueRefund, Sums, Which, charges_at_desk, due_refunds, sums_of
from incubator.payments.return_deposit import return_deposit
from incubator.payments.unmatch import unmatch
from incubator.payments.views import ChargeView, RefundView
from incubator.payments.write_off import write_off
from incubator.people.change import Change
from incubator.people.visit import Visit
from incubator.web.cursors import Cursor, read_cursor, write_cursor

CHARGE = "/charges/{charge_id:uuid}"


@get("/charges/desk", operation_id="listChargesAtDesk", **DESK_READ)
async def list_at_desk(
    visit: NamedDependency[Visit],
    gmina: FromQuery[UUID],
    which: FromQuery[Which] = "open",
    after: Cursor = None,
    limit: Limit = 50,
) -> Charges:
    """A gmina's charges for its coordinator, what is due first."""
    seen = read_cursor(after, datetime)
    async with statement(visit.db) as tx:
        books = await books_for(tx, actor=visit.actor, gmina_id=gmina)
        found = await charges_at_desk(tx, gmina_id=books.id, which=which, now=visit.now, after=seen, limit=limit + 1)
    more = found[limit - 1] if len(found) > limit else None
    return Charges(items=found[:limit], next=write_cursor(more.due_at, more.id) if more else None)


@post(f"{CHARGE}/transfers", operation_id="recordTransfer", status_code=200, **DESK)
async def post_transfer(
    charge_id: FromPath[UUID], data: JSONBody[CameBody], change: NamedDependency[Change]
) -> Response[ChargeView]:
    """Count a transfer that was seen on the bank's statement."""
    told = {"amount": data.amount, "received_on": data.received_on, "reference": data.reference}
    return await change(record_transfer, charge_id=charge_id, **told)


@post(f"{CHARGE}/payments/{{payment_id:uuid}}/withdraw", operation_id="withdrawPayment", status_code=200, **DESK)
async def post_withdraw(
    charge_id: FromPath[UUID], payment_id: FromPath[UUID], change: NamedDependency[Change]
) -> Response[ChargeView]:
    """Take back that a transfer was for this charge."""
    return await change(unmatch, charge_id=charge_id, payment_id=payment_id)


@post(f"{CHARGE}/deposit", operation_id="settleDeposit", status_code=200, **DESK)
async def post_deposit(
    charge_id: FromPath[UUID], data: JSONBody[DepositBody], change: NamedDependency[Change]
) -> Response[ChargeView]:
    """Give the deposit back, but for what stays for a reason."""
    return await change(return_deposit, charge_id=charge_id, keep=data.keep, reason=data.reason)


@post(f"{CHARGE}/give-back", operation_id="giveBackSurplus", status_code=200, **DESK)
async def post_give_back(charge_id: FromPath[UUID], change: NamedDependency[Change]) -> Response[ChargeView]:
    """Have go back what came too much."""
    return await change(give_back_surplus, charge_id=charge_id)


@post(f"{CHARGE}/write-off", operation_id="writeOff", status_code=200, **DESK)
async def post_write_off(charge_id: FromPath[UUID], change: NamedDependency[Change]) -> Response[ChargeView]:
    """Give up what has not come."""
    return await change(write_off, charge_id=charge_id)


@get("/refunds", operation_id="listDueRefunds", **DESK_READ)
async def list_refunds(visit: NamedDependency[Visit], gmina: FromQuery[UUID]) -> list[DueRefund]:
    """What has to go back and has not, the oldest first: by transfer, or on its way through Stripe."""
    async with statement(visit.db) as tx:
        books = await books_for(tx, actor=visit.actor, gmina_id=gmina)
        return await due_refunds(tx, gmina_id=books.id)


@get("/charges/sums", operation_id="getChargeSums", **DESK_READ)
async def get_sums(visit: NamedDependency[Visit], gmina: FromQuery[UUID]) -> Sums:
    """What a gmina waits for, what of it is late, and what came too much."""
    async with statement(visit.db) as tx:
        books = await books_for(tx, actor=visit.actor, gmina_id=gmina)
        return await sums_of(tx, gmina_id=books.id, now=visit.now)


@post("/refunds/{refund_id:uuid}/done", operation_id="settleRefund", status_code=200, **DESK)
async def post_refund(refund_id: FromPath[UUID], data: JSONBody[SentBody], visit: NamedDependency[Visit]) -> RefundView:
    """Note that a refund by transfer was sent; who gets it is written to."""
    return await visit.do(refund_done, refund_id=refund_id, done_on=data.done_on, reference=data.reference)


handlers: list[ControllerRouterHandler] = [
    list_at_desk,
    post_transfer,
    post_withdraw,
    post_deposit,
    post_give_back,
    post_write_off,
    post_refund,
    list_refunds,
    get_sums,
]
