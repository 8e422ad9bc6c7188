"""Invoice a charge that is paid: by itself for organisations, at the desk what could not be, for people when they ask."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.db.history import record
from incubator.invoices.charged import sale_of
from incubator.invoices.invoice_on_request import invoice_on_request
from incubator.invoices.issue_invoice import issue_by_day
from incubator.invoices.parties import SellerMissing
from incubator.invoices.views import InvoiceView
from incubator.kernel.errors import N_, Conflict, Invalid
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
    """A charge that is paid and not invoiced; `gross` in grosz."""

    id: UUID
    payer: str
    text_pl: str
    text_en: str
    gross: int
    paid_at: datetime


INVOICED = "SELECT EXISTS (SELECT FROM invoice WHERE charge_id = $1)"
WAITING = """
SELECT id, payer, text_pl, text_en, net + vat - back_net - back_vat AS gross, coalesce(paid_at, created_at) AS paid_at
FROM charge
WHERE gmina_id = $1 AND (state = 'paid' OR state = 'cancelled' AND net + vat > back_net + back_vat) AND organisation_id IS NOT NULL AND net + vat > 0
    AND NOT EXISTS (SELECT FROM invoice WHERE charge_id = charge.id) AND EXISTS (
        SELECT FROM quote, jsonb_array_elements(lines) AS line WHERE quote.id = quote_id AND line->>'vat' <> 'np'
            AND (line->'amount'->>'net')::bigint + (line->'amount'->>'vat')::bigint > 0
    )
ORDER BY paid_at, id LIMIT 200
"""
CANNOT_BE = (SellerMissing, Invalid)
"""What the gmina or the buyer has not said, and what an invoice cannot hold: all of it found before anything is written."""


async def invoice_paid(tx: Tx, *, charge: ChargeView, now: datetime) -> None:
    """What follows when an organisation's charge is paid. Where the gmina or the buyer has not said yet what invoices
    name, nothing is issued, the history says why, and the charge waits at the desk (`waiting_for`). What is all outside
    the scope of the tax waits for nothing."""
    if charge.organisation_id is None or not charge.gross or await tx.fetchval(INVOICED, charge.id):
        return
    sale = await sale_of(tx, charge=charge)
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
    """For a coordinator of its gmina. Raises NoSuchCharge, NotPaidYet, and what `issue_invoice` raises."""
    charge = await charge_at_desk(tx, actor=actor, charge_id=charge_id)
    _must_be_paid(charge)
    return await issue_by_day(tx, sale=await sale_of(tx, charge=charge), by=actor.account_id, now=now)


async def ask_for_invoice(tx: Tx, *, actor: Actor, charge_id: UUID, now: datetime) -> InvoiceView:
    """For who paid. Raises NoSuchCharge, NotPaidYet, and what `invoice_on_request` raises."""
    charge = await charge_for(tx, actor=actor, charge_id=charge_id)
    _must_be_paid(charge)
    return await invoice_on_request(tx, actor=actor, sale=await sale_of(tx, charge=charge), now=now)


async def waiting_for(tx: Tx, *, gmina_id: UUID) -> list[Waiting]:
    """Charges of organisations that are paid and have no invoice, the oldest first. The caller has asked who looks."""
    return [Waiting(**row) for row in await tx.fetch(WAITING, gmina_id)]


def _must_be_paid(charge: ChargeView) -> None:
    kept = charge.state == ChargeState.CANCELLED and charge.kept > 0  # called off, by steps that keep a part
    if charge.state != ChargeState.PAID and not kept:
        raise NotPaidYet()
