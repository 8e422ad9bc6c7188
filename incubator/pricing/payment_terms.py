"""When what a list charges is paid: before the booking is firm, or afterwards."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from msgspec.structs import replace

from incubator.db.engine import Tx
from incubator.pricing.details import ListDetails
from incubator.pricing.states import PaysFirst

TERMS = "SELECT pays_first, due_days FROM price_list WHERE id = $1"
IN_FORCE = """
SELECT pays_first, due_days FROM price_list JOIN space ON space.incubator_id = price_list.incubator_id
WHERE space.id = $1 AND state = 'published' AND in_force_from <= $2 ORDER BY in_force_from DESC LIMIT 1
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentTerms:
    """`due_days` is the time for a transfer."""

    pays_first: PaysFirst = PaysFirst.NOBODY
    due_days: int = 14

    def asks_first(self, *, a_person: bool) -> bool:
        """Whether who books for themself, or else an organisation, has the time only once it is paid."""
        return self.pays_first == PaysFirst.EVERYBODY or (self.pays_first == PaysFirst.PERSONS and a_person)


async def payment_terms(tx: Tx, *, list_id: UUID | None) -> PaymentTerms:
    """Those of a list; without one, the usual."""
    row = await tx.fetchrow(TERMS, list_id)
    return PaymentTerms() if row is None else PaymentTerms(pays_first=PaysFirst(row[0]), due_days=row[1])


async def payment_terms_on(tx: Tx, *, space_id: UUID, day: date) -> PaymentTerms:
    """Those of the list that is in force for the space on the day; without one, the usual."""
    row = await tx.fetchrow(IN_FORCE, space_id, day)
    return PaymentTerms() if row is None else PaymentTerms(pays_first=PaysFirst(row[0]), due_days=row[1])


async def with_terms(tx: Tx, details: ListDetails, *, like: UUID | None) -> ListDetails:
    """What was left out of them as in another list."""
    if details.pays_first is not None and details.due_days is not None:
        return details
    kept = await payment_terms(tx, list_id=like)
    first = kept.pays_first if details.pays_first is None else details.pays_first
    return replace(details, pays_first=first, due_days=details.due_days or kept.due_days)
