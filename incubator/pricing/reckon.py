"""What a period costs by a tariff: pure, in whole grosz as the list states them.

A period is priced by local days in Warsaw, each by the cheapest cover of hours, half days, a day or
entries; whole months come first, and the rest costs at most another month. A cover of half days and
days begins with them; the hours that it leaves are charged after it and counted from one. All of it is
minima and sums of amounts that are not negative, so that the same start and a later end never cost less.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import product

from incubator.kernel.money import part
from incubator.kernel.period import WARSAW, Period, local_midnight
from incubator.pricing.rules import Card, Rate, Tariff
from incubator.pricing.states import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A part of a price. `minutes` of time or a `count` of units; `price` for one unit; `amount` and `market` for
    all of it. `rate` says by which bracket, `percent` how much a peak adds."""

    kind: str
    rate: Rate
    minutes: int = 0
    count: int = 0
    price: int
    amount: int
    market: int
    percent: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Pricing:
    """A card by which a period is priced, beside what others pay."""

    tariff: Tariff
    card: Card
    others: Card
    people: int = 1

    def lines(self, period: Period) -> list[Line]:
        """What the period costs, in lines; none where the card is empty. Others take the cheapest for themselves too:
        what it costs them is that, unless the list says another market price."""
        found = self._lines(period)
        if self.card == self.others or any(line.rate.market is not None for line in found):
            return found
        cheapest = replace(self, card=self.others)._lines(period)
        return _at_most(found, sum(line.amount for line in cheapest)) if cheapest else found

    def _lines(self, period: Period) -> list[Line]:
        if not self.card.hours and not self.card.whole:
            return []
        monthly = self.card.whole.get(Unit.MONTH)
        months, rest = months_first(period) if monthly else (0, period)
        found = self._by_days(rest) if rest else []
        if monthly and rest and (not found or monthly.price <= sum(line.amount for line in found)):
            months, found = months + 1, []
        if monthly and months:
            found.insert(0, self._whole(monthly, months))
        return found

    def _by_days(self, period: Period) -> list[Line]:
        """Nothing where the card knows months alone."""
        if not self.card.hours and not self.card.whole.keys() - {Unit.MONTH}:
            return []
        days = [self._peaks(day) for day in days_of(period)]
        covers = {peaks: self.day(peaks) for peaks in set(days)}
        return merged([line for peaks in days for line in covers[peaks]])

    def day(self, peaks: tuple[bool, ...]) -> list[Line]:
        """The cheapest cover of a day's steps, of which some begin in the peak."""
        hours = [self._step(n) for n in range(len(peaks))] if self.card.hours else []
        whole = [(self._together(cover), cover) for cover in self._covers(len(peaks), hourly=bool(hours))]
        rests = {covered: _in_steps(hours, peaks[covered:]) for covered in {covered for (_, covered), _ in whole}}
        costs = {covered: sum(line.amount for line in rest) for covered, rest in rests.items()}
        ways = [(cost + costs[covered], covered, cover) for (cost, covered), cover in whole]
        entry = self.card.whole.get(Unit.ENTRY)
        if entry and entry.price * self.people <= min((cost for cost, _, _ in ways), default=entry.price * self.people):
            return [self._whole(entry, self.people)]
        _, covered, cover = min(ways, key=lambda way: way[0])
        first = [self._whole(self.card.whole[unit], count) for unit, count in cover if count]
        return merged([*first, *rests[covered]])

    def _covers(self, steps: int, *, hourly: bool) -> Iterator[tuple[tuple[Unit, int], ...]]:
        """So many days and half days, and hours for what they leave of so many steps; without prices for hours
        they leave nothing."""
        most = [self._most(unit, steps) for unit in (Unit.DAY, Unit.HALF_DAY)]
        for days, halves in product(*(range(one + 1) for one in most)):
            cover = ((Unit.DAY, days), (Unit.HALF_DAY, halves))
            if hourly or self._together(cover)[1] >= steps:
                yield cover

    def _together(self, cover: tuple[tuple[Unit, int], ...]) -> tuple[int, int]:
        """What it costs, and how many steps it covers."""
        counted = [(unit, count) for unit, count in cover if count]
        cost = sum(count * self.card.whole[unit].price for unit, count in counted)
        return cost, sum(count * self._steps(unit) for unit, count in counted)

    def _most(self, unit: Unit, steps: int) -> int:
        """So many of a unit, and the day is covered by them alone."""
        return -(-steps // self._steps(unit)) if unit in self.card.whole else 0

    def _steps(self, unit: Unit) -> int:
        """Steps that one of it covers; a day without a length covers the longest that there is, of 25 hours."""
        minutes = self.tariff.half_day_minutes if unit == Unit.HALF_DAY else self.tariff.day_minutes or 1500
        return max(1, minutes // self.tariff.step_minutes)

    def _whole(self, rate: Rate, count: int) -> Line:
        other = self.others.whole.get(rate.unit, rate)
        market = rate.market if rate.market is not None else other.price
        return Line(
            kind="entry" if rate.unit == Unit.ENTRY else "space",
            rate=rate,
            count=count,
            price=rate.price,
            amount=count * rate.price,
            market=count * market,
        )

    def _step(self, step: int) -> tuple[Line, Line]:
        """An hour's part, and what is added to it where it begins in the peak. A step's price is rounded to a grosz,
        so that sums of steps are exact."""
        minutes, percent = self.tariff.step_minutes, self.tariff.peak_percent
        rate = self.card.hour(step, minutes)
        market = rate.market
        if market is None:
            market = self.others.hour(step, minutes).price if self.others.hours else rate.price
        amount, market = part(rate.price, minutes, 60), part(market, minutes, 60)
        more = part(amount, percent, 100)
        return (
            Line(kind="space", price=rate.price, amount=amount, market=market, rate=rate, minutes=minutes),
            Line(
                kind="peak",
                price=more * 60 // minutes,
                amount=more,
                market=part(market, percent, 100),
                percent=percent,
                rate=rate,
                minutes=minutes,
            ),
        )

    def _peaks(self, day: Period) -> tuple[bool, ...]:
        """For each begun step of the day whether it begins in the peak."""
        step = timedelta(minutes=self.tariff.step_minutes)
        steps = -(-day.length // step)
        return tuple(self._in_peak((day.start + n * step).astimezone(WARSAW)) for n in range(steps))

    def _in_peak(self, at: datetime) -> bool:
        tariff = self.tariff
        return (
            at.isoweekday() in tariff.peak_weekdays and tariff.peak_from <= at.hour * 60 + at.minute < tariff.peak_until
        )


def _in_steps(hours: list[tuple[Line, Line]], peaks: tuple[bool, ...]) -> list[Line]:
    """The hours' lines for the first steps of them, with what the peak adds."""
    found: list[Line] = []
    for (line, more), peak in zip(hours, peaks, strict=False):
        found.append(line)
        if peak and (more.amount or more.market):
            found.append(more)
    return merged(found)


def merged(lines: list[Line]) -> list[Line]:
    """Those of one kind and bracket as one, in the order of their first."""
    found: dict[tuple[str, Rate], Line] = {}
    for line in lines:
        had = found.get((line.kind, line.rate))
        if had is not None:
            line = Line(
                kind=line.kind,
                rate=line.rate,
                minutes=had.minutes + line.minutes,
                count=had.count + line.count,
                price=line.price,
                amount=had.amount + line.amount,
                market=had.market + line.market,
                percent=line.percent,
            )
        found[line.kind, line.rate] = line
    return list(found.values())


def _at_most(lines: list[Line], market: int) -> list[Line]:
    """The lines at this price for others together, where theirs come to more: each by its part."""
    left = sum(line.market for line in lines)
    if left <= market:
        return lines
    found: list[Line] = []
    for line in lines:
        share = part(line.market, market, left) if left else 0
        market, left = market - share, left - line.market
        found.append(replace(line, market=share))
    return found


def months_first(period: Period) -> tuple[int, Period | None]:
    """How many whole months of the calendar in Warsaw it holds, and what is left after them."""
    start, months = period.start.astimezone(WARSAW), 0
    while months_after(start, months + 1) <= period.end:
        months += 1
    rest = months_after(start, months)
    return months, Period(rest, period.end) if rest < period.end else None


def months_after(start: datetime, months: int) -> datetime:
    """The same clock on the same day of a later month, or on its last day."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    following = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    last = (following - timedelta(days=1)).day
    return start.replace(year=year, month=month + 1, day=min(start.day, last))


def days_of(period: Period) -> Iterator[Period]:
    """The period cut at midnight in Warsaw."""
    for day in period.local_days():
        yield Period(max(period.start, local_midnight(day)), min(period.end, local_midnight(day + timedelta(days=1))))
