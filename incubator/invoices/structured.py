"""The structured file of an invoice that was issued: made once, when it is first handed out, and kept from then on.

What the gmina sent to KSeF and what the code on the paper is made of are the same bytes, whatever a later version of
this service would write."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from incubator.db.engine import Tx
from incubator.invoices.document import Document
from incubator.invoices.ksef import fa3
from incubator.invoices.views import InvoiceInFull
from incubator.kernel.errors import N_, Conflict, Gone


@dataclass(eq=False)
class KsefNumberMissing(Conflict):
    """A correction for a taxpayer names the invoice by the number that KSeF gave it."""

    code = "ksef_number_missing"
    sentence = N_("First note the KSeF number of the invoice {number}: its correction has to name it.")
    number: str


class BuyerForgotten(Gone):
    """The person was taken out of it: forget_buyers.py."""

    code = "buyer_forgotten"
    sentence = N_("The law no longer asks to keep whom this invoice named, so its structured file is gone.")


# Who comes second waits for the first here, and reads what that one kept.
KEEP = "INSERT INTO invoice_file (invoice_id, content, sha256, made_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING"
KEPT = "SELECT content FROM invoice_file WHERE invoice_id = $1"


async def handed_out(tx: Tx, *, found: InvoiceInFull, now: datetime) -> bytes:
    """The file, from now on the same. Raises KsefNumberMissing, BuyerForgotten."""
    key = found.invoice.id
    kept: bytes | None = await tx.fetchval(KEPT, key)
    if kept is None:
        made = structured(found.document, corrected_ksef_number=found.corrected_ksef_number or "")
        await tx.execute(KEEP, key, made, sha256(made).digest(), now)
        kept = await tx.fetchval(KEPT, key)
        assert kept is not None
    return kept


def structured(document: Document, *, corrected_ksef_number: str = "") -> bytes:
    """Raises KsefNumberMissing, BuyerForgotten."""
    if not document.buyer.name:
        raise BuyerForgotten()
    if waits(document, corrected_ksef_number=corrected_ksef_number):
        raise KsefNumberMissing(document.corrected.number if document.corrected else "")
    return fa3(document, corrected_ksef_number=corrected_ksef_number)


def waits(document: Document, *, corrected_ksef_number: str) -> bool:
    """Whether it is a correction that has to name a number which is not there yet. A person's invoice need not have
    gone through KSeF; where it has no number, its correction says that it did not."""
    return document.corrected is not None and bool(document.buyer.number) and not corrected_ksef_number


def file_name(number: str, ending: str) -> str:
    """A number as the name of a file: las/2026/1 as faktura-las-2026-1.xml."""
    safe = "".join(sign if sign.isascii() and sign.isalnum() else "-" for sign in number)
    return f"faktura-{safe}.{ending}"
