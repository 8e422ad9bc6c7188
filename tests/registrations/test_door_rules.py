"""What follows from what was seen at the door."""

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as some

from incubator.kernel.period import Period
from incubator.registrations.door_rules import Attendance, Kind, Seen, attended, believed
from tests.moments import NOW

PERIOD = Period(NOW, NOW + timedelta(hours=2))
EVENTS = some.lists(
    some.builds(
        Seen,
        some.sampled_from([Kind.IN, Kind.OUT, Kind.UNDO]),
        some.integers(-60, 200).map(lambda minute: NOW + timedelta(minutes=minute)),
    ),
    unique_by=lambda seen: seen.at,
    max_size=8,
)


def at(minute: int) -> datetime:
    return NOW + timedelta(minutes=minute)


def came(*events: tuple[Kind, int], checks_out: bool = True) -> Attendance:
    return attended([Seen(kind, at(minute)) for kind, minute in events], period=PERIOD, checks_out=checks_out)


def test_the_time_between_in_and_out_counts_within_the_session() -> None:
    assert came((Kind.IN, -20), (Kind.OUT, 90)) == Attendance(at(-20), at(90), 90)
    assert came((Kind.IN, 30), (Kind.OUT, 300)).minutes == 90


def test_who_went_out_and_came_again_is_counted_for_both() -> None:
    assert came((Kind.IN, 0), (Kind.OUT, 30), (Kind.IN, 60), (Kind.OUT, 120)) == Attendance(at(0), at(120), 90)


def test_who_was_not_seen_to_leave_has_no_minutes_where_leaving_is_noted() -> None:
    assert came((Kind.IN, 5)) == Attendance(at(5), None, None)
    assert came((Kind.IN, 5), checks_out=False).minutes == 120


def test_undo_takes_all_of_it_back() -> None:
    assert came((Kind.IN, 5), (Kind.OUT, 9), (Kind.UNDO, 10)) == Attendance()
    assert came((Kind.IN, 5), (Kind.UNDO, 6), (Kind.IN, 20), (Kind.OUT, 30)).minutes == 10


def test_a_tablet_that_is_fast_is_not_believed() -> None:
    assert believed(at(60), now=NOW) == believed(at(3), now=NOW) == NOW
    assert believed(at(-3), now=NOW) == at(-3)


@given(EVENTS, some.randoms(), some.booleans())
def test_it_comes_to_the_same_in_whatever_order_tablets_hand_in(events, dice, checks_out) -> None:  # type: ignore[no-untyped-def]
    shuffled = list(events)
    dice.shuffle(shuffled)
    got = attended(shuffled, period=PERIOD, checks_out=checks_out)
    assert got == attended(events, period=PERIOD, checks_out=checks_out)
    assert got.minutes is None or 0 <= got.minutes <= 120
    assert got.checked_out_at is None or (got.checked_in_at and got.checked_in_at <= got.checked_out_at)
