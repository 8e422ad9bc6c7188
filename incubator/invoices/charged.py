"""A charge as a sale: what was quoted and paid, in the words of an invoice."""

from datetime import date, datetime
from decimal import Decimal

from incubator.db.engine import Tx
from incubator.invoices.document import PartPaid, Payment, PaymentForm, SoldLine, Stated
from incubator.invoices.outside import part_outside
from incubator.invoices.sale import Sale
from incubator.invoices.sums import amount_of, left_after, worth
from incubator.kernel.money import Vat
from incubator.kernel.period import WARSAW
from incubator.payments.queries import payments_of
from incubator.payments.queries_bank import bank_account_on
from incubator.payments.states import Method
from incubator.payments.views import ChargeView
from incubator.pricing.keep_quote import kept_quote
from incubator.pricing.views import QuoteLine

FORMS = {Method.CARD: PaymentForm.CARD, Method.BLIK: PaymentForm.MOBILE}
"""Others are transfers: Przelewy24 leads to the bank of who pays."""
UNITS = {
    "hour": "godz.",
    "half_day": "pół dnia",
    "day": "doba",
    "month": "mies.",
    "entry": "wejście",
    "piece": "szt.",
}
SUPPLIED = "SELECT lower(period) FROM booking WHERE id = $1"


async def sale_of(tx: Tx, *, charge: ChargeView, now: datetime) -> Sale:
    """Of a charge that is paid, or due. What costs nothing, what the tax does not know, and the deposit are no part of
    it, nor is what of the price was given back."""
    lines = await _taxed(tx, charge)
    organisation_id = charge.organisation_id
    return Sale(
        gmina_id=charge.gmina_id,
        incubator_id=charge.incubator_id,
        subject_kind=charge.subject_kind,
        subject_id=charge.subject_id,
        lines=lines,
        payment=await _payment(tx, charge, worth(lines).gross, now),
        supplied_on=await _supplied_on(tx, charge),
        charge_id=charge.id,
        account_id=None if organisation_id else charge.account_id,
        organisation_id=organisation_id,
    )


async def _taxed(tx: Tx, charge: ChargeView) -> tuple[SoldLine, ...]:
    quote = await kept_quote(tx, quote_id=charge.quote_id)
    lines = [_sold(one, Stated(quote.stated)) for one in quote.lines if one.vat is not Vat.OUT_OF_SCOPE]
    back = charge.back_net + charge.back_vat
    taxed = back - await part_outside(tx, charge_id=charge.id, of=back)
    left = left_after(lines, refund=min(taxed, worth(lines).gross)) if taxed else lines
    return tuple(one for one in left if one.amount.gross)


def _sold(line: QuoteLine, stated: Stated) -> SoldLine:
    """As it was quoted; where its price for a unit is rounded, the whole of it as one service."""
    quantity, unit, price = line.quantity, UNITS[line.unit], line.price
    if amount_of(quantity=quantity, price=price, stated=stated, vat=line.vat) != line.amount:
        quantity, unit = Decimal(1), "usł."
        price = line.amount.net if stated is Stated.NET else line.amount.gross
    return SoldLine(
        text_pl=line.text_pl,
        quantity=quantity,
        unit=unit,
        price=price,
        stated=stated,
        vat=line.vat,
        amount=line.amount,
        basis=line.basis,
    )


async def _payment(tx: Tx, charge: ChargeView, gross: int, now: datetime) -> Payment:
    """What came counts for the price first, then for the deposit. What is not all there is due by transfer."""
    parts, missing = [], gross
    for one in await payments_of(tx, charge_id=charge.id):
        amount = min(one.amount, missing) if one.withdrawn_at is None else 0
        if amount > 0:
            form = FORMS.get(Method(one.method), PaymentForm.TRANSFER)
            parts.append(PartPaid(amount=amount, paid_on=one.received_on, form=form))
            missing -= amount
    if not missing and parts:
        last = parts[-1]
        return Payment(form=last.form, paid_on=last.paid_on, parts=tuple(parts) if len(parts) > 1 else ())
    account = await bank_account_on(tx, gmina_id=charge.gmina_id, now=now)
    due_on, iban = _day(charge.due_at), account.iban if account else ""
    return Payment(form=PaymentForm.TRANSFER, due_on=due_on, account=iban, parts=tuple(parts))


async def _supplied_on(tx: Tx, charge: ChargeView) -> date:
    """The day of the booking; of a pass, that on which it was paid, for then it is handed over; of anything else, that on
    which it was charged."""
    begins: datetime | None = await tx.fetchval(SUPPLIED, charge.subject_id)
    handed_over = charge.paid_at if charge.subject_kind == "pass" else None
    return _day(begins or handed_over or charge.created_at)


def _day(moment: datetime) -> date:
    return moment.astimezone(WARSAW).date()
