"""What an accounting note says: values alone, kept as they were when it was issued. Money is grosz."""

from dataclasses import dataclass
from enum import StrEnum

from incubator.invoices.document import Buyer, Seller, Unit


class NoteKind(StrEnum):
    """What was charged outside the scope of the tax, or what of a deposit was kept: damages, which are no price of
    anything and so outside of it as well."""

    OUT_OF_SCOPE = "out_of_scope"
    DEPOSIT = "deposit"


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteLine:
    text_pl: str
    amount: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteDocument:
    """`before` is what the notes before it came to, where it changes them; `title` that of the transfer."""

    seller: Seller
    unit: Unit
    buyer: Buyer
    title: str
    lines: tuple[NoteLine, ...]
    before: int = 0
