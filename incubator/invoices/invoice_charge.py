"""Invoice a charge: by itself for organisations, at the desk what could not be, for people when they ask.

It is done when all has come; for an organisation that has not paid in time, on the day after (`invoice_overdue`), with
what came so far and what is due. Of money that comes in parts no advance is invoiced: what an incubator sells is the use
of rooms, where the tax is due by the invoice and no later than the day of payment (ustawa o VAT, art. 19a ust. 5 pkt 4
lit. b and ust. 7), not by an advance (ust. 8), so art. 106b ust. 1 pkt 4 asks for none and art. 106i ust. 3 pkt 4 asks for
the invoice by the day of payment. Where a gmina taxes it by the general rule, that is in time as well: whoever has at
most a month to pay gets the invoice before the fifteenth of the month after (art. 106i ust. 1 and 2)."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from incubator.db.engine import Tx
from incubator.db.history import record
from incubator.invoices.charged import sale_of
from incubator.invoices.invoice_on_request import invoice_on_request
from incubator.invoices.issue_invoice import issue_by_day, issue_invoice
from incubator.invoices.issuing import InvoicedAlready
from incubator.invoices.parties import SellerMissing
from incubator.invoices.views import InvoiceView
from incubator.kernel.errors import N_, Conflict, Invalid
from incubator.kernel.period import WARSAW
from incubator.payments.locked import as_it_stands, locked
from incubator.payments.queries import charge_at_desk, charge_for
from incubator.payments.states import ChargeState
from incubator.payments.views import ChargeView
from incubator.people.actor import Actor


class NotPaidYet(Conflict):
    """An invoice follows when the charge is paid."""

    code = "not_paid_yet"
    sentence = N_("This is not paid yet. The invoice is issued when it is.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A charge that is paid, or was to be, and is not invoiced; `gross` is grosz, what of the price stands."""

    id: UUID
    payer: str
    text_pl: str
    text_en: str
    gross: int
    paid_at: datetime | None
    due_at: datetime


INVOICED = "SELECT EXISTS (SELECT FROM invoice WHERE charge_id = $1)"
# What the tax does not know is no part of it; what is given up unpaid is none before it is paid.
TO_INVOICE = """
state = 'paid' OR state = 'cancelled' AND paid_at IS NOT NULL
    OR state = 'open' AND reason = '' AND due_at <= $1 AND NOT lapses
"""
HAS_TAXED = """
organisation_id IS NOT NULL AND charge.net + charge.vat > back_net + back_vat
AND NOT EXISTS (SELECT FROM invoice WHERE charge_id = charge.id) AND EXISTS (
    SELECT FROM quote, jsonb_array_elements(lines) AS line WHERE quote.id = quote_id AND line->>'vat' <> 'np'
        AND (line->'amount'->>'net')::bigint + (line->'amount'->>'vat')::bigint > 0
)
"""
WAITING = f"""
SELECT id, payer, text_pl, text_en, net + vat - back_net - back_vat AS gross, paid_at, due_at FROM charge
WHERE gmina_id = $2 AND ({TO_INVOICE}) AND {HAS_TAXED} ORDER BY coalesce(paid_at, due_at), id LIMIT 200
"""
MOST = 200
# Those that are looked at together are locked before a number is taken, for who pays locks them in this order too; which
# somebody has locked is left to the next night. What nobody can invoice today, as the gmina or the buyer has not said
# what it names, is not looked at.
OVERDUE = f"""
SELECT id, due_at FROM charge WHERE state = 'open' AND ($4::uuid IS NULL OR (due_at, id) > ($5, $4)) AND ({TO_INVOICE}) AND {HAS_TAXED}
    AND EXISTS (SELECT FROM invoice_seller AS seller WHERE seller.gmina_id = charge.gmina_id AND from_day <= $2)
    AND EXISTS (SELECT FROM invoice_buyer AS buyer WHERE buyer.organisation_id = charge.organisation_id)
    AND (paid > 0 OR EXISTS (
        SELECT FROM bank_account AS account WHERE account.gmina_id = charge.gmina_id AND valid_from <= $2))
ORDER BY due_at, id LIMIT $3 FOR UPDATE OF charge SKIP LOCKED
"""
CANNOT_BE = (SellerMissing, Invalid)
"""What the gmina or the buyer has not said, and what an invoice cannot hold: all of it found before anything is written."""


async def invoice_paid(tx: Tx, *, charge: ChargeView, now: datetime) -> None:
    """What follows when an organisation's charge is paid. Where the gmina or the buyer has not said yet what invoices
    name, nothing is issued, the history says why, and the charge waits at the desk (`waiting_for`). What is all outside
    the scope of the tax waits for nothing."""
    if charge.organisation_id is None or not charge.gross or await tx.fetchval(INVOICED, charge.id):
        return
    sale = await sale_of(tx, charge=charge, now=now)
    if not sale.lines:
        return
    try:
        await issue_by_day(tx, sale=sale, by=None, now=now)
    except CANNOT_BE as refusal:
        await record(
            tx,
            now=now,
            actor_id=None,
            verb="invoice_waits",
            subject_kind="charge",
            subject_id=charge.id,
            gmina_id=charge.gmina_id,
            after={"code": refusal.code},
        )


async def invoice_at_desk(tx: Tx, *, actor: Actor, charge_id: UUID, now: datetime) -> InvoiceView:
    """For a coordinator of its gmina; also what is not paid, once it is due. Raises NoSuchCharge, NotPaidYet, and what
    `issue_invoice` raises."""
    await charge_at_desk(tx, actor=actor, charge_id=charge_id)
    charge = await locked(tx, charge_id=charge_id)  # what calls it off now finds the invoice, or has come before it
    by, waits = actor.account_id, charge.state == ChargeState.OPEN and not charge.reason and not charge.lapses
    if waits and charge.due_at <= now and charge.organisation_id is not None:
        return await issue_invoice(tx, sale=await sale_of(tx, charge=charge, now=now), by=by, now=now)
    _must_be_paid(charge)
    return await issue_by_day(tx, sale=await sale_of(tx, charge=charge, now=now), by=by, now=now)


async def ask_for_invoice(tx: Tx, *, actor: Actor, charge_id: UUID, now: datetime) -> InvoiceView:
    """For who paid. Raises NoSuchCharge, NotPaidYet, and what `invoice_on_request` raises."""
    await charge_for(tx, actor=actor, charge_id=charge_id)
    charge = await locked(tx, charge_id=charge_id)
    _must_be_paid(charge)
    return await invoice_on_request(tx, actor=actor, sale=await sale_of(tx, charge=charge, now=now), now=now)


async def invoice_overdue(tx: Tx, *, now: datetime) -> None:
    """Comes round each night: what organisations were to pay by now, `MOST` invoices a night, the longest due first. What
    cannot be invoiced waits at the desk and takes no place of what can be, whatever the reason."""
    issued, last, due_at = 0, None, now
    while issued < MOST:
        rows = await tx.fetch(OVERDUE, now, now.astimezone(WARSAW).date(), MOST, last, due_at)
        if not rows:
            return
        for row in rows[: MOST - issued]:
            issued += await _invoiced(tx, charge_id=row["id"], now=now)
            last, due_at = row["id"], row["due_at"]


async def _invoiced(tx: Tx, *, charge_id: UUID, now: datetime) -> bool:
    with suppress(*CANNOT_BE, InvoicedAlready):
        async with tx.transaction():
            charge = await as_it_stands(tx, charge_id=charge_id)
            await issue_invoice(tx, sale=await sale_of(tx, charge=charge, now=now), by=None, now=now)
            return True
    return False


async def waiting_for(tx: Tx, *, gmina_id: UUID, now: datetime) -> list[Waiting]:
    """Charges of organisations that are paid, or were to be before last night, and have no invoice, the oldest first.
    The caller has asked who looks."""
    return [Waiting(**row) for row in await tx.fetch(WAITING, now - timedelta(days=1), gmina_id)]


def _kept(charge: ChargeView) -> bool:
    """Whether it is paid, or called off and a part of it kept."""
    called_off = charge.state == ChargeState.CANCELLED and charge.gross > charge.back_net + charge.back_vat
    return charge.state == ChargeState.PAID or called_off


def _must_be_paid(charge: ChargeView) -> None:
    if not _kept(charge):
        raise NotPaidYet()
