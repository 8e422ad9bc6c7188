"""The register of a stretch of days: a row for each invoice with its sums by rate, and for each accounting note
with what the tax does not know, as CSV and XLSX."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.invoices.queries import Days
from incubator.invoices.views import View
from incubator.kernel.errors import N_
from incubator.people.actor import Actor
from incubator.people.guards import must_coordinate
from incubator.web.amounts import as_typed
from incubator.web.i18n import Translator
from incubator.web.spreadsheet import csv_file, harmless
from incubator.web.workbook import Sheet, Value, workbook


class RegisterRow(View, frozen=True):
    """Grosz; of a correction, the differences. `corrects` is the number of the first invoice, or note; `outside` what is
    outside the scope of the tax, which notes alone tell of."""

    id: UUID
    number: str
    kind: str
    corrects: str | None
    issued_on: date
    supplied_on: date
    buyer: str
    buyer_nip: str
    net_23: int
    vat_23: int
    net_8: int
    vat_8: int
    net_5: int
    vat_5: int
    net_0: int
    net_zw: int
    outside: int
    gross: int
    ksef_number: str | None
    created_at: datetime


REGISTER = """
SELECT invoice.id, invoice.number, invoice.kind, first.number AS corrects, invoice.issued_on, invoice.supplied_on,
    invoice.document->'buyer'->>'name' AS buyer, invoice.document->'buyer'->>'nip' AS buyer_nip, invoice.net_23,
    invoice.vat_23, invoice.net_8, invoice.vat_8, invoice.net_5, invoice.vat_5, invoice.net_0, invoice.net_zw,
    0 AS outside, invoice.gross, invoice.ksef_number, invoice.created_at
FROM invoice LEFT JOIN invoice AS first ON first.id = invoice.corrects
WHERE invoice.gmina_id = $1 AND invoice.issued_on BETWEEN $2 AND $3
UNION ALL
SELECT note.id, note.number, 'note', first.number, note.issued_on, note.issued_on, note.document->'buyer'->>'name',
    coalesce(note.document->'buyer'->>'nip', ''), 0, 0, 0, 0, 0, 0, 0, 0, note.amount, note.amount, NULL, note.created_at
FROM accounting_note AS note LEFT JOIN accounting_note AS first
    ON note.turn > 1 AND first.turn = 1 AND first.charge_id = note.charge_id AND first.kind = note.kind
WHERE note.gmina_id = $1 AND note.issued_on BETWEEN $2 AND $3
ORDER BY issued_on, id
"""
KINDS = {
    "invoice": N_("invoice"),
    "advance": N_("advance invoice"),
    "correction": N_("correction invoice"),
    "note": N_("accounting note"),
}
HEAD = (
    N_("Number"),
    N_("Kind"),
    N_("Corrects"),
    N_("Issued on"),
    N_("Done or paid on"),
    N_("Buyer"),
    "NIP",
    N_("Net 23%"),
    N_("VAT 23%"),
    N_("Net 8%"),
    N_("VAT 8%"),
    N_("Net 5%"),
    N_("VAT 5%"),
    N_("Net 0%"),
    N_("Exempt"),
    N_("Outside VAT"),
    N_("Gross"),
    N_("KSeF number"),
)
SUMS = ("net_23", "vat_23", "net_8", "vat_8", "net_5", "vat_5", "net_0", "net_zw", "outside", "gross")


async def register_of(tx: Tx, *, actor: Actor, gmina_id: UUID, days: Days) -> list[RegisterRow]:
    """In order. Raises NotYours."""
    must_coordinate(actor, gmina_id)
    return [RegisterRow(**row) for row in await tx.fetch(REGISTER, gmina_id, days.first, days.last)]


def as_csv(rows: Sequence[RegisterRow], texts: Translator) -> bytes:
    """Amounts are written with a comma. A minus of ours is no formula, so what others wrote is made harmless here."""
    head = [texts.gettext(title) for title in HEAD]
    cells = [
        [*_words(row, texts), *(as_typed(getattr(row, name)) for name in SUMS), row.ksef_number or ""] for row in rows
    ]
    return csv_file([head, *cells], harmless_already=True)


def as_xlsx(rows: Sequence[RegisterRow], texts: Translator) -> bytes:
    """One sheet, with what its columns come to."""
    sums = [sum(getattr(row, name) for row in rows) for name in SUMS]
    told = Sheet(
        title=texts.gettext(N_("Invoices")),
        head=[texts.gettext(title) for title in HEAD],
        widths=(22, 20, 22, 12, 14, 36, 14, *(13 for _ in SUMS), 38),
        rows=(_cells(row, texts) for row in rows),
        total=(texts.gettext(N_("Together")), "", "", "", "", "", "", *sums, ""),
    )
    return workbook([told])


def _cells(row: RegisterRow, texts: Translator) -> list[Value]:
    number, kind, corrects, _issued, _supplied, *whom = _words(row, texts)
    amounts = (getattr(row, name) for name in SUMS)
    return [number, kind, corrects, row.issued_on, row.supplied_on, *whom, *amounts, row.ksef_number or ""]


def _words(row: RegisterRow, texts: Translator) -> list[str]:
    return [
        harmless(row.number),
        texts.gettext(KINDS[row.kind]),
        harmless(row.corrects or ""),
        row.issued_on.isoformat(),
        row.supplied_on.isoformat(),
        harmless(row.buyer),
        row.buyer_nip,
    ]
