"""What was sold, as it is handed in to be invoiced: plain values, whoever charges."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from incubator.invoices.document import Payment, SoldLine


@dataclass(frozen=True, slots=True, kw_only=True)
class Sale:
    """Sold by an incubator to one account or one organisation, for a subject (kind and id). `supplied_on` is when it
    was, or will be, done; `charge_id` is what is owed for it, invoiced once."""

    gmina_id: UUID
    incubator_id: UUID
    subject_kind: str
    subject_id: UUID
    lines: tuple[SoldLine, ...]
    payment: Payment
    supplied_on: date
    charge_id: UUID | None = None
    account_id: UUID | None = None
    organisation_id: UUID | None = None
