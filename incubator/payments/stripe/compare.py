"""Two books, and where they differ. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from incubator.payments.stripe.seen import OWN, TransactionSeen

CAME = {"charge", "payment"}
WENT = {"refund", "payment_refund"}
CAME_BACK = {"refund_failure"}


class Kind(StrEnum):
    """`other`: Stripe booked something that we do not do: a correction, a fee of its own."""

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
class Moved:
    """Money of a dispute: taken (negative) or given back."""

    amount: int
    fee: int


@dataclass(frozen=True, slots=True)
class Sent:
    """A payout; `made_of` is what its transactions come to, once Stripe can say so."""

    amount: int
    came_back: bool
    made_of: int | None
    within: bool


@dataclass(frozen=True, slots=True)
class Known:
    """What we know, by Stripe's number of it: of a payment, a refund, a payout, and of each movement of a dispute."""

    taken: Mapping[str, Taken]
    given: Mapping[str, Given]
    moved: Mapping[str, Moved] = field(default_factory=dict)
    sent: Mapping[str, Sent] = field(default_factory=dict)


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
    found += [
        Difference(Kind.AMOUNT, "payout", key, -one.amount, -one.made_of)
        for key, one in known.sent.items()
        if one.within and one.made_of is not None and one.made_of != one.amount
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
    elif line.type in OWN:
        yield from _sent(line, source, known.sent.get(source))
    elif line.of_dispute:
        yield from _moved(line, source, known.moved.get(line.id))
    else:
        yield Difference(Kind.OTHER, line.type, source, line.net, None)


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


def _sent(line: TransactionSeen, source: str, ours: Sent | None) -> Iterator[Difference]:
    back = line.type != "payout"
    if ours is None or (back and not ours.came_back):
        yield Difference(Kind.ONLY_THERE, line.type, source, line.net, None)
    elif line.net != (ours.amount if back else -ours.amount):
        yield Difference(Kind.AMOUNT, line.type, source, line.net, ours.amount if back else -ours.amount)


def _moved(line: TransactionSeen, source: str, ours: Moved | None) -> Iterator[Difference]:
    if ours is None:
        yield Difference(Kind.ONLY_THERE, "dispute", source, line.net, None)
    elif (ours.amount, ours.fee) != (line.amount, line.fee):
        yield Difference(Kind.AMOUNT, "dispute", source, line.net, ours.amount - ours.fee)
