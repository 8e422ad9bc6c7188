"""Counts that add up to a whole, shown to somebody who may not see a few. Pure.

Here, unlike in small_cells.py, nobody is in two parts, so the whole less the other parts is exactly what is left. Few
parts are shown as such where they leave each other room for 1 to 4; else every part that is somebody is withheld, and
where even their number would tell, every part.
"""

from collections.abc import Sequence

from incubator.reporting.small_cells import FEWEST, Cell, Seen, Shown, protect

HIDDEN = Seen(None, Shown.WITHHELD)


def divided(whole: int, parts: Sequence[int], *, own: bool) -> Seen:
    """What of `whole` and its `parts`, in this order, may be shown."""
    exact = tuple(Seen(part) for part in parts)
    few = [part for part in parts if 0 < part < FEWEST]
    if own or whole == 0 or (whole >= FEWEST and not few):
        return Seen(whole, Shown.EXACT, exact)
    if whole < FEWEST:
        return Seen(None, Shown.FEW, tuple(HIDDEN for _ in parts))
    most = FEWEST - 1
    if len(few) + most - 1 <= sum(few) <= most * len(few) - (most - 1):
        return Seen(whole, Shown.EXACT, tuple(protect(Cell(part)) for part in parts))
    somebody = sum(part > 0 for part in parts)
    if whole >= somebody + most - 1:
        return Seen(whole, Shown.EXACT, tuple(HIDDEN if part else Seen(0) for part in parts))
    return Seen(whole, Shown.EXACT, tuple(HIDDEN for _ in parts))


def amount(figure: int, *, of: int, own: bool) -> Seen:
    """A sum that `of` so many brought together: that of a few tells of each of them."""
    return Seen(figure) if own or of == 0 or of >= FEWEST else HIDDEN
