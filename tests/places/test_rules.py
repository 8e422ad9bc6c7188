"""Rules of spaces and hours, without a database."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incubator.places import rules
from incubator.places.rules import Stretch, clock_of, minute_of, tidied
from incubator.places.slugs import slug_of


@given(st.integers(0, 1440))
def test_a_minute_is_written_as_the_clock_does_and_read_back(minute: int) -> None:
    assert minute_of(clock_of(minute)) == minute


@given(st.integers(1, 1440))
def test_a_grid_passes_exactly_when_it_starts_anew_at_midnight(grid: int) -> None:
    starts = set(range(0, 1440, grid))
    same_each_day = {(start + 1440) % grid for start in starts} == {0}
    if same_each_day:
        rules.check_lengths(grid_minutes=grid, shortest_minutes=30, longest_minutes=30)
    else:
        with pytest.raises(rules.GridDoesNotDivide):
            rules.check_lengths(grid_minutes=grid, shortest_minutes=30, longest_minutes=30)


def test_the_shortest_may_be_as_long_as_the_longest_and_not_longer() -> None:
    rules.check_lengths(grid_minutes=30, shortest_minutes=60, longest_minutes=60)
    with pytest.raises(rules.LengthsCross):
        rules.check_lengths(grid_minutes=30, shortest_minutes=61, longest_minutes=60)


def test_a_lead_time_leaves_something_to_book() -> None:
    rules.check_ahead(lead_minutes=1439, horizon_days=1)
    with pytest.raises(rules.NeverBookable):
        rules.check_ahead(lead_minutes=1440, horizon_days=1)


def test_somebody_is_welcome() -> None:
    rules.check_audience(["ngo"])
    with pytest.raises(rules.NobodyWelcome):
        rules.check_audience([])


@pytest.mark.parametrize(("kind", "in_zone"), [("hot_desk", False), ("room", True), ("dedicated_desk", True)])
def test_hot_desks_and_only_they_stand_in_a_zone(kind: str, in_zone: bool) -> None:
    with pytest.raises(rules.ZoneAndKindDisagree):
        rules.check_zone(kind=kind, in_zone=in_zone)


def test_one_room_twice_is_not_two_parts() -> None:
    rules.check_parts(["l", "a"])
    with pytest.raises(rules.TooFewParts):
        rules.check_parts(["l", "l"])


stretches = st.lists(st.builds(Stretch, st.integers(1, 7), st.integers(-10, 1450), st.integers(-10, 1450)), max_size=12)


@given(stretches)
def test_tidied_hours_cover_the_same_minutes_and_never_touch(given_hours: list[Stretch]) -> None:
    try:
        kept = tidied(given_hours)
    except (rules.HoursReversed, rules.HoursOverlap):
        return
    assert minutes(kept) == minutes(given_hours)
    assert len(minutes(kept)) == sum(one.closes - one.opens for one in kept)
    for one in kept:
        assert not any(one.weekday == other.weekday and one.closes == other.opens for other in kept)
    assert tidied(kept) == kept


@given(stretches)
def test_hours_are_refused_when_a_minute_would_count_twice(given_hours: list[Stretch]) -> None:
    fine = all(0 <= one.opens < one.closes <= 1440 for one in given_hours)
    once = fine and len(minutes(given_hours)) == sum(one.closes - one.opens for one in given_hours)
    try:
        tidied(given_hours)
    except (rules.HoursReversed, rules.HoursOverlap):
        assert not once
    else:
        assert once


def minutes(hours: list[Stretch]) -> set[tuple[int, int]]:
    return {(one.weekday, minute) for one in hours for minute in range(one.opens, one.closes)}


def test_more_hours_than_anyone_needs_are_refused() -> None:
    with pytest.raises(rules.TooManyHours):
        tidied([Stretch(1, n, n + 1) for n in range(0, 100, 2)])


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Sala Żółta nr 2", "sala-zolta-nr-2"),
        ("ŁĄKA — świt", "laka-swit"),
        ("<b>Sala</b>", "b-sala-b"),
        ("🛋️", "room"),
        ("غرفة", "room"),
        ("x" * 300, "x" * 60),
    ],
)
def test_names_become_addresses(name: str, slug: str) -> None:
    assert slug_of(name, otherwise="room") == slug


@given(st.text())
def test_whatever_the_name_its_address_is_a_slug(name: str) -> None:
    slug = slug_of(name, otherwise="room")
    assert slug and len(slug) <= 60
    assert all(part and part.isascii() and part.isalnum() and part == part.lower() for part in slug.split("-"))
