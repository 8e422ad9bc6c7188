"""Sums of an invoice. What it adds up are its lines, each with its own tax (ustawa o VAT, art. 106e ust. 10).

The tax of an advance is that part of the payment which art. 106f ust. 1 pkt 3 names; taken for each line of the order,
it is the line's own tax to the grosz, so an advance and what was charged are the same sums.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from incubator.invoices.document import Document, SoldLine, Stated
from incubator.kernel.money import Amount, Vat, of_gross, of_net, total


@dataclass(frozen=True, slots=True, kw_only=True)
class RateSum:
    """What was sold at one rate."""

    vat: Vat
    amount: Amount


def sums_of(document: Document) -> tuple[RateSum, ...]:
    """By rate, in the order of the rates; of a correction, the differences that it makes."""
    before = document.corrected.before if document.corrected else ()
    rates = {line.vat for line in (*before, *document.lines)}
    return tuple(RateSum(vat=vat, amount=_at(document.lines, vat) + -_at(before, vat)) for vat in Vat if vat in rates)


def total_of(document: Document) -> Amount:
    """All of it; of a correction, the difference that it makes."""
    return total(one.amount for one in sums_of(document))


def worth(lines: Iterable[SoldLine]) -> Amount:
    return total(line.amount for line in lines)


def _at(lines: Iterable[SoldLine], vat: Vat) -> Amount:
    return worth(line for line in lines if line.vat is vat)


def amount_of(*, quantity: Decimal, price: int, stated: Stated, vat: Vat) -> Amount:
    """What so much at this price comes to."""
    whole = int((price * quantity).quantize(Decimal(1), ROUND_HALF_UP))
    return of_net(whole, vat) if stated is Stated.NET else of_gross(whole, vat)


def left_after(lines: Sequence[SoldLine], *, refund: int) -> tuple[SoldLine, ...]:
    """The lines when `refund` grosz of their gross sum were given back, spread by what each comes to.

    A line that is left in part becomes one service at what is left of it, stated gross, for its net price times its
    quantity need not come to that grosz.
    """
    shares = _shares([line.amount.gross for line in lines], worth(lines).gross - refund)
    return tuple(_left(line, share) for line, share in zip(lines, shares, strict=True))


def _left(line: SoldLine, gross: int) -> SoldLine:
    if gross == line.amount.gross:
        return line
    if gross == 0:
        return replace(line, quantity=Decimal(0), amount=Amount())
    amount = of_gross(gross, line.vat)
    return replace(line, quantity=Decimal(1), unit="service", price=gross, stated=Stated.GROSS, amount=amount)


def _shares(weights: Sequence[int], whole: int) -> list[int]:
    """`whole` split by `weights` into whole numbers that add up to it; what is over goes to the largest remainders."""
    of = sum(weights)
    if whole == of:
        return list(weights)
    shares = [whole * weight // of for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda n: (-(whole * weights[n] % of), n))
    for n in by_remainder[: whole - sum(shares)]:
        shares[n] += 1
    return shares
