"""Note the number that KSeF gave an invoice, once the gmina's sender has sent it: corrections have to name it."""

import re
from datetime import datetime
from uuid import UUID

import asyncpg

from incubator.db.engine import Tx
from incubator.db.history import record_of
from incubator.invoices.document import Document
from incubator.invoices.queries import invoice_in_full_at_desk
from incubator.invoices.structured import handed_out
from incubator.invoices.views import InvoiceInFull
from incubator.kernel.errors import N_, Conflict, Invalid
from incubator.people.actor import Actor

NUMBER = re.compile(
    r"([0-9]{10})-20[2-9][0-9](0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])-[0-9A-F]{6}-?[0-9A-F]{6}-[0-9A-F]{2}"
)


class NotAKsefNumber(Invalid):
    """Not of that shape, or of another seller."""

    code = "not_a_ksef_number"
    sentence = N_(
        "This is not a KSeF number of an invoice of this gmina: it begins with the gmina's NIP and the day it was sent."
    )


class KsefNumberKept(Conflict):
    code = "ksef_number_kept"
    sentence = N_("This invoice has its KSeF number, or another invoice has this one.")


NOTE = "UPDATE invoice SET ksef_number = $2, ksef_noted_at = $3 WHERE id = $1 AND ksef_number IS NULL"


async def note_ksef_number(tx: Tx, *, actor: Actor, invoice_id: UUID, number: str, now: datetime) -> InvoiceInFull:
    """What was sent is its structured file, kept from now on. Raises NoSuchInvoice, NotYours, NotAKsefNumber,
    KsefNumberKept, KsefNumberMissing, BuyerForgotten."""
    found = await invoice_in_full_at_desk(tx, actor=actor, invoice_id=invoice_id)
    clean = _number(number, found.document)
    await handed_out(tx, found=found, now=now)
    try:
        done = await tx.execute(NOTE, invoice_id, clean, now)
    except asyncpg.UniqueViolationError:  # the number is the one unique thing that is written
        raise KsefNumberKept() from None
    if done != "UPDATE 1":
        raise KsefNumberKept()
    after = {"ksef_number": clean}
    by = actor.account_id
    await record_of(tx, "invoice", found.invoice, verb="note_ksef_number", actor_id=by, now=now, after=after)
    return await invoice_in_full_at_desk(tx, actor=actor, invoice_id=invoice_id)


def _number(text: str, document: Document) -> str:
    clean = text.strip().upper()
    fits = NUMBER.fullmatch(clean)
    if fits is None or fits[1] != document.seller.nip:
        raise NotAKsefNumber()
    return clean
