"""The order of applications, without a database."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from incubator.assessment.rules import Entry, Line, Outcome, Ranked, RankingRules, Sheet, hundredths, lot_of, ranked

START = datetime(2026, 9, 1, tzinfo=UTC)
IDEA, TEAM = UUID(int=1), UUID(int=2)
RUBRIC = (Line(id=IDEA, most=10, weight=3, least=None), Line(id=TEAM, most=5, weight=2, least=2))
RULES = RankingRules(threshold_percent=50, tie_rule=(f"criterion:{IDEA}", "submitted_at"), seed="seed")
TIES = st.lists(
    st.sampled_from([f"criterion:{IDEA}", f"criterion:{TEAM}", "submitted_at", "lot"]),
    min_size=1,
    max_size=3,
    unique=True,
)


def entry(n: int, *, minutes: int = 0) -> Entry:
    return Entry(id=UUID(int=100 + n), code=f"K{n:03}", submitted_at=START + timedelta(minutes=minutes))


def sheet(of: Entry, idea: int, team: int) -> Sheet:
    return Sheet(application_id=of.id, points={IDEA: idea, TEAM: team})


@st.composite
def fields(draw: st.DrawFn) -> tuple[list[Entry], list[Sheet]]:
    """Applications that are often equal, with one to three sheets each."""
    entries = [entry(n, minutes=draw(st.integers(0, 2))) for n in range(draw(st.integers(1, 9)))]
    sheets = [
        sheet(one, draw(st.integers(0, 10)), draw(st.integers(0, 5)))
        for one in entries
        for _ in range(draw(st.integers(1, 3)))
    ]
    return entries, sheets


def order(rows: Sequence[Ranked]) -> list[UUID]:
    return [row.application_id for row in rows]


@given(fields(), TIES, st.integers(0, 6), st.one_of(st.none(), st.integers(0, 3)), st.randoms())
def test_the_order_does_not_depend_on_the_order_of_the_records(
    field: tuple[list[Entry], list[Sheet]], ties: list[str], places: int, reserve: int | None, dice: object
) -> None:
    entries, sheets = field
    rules = replace(RULES, tie_rule=ties, reserve_places=reserve)
    first = ranked(entries, sheets, RUBRIC, rules, places)
    mixed_entries, mixed_sheets = entries.copy(), sheets.copy()
    dice.shuffle(mixed_entries)  # type: ignore[attr-defined]
    dice.shuffle(mixed_sheets)  # type: ignore[attr-defined]
    assert ranked(mixed_entries, mixed_sheets, RUBRIC, rules, places) == first


@given(fields(), TIES, st.integers(0, 6), st.one_of(st.none(), st.integers(0, 3)))
def test_no_more_are_admitted_than_there_are_places_and_nobody_shares_one(
    field: tuple[list[Entry], list[Sheet]], ties: list[str], places: int, reserve: int | None
) -> None:
    entries, sheets = field
    rows = ranked(entries, sheets, RUBRIC, replace(RULES, tie_rule=ties, reserve_places=reserve), places)
    outcomes = [row.outcome for row in rows]
    assert outcomes.count(Outcome.ADMITTED) <= places
    assert reserve is None or outcomes.count(Outcome.RESERVE) <= reserve
    assert [row.position for row in rows] == [*range(1, len(entries) + 1)]
    assert {row.application_id for row in rows} == {one.id for one in entries}
    assert outcomes == sorted(outcomes, key=list(Outcome).index)


@given(fields(), TIES, st.data())
def test_more_points_never_lower_a_place(
    field: tuple[list[Entry], list[Sheet]], ties: list[str], data: st.DataObject
) -> None:
    entries, sheets = field
    rules = replace(RULES, tie_rule=ties)
    n = data.draw(st.integers(0, len(sheets) - 1))
    one = sheets[n]
    better = Sheet(
        application_id=one.application_id,
        points={
            IDEA: data.draw(st.integers(one.points[IDEA], 10)),
            TEAM: data.draw(st.integers(one.points[TEAM], 5)),
        },
    )
    before = order(ranked(entries, sheets, RUBRIC, rules, 3)).index(one.application_id)
    after = order(ranked(entries, [*sheets[:n], better, *sheets[n + 1 :]], RUBRIC, rules, 3)).index(one.application_id)
    assert after <= before


@given(fields(), TIES)
def test_what_decided_is_said_of_just_those_with_the_points_of_a_neighbour(
    field: tuple[list[Entry], list[Sheet]], ties: list[str]
) -> None:
    rows = ranked(*field, RUBRIC, replace(RULES, tie_rule=ties), 3)
    for n, row in enumerate(rows):
        near = [rows[m] for m in (n - 1, n + 1) if 0 <= m < len(rows)]
        below = row.outcome == Outcome.BELOW_THRESHOLD
        equal = [o for o in near if o.points == row.points and (o.outcome == Outcome.BELOW_THRESHOLD) == below]
        assert bool(row.decided_by) == bool(equal)
        assert row.decided_by in {"", "lot", *ties}


def test_the_mean_is_weighted_and_halves_are_rounded_up() -> None:
    one = entry(1)
    rows = ranked([one], [sheet(one, 7, 3), sheet(one, 8, 3), sheet(one, 8, 4)], RUBRIC, RULES, 1)
    assert rows[0].points == hundredths(27 + 30 + 32, 3) == 2967
    assert rows[0].means == {IDEA: 767, TEAM: 333}
    assert (hundredths(1, 8), hundredths(1, 3), hundredths(2, 3), hundredths(0, 2)) == (13, 33, 67, 0)


def test_the_threshold_is_met_by_exactly_its_points_and_not_by_rounding() -> None:
    """Half of 40 is 20; two sheets of 20 and 19 points make 19.5."""
    exact, short = entry(1), entry(2)
    sheets = [sheet(exact, 4, 4), sheet(exact, 4, 4), sheet(short, 4, 4), sheet(short, 5, 2)]
    rows = ranked([short, exact], sheets, RUBRIC, RULES, 5)
    assert [(row.points, row.outcome) for row in rows] == [(2000, Outcome.ADMITTED), (1950, Outcome.BELOW_THRESHOLD)]


def test_too_few_points_for_one_criterion_are_below_the_threshold_whatever_the_total() -> None:
    strong, ordinary = entry(1), entry(2)
    rows = ranked([strong, ordinary], [sheet(strong, 10, 1), sheet(ordinary, 6, 2)], RUBRIC, RULES, 5)
    assert order(rows) == [ordinary.id, strong.id]
    assert (rows[1].outcome, rows[1].lacks) == (Outcome.BELOW_THRESHOLD, (TEAM,))


def test_equal_points_are_decided_by_the_tie_rule_in_its_order() -> None:
    """6·3+4·2 = 8·3+1·2 = 26 would be equal; the least of the team is off here."""
    rubric = (RUBRIC[0], replace(RUBRIC[1], least=None))
    idea, team, late = entry(1, minutes=9), entry(2), entry(3, minutes=5)
    sheets = [sheet(idea, 8, 1), sheet(team, 6, 4), sheet(late, 6, 4)]
    rows = ranked([late, team, idea], sheets, rubric, RULES, 1)
    assert order(rows) == [idea.id, team.id, late.id]
    assert [row.decided_by for row in rows] == [f"criterion:{IDEA}", f"criterion:{IDEA}", "submitted_at"]
    turned = ranked([late, team, idea], sheets, rubric, replace(RULES, tie_rule=("submitted_at",)), 1)
    assert order(turned) == [team.id, late.id, idea.id]


def test_the_lot_is_the_last_resort_and_can_be_drawn_again_from_the_seed() -> None:
    entries = [entry(n) for n in range(6)]
    sheets = [sheet(one, 6, 3) for one in entries]
    rows = ranked(entries, sheets, RUBRIC, RULES, 2)
    by_lot = sorted(entries, key=lambda one: lot_of("seed", one.code))
    assert order(rows) == [one.id for one in by_lot]
    assert {row.decided_by for row in rows} == {"lot"}
    assert order(ranked(entries, sheets, RUBRIC, replace(RULES, seed="another"), 2)) != order(rows)
