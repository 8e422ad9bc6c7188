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


def spread(whole: int, parts: Sequence[int], *, own: bool) -> Seen:
    """As `divided`, where there are many parts and each matters: of the larger ones, the smallest alone are withheld,
    as many as it takes to hide the few. Who knows this rule knows that a part which is withheld is not few, and
    smaller than all that are shown."""
    few = [part for part in parts if 0 < part < FEWEST]
    if own or whole < FEWEST or not few:
        return divided(whole, parts, own=own)
    larger = sorted({part for part in parts if part >= FEWEST})
    for edge, following in zip((0, *larger), (*larger, whole + 1), strict=True):
        withheld = [part for part in parts if FEWEST <= part <= edge]
        if _room(few, withheld, most=following - 1):
            return Seen(whole, Shown.EXACT, tuple(HIDDEN if FEWEST <= n <= edge else protect(Cell(n)) for n in parts))
    return divided(whole, parts, own=False)


def _room(few: Sequence[int], withheld: Sequence[int], *, most: int) -> bool:
    """Whether each of the few may be 1 and may be 4, the others of them what they will, and what is withheld from
    FEWEST to `most`: all of them together are known."""
    together, others = sum(few) + sum(withheld), len(few) - 1
    least = others + FEWEST * len(withheld)
    return least <= together - (FEWEST - 1) and together - 1 <= (FEWEST - 1) * others + most * len(withheld)


def amount(figure: int, *, of: int, own: bool) -> Seen:
    """A sum that `of` so many brought together: that of a few tells of each of them."""
    return Seen(figure) if own or of == 0 or of >= FEWEST else HIDDEN
