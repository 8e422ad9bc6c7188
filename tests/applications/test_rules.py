"""Who may apply and when, and what fits a question: without a database."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incubator.applications.answering import read
from incubator.applications.call_views import OptionView, QuestionView
from incubator.applications.rules import (
    PERSON,
    CallClosed,
    CallNotOpen,
    Eligibility,
    Facts,
    months_after,
    must_be_open,
    not_eligible,
)

HOME, AWAY = uuid4(), uuid4()
TODAY, CLOSING = date(2026, 9, 7), date(2026, 9, 30)
OPENS, CLOSES = datetime(2026, 9, 1, 6, tzinfo=UTC), datetime(2026, 9, 30, 10, tzinfo=UTC)
FITS = Facts(kind="startup", registered_on=date(2025, 3, 31), size="micro", gmina_id=HOME, pkd="62.01.Z")
days = st.dates(date(1950, 1, 1), date(2100, 12, 31))


def found(facts: Facts, **rules: Any) -> list[str]:
    return [one.code for one in not_eligible(facts, Eligibility(**rules), closing_day=CLOSING, today=TODAY)]


@given(
    st.builds(
        Facts,
        kind=st.sampled_from([PERSON, "startup", "ngo"]),
        registered_on=st.none() | st.dates(date(1990, 1, 1), TODAY),
        size=st.none() | st.sampled_from(["micro", "large"]),
        gmina_id=st.none() | st.sampled_from([HOME, AWAY]),
        pkd=st.none() | st.just("62.01.Z"),
    )
)
def test_without_rules_everybody_may(facts: Facts) -> None:
    assert found(facts) == []


@given(days, st.integers(0, 600))
def test_months_after_is_never_a_month_too_far(day: date, months: int) -> None:
    later = months_after(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == day.day or (later.day < day.day and (later + timedelta(days=1)).day == 1)


@given(st.dates(date(2000, 1, 1), TODAY), st.integers(0, 400))
def test_ages_are_those_of_the_closing_day_to_the_day(registered: date, months: int) -> None:
    facts = Facts(kind="startup", registered_on=registered)
    old_enough = months_after(registered, months) <= CLOSING
    assert (found(facts, youngest_months=months) == []) is old_enough
    still_young = months_after(registered, months) >= CLOSING
    assert (found(facts, oldest_months=months) == []) is still_young


def test_a_company_of_the_last_of_a_long_month_is_a_month_old_on_the_last_of_a_short_one() -> None:
    assert months_after(date(2025, 1, 31), 1) == date(2025, 2, 28)
    facts = Facts(kind="startup", registered_on=date(2026, 8, 31))
    assert found(facts, youngest_months=1) == []
    assert found(facts, youngest_months=2) == ["company_too_young"]


@pytest.mark.parametrize(
    ("change", "rules", "codes"),
    [
        ({"kind": "ngo"}, {"kinds": ("startup",)}, ["kind_not_eligible"]),
        ({"kind": PERSON}, {"kinds": ("startup",)}, ["organisations_only"]),
        ({"kind": PERSON}, {"kinds": ("startup", PERSON)}, []),
        ({"gmina_id": AWAY}, {"gmina_ids": (HOME,)}, ["gmina_not_eligible"]),
        ({"gmina_id": None}, {"gmina_ids": (HOME,)}, ["home_missing"]),
        ({"size": "large"}, {"sizes": ("micro", "small")}, ["size_not_eligible"]),
        ({"size": None}, {"sizes": ("micro",)}, ["size_missing"]),
        ({}, {"pkd": ("47", "62.0")}, []),
        ({}, {"pkd": ("620",)}, []),
        ({}, {"pkd": ("63",)}, ["pkd_not_eligible"]),
        ({"pkd": None}, {"pkd": ("62",)}, ["pkd_missing"]),
        ({"registered_on": None}, {"oldest_months": 36}, ["registered_on_missing"]),
        ({"registered_on": date(2027, 1, 1)}, {"oldest_months": 36}, ["registered_in_future"]),
        ({"registered_on": date(2020, 1, 1)}, {"oldest_months": 36}, ["company_too_old"]),
        (
            {"kind": PERSON, "registered_on": None, "size": None, "pkd": None},
            {"oldest_months": 36, "sizes": ("micro",), "pkd": ("62",)},
            [],
        ),
        ({"kind": PERSON}, {"youngest_months": 6}, ["company_too_young"]),
        (
            {"gmina_id": AWAY, "size": "large"},
            {"gmina_ids": (HOME,), "sizes": ("micro",)},
            ["gmina_not_eligible", "size_not_eligible"],
        ),
    ],
)
def test_each_rule_says_what_it_finds(change: dict[str, Any], rules: dict[str, Any], codes: list[str]) -> None:
    facts = Facts(**{**{name: getattr(FITS, name) for name in Facts.__slots__}, **change})
    assert found(facts, **rules) == codes
    for one in not_eligible(facts, Eligibility(**rules), closing_day=CLOSING, today=TODAY):
        assert "{" not in str(one)


@given(st.integers(-100_000, 4_000_000), st.none() | st.integers(1, 10**6))
def test_a_call_is_open_from_its_first_instant_until_just_before_its_last(after: int, longer: int | None) -> None:
    now, until = OPENS + timedelta(seconds=after), None if longer is None else CLOSES + timedelta(seconds=longer)
    try:
        must_be_open(opens_at=OPENS, closes_at=CLOSES, until=until, now=now)
    except CallNotOpen:
        assert now < OPENS
    except CallClosed as refusal:
        assert now >= refusal.closed_at == (until or CLOSES)
    else:
        assert OPENS <= now < (until or CLOSES)


def test_the_instant_of_closing_is_too_late() -> None:
    must_be_open(opens_at=OPENS, closes_at=CLOSES, until=None, now=CLOSES - timedelta(microseconds=1))
    with pytest.raises(CallClosed):
        must_be_open(opens_at=OPENS, closes_at=CLOSES, until=None, now=CLOSES)
    with pytest.raises(CallClosed):  # an extension never shortens the call
        must_be_open(opens_at=OPENS, closes_at=CLOSES, until=CLOSES - timedelta(hours=9), now=CLOSES)
    must_be_open(opens_at=OPENS, closes_at=CLOSES, until=CLOSES - timedelta(hours=9), now=CLOSES - timedelta(hours=1))


def question(kind: str, **more: Any) -> QuestionView:
    given_: dict[str, Any] = {
        "id": UUID(int=1),
        "position": 1,
        "kind": kind,
        "label_pl": "P",
        "label_en": "",
        "help_pl": "",
        "help_en": "",
        "required": True,
        "reveals_identity": False,
        "options": (OptionView(value="1", pl="a"), OptionView(value="2", pl="b"), OptionView(value="3", pl="c"))
        if kind.startswith("choice")
        else (),
        "least": None,
        "most": None,
        "media": (),
    }
    return QuestionView(**{**given_, **more})


def answered(asked: QuestionView, typed: Any) -> Any:
    """The clean answer, or the code of what is wrong."""
    clean, findings = read([asked], {str(asked.id): typed})
    return findings[0].code if findings else clean.get(str(asked.id))


@pytest.mark.parametrize(
    ("kind", "more", "typed", "told"),
    [
        ("text", {}, "  Roboty ", "Roboty"),
        ("text", {}, "   ", "answer_missing"),
        ("text", {}, None, "answer_missing"),
        ("text", {"required": False}, "", None),
        ("text", {"most": 3}, "abcd", "answer_too_long"),
        ("text", {"least": 3}, "ab", "answer_too_short"),
        ("text", {}, "a\nb", "not_a_text"),
        ("text", {}, ["a"], "not_a_text"),
        ("paragraph", {}, "a\nb", "a\nb"),
        ("paragraph", {}, "x" * 10_001, "answer_too_long"),
        ("number", {}, "12", 12),
        ("number", {}, "2,5", 2.5),
        ("number", {}, "1 200", 1200),
        ("number", {}, -3, -3),
        ("number", {}, "dwa", "not_a_number"),
        ("number", {}, "1e9", "not_a_number"),
        ("number", {}, True, "not_a_number"),
        ("number", {}, 10**14, "not_a_number"),
        ("number", {"least": 0}, "-1", "number_too_small"),
        ("number", {"most": 10}, "10.5", "number_too_large"),
        ("choice", {}, "2", "2"),
        ("choice", {}, "4", "not_an_option"),
        ("choice", {}, ["2"], "not_an_option"),
        ("choice", {}, "", "not_chosen"),
        ("choices", {}, ["1", "3", "1"], ["1", "3"]),
        ("choices", {}, "2", ["2"]),
        ("choices", {}, ["9"], "not_an_option"),
        ("choices", {}, [], "not_chosen"),
        ("choices", {"least": 2}, ["1"], "too_few_chosen"),
        ("choices", {"most": 1}, ["1", "2"], "too_many_chosen"),
        ("file", {}, None, "file_missing"),
        ("declaration", {}, True, True),
        ("declaration", {}, False, "not_declared"),
        ("declaration", {}, "yes", "not_declared"),
        ("declaration", {"required": False}, False, None),
        ("nip", {}, "526-104-08-28", "5261040828"),
        ("nip", {}, "5261040829", "nip_wrong"),
        ("nip", {}, "0000000000", "nip_wrong"),
        ("nip", {}, "1111111111", "nip_wrong"),
        ("nip", {}, 5261040828, "nip_wrong"),
        ("date", {}, "2026-02-28", "2026-02-28"),
        ("date", {}, "2026-02-30", "not_a_date"),
        ("date", {}, "20260228", "not_a_date"),
        ("date", {}, "9999-12-31", "not_a_date"),
        ("date", {}, "2026-W09-1", "not_a_date"),
    ],
)  # fmt: skip
def test_answers_are_read_as_their_question_asks(kind: str, more: dict[str, Any], typed: Any, told: Any) -> None:
    assert answered(question(kind, **more), typed) == told


anything = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30) | st.lists(st.text(max_size=3))
)


@given(st.sampled_from(["text", "paragraph", "number", "choice", "choices", "file", "declaration", "nip", "date"]), anything)  # fmt: skip
def test_whatever_is_typed_is_read_or_found_wrong_and_what_is_clean_stays_clean(kind: str, typed: Any) -> None:
    asked = question(kind)
    clean, findings = read([asked], {str(asked.id): typed})
    assert bool(clean) is not bool(findings)
    for one in findings:
        assert "{" not in str(one)
    if clean:
        assert read([asked], clean) == (clean, [])
