"""Reading invoices, narrowed by who asks: a person their own and their organisations', the desk its gmina's."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

import asyncpg
import msgspec

from incubator.db.engine import Tx
from incubator.invoices.document import Buyer, Document
from incubator.invoices.verification import verification_link
from incubator.invoices.views import InvoiceInFull, InvoiceTotals, InvoiceView, RateTotal
from incubator.kernel.errors import N_, NotFound
from incubator.people.actor import Actor
from incubator.people.guards import must_coordinate


class NoSuchInvoice(NotFound):
    """None, or not the asker's to see."""

    code = "no_such_invoice"
    sentence = N_("There is no such invoice, or it is not yours to see.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """From the first day to the last, both of them in it."""

    first: date
    last: date


INVOICE = """
SELECT invoice.id, invoice.gmina_id, invoice.incubator_id, incubator.name AS incubator_name, number, kind, corrects,
    instead_of, document->'buyer'->>'name' AS buyer, coalesce(document->'buyer'->>'nip', '') AS buyer_nip,
    coalesce(nullif(document->'buyer'->>'eu_vat', ''), document->'buyer'->>'foreign_id', '') AS buyer_tax_number,
    issued_on, supplied_on, net, vat, gross, subject_kind, subject_id, charge_id, account_id, organisation_id,
    ksef_number, created_at
FROM invoice JOIN incubator ON incubator.id = invoice.incubator_id
"""
OWN = """
(account_id = $1 OR organisation_id = ANY($2::uuid[]))
AND ($3::date IS NULL OR (issued_on, invoice.id) < ($3, $4)) ORDER BY issued_on DESC, invoice.id DESC LIMIT $5
"""
AT_DESK = """
invoice.gmina_id = $1 AND issued_on BETWEEN $2 AND $3
AND ($4::date IS NULL OR (issued_on, invoice.id) > ($4, $5)) ORDER BY issued_on, invoice.id LIMIT $6
"""
FULL = """
SELECT document::text AS document, (SELECT ksef_number FROM invoice AS first WHERE first.id = invoice.corrects) AS ksef,
    (SELECT sum(gross)::bigint FROM invoice AS part WHERE coalesce(invoice.corrects, invoice.id) IN (part.id, part.corrects)) AS left,
    (SELECT sha256 FROM invoice_file WHERE invoice_id = invoice.id) AS sha256,
    (SELECT number FROM invoice AS next WHERE next.instead_of = coalesce(invoice.corrects, invoice.id)) AS replaced_by
FROM invoice WHERE id = $1
"""
NAMED_NOW = """
SELECT (other.document->'buyer')::text FROM invoice
JOIN invoice AS other ON coalesce(invoice.corrects, invoice.id) IN (other.id, other.corrects)
WHERE invoice.id = $1 ORDER BY other.turn DESC LIMIT 1
"""
TOTALS = """
SELECT coalesce(sum(net_23), 0)::bigint AS net_23, coalesce(sum(vat_23), 0)::bigint AS vat_23,
    coalesce(sum(net_8), 0)::bigint AS net_8, coalesce(sum(vat_8), 0)::bigint AS vat_8,
    coalesce(sum(net_5), 0)::bigint AS net_5, coalesce(sum(vat_5), 0)::bigint AS vat_5,
    coalesce(sum(net_0), 0)::bigint AS net_0, coalesce(sum(net_zw), 0)::bigint AS net_zw,
    coalesce(sum(net), 0)::bigint AS net, coalesce(sum(vat), 0)::bigint AS vat,
    coalesce(sum(gross), 0)::bigint AS gross, count(*) AS invoices
FROM invoice WHERE gmina_id = $1 AND issued_on BETWEEN $2 AND $3
"""


async def invoice_by_id(tx: Tx, *, invoice_id: UUID) -> InvoiceView:
    """Whosever it is. Raises NoSuchInvoice."""
    row = await tx.fetchrow(f"{INVOICE} WHERE invoice.id = $1", invoice_id)
    if row is None:
        raise NoSuchInvoice()
    return InvoiceView(**row)


async def invoice_for(tx: Tx, *, actor: Actor, invoice_id: UUID) -> InvoiceInFull:
    """For whom it is for, a member of the organisation that it is for, and the desk. Raises NoSuchInvoice."""
    found = await invoice_by_id(tx, invoice_id=invoice_id)
    theirs = found.account_id == actor.account_id or found.organisation_id in actor.organisations
    if not (theirs or found.gmina_id in actor.coordinates or actor.is_administrator):
        raise NoSuchInvoice()
    return await _in_full(tx, found)


async def invoice_at_desk(tx: Tx, *, actor: Actor, invoice_id: UUID) -> InvoiceView:
    """Raises NoSuchInvoice, NotYours."""
    found = await invoice_by_id(tx, invoice_id=invoice_id)
    must_coordinate(actor, found.gmina_id)
    return found


async def invoice_in_full_at_desk(tx: Tx, *, actor: Actor, invoice_id: UUID) -> InvoiceInFull:
    """Raises NoSuchInvoice, NotYours."""
    return await _in_full(tx, await invoice_at_desk(tx, actor=actor, invoice_id=invoice_id))


async def own_invoices(
    tx: Tx, *, actor: Actor, after: tuple[date, UUID] | None = None, limit: int = 50
) -> list[InvoiceView]:
    """Those of the asker and of the organisations they belong to, the latest first."""
    rows = await tx.fetch(f"{INVOICE} WHERE {OWN}", actor.account_id, list(actor.organisations), *_from(after), limit)
    return _views(rows)


async def named_now(tx: Tx, *, invoice_id: UUID) -> Buyer:
    """Whom the invoice names after its corrections, or that of which it is one."""
    told: str = await tx.fetchval(NAMED_NOW, invoice_id)
    return msgspec.json.decode(told, type=Buyer)


async def invoices_at_desk(
    tx: Tx, *, actor: Actor, gmina_id: UUID, days: Days, after: tuple[date, UUID] | None = None, limit: int = 100
) -> list[InvoiceView]:
    """What a gmina issued, in order. Raises NotYours."""
    must_coordinate(actor, gmina_id)
    rows = await tx.fetch(f"{INVOICE} WHERE {AT_DESK}", gmina_id, days.first, days.last, *_from(after), limit)
    return _views(rows)


async def totals_at_desk(tx: Tx, *, actor: Actor, gmina_id: UUID, days: Days) -> InvoiceTotals:
    """What a gmina invoiced, by rate. Raises NotYours."""
    must_coordinate(actor, gmina_id)
    row = await tx.fetchrow(TOTALS, gmina_id, days.first, days.last)
    assert row is not None
    rates = [RateTotal(rate=rate, net=row[f"net_{rate}"], vat=row[f"vat_{rate}"]) for rate in ("23", "8", "5")]
    rates += [RateTotal(rate=rate, net=row[f"net_{rate}"], vat=0) for rate in ("0", "zw")]
    sold = [one for one in rates if one.net or one.vat]
    return InvoiceTotals(rates=sold, net=row["net"], vat=row["vat"], gross=row["gross"], invoices=row["invoices"])


async def _in_full(tx: Tx, found: InvoiceView) -> InvoiceInFull:
    row = await tx.fetchrow(FULL, found.id)
    assert row is not None
    corrections = await tx.fetch(f"{INVOICE} WHERE corrects = $1 ORDER BY turn", found.id)
    document, proof = msgspec.json.decode(row["document"], type=Document), row["sha256"]
    nip, day = document.seller.nip, document.issued_on
    return InvoiceInFull(
        invoice=found,
        document=document,
        verification=verification_link(nip=nip, issued_on=day, sha256=proof) if proof else None,
        replaced_by=row["replaced_by"],
        corrections=_views(corrections),
        corrected_ksef_number=row["ksef"],
        left=row["left"],
    )


def _views(rows: list[asyncpg.Record]) -> list[InvoiceView]:
    return [InvoiceView(**row) for row in rows]


def _from(after: tuple[date, UUID] | None) -> tuple[date | None, UUID | None]:
    return after or (None, None)
