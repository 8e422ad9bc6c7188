"""The order of applications, computed: the same records always give the same ranking.

All sums are integers. The points of an application are the mean over its sheets of the points times
the weights of the criteria, in hundredths, halves rounded up. The threshold and the least points of a
criterion are compared with what was given before any rounding.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from typing import Any
from uuid import UUID

SUBMITTED_AT = "submitted_at"
LOT = "lot"
CRITERION = "criterion:"
POINTS = "points"
THRESHOLD = "threshold"


class Outcome(StrEnum):
    """What the order says of an application."""

    ADMITTED = "admitted"
    RESERVE = "reserve"
    NOT_ADMITTED = "not_admitted"
    BELOW_THRESHOLD = "below_threshold"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of the rubric."""

    id: UUID
    most: int
    weight: int
    least: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An application that is ranked. `code` is what its lot is drawn by."""

    id: UUID
    code: str
    submitted_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What one scorer gave: points by criterion."""

    application_id: UUID
    points: Mapping[UUID, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class RankingRules:
    """By what an order is made. `seed` is public; `reserve_places` is None where the list has no end."""

    threshold_percent: int
    tie_rule: Sequence[str]
    seed: str
    reserve_places: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """A row of the ranking. `means` are hundredths for each criterion; `lacks` are the criteria below
    their least; `decided_by` is what set it apart from a neighbour with the same points, if one has."""

    application_id: UUID
    position: int
    points: int
    outcome: Outcome
    sheets: int
    means: Mapping[UUID, int]
    lacks: tuple[UUID, ...]
    decided_by: str


@dataclass(frozen=True, slots=True)
class _Tally:
    entry: Entry
    points: int
    above: bool
    sheets: int
    means: Mapping[UUID, int]
    lacks: tuple[UUID, ...]
    lot: str


def ranked(
    applications: Sequence[Entry], sheets: Sequence[Sheet], criteria: Sequence[Line], rules: RankingRules, places: int
) -> list[Ranked]:
    """The applications in order, those below the threshold last. Every application has a sheet, and
    every sheet points for every criterion."""
    told: dict[UUID, list[Sheet]] = {entry.id: [] for entry in applications}
    for sheet in sheets:
        told[sheet.application_id].append(sheet)
    steps = order_of(rules.tie_rule)
    tallies = [_tally(entry, told[entry.id], criteria, rules) for entry in applications]
    tallies.sort(key=lambda tally: tuple(key(tally) for _, key in steps))
    return [_row(tallies, n, steps, rules, places) for n in range(len(tallies))]


def hundredths(total: int, parts: int) -> int:
    """`total` shared by `parts`, in hundredths, halves rounded up."""
    return (200 * total + parts) // (2 * parts)


def lot_of(seed: str, code: str) -> str:
    """The lot of an application: the lower comes first. Anybody can compute it again from the public
    seed and the code: it is the SHA-256 of both with a colon between, in hexadecimal."""
    return sha256(f"{seed}:{code}".encode()).hexdigest()


def most_points(criteria: Sequence[Line]) -> int:
    """The most that one sheet can give."""
    return sum(line.most * line.weight for line in criteria)


Step = tuple[str, Callable[[_Tally], Any]]


def order_of(tie_rule: Sequence[str]) -> list[Step]:
    """By what two applications are compared, first things first. The lot is always the last resort."""
    steps: list[Step] = [(THRESHOLD, lambda tally: not tally.above), (POINTS, lambda tally: -tally.points)]
    steps += [(rule, _step(rule)) for rule in tie_rule]
    return [*steps, (LOT, _step(LOT))]


def _step(rule: str) -> Callable[[_Tally], Any]:
    if rule == SUBMITTED_AT:
        return lambda tally: tally.entry.submitted_at
    if rule == LOT:
        return lambda tally: (tally.lot, tally.entry.id)
    criterion = UUID(rule.removeprefix(CRITERION))
    return lambda tally: -tally.means.get(criterion, 0)


def _tally(entry: Entry, sheets: Sequence[Sheet], criteria: Sequence[Line], rules: RankingRules) -> _Tally:
    given = {line.id: sum(sheet.points[line.id] for sheet in sheets) for line in criteria}
    total, count = sum(given[line.id] * line.weight for line in criteria), len(sheets)
    lacks = tuple(line.id for line in criteria if line.least is not None and given[line.id] < line.least * count)
    enough = 100 * total >= rules.threshold_percent * most_points(criteria) * count
    return _Tally(
        entry=entry,
        points=hundredths(total, count),
        above=enough and not lacks,
        sheets=count,
        means={key: hundredths(points, count) for key, points in given.items()},
        lacks=lacks,
        lot=lot_of(rules.seed, entry.code),
    )


def _row(tallies: Sequence[_Tally], n: int, steps: Sequence[Step], rules: RankingRules, places: int) -> Ranked:
    tally = tallies[n]
    return Ranked(
        application_id=tally.entry.id,
        position=n + 1,
        points=tally.points,
        outcome=_outcome(tally, n, rules, places),
        sheets=tally.sheets,
        means=tally.means,
        lacks=tally.lacks,
        decided_by=_decided(tallies, n, steps),
    )


def _outcome(tally: _Tally, n: int, rules: RankingRules, places: int) -> Outcome:
    if not tally.above:
        return Outcome.BELOW_THRESHOLD
    if n < places:
        return Outcome.ADMITTED
    if rules.reserve_places is None or n < places + rules.reserve_places:
        return Outcome.RESERVE
    return Outcome.NOT_ADMITTED


def _decided(tallies: Sequence[_Tally], n: int, steps: Sequence[Step]) -> str:
    """What set this row apart from the one before it, or after it, that has the same points."""
    for other in (n - 1, n + 1):
        if 0 <= other < len(tallies):
            name = next(name for name, key in steps if key(tallies[n]) != key(tallies[other]))
            if name not in {THRESHOLD, POINTS}:
                return name
    return ""
