"""An invoice as it stands after its corrections, under the lock at which whoever corrects it queues."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

import msgspec

from incubator.db.engine import Tx
from incubator.invoices.document import Buyer, Corrected, Document, InvoiceKind, SoldLine
from incubator.invoices.issue_invoice import TO_COME
from incubator.invoices.queries import NoSuchInvoice, invoice_by_id
from incubator.invoices.sale import Sale
from incubator.invoices.sums import worth
from incubator.kernel.period import WARSAW

# Corrections of one invoice queue here; each begins where the one before left off.
LOCK = "SELECT document::text FROM invoice WHERE id = $1 AND corrects IS NULL FOR NO KEY UPDATE"
LATEST = "SELECT document::text AS document, turn FROM invoice WHERE corrects = $1 ORDER BY turn DESC LIMIT 1"
OF_CHARGE = """
SELECT id FROM invoice WHERE charge_id = $1 AND corrects IS NULL
    AND NOT EXISTS (SELECT FROM invoice AS next WHERE next.instead_of = invoice.id)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """The first invoice, and the latest document about it: of that or of its correction number `turn`."""

    first: UUID
    original: Document
    latest: Document
    turn: int

    @property
    def left(self) -> int:
        """What of its gross sum stands."""
        return worth(self.latest.lines).gross

    def corrected(
        self, *, reason: str, now: datetime, lines: tuple[SoldLine, ...] | None = None, buyer: Buyer | None = None
    ) -> Document:
        """A correction that leaves these lines, or names this buyer in place of the one that it names now."""
        named = self.latest.buyer
        return replace(
            self.original,
            kind=InvoiceKind.CORRECTION,
            number=TO_COME,
            issued_on=now.astimezone(WARSAW).date(),
            made_at=now.replace(microsecond=0),
            buyer=buyer or named,
            lines=self.latest.lines if lines is None else lines,
            corrected=Corrected(
                kind=self.original.kind,
                number=self.original.number,
                issued_on=self.original.issued_on,
                reason=reason,
                before=self.latest.lines,
                buyer=named if buyer else None,
            ),
        )


async def standing(tx: Tx, *, first: UUID) -> Standing:
    """Locks the first invoice. Raises NoSuchInvoice."""
    told: str | None = await tx.fetchval(LOCK, first)
    if told is None:
        raise NoSuchInvoice()
    original = msgspec.json.decode(told, type=Document)
    row = await tx.fetchrow(LATEST, first)
    if row is None:
        return Standing(first=first, original=original, latest=original, turn=0)
    latest = msgspec.json.decode(row["document"], type=Document)
    return Standing(first=first, original=original, latest=latest, turn=row["turn"])


async def standing_of_charge(tx: Tx, *, charge_id: UUID) -> Standing | None:
    """Of the invoice for what was owed; of the one in its stead, where it named somebody else. Locks it."""
    found: UUID | None = await tx.fetchval(OF_CHARGE, charge_id)
    while found is not None:
        locked = await standing(tx, first=found)
        found = await tx.fetchval(OF_CHARGE, charge_id)  # another may have come in its stead while this waited
        if found == locked.first:
            return locked
    return None


async def sold_as(tx: Tx, *, first: UUID, draft: Document) -> Sale:
    """Who bought what, as the first invoice has it."""
    of = await invoice_by_id(tx, invoice_id=first)
    return Sale(
        gmina_id=of.gmina_id,
        incubator_id=of.incubator_id,
        subject_kind=of.subject_kind,
        subject_id=of.subject_id,
        charge_id=of.charge_id,
        account_id=of.account_id,
        organisation_id=of.organisation_id,
        lines=draft.lines,
        payment=draft.payment,
        supplied_on=draft.supplied_on,
    )
