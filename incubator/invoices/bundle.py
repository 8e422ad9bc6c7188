"""Everything of a stretch of days for the gmina's own sender: a ZIP with a structured file for each invoice."""

import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from io import BytesIO
from uuid import UUID

import asyncpg
import msgspec

from incubator.db.engine import Tx
from incubator.invoices.document import Document
from incubator.invoices.queries import Days
from incubator.invoices.structured import KEEP, KEPT, file_name, structured, waits
from incubator.kernel.errors import N_, TooLarge
from incubator.people.actor import Actor
from incubator.people.guards import must_coordinate
from incubator.web.i18n import Translator

MOST = 1_000
TOLD = """
SELECT invoice.id, invoice.number, invoice.document::text AS document, first.ksef_number, content,
    invoice.ksef_number IS NOT NULL OR invoice.forgotten_at IS NOT NULL AS over
FROM invoice LEFT JOIN invoice AS first ON first.id = invoice.corrects LEFT JOIN invoice_file ON invoice_id = invoice.id
WHERE invoice.gmina_id = $1 AND invoice.issued_on BETWEEN $2 AND $3 ORDER BY invoice.issued_on, invoice.id LIMIT $4
"""


@dataclass(eq=False)
class TooManyInvoices(TooLarge):
    code = "too_many_invoices"
    sentence = N_("One file holds at most {most} invoices. Choose fewer days.")
    most: int


@dataclass(frozen=True, slots=True)
class ToSend:
    """The file of an invoice; None for a correction that has to wait for the KSeF number of what it `corrects`."""

    number: str
    file: bytes | None
    corrects: str


async def invoices_to_send(tx: Tx, *, actor: Actor, gmina_id: UUID, days: Days, now: datetime) -> list[ToSend]:
    """Those that have no KSeF number yet, each with the file that is kept from now on. Raises NotYours,
    TooManyInvoices."""
    must_coordinate(actor, gmina_id)
    rows = await tx.fetch(TOLD, gmina_id, days.first, days.last, MOST + 1)
    if len(rows) > MOST:
        raise TooManyInvoices(MOST)
    return [await _to_send(tx, row, now) for row in rows if not row["over"]]


async def _to_send(tx: Tx, row: asyncpg.Record, now: datetime) -> ToSend:
    document, number = msgspec.json.decode(row["document"], type=Document), row["ksef_number"] or ""
    corrects = document.corrected.number if document.corrected else ""
    file: bytes | None = row["content"]
    if file is None and not waits(document, corrected_ksef_number=number):
        made = structured(document, corrected_ksef_number=number)
        await tx.execute(KEEP, row["id"], made, sha256(made).digest(), now)
        file = await tx.fetchval(KEPT, row["id"])
    return ToSend(row["number"], file, corrects)


def bundled(found: Sequence[ToSend], texts: Translator) -> bytes:
    """A correction that has to wait for the number of what it corrects is named in a text beside the files. The same
    invoices give the same bytes."""
    written, waiting = BytesIO(), []
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as folder:
        for one in found:
            if one.file is None:
                waiting.append(f"{one.number} → {one.corrects}")
            else:
                folder.writestr(_entry(file_name(one.number, "xml")), one.file)
        if waiting:
            why = texts.gettext(N_("These corrections wait until the KSeF number of what they correct is noted:"))
            folder.writestr(_entry(f"{texts.gettext(N_('waiting'))}.txt"), "\n".join([why, *waiting, ""]))
    return written.getvalue()


def _entry(name: str) -> zipfile.ZipInfo:
    """Without the time of the day, which would make each file another."""
    entry = zipfile.ZipInfo(name)
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry
