"""Applications shared out among scorers, without a database."""

from collections import Counter
from itertools import product
from uuid import UUID

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from incubator.assessment.sharing import assign_evenly

APPLICATIONS = [UUID(int=n) for n in range(1, 40)]
SCORERS = [UUID(int=n) for n in range(100, 108)]


def loads(pairs: list[tuple[UUID, UUID]], scorers: list[UUID]) -> list[int]:
    count = Counter(who for _, who in pairs)
    return [count[who] for who in scorers]


@given(st.integers(0, 30), st.integers(2, 8), st.integers(2, 4))
def test_everybody_gets_as_many_as_anybody_give_or_take_one(applications: int, scorers: int, needed: int) -> None:
    assume(needed <= scorers)
    pairs = assign_evenly(
        applications=APPLICATIONS[:applications], scorers=SCORERS[:scorers], needed=needed, never=set(), kept=set()
    )
    assert len(set(pairs)) == len(pairs) == applications * needed
    assert set(Counter(one for one, _ in pairs).values()) <= {needed}
    assert max(loads(pairs, SCORERS[:scorers])) - min(loads(pairs, SCORERS[:scorers])) <= 1


@given(st.sets(st.tuples(st.sampled_from(APPLICATIONS[:4]), st.sampled_from(SCORERS[:4])), max_size=8))
def test_conflicts_are_respected_and_it_cannot_be_done_more_evenly(never: set[tuple[UUID, UUID]]) -> None:
    applications, scorers = APPLICATIONS[:4], SCORERS[:4]
    open_to = [[who for who in scorers if (one, who) not in never] for one in applications]
    assume(all(len(who) >= 2 for who in open_to))
    pairs = assign_evenly(applications=applications, scorers=scorers, needed=2, never=never, kept=set())
    assert not set(pairs) & never
    assert set(Counter(one for one, _ in pairs).values()) == {2}
    ways = product(*([(a, b) for a in who for b in who if a < b] for who in open_to))
    best = min(sum(n * n for n in Counter(who for way in ways_of for who in way).values()) for ways_of in ways)
    assert sum(n * n for n in loads(pairs, scorers)) == best


def test_what_was_assigned_by_hand_is_kept_and_counted() -> None:
    kept = {(APPLICATIONS[0], SCORERS[0]), (APPLICATIONS[1], SCORERS[0])}
    pairs = assign_evenly(applications=APPLICATIONS[:3], scorers=SCORERS[:3], needed=2, never=set(), kept=kept)
    assert not set(pairs) & kept
    assert loads([*pairs, *kept], SCORERS[:3]) == [2, 2, 2]


def test_too_few_without_a_conflict_is_said_of_the_application() -> None:
    with pytest.raises(LookupError) as told:
        assign_evenly(
            applications=APPLICATIONS[:1],
            scorers=SCORERS[:2],
            needed=2,
            never={(APPLICATIONS[0], SCORERS[0])},
            kept=set(),
        )
    assert told.value.args == (APPLICATIONS[0],)
