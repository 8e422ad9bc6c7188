"""The structured file of an invoice that was issued."""

from dataclasses import dataclass

from incubator.invoices.ksef import fa3
from incubator.invoices.views import InvoiceInFull
from incubator.kernel.errors import N_, Conflict


@dataclass(eq=False)
class KsefNumberMissing(Conflict):
    """A correction for a taxpayer names the invoice by the number that KSeF gave it."""

    code = "ksef_number_missing"
    sentence = N_("First note the KSeF number of the invoice {number}: its correction has to name it.")
    number: str


def structured(found: InvoiceInFull) -> bytes:
    """Raises KsefNumberMissing. A person's invoice need not have gone through KSeF; where it has no number, its
    correction says that it did not."""
    document, number = found.document, found.corrected_ksef_number or ""
    if document.corrected is not None and document.buyer.nip and not number:
        raise KsefNumberMissing(document.corrected.number)
    return fa3(document, corrected_ksef_number=number)


def file_name(number: str, ending: str) -> str:
    """A number as the name of a file: las/2026/1 as faktura-las-2026-1.xml."""
    safe = "".join(sign if sign.isascii() and sign.isalnum() else "-" for sign in number)
    return f"faktura-{safe}.{ending}"
