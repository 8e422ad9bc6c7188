"""Money in whole grosz, and the tax on it. Rounding is half up to a grosz, away from zero for what is
given back (ustawa o VAT, art. 106e ust. 11), once for each line: what a document adds up are its lines
(art. 106e ust. 10), so sums never differ from what they are sums of."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Vat(StrEnum):
    """A rate of tax as invoices name it. `zw` is exempt, `np` out of the tax's scope."""

    STANDARD = "23"
    REDUCED = "8"
    LOW = "5"
    ZERO = "0"
    EXEMPT = "zw"
    OUT_OF_SCOPE = "np"

    @property
    def percent(self) -> int:
        """What is added to the net price, in percent."""
        return int(self.value) if self.value.isdigit() else 0


@dataclass(frozen=True, slots=True)
class Amount:
    """Net, tax and gross in grosz; `gross` is the sum of the others. Negative when it is given back."""

    net: int = 0
    vat: int = 0

    @property
    def gross(self) -> int:
        return self.net + self.vat

    def __add__(self, other: "Amount") -> "Amount":
        return Amount(self.net + other.net, self.vat + other.vat)

    def __neg__(self) -> "Amount":
        return Amount(-self.net, -self.vat)


def of_net(net: int, rate: Vat) -> Amount:
    """The amount whose price was stated net (art. 106e ust. 1 pkt 9–14)."""
    return Amount(net, part(net, rate.percent, 100))


def of_gross(gross: int, rate: Vat) -> Amount:
    """The amount whose price was stated gross: the tax is in it (art. 106e ust. 7 pkt 1)."""
    vat = part(gross, rate.percent, 100 + rate.percent)
    return Amount(gross - vat, vat)


def part(amount: int, of: int, whole: int) -> int:
    """`amount` · `of` / `whole`, to the nearest grosz, half a grosz away from zero. `whole` is positive."""
    product = amount * of
    size = (2 * abs(product) + whole) // (2 * whole)
    return size if product >= 0 else -size


def total(amounts: Iterable[Amount]) -> Amount:
    return sum(amounts, Amount())
