"""The desk of a price list: the part with the steps of calling off."""

from collections.abc import Iterator, Mapping

import msgspec

from incubator.people.forms import Asked, CheckField, Typed
from incubator.pricing.details import MOST_STEPS, StepLine, StepsWish
from incubator.pricing.set_steps import set_steps
from incubator.pricing.views_lists import PriceListView

EMPTY_STEPS = 3
"""Rows that a form has room for besides those that there are."""


async def save_steps(asked: Asked) -> PriceListView:
    wish = StepsWish(steps=list(_lines(asked.typed)))
    return await asked.do(set_steps, list_id=asked.place.id, wish=wish, seen=asked.typed.seen)


def step_rows(shown: PriceListView, typed: Typed | None) -> list[Mapping[str, str]]:
    """Rows as they were typed, or as they are, with empty ones to add more."""
    names = ("before", "before_unit", "percent")
    if typed is not None:
        return [
            {name: typed.one(_field(name, n)) for name in names} for n in range(MOST_STEPS) if typed.one(f"row_{n}")
        ]
    kept: list[Mapping[str, str]] = [
        {
            "before": str(one.before_minutes // _size(one.before_minutes)),
            "before_unit": UNITS[_size(one.before_minutes)],
            "percent": str(one.percent),
        }
        for one in shown.steps
    ]
    empty = {"before": "", "before_unit": "day", "percent": ""}
    return [*kept, *[empty] * min(EMPTY_STEPS, MOST_STEPS - len(kept))]


UNITS = {1440: "day", 60: "hour", 1: "minute"}


def _size(minutes: int) -> int:
    return next(size for size in UNITS if minutes % size == 0)


def _field(name: str, n: int) -> str:
    """The duration and its unit as forms call them: before_0, before_0_unit."""
    return f"before_{n}_unit" if name == "before_unit" else f"{name}_{n}"


def _lines(typed: Typed) -> Iterator[StepLine]:
    """The rows in which something stands. Raises CheckField."""
    for n in range(MOST_STEPS):
        if not typed.one(f"before_{n}") and not typed.one(f"percent_{n}"):
            continue
        try:
            told = {"before_minutes": typed.minutes(f"before_{n}"), "percent": typed.one(f"percent_{n}")}
            yield msgspec.convert(told, StepLine, strict=False)
        except (CheckField, msgspec.ValidationError):
            raise CheckField("steps") from None
