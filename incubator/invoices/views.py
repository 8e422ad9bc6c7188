"""What pages and the API show of invoices."""

from datetime import date, datetime
from uuid import UUID

import msgspec

from incubator.invoices.document import Document


class View(msgspec.Struct, kw_only=True, frozen=True):
    """Something to show; never changed, never saved."""


class InvoiceView(View, frozen=True):
    """An invoice in a list. Money is grosz; of a correction, the difference that it makes. `corrects` is the first
    invoice; `instead_of` is one that named somebody else. `buyer_tax_number` is one from abroad."""

    id: UUID
    gmina_id: UUID
    incubator_id: UUID
    incubator_name: str
    number: str
    kind: str
    corrects: UUID | None
    instead_of: UUID | None
    buyer: str
    buyer_nip: str
    buyer_tax_number: str
    issued_on: date
    supplied_on: date
    net: int
    vat: int
    gross: int
    subject_kind: str
    subject_id: UUID
    charge_id: UUID | None
    account_id: UUID | None
    organisation_id: UUID | None
    ksef_number: str | None
    created_at: datetime


class InvoiceInFull(View, frozen=True):
    """An invoice with all that it says, and the corrections of it. `left` is what of its gross sum stands. Whoever opens
    `verification` sees whether KSeF holds it, once its file was handed out. `replaced_by` is the number of the invoice
    for somebody else that was issued instead."""

    invoice: InvoiceView
    document: Document
    corrections: list[InvoiceView]
    corrected_ksef_number: str | None
    left: int
    verification: str | None
    replaced_by: str | None


class SellerView(View, frozen=True):
    """How a gmina names itself on invoices from `from_day` on."""

    gmina_id: UUID
    from_day: date
    name: str
    nip: str
    line1: str
    line2: str
    version: int


class UnitView(View, frozen=True):
    """An incubator as the unit of its gmina that issues."""

    incubator_id: UUID
    name: str
    nip: str
    internal_id: str
    version: int


class RateTotal(View, frozen=True):
    """What was invoiced at one rate, in grosz."""

    rate: str
    net: int
    vat: int


class InvoiceTotals(View, frozen=True):
    """What was invoiced in a stretch of days, corrections taken off."""

    rates: list[RateTotal]
    net: int
    vat: int
    gross: int
    invoices: int
