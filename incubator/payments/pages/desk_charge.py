"""One charge at the desk: its payments and refunds, and what can be done about it."""

from datetime import date
from uuid import UUID

from litestar.types import ControllerRouterHandler

from incubator.db.engine import Tx
from incubator.kernel.errors import N_
from incubator.kernel.period import WARSAW
from incubator.payments.match_payment import record_transfer
from incubator.payments.pages.labels import labels_in
from incubator.payments.pages.shown import in_money
from incubator.payments.papers import numbers_at_stripe, papers_of
from incubator.payments.plan_refund import give_back_surplus
from incubator.payments.queries import charge_at_desk, payments_of, refunds_of
from incubator.payments.queries_disputes import disputes_of
from incubator.payments.return_deposit import return_deposit
from incubator.payments.unmatch import unmatch
from incubator.payments.views import ChargeView
from incubator.payments.write_off import write_off
from incubator.people.forms import Asked, CheckField, Deed
from incubator.people.guards import coordinator
from incubator.people.screen import Screen, Shown
from incubator.people.visit import Visit
from incubator.web.bodies import Body, OptionalLine


class CameForm(Body, frozen=True):
    received_on: date
    reference: OptionalLine = ""


class PaymentForm(Body, frozen=True):
    payment_id: UUID


class DepositForm(Body, frozen=True):
    reason: OptionalLine = ""


async def _charge(tx: Tx, visit: Visit) -> ChargeView:
    """Raises NoSuchCharge."""
    return await charge_at_desk(tx, actor=visit.actor, charge_id=visit.key("charge_id"))


async def _shown(tx: Tx, visit: Visit, charge: ChargeView) -> Shown:
    return Shown(
        "payments/desk_charge.html",
        charge=charge,
        disputes=await disputes_of(tx, charge_id=charge.id),
        payments=await payments_of(tx, charge_id=charge.id),
        refunds=await refunds_of(tx, charge_id=charge.id),
        papers=await papers_of(tx, charge_id=charge.id),
        at_stripe=await numbers_at_stripe(tx, charge_id=charge.id),
        today=visit.now.astimezone(WARSAW).date(),
        **in_money(visit),
    )


async def _came(asked: Asked) -> None:
    form, amount = asked.typed.shaped(CameForm), asked.typed.amount("amount")
    told = {"amount": amount, "received_on": form.received_on, "reference": form.reference}
    await asked.do(record_transfer, charge_id=asked.place.id, seen=asked.typed.seen, **told)


async def _unmatch(asked: Asked) -> None:
    form = asked.typed.shaped(PaymentForm)
    await asked.do(unmatch, charge_id=asked.place.id, payment_id=form.payment_id, seen=asked.typed.seen)


async def _deposit(asked: Asked) -> None:
    form, keep = asked.typed.shaped(DepositForm), asked.typed.money("keep") or 0
    told = {"keep": keep, "reason": form.reason, "seen": asked.typed.seen}
    await asked.do(return_deposit, charge_id=asked.place.id, **told)


async def _give_back(asked: Asked) -> None:
    await asked.do(give_back_surplus, charge_id=asked.place.id, seen=asked.typed.seen)


async def _write_off(asked: Asked) -> None:
    if asked.typed.one("sure") != "yes":
        raise CheckField("sure")
    await asked.do(write_off, charge_id=asked.place.id, seen=asked.typed.seen)


handlers: list[ControllerRouterHandler] = Screen(
    name="charge_at_desk",
    path="/desk/charges/{charge_id:uuid}",
    guard=coordinator,
    about=_charge,
    shows=_shown,
    deeds={
        "came": Deed(_came, N_("The transfer is counted, and they are written to.")),
        "unmatch": Deed(_unmatch, N_("The transfer is counted to this no more.")),
        "deposit": Deed(_deposit, N_("The deposit is settled, and they are written to.")),
        "give_back": Deed(_give_back, N_("It goes back: you find it among the refunds to be sent.")),
        "write_off": Deed(_write_off, N_("It is written off.")),
    },
    labels=labels_in,
).handlers
