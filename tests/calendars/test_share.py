"""Feeds take their share of the time, and no more."""

from collections.abc import Callable

import pytest

from incubator.calendars.share import OWED, PART, SAVED, Share
from tests.calendars.watch import Watch


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def make(watch: Watch) -> Callable[[Share, float], None]:
    """`make(share, seconds)`: a feed that takes so long."""

    def act(share: Share, seconds: float) -> None:
        with share.taken():
            watch.now += seconds

    return act


Make = Callable[[Share, float], None]


def test_what_was_saved_can_be_spent_at_once(watch: Watch, make: Make) -> None:
    share = Share(watch)
    make(share, SAVED)
    assert not share.is_spent, "some came back meanwhile"
    make(share, SAVED)
    assert share.is_spent


def test_no_more_is_saved_than_that(watch: Watch, make: Make) -> None:
    share = Share(watch)
    watch.now += 3600
    make(share, SAVED / (1 - PART) + 0.01)
    assert share.is_spent


def test_no_more_is_owed_than_that_however_long_a_feed_took(watch: Watch, make: Make) -> None:
    share = Share(watch)
    make(share, 3600)
    watch.now += OWED / PART - 1
    assert share.is_spent
    watch.now += 2
    assert not share.is_spent


def test_nothing_is_left_while_a_feed_is_being_made(watch: Watch) -> None:
    share = Share(watch)
    with share.taken():
        assert share.is_spent
    assert not share.is_spent


def test_feeds_that_are_made_at_once_take_the_time_once(watch: Watch) -> None:
    share = Share(watch)
    with share.taken(), share.taken(), share.taken():
        watch.now += SAVED
    assert not share.is_spent


def test_in_the_long_run_it_is_a_tenth(watch: Watch, make: Make) -> None:
    share, made = Share(watch), 0.0
    for _ in range(10_000):
        if share.is_spent:
            watch.now += 0.1
        else:
            make(share, 0.3)
            made += 0.3
    assert made / watch.now == pytest.approx(PART, rel=0.05)
