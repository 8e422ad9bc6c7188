"""What is true of editions without a database."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incubator.programmes.rules import (
    DemoDayOutside,
    EditionDaysCross,
    PerkIncomplete,
    TermsInThePast,
    TermsOutOfOrder,
    check_days,
    check_perk,
    check_terms,
    in_force,
    phase_of,
)
from incubator.programmes.states import EditionState, Phase

OPENS = datetime(2026, 9, 1, 7, tzinfo=UTC)
CLOSES = datetime(2026, 10, 1, 14, tzinfo=UTC)
INSTANT = timedelta(microseconds=1)


@pytest.mark.parametrize(
    ("now", "phase"),
    [
        (OPENS - INSTANT, Phase.CALL_COMING),
        (OPENS, Phase.CALL_OPEN),
        (CLOSES - INSTANT, Phase.CALL_OPEN),
        (CLOSES, Phase.ASSESSED),
    ],
)
def test_a_call_is_open_until_just_before_it_closes(now: datetime, phase: Phase) -> None:
    assert phase_of(state="published", opens_at=OPENS, closes_at=CLOSES, now=now) == phase


def test_without_a_call_an_edition_is_announced_and_its_state_says_the_rest() -> None:
    assert phase_of(state="published", opens_at=None, closes_at=None, now=OPENS) == Phase.COMING
    for state, phase in (("draft", Phase.DRAFT), ("running", Phase.RUNNING), ("closed", Phase.OVER)):
        assert phase_of(state=state, opens_at=OPENS, closes_at=CLOSES, now=OPENS) == phase


@given(st.sampled_from(EditionState), st.datetimes(timezones=st.just(UTC)), st.booleans())
def test_every_edition_stands_somewhere(state: EditionState, now: datetime, called: bool) -> None:
    opens, closes = (OPENS, CLOSES) if called else (None, None)
    assert phase_of(state=state, opens_at=opens, closes_at=closes, now=now) in Phase


def test_days_of_an_edition_are_in_order() -> None:
    first, last = date(2026, 10, 1), date(2027, 3, 31)
    check_days(starts_on=first, ends_on=first, demo_day=None)
    check_days(starts_on=first, ends_on=last, demo_day=last + timedelta(days=3))
    with pytest.raises(EditionDaysCross):
        check_days(starts_on=last, ends_on=first, demo_day=None)
    with pytest.raises(DemoDayOutside):
        check_days(starts_on=first, ends_on=last, demo_day=first - timedelta(days=1))


def test_terms_begin_today_at_the_earliest_and_not_before_the_version_before() -> None:
    today = date(2026, 9, 7)
    check_terms(in_force_from=today, today=today, before=today)
    with pytest.raises(TermsInThePast):
        check_terms(in_force_from=today - timedelta(days=1), today=today, before=None)
    with pytest.raises(TermsOutOfOrder):
        check_terms(in_force_from=today, today=today, before=today + timedelta(days=1))


def test_the_last_version_whose_day_has_come_is_in_force_else_the_first() -> None:
    days = [(1, date(2026, 9, 1)), (2, date(2026, 10, 1)), (3, date(2026, 10, 1))]
    assert in_force([], today=date(2026, 9, 1)) is None
    assert in_force(days, today=date(2026, 8, 1)) == 1
    assert in_force(days, today=date(2026, 9, 30)) == 1
    assert in_force(days, today=date(2026, 10, 1)) == 3


@pytest.mark.parametrize(
    ("kind", "amount", "named", "fits"),
    [
        ("room_minutes", 60, False, True),
        ("room_minutes", None, True, False),
        ("other", None, True, True),
        ("other", None, False, False),
        ("other", 3, True, False),
    ],
)
def test_a_perk_has_an_amount_or_else_a_name(kind: str, amount: int | None, named: bool, fits: bool) -> None:
    if fits:
        check_perk(position=1, kind=kind, amount=amount, named=named)
    else:
        with pytest.raises(PerkIncomplete):
            check_perk(position=1, kind=kind, amount=amount, named=named)
