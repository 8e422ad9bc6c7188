"""Everything of a stretch of days for the gmina's own sender: a ZIP with a structured file for each invoice."""

import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from uuid import UUID

import msgspec

from incubator.db.engine import Tx
from incubator.invoices.document import Document
from incubator.invoices.ksef import fa3
from incubator.invoices.queries import Days
from incubator.invoices.structured import file_name
from incubator.kernel.errors import N_, TooLarge
from incubator.people.actor import Actor
from incubator.people.guards import must_coordinate
from incubator.web.i18n import Translator

MOST = 1_000
TOLD = """
SELECT invoice.document::text AS document, first.ksef_number, invoice.ksef_number IS NOT NULL AS sent
FROM invoice LEFT JOIN invoice AS first ON first.id = invoice.corrects
WHERE invoice.gmina_id = $1 AND invoice.issued_on BETWEEN $2 AND $3 ORDER BY invoice.issued_on, invoice.id LIMIT $4
"""


@dataclass(eq=False)
class TooManyInvoices(TooLarge):
    code = "too_many_invoices"
    sentence = N_("One file holds at most {most} invoices. Choose fewer days.")
    most: int


@dataclass(frozen=True, slots=True)
class ToSend:
    """A document, the KSeF number of what it corrects, and whether it was sent already."""

    document: Document
    corrected_ksef_number: str
    sent: bool


async def invoices_to_send(tx: Tx, *, actor: Actor, gmina_id: UUID, days: Days) -> list[ToSend]:
    """Raises NotYours, TooManyInvoices."""
    must_coordinate(actor, gmina_id)
    rows = await tx.fetch(TOLD, gmina_id, days.first, days.last, MOST + 1)
    if len(rows) > MOST:
        raise TooManyInvoices(MOST)
    return [
        ToSend(msgspec.json.decode(row["document"], type=Document), row["ksef_number"] or "", row["sent"])
        for row in rows
    ]


def bundled(found: Sequence[ToSend], texts: Translator) -> bytes:
    """Those that were not sent yet. A correction that has to wait for the number of what it corrects is named in a
    text beside them. The same invoices give the same bytes."""
    written, waiting = BytesIO(), []
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as folder:
        for one in found:
            if one.sent:
                continue
            corrected = one.document.corrected
            if corrected is not None and one.document.buyer.nip and not one.corrected_ksef_number:
                waiting.append(f"{one.document.number} → {corrected.number}")
                continue
            file = fa3(one.document, corrected_ksef_number=one.corrected_ksef_number)
            folder.writestr(_entry(file_name(one.document.number, "xml")), file)
        if waiting:
            why = texts.gettext(N_("These corrections wait until the KSeF number of what they correct is noted:"))
            folder.writestr(_entry(f"{texts.gettext(N_('waiting'))}.txt"), "\n".join([why, *waiting, ""]))
    return written.getvalue()


def _entry(name: str) -> zipfile.ZipInfo:
    """Without the time of the day, which would make each file another."""
    entry = zipfile.ZipInfo(name)
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry
