"""Two books, and where they differ. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from incubator.payments.stripe.seen import TransactionSeen

CAME = {"charge", "payment"}
WENT = {"refund", "payment_refund"}
CAME_BACK = {"refund_failure"}
OWN = {"payout"}
"""Between Stripe and the gmina's own bank: nothing of what people paid."""


class Kind(StrEnum):
    """`other`: Stripe booked something that we do not do: a dispute, a correction, a fee of its own."""

    ONLY_THERE = "only_there"
    ONLY_HERE = "only_here"
    AMOUNT = "amount"
    FEE = "fee"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Taken:
    """A checkout that was paid; `within` the day that is compared."""

    checkout_id: UUID
    amount: int
    fee: int | None
    within: bool


@dataclass(frozen=True, slots=True)
class Given:
    """A refund that Stripe has; `came_back`: the bank would not take it."""

    amount: int
    came_back: bool
    within: bool


@dataclass(frozen=True, slots=True)
class Known:
    """What we know, by Stripe's number of it."""

    taken: Mapping[str, Taken]
    given: Mapping[str, Given]


@dataclass(frozen=True, slots=True)
class Difference:
    kind: Kind
    what: str
    source: str
    theirs: int | None
    ours: int | None


def compare(
    booked: Iterable[TransactionSeen], known: Known, *, until: int
) -> tuple[list[Difference], list[tuple[UUID, int]]]:
    """The differences, and fees that we did not know yet. What was booked at `until` or later belongs to the next
    day: it only proves that what we know of is there."""
    booked = list(booked)
    found = [one for line in booked if line.created < until for one in _line(line, known)]
    sources = {line.source for line in booked}
    found += [
        Difference(Kind.ONLY_HERE, "payment", key, None, one.amount)
        for key, one in known.taken.items()
        if one.within and key not in sources
    ]
    found += [
        Difference(Kind.ONLY_HERE, "refund", key, None, -one.amount)
        for key, one in known.given.items()
        if one.within and key not in sources
    ]
    fees = [
        (one.checkout_id, line.fee)
        for line in booked
        if line.type in CAME and (one := known.taken.get(line.source or "")) and one.fee is None
    ]
    return found, fees


def _line(line: TransactionSeen, known: Known) -> Iterator[Difference]:
    source = line.source or line.id
    if line.type in CAME:
        yield from _came(line, source, known.taken.get(source))
    elif line.type in WENT | CAME_BACK:
        yield from _went(line, source, known.given.get(source))
    elif line.type not in OWN:
        yield Difference(Kind.OTHER, line.type, source, line.amount - line.fee, None)


def _came(line: TransactionSeen, source: str, ours: Taken | None) -> Iterator[Difference]:
    if ours is None:
        yield Difference(Kind.ONLY_THERE, "payment", source, line.amount, None)
        return
    if ours.amount != line.amount:
        yield Difference(Kind.AMOUNT, "payment", source, line.amount, ours.amount)
    if ours.fee is not None and ours.fee != line.fee:
        yield Difference(Kind.FEE, "payment", source, line.fee, ours.fee)


def _went(line: TransactionSeen, source: str, ours: Given | None) -> Iterator[Difference]:
    back = line.type in CAME_BACK
    if ours is None:
        yield Difference(Kind.ONLY_THERE, "refund", source, line.amount, None)
    elif back and not ours.came_back:
        yield Difference(Kind.ONLY_THERE, "refund_failure", source, line.amount, None)
    elif ours.amount != abs(line.amount):
        yield Difference(Kind.AMOUNT, "refund", source, line.amount, ours.amount if back else -ours.amount)
