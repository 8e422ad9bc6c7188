"""Counts of people and organisations that are too small to be shown, and those that would give them
away. Pure.

Who coordinates a gmina knows its people and sees every count of it. For everybody else a count of 1
to 4 is *few*: it is shown as "fewer than 5". Nobody is nobody, and 0 is shown.

Counts of different organisations do not add up (one may book in two gminas), so the whole lies
between the largest part and the sum of its parts. Where the whole and the other parts are shown, a
few is at least what is left over: 12 in all, 9 elsewhere, so 3 or 4 here. Where that would tell
more than "1 to 4", the smallest part that is shown is *withheld* too, with all that is in it; where
no part is left to withhold, the whole is. What is then shown fits every few from 1 to 4. A test
tries them all.

Not protected: one span compared with another, and the number of bookings, which is no count of
people: when a place is taken everybody sees in the catalogue.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

FEWEST = 5
"""The smallest count that is shown to everybody."""


class Shown(StrEnum):
    EXACT = "exact"
    FEW = "few"
    WITHHELD = "withheld"


@dataclass(frozen=True, slots=True)
class Cell:
    """A count with the counts of its parts: of all gminas, of a gmina, of an incubator. `own` where
    who asks may see it whatever it is."""

    count: int
    own: bool = False
    parts: tuple["Cell", ...] = ()


@dataclass(frozen=True, slots=True)
class Seen:
    """What is shown of a cell: its count, or why there is none."""

    count: int | None
    shown: Shown = Shown.EXACT
    parts: tuple["Seen", ...] = ()


def protect(cell: Cell) -> Seen:
    """What of `cell` and its parts may be shown."""
    parts = tuple(_shut(protect(part)) for part in cell.parts)
    if cell.own:
        return Seen(cell.count, Shown.EXACT, parts)
    if 0 < cell.count < FEWEST:
        # Who knows one part for certain would learn of the others that the whole is few, or is not.
        return Seen(None, Shown.WITHHELD if any(part.own for part in cell.parts) else Shown.FEW, parts)
    while not _safe(cell.count, parts):
        smallest = _smallest(cell, parts)
        if smallest is None:
            return Seen(None, Shown.WITHHELD, parts)
        parts = (*parts[:smallest], _withheld(parts[smallest]), *parts[smallest + 1 :])
    return Seen(cell.count, Shown.EXACT, parts)


def _safe(whole: int, parts: Sequence[Seen]) -> bool:
    """Whether each few could be 1, for all that the whole and the other parts tell."""
    few = sum(part.shown == Shown.FEW for part in parts)
    if few == 0 or any(part.shown == Shown.WITHHELD for part in parts):
        return True
    seen = sum(part.count or 0 for part in parts)
    return whole <= seen + 1 + (few - 1) * (FEWEST - 1)


def _smallest(cell: Cell, parts: Sequence[Seen]) -> int | None:
    """The part to withhold: the smallest that is shown, is somebody, and is not the asker's own."""
    open_to = [n for n, part in enumerate(parts) if part.count and not cell.parts[n].own]
    return min(open_to, key=lambda n: parts[n].count or 0, default=None)


def _withheld(seen: Seen) -> Seen:
    """The cell and everybody in it hidden, in one way, so that nothing tells few from many."""
    return Seen(None, Shown.WITHHELD, tuple(_withheld(part) if part.count != 0 else part for part in seen.parts))


def _shut(seen: Seen) -> Seen:
    """A part that had to be withheld for what is in it tells no more by its own parts."""
    return _withheld(seen) if seen.shown == Shown.WITHHELD else seen
