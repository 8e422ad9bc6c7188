"""What one owes and has paid, for oneself and for organisations that one owns, and how to pay."""

from datetime import datetime
from typing import Any
from uuid import UUID

import segno
from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect
from litestar.types import ControllerRouterHandler

from incubator.db.engine import statement
from incubator.kernel.errors import Conflict, Forbidden, Invalid, Refusal, Unavailable
from incubator.payments.pages.shown import in_money
from incubator.payments.pay_online import pay_online, takes_cards
from incubator.payments.queries import PAGE, charge_for, invoiced, is_payer, own_charges, payments_of, refunds_of
from incubator.payments.queries_bank import bank_account_on
from incubator.payments.transfer_code import transfer_text
from incubator.people.forms import typed_in
from incubator.people.guards import signed_in
from incubator.people.visit import Visit
from incubator.web.bodies import Body, OptionalLine, read_query
from incubator.web.cursors import read_cursor, write_cursor
from incubator.web.pages import page
from incubator.web.problems import said, status_of


class Asks(Body, frozen=True):
    after: OptionalLine = ""


@get("/payments", guards=[signed_in])
async def show_payments(visit: NamedDependency[Visit]) -> Response[str]:
    after = read_cursor(read_query(visit.request, Asks).after or None, datetime)
    async with statement(visit.db) as tx:
        found = await own_charges(tx, actor=visit.actor, after=after, limit=PAGE + 1)
    last = found[PAGE - 1] if len(found) > PAGE else None
    return page(
        visit.request,
        "payments/mine.html",
        waiting=sorted((one for one in found[:PAGE] if one.to_pay), key=lambda one: one.due_at),
        settled=[one for one in found[:PAGE] if not one.to_pay],
        next=write_cursor(last.created_at, last.id) if last else "",
        **in_money(visit),
    )


@get("/payments/{charge_id:uuid}", guards=[signed_in])
async def show_payment(visit: NamedDependency[Visit], charge_id: FromPath[UUID]) -> Response[str]:
    return await _one(visit, charge_id)


@post("/payments/{charge_id:uuid}", guards=[signed_in], status_code=303)
async def pay_by_card(visit: NamedDependency[Visit], charge_id: FromPath[UUID]) -> Response[Any]:
    """To the checkout, from which a link leads to Stripe."""
    await typed_in(visit.request)
    told = {"till": visit.request.app.state.till, "locale": visit.locale}
    try:
        checkout_id = await visit.do(pay_online, charge_id=charge_id, **told)
    except (Conflict, Forbidden, Invalid, Unavailable) as refusal:
        return await _one(visit, charge_id, refusal)
    return Redirect(f"/checkouts/{checkout_id}", status_code=303)


async def _one(visit: Visit, charge_id: UUID, refusal: Refusal | None = None) -> Response[str]:
    """Raises NoSuchCharge."""
    async with statement(visit.db) as tx:
        charge = await charge_for(tx, actor=visit.actor, charge_id=charge_id)
        account = await bank_account_on(tx, gmina_id=charge.gmina_id, now=visit.now)
        told: dict[str, Any] = {
            "payments": await payments_of(tx, charge_id=charge_id),
            "refunds": await refunds_of(tx, charge_id=charge_id),
            "cards": await takes_cards(tx, till=visit.request.app.state.till, gmina_id=charge.gmina_id),
            "invoice": await invoiced(tx, charge_id=charge_id),
            "payer": await is_payer(tx, actor=visit.actor, charge_id=charge_id),
        }
    text = transfer_text(charge, account) if account else None
    code = segno.make(text, error="m", micro=False).svg_inline(border=4, omitsize=True) if text else ""
    return page(
        visit.request,
        "payments/one.html",
        status=status_of(refusal) if refusal else 200,
        problem=said(visit.request, refusal) if refusal else "",
        charge=charge,
        account=account,
        code=code,
        **told,
        **in_money(visit),
    )


handlers: list[ControllerRouterHandler] = [show_payments, show_payment, pay_by_card]
