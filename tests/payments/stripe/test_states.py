"""Whatever the order in which Stripe tells, a row ends the same; it only climbs, and it climbs once."""

from collections.abc import Sequence
from itertools import permutations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incubator.payments.stripe.states import (
    HEIGHT,
    OF_STRIPE,
    Fact,
    RefundState,
    State,
    moved,
    refund_moved,
)

LIVES = {
    "paid at once": [Fact.OPEN, Fact.PAID],
    "paid after the bank thought": [Fact.OPEN, Fact.OPEN, Fact.PAID],
    "left alone": [Fact.OPEN, Fact.EXPIRED],
    "declined by the bank": [Fact.OPEN, Fact.OPEN, Fact.DECLINED],
    "expired, says one; paid, says another": [Fact.OPEN, Fact.EXPIRED, Fact.PAID],
}


def lived(facts: Sequence[Fact], state: State = State.WANTED) -> tuple[State, list[State]]:
    """How it ends, and what was told on the way."""
    told = []
    for fact in facts:
        then = moved(state, fact)
        if then is not None:
            state = then
            told.append(then)
    return state, told


@pytest.mark.parametrize("name", LIVES)
def test_every_order_of_what_happened_ends_the_same(name: str) -> None:
    facts = LIVES[name]
    ends = {lived(order)[0] for order in permutations(facts)}
    assert ends == {lived(facts)[0]}


@given(st.sampled_from(sorted(LIVES)), st.data())
def test_lost_doubled_and_shuffled_facts_end_as_high_as_the_highest_that_came(name: str, data: st.DataObject) -> None:
    facts = data.draw(st.lists(st.sampled_from(LIVES[name]), max_size=12))
    end, told = lived(facts)
    assert HEIGHT[end] == max([HEIGHT[lived([fact])[0]] for fact in facts], default=0)
    assert len(told) == len(set(told)), "nothing is told twice"
    assert [HEIGHT[one] for one in told] == sorted(HEIGHT[one] for one in told)


@pytest.mark.parametrize(("state", "fact"), list(product(State, Fact)))
def test_every_pair_climbs_or_stays(state: State, fact: Fact) -> None:
    then = moved(state, fact)
    assert then is None or HEIGHT[then] > HEIGHT[state]
    assert moved(State.PAID, fact) is None, "money that came is not unsaid"


def test_an_end_is_an_end_but_for_money() -> None:
    for state in (State.EXPIRED, State.FAILED):
        assert [moved(state, fact) for fact in Fact if fact is not Fact.PAID] == [None, None, None]
        assert moved(state, Fact.PAID) is State.PAID


def test_refunds_climb_and_a_bank_may_send_back_what_was_done() -> None:
    for words in permutations(["pending", "succeeded", "failed"]):
        state = RefundState.WANTED
        for word in words:
            state = refund_moved(state, OF_STRIPE[word]) or state
        assert state is RefundState.FAILED
    assert refund_moved(RefundState.FAILED, RefundState.DONE) is None
