"""Tariffs to price by, and another way to price: an oracle that is slow and plain on purpose."""

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from incubator.kernel.period import Period
from incubator.pricing.quote_of import Prices
from incubator.pricing.rules import Extra, Rate, Tariff
from incubator.pricing.states import Category, Unit

KEY = UUID(int=7)
WARSAW = ZoneInfo("Europe/Warsaw")


def rate(category: str, unit: str, price: int, **more: Any) -> Rate:
    return Rate(category=Category(category), unit=Unit(unit), price=price, **more)


def tariff(*rates: Rate, **more: Any) -> Tariff:
    return Tariff(id=KEY, rates=rates, **more)


def prices(of: Tariff | None, *extras: Extra, stated: str = "gross", **more: Any) -> Prices:
    return Prices(
        gmina_id=UUID(int=1),
        incubator_id=UUID(int=2),
        space_id=UUID(int=3),
        space_pl="Sala L",
        space_en="Room L",
        list_id=UUID(int=4),
        stated=stated,
        tariff=of,
        extras=extras,
        **more,
    )


def local(day: date | str, hour: int = 0, minute: int = 0) -> datetime:
    at = date.fromisoformat(day) if isinstance(day, str) else day
    return datetime(at.year, at.month, at.day, hour, minute, tzinfo=WARSAW).astimezone(UTC)


def hours(day: str, start: int, end: int) -> Period:
    return Period(local(day, start), local(day, end))


def oracle(of: Tariff, category: str, at_home: bool, period: Period, people: int) -> Fraction | None:
    """What is asked, without lines: by minutes on the clock, by recursion, by fractions of a grosz."""
    rates = _of(of, category, at_home) or _of(of, "commercial", at_home)
    if not rates:
        return None
    months = [one.price for one in rates if one.unit == "month"]
    if not months:
        return _days(of, rates, period.start, period.end, people)
    count, at = 0, period.start
    while _later(period.start, count + 1) <= period.end:
        count += 1
        at = _later(period.start, count)
    whole = Fraction(count * months[0])
    if at == period.end:
        return whole
    rest = _days(of, rates, at, period.end, people) if {one.unit for one in rates} != {"month"} else None
    return whole + (months[0] if rest is None else min(rest, Fraction(months[0])))


def _of(of: Tariff, category: str, at_home: bool) -> list[Rate]:
    found = [one for one in of.rates if one.category == category and (at_home or not one.local_only)]
    local_units = {one.unit for one in found if one.local_only}
    return [one for one in found if one.local_only or one.unit not in local_units]


def _later(start: datetime, months: int) -> datetime:
    at = start.astimezone(WARSAW)
    for _ in range(months):
        first = at.replace(day=28) + timedelta(days=4)
        at = first.replace(day=min(28, at.day))
    day = start.astimezone(WARSAW).day
    while at.day < day and (at + timedelta(days=1)).month == at.month:
        at += timedelta(days=1)
    return at.astimezone(UTC)


def _days(of: Tariff, rates: list[Rate], start: datetime, end: datetime, people: int) -> Fraction:
    total = Fraction(0)
    while start < end:
        tomorrow = start.astimezone(WARSAW).date() + timedelta(days=1)
        until = min(end, local(tomorrow))
        total += _day(of, rates, start, until, people)
        start = until
    return total


def _day(of: Tariff, rates: list[Rate], start: datetime, end: datetime, people: int) -> Fraction:
    ways = [Fraction(one.price * people) for one in rates if one.unit == "entry"]
    hourly = sorted((one.from_unit, one.price) for one in rates if one.unit == "hour")
    if hourly:
        ways.append(_hourly(of, hourly, start, end))
    if start >= end:
        ways.append(Fraction(0))
    for one in rates:
        minutes = {"day": of.day_minutes or 1500, "half_day": of.half_day_minutes}.get(one.unit)
        if minutes and start < end:
            rest = start + timedelta(minutes=minutes)
            plain = [other for other in rates if other.unit != "entry"]
            ways.append(one.price + (_day(of, plain, rest, end, people) if rest < end else 0))
    return min(ways)


def _hourly(of: Tariff, brackets: list[tuple[int, int]], start: datetime, end: datetime) -> Fraction:
    total, begun = Fraction(0), 0
    while start < end:
        price = [price for first, price in brackets if begun // 60 + 1 >= first][-1]
        asked = Fraction(price * of.step_minutes, 60)
        at = start.astimezone(WARSAW)
        total += asked
        if at.isoweekday() in of.peak_weekdays and of.peak_from <= at.hour * 60 + at.minute < of.peak_until:
            total += (2 * asked * of.peak_percent + 100) // 200  # half a grosz up
        start, begun = start + timedelta(minutes=of.step_minutes), begun + of.step_minutes
    return total
