"""Small counts stay unknown: not only unsaid, but not to be worked out from what is said."""

from collections.abc import Iterable, Iterator
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from incubator.reporting.small_cells import FEWEST, Cell, Seen, Shown, protect

MOST = 12


def gmina(count: int, *incubators: int, own: bool = False) -> Cell:
    return Cell(count, own, tuple(Cell(one, own) for one in incubators or (count,)))


def told(seen: Seen) -> object:
    """A short form: the count, "few", "withheld"; with parts, both."""
    said = seen.shown.value if seen.count is None else seen.count
    return (said, [told(part) for part in seen.parts]) if seen.parts else said


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        (Cell(0, parts=(gmina(0),)), (0, [(0, [0])])),
        (Cell(4, parts=(gmina(4),)), ("few", [("few", ["few"])])),
        (Cell(5, parts=(gmina(5),)), (5, [(5, [5])])),
        # 12 in all, 9 elsewhere: 3 or 4 here. So the 9 is withheld.
        (Cell(12, parts=(gmina(9), gmina(3))), (12, [("withheld", ["withheld"]), ("few", ["few"])])),
        # The same counts, but most of them are in both: nothing is left over that tells.
        (Cell(10, parts=(gmina(9), gmina(3))), (10, [(9, [9]), ("few", ["few"])])),
        # The smallest goes, not the largest.
        (
            Cell(23, parts=(gmina(9), gmina(3), gmina(6), gmina(5))),
            (23, [(9, [9]), ("few", ["few"]), (6, [6]), ("withheld", ["withheld"])]),
        ),
        # Two few, and nothing else to withhold: 7 would say 3 and 4, so the whole goes.
        (Cell(7, parts=(gmina(3), gmina(4))), ("withheld", [("few", ["few"]), ("few", ["few"])])),
        # In a gmina the same; and its incubators, which are few, are not called so.
        (
            Cell(30, parts=(gmina(20), gmina(7, 3, 4), gmina(9))),
            (30, [(20, [20]), ("withheld", ["withheld", "withheld"]), (9, [9])]),
        ),
    ],
)
def test_what_is_shown(cell: Cell, said: object) -> None:
    assert told(protect(cell)) == said


def test_a_coordinator_sees_every_count_of_their_own_gmina_and_of_no_other() -> None:
    cell = Cell(12, parts=(gmina(2, own=True), gmina(9), gmina(1)))
    assert told(protect(cell)) == (12, [(2, [2]), (9, [9]), ("few", ["few"])])
    assert told(protect(Cell(3, own=True, parts=(gmina(3, own=True),)))) == (3, [(3, [3])])


@st.composite
def bundles(draw: st.DrawFn) -> Cell:
    """One to three gminas of one or two incubators; who books in several counts once in the whole."""

    def whole_of(counts: list[int]) -> int:
        return draw(st.integers(max(counts), max(max(counts), min(sum(counts), MOST))))

    gminas = []
    for _ in range(draw(st.integers(1, 3))):
        incubators = draw(st.lists(st.integers(0, 8), min_size=1, max_size=2))
        gminas.append(gmina(whole_of(incubators), *incubators, own=draw(st.integers(0, 3)) == 0))
    return Cell(whole_of([one.count for one in gminas]), all(one.own for one in gminas), tuple(gminas))


@settings(max_examples=300, deadline=None)
@given(bundles())
def test_every_few_could_be_any_of_one_to_four(cell: Cell) -> None:
    seen = protect(cell)
    possible = list(_fitting(seen, knows_a_part=any(part.own for part in cell.parts)))
    assert _counts(cell) in possible, "the truth itself fits"
    for place, (count, own) in enumerate(_cells(cell)):
        # What is known of an own gmina bounds the whole from below, whatever is done.
        if 0 < count < FEWEST and not own and place > 0:
            assert {one[place] for one in possible} >= {1, 2, 3, 4}, told(seen)


@settings(max_examples=300)
@given(bundles())
def test_nothing_small_is_shown_and_nothing_else_is_changed(cell: Cell) -> None:
    for (count, own), seen in zip(_cells(cell), _flat(protect(cell)), strict=True):
        assert seen.count in {count, None}
        assert (seen.count is None) == (seen.shown != Shown.EXACT)
        if own or count == 0:
            assert seen.count == count
        elif count < FEWEST:
            assert seen.count is None
        assert seen.shown != Shown.FEW or count < FEWEST


def _fitting(seen: Seen, *, knows_a_part: bool) -> Iterator[tuple[int, ...]]:
    """Every set of counts that what is shown allows, as whole, gmina, its incubators, gmina …; a reader
    knows that what is withheld by itself would be `few` if it were less than five (but a whole of
    which they know a part)."""
    inside = [list(_gmina_fitting(part)) for part in seen.parts]
    for chosen in product(*inside):
        counts = [one[0] for one in chosen]
        for whole in _between(_range(seen, least=1 if knows_a_part else FEWEST), counts):
            yield (whole, *(count for one in chosen for count in one))


def _gmina_fitting(seen: Seen) -> Iterator[tuple[int, ...]]:
    least = 1 if seen.shown == Shown.WITHHELD else FEWEST
    for counts in product(*[_range(part, least=least) for part in seen.parts]):
        for whole in _between(_range(seen, least=FEWEST), counts):
            yield (whole, *counts)


def _between(wholes: Iterable[int], counts: Iterable[int]) -> list[int]:
    kept = list(counts)
    return [whole for whole in wholes if max(kept) <= whole <= sum(kept)]


def _range(seen: Seen, *, least: int) -> Iterable[int]:
    if seen.count is not None:
        return (seen.count,)
    return range(1, FEWEST) if seen.shown == Shown.FEW else range(least, MOST + 1)


def _cells(cell: Cell) -> list[tuple[int, bool]]:
    return [(cell.count, cell.own), *(one for part in cell.parts for one in _cells(part))]


def _counts(cell: Cell) -> tuple[int, ...]:
    return tuple(count for count, _ in _cells(cell))


def _flat(seen: Seen) -> list[Seen]:
    return [seen, *(one for part in seen.parts for one in _flat(part))]
