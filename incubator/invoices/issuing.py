"""Give a document its number and keep it: the one way by which invoices come to be, for all kinds.

The number is taken at the end, by a statement that locks the row of the series until the transaction is over: who
rolls back gives it back, and who waits gets the next one. The day is that of the series where that is later already.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

import asyncpg
import msgspec

from incubator.db.engine import Tx
from incubator.db.history import record_of
from incubator.invoices.document import Document
from incubator.invoices.queries import invoice_by_id
from incubator.invoices.sale import Sale
from incubator.invoices.sums import sums_of, total_of
from incubator.invoices.tell import tell
from incubator.invoices.views import InvoiceView
from incubator.invoices.whole import whole
from incubator.kernel.errors import N_, Conflict
from incubator.kernel.ids import uuid7
from incubator.kernel.money import Amount, Vat


class InvoicedAlready(Conflict):
    """What is owed was invoiced; a change of it is a correction."""

    code = "invoiced_already"
    sentence = N_("There is an invoice for this already. What changes is told in a correction of it.")


@dataclass(frozen=True, slots=True)
class Number:
    """`n` in the series of an incubator and year."""

    prefix: str
    year: int
    n: int
    issued_on: date

    def __str__(self) -> str:
        return f"{self.prefix}/{self.year}/{self.n}"


NEXT = """
INSERT INTO invoice_series (gmina_id, incubator_id, year, prefix, last, last_on)
SELECT $1, id, extract(year FROM $3::date)::integer, code, 1, $3 FROM incubator WHERE id = $2
ON CONFLICT (gmina_id, incubator_id, year) DO UPDATE
    SET last = invoice_series.last + 1, last_on = greatest(invoice_series.last_on, excluded.last_on)
RETURNING prefix, year, last AS n, last_on AS issued_on
"""
KEEP = """
INSERT INTO invoice (id, gmina_id, incubator_id, year, n, number, kind, corrects, turn, instead_of, subject_kind,
    subject_id, charge_id, account_id, organisation_id, issued_on, supplied_on, net_23, vat_23, net_8, vat_8, net_5, vat_5, net_0,
    net_zw, net, vat, gross, document, created_at, created_by)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24,
    $25, $26, $27, $28, $29::text::jsonb, $30, $31)
"""


async def issued(
    tx: Tx,
    *,
    draft: Document,
    sale: Sale,
    corrects: UUID | None = None,
    turn: int = 0,
    instead_of: UUID | None = None,
    by: UUID | None,
    now: datetime,
) -> InvoiceView:
    """The draft with its number, kept, written to whom it concerns. Of the sale, who bought what counts.
    Raises InvoicedAlready, and what `whole` raises."""
    checked = whole(draft)
    row = await tx.fetchrow(NEXT, sale.gmina_id, sale.incubator_id, checked.issued_on)
    assert row is not None, "the unit that issues was read before"
    number = Number(**row)
    document = replace(checked, number=str(number), issued_on=number.issued_on)
    key = uuid7()
    try:
        await tx.execute(KEEP, *_row(key, document, number, sale, (corrects, turn, instead_of)), now, by)
    except asyncpg.UniqueViolationError as error:
        if error.constraint_name in {"invoice_of_charge", "invoice_turn", "invoice_instead_once"}:
            raise InvoicedAlready() from None
        raise
    made = await invoice_by_id(tx, invoice_id=key)
    after = {"number": made.number, "kind": made.kind, "gross": made.gross}
    await record_of(tx, "invoice", made, verb="issue", actor_id=by, now=now, after=after)
    await tell(tx, invoice=made, now=now)
    return made


def _row(
    key: UUID, document: Document, number: Number, sale: Sale, of: tuple[UUID | None, int, UUID | None]
) -> tuple[object, ...]:
    rates = {one.vat: one.amount for one in sums_of(document)}
    taxed = [rates.get(vat, Amount()) for vat in (Vat.STANDARD, Vat.REDUCED, Vat.LOW)]
    sums = [part for amount in taxed for part in (amount.net, amount.vat)]
    untaxed = [rates.get(vat, Amount()).net for vat in (Vat.ZERO, Vat.EXEMPT)]
    whole_sum = total_of(document)
    return (
        key,
        sale.gmina_id,
        sale.incubator_id,
        number.year,
        number.n,
        document.number,
        document.kind.value,
        *of,
        sale.subject_kind,
        sale.subject_id,
        sale.charge_id,
        sale.account_id,
        sale.organisation_id,
        document.issued_on,
        document.supplied_on,
        *sums,
        *untaxed,
        whole_sum.net,
        whole_sum.vat,
        whole_sum.gross,
        msgspec.json.encode(document).decode(),
    )
