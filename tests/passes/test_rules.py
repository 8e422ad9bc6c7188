"""What of a pass is earned and what goes back, for any price and any draws."""

from datetime import UTC, date, datetime, timedelta
from itertools import accumulate, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incubator.kernel.money import Amount
from incubator.kernel.period import local_midnight
from incubator.passes.rules import earned, give_back_until, last_day_to_give_back, left_of, may_give_back

GROSZ = st.integers(0, 100_000_000)


@given(net=GROSZ, pieces=st.lists(st.integers(1, 600), min_size=1, max_size=30))
def test_however_it_is_drawn_all_drawn_is_all_earned_and_no_draw_earns_less_than_nothing(
    net: int, pieces: list[int]
) -> None:
    whole = sum(pieces)
    steps = [earned(net, drawn=drawn, of=whole) for drawn in accumulate(pieces, initial=0)]
    assert (steps[0], steps[-1]) == (0, net)
    assert all(before <= after for before, after in pairwise(steps))


@given(net=GROSZ, vat=GROSZ, of=st.integers(1, 100_000), share=st.floats(0, 1))
def test_what_is_left_and_what_is_earned_are_the_price(net: int, vat: int, of: int, share: float) -> None:
    drawn = int(share * of)
    left = left_of(Amount(net, vat), drawn=drawn, of=of)
    assert left.net + earned(net, drawn=drawn, of=of) == net
    assert 0 <= left.vat <= vat
    kept = net - left.net
    assert not drawn or earned(kept, drawn=drawn, of=drawn) == kept, "after it was given back nothing moves"


def test_the_fourteen_days_end_with_the_last_of_them_also_where_the_clock_goes_back() -> None:
    live_at = datetime(2026, 10, 20, 8, tzinfo=UTC)
    until = give_back_until(live_at)
    assert until == datetime(2026, 11, 3, 23, tzinfo=UTC), "midnight in Warsaw after the 3rd of November"
    told = {"live_at": live_at, "drawn": 60}
    assert may_give_back(**told, a_person=True, now=until - timedelta(seconds=1))
    assert not may_give_back(**told, a_person=True, now=until)
    assert not may_give_back(**told, a_person=False, now=live_at)


@pytest.mark.parametrize(
    ("live_at", "last"),
    [
        (datetime(2027, 3, 13, 12, tzinfo=UTC), date(2027, 3, 27)),
        (datetime(2027, 3, 14, 12, tzinfo=UTC), date(2027, 3, 28)),
        (datetime(2027, 10, 17, 12, tzinfo=UTC), date(2027, 10, 31)),
        (datetime(2027, 6, 1, 22, 30, tzinfo=UTC), date(2027, 6, 16)),
    ],
)
def test_the_last_day_is_named_whatever_the_clock_does_on_it(live_at: datetime, last: date) -> None:
    assert last_day_to_give_back(live_at) == last
    assert give_back_until(live_at) == local_midnight(last + timedelta(days=1))
