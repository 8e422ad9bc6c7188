"""What a period costs: the patterns of public price lists, and what holds whatever the list says."""

import random
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from uuid import UUID

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from incubator.kernel.errors import Invalid
from incubator.kernel.money import Amount, Vat, total
from incubator.kernel.period import Period, local_days
from incubator.pricing.quote_of import NoSuchExtra, Wish, quote_as, quote_of
from incubator.pricing.rules import (
    BracketsBeginLate,
    BracketsOfHoursAlone,
    Buyer,
    DayDoesNotDivide,
    Extra,
    NoBasis,
    NoMarketPrice,
    PeakWithoutTime,
    PriceNotWhole,
    Rate,
    SameRateTwice,
    Tariff,
    category_of,
    check_tariff,
)
from incubator.pricing.states import Category, Per, Unit
from incubator.pricing.views import Quote
from tests.pricing.lists import hours, local, oracle, prices, rate, tariff

MONDAY = "2026-10-05"
COMMERCIAL, NGO, LOCAL_NGO = Buyer(kind="company"), Buyer(kind="ngo"), Buyer(kind="ngo", at_home=True)


def quoted(of: Tariff, period: Period, buyer: Buyer = COMMERCIAL, *, stated: str = "gross") -> Quote:
    return quote_of(prices(of, stated=stated), Wish(period=period), buyer)


def said(quote: Quote) -> list[tuple[str, Decimal, int, int]]:
    return [(line.text_en, line.quantity, line.price, line.amount.gross) for line in quote.lines]


# ---------- the patterns of public price lists


def test_commercial_100_and_non_commercial_50_net_an_hour() -> None:
    of = tariff(rate("commercial", "hour", 10000), rate("ngo", "hour", 5000), rate("public", "hour", 5000))
    company = quoted(of, hours(MONDAY, 10, 13), stated="net")
    assert company.amount == company.market == Amount(30000, 6900)
    for kind in ("ngo", "public"):
        other = quoted(of, hours(MONDAY, 10, 13), Buyer(kind=kind), stated="net")
        assert (other.amount, other.market) == (Amount(15000, 3450), Amount(30000, 6900))


def test_standard_140_and_local_ngo_15_gross_with_1000_deposit_above_four_hours() -> None:
    of = tariff(
        rate("commercial", "hour", 14000),
        rate("ngo", "hour", 1500, local_only=True),
        deposit=100000,
        deposit_above_minutes=240,
    )
    four, five = hours(MONDAY, 10, 14), hours(MONDAY, 10, 15)
    assert (quoted(of, four).due, quoted(of, five).due) == (56000, 70000 + 100000)
    assert quoted(of, five, LOCAL_NGO).amount.gross == 7500 and quoted(of, five, LOCAL_NGO).market.gross == 70000
    assert quoted(of, four, LOCAL_NGO).deposit == 0 and quoted(of, five, LOCAL_NGO).deposit == 100000
    assert quoted(of, four, NGO).amount.gross == 56000, "an NGO from elsewhere pays as everybody does"


def test_first_hour_120_and_each_next_60() -> None:
    of = tariff(rate("commercial", "hour", 12000), rate("commercial", "hour", 6000, from_unit=2))
    assert said(quoted(of, hours(MONDAY, 10, 14))) == [
        ("Room L, first hour", Decimal(1), 12000, 12000),
        ("Room L, each next hour", Decimal(3), 6000, 18000),
    ]
    assert [line.text_pl for line in quoted(of, hours(MONDAY, 10, 14)).lines] == [
        "Sala L, pierwsza godzina",
        "Sala L, każda następna godzina",
    ]


def test_free_for_local_ngos_is_a_price_of_nothing_beside_what_it_is_worth() -> None:
    of = tariff(rate("commercial", "hour", 10000), rate("ngo", "hour", 0, local_only=True))
    quote = quoted(of, hours(MONDAY, 10, 12), LOCAL_NGO)
    assert (quote.amount.gross, quote.market.gross, quote.due) == (0, 20000, 0)
    assert quote.list_id is not None and quote.category == Category.NGO


# ---------- who pays what


@pytest.mark.parametrize(
    ("buyer", "startups", "category"),
    [
        (Buyer(kind="person", takes_part=True), True, "resident"),
        (Buyer(kind="ngo", takes_part=True), True, "ngo"),
        (Buyer(kind="public"), True, "public"),
        (Buyer(kind="startup"), False, "commercial"),
        (Buyer(kind="startup"), True, "incubated"),
        (Buyer(kind="startup", takes_part=True), False, "incubated"),
        (Buyer(kind="company", takes_part=True), False, "incubated"),
        (Buyer(kind="company"), True, "commercial"),
    ],
)
def test_who_is_what_kind_of_buyer(buyer: Buyer, startups: bool, category: str) -> None:
    assert category_of(buyer, startups_incubated=startups) == category


def test_those_at_home_pay_their_price_where_a_unit_has_one() -> None:
    of = tariff(
        rate("resident", "hour", 5000), rate("resident", "hour", 2000, local_only=True), rate("resident", "day", 9000)
    )
    at_home, elsewhere = Buyer(kind="person", at_home=True), Buyer(kind="person")
    assert quoted(of, hours(MONDAY, 10, 12), at_home).due == 4000
    assert quoted(of, hours(MONDAY, 10, 12), elsewhere).due == 9000
    assert quoted(of, hours(MONDAY, 8, 18), at_home).due == 9000


def test_where_nothing_is_said_it_is_free_and_says_so() -> None:
    only_ngos = tariff(rate("ngo", "hour", 1000, market=2000), deposit=500)
    quote = quoted(only_ngos, hours(MONDAY, 10, 12))
    assert (quote.list_id, quote.lines, quote.due) == (None, (), 0)
    nothing = quote_of(prices(None), Wish(period=hours(MONDAY, 10, 12)), COMMERCIAL)
    assert (nothing.list_id, nothing.lines, nothing.due) == (None, (), 0)


# ---------- covers


def test_a_day_is_covered_by_what_costs_least() -> None:
    of = tariff(
        rate("commercial", "hour", 10000), rate("commercial", "half_day", 30000), rate("commercial", "day", 50000)
    )
    costs = {n: quoted(of, hours(MONDAY, 8, 8 + n)).due for n in range(1, 13)}
    assert costs == {1: 10000, 2: 20000, 3: 30000, 4: 30000, 5: 40000, **dict.fromkeys(range(6, 13), 50000)}
    assert said(quoted(of, hours(MONDAY, 8, 13))) == [
        ("Room L, half a day", Decimal(1), 30000, 30000),
        ("Room L, an hour", Decimal(1), 10000, 10000),
    ]


def test_a_day_of_eight_hours_leaves_more_to_be_paid() -> None:
    of = tariff(rate("commercial", "hour", 10000), rate("commercial", "day", 50000), day_minutes=480)
    assert quoted(of, hours(MONDAY, 8, 18)).due == 70000


def test_whole_months_come_first_and_the_rest_costs_at_most_another() -> None:
    of = tariff(rate("commercial", "month", 90000), rate("commercial", "day", 5000))
    start = local("2026-10-05")
    assert quoted(of, Period(start, local("2026-11-05"))).due == 90000
    assert quoted(of, Period(start, local("2026-11-08"))).due == 90000 + 3 * 5000
    assert quoted(of, Period(start, local("2026-11-30"))).due == 180000
    assert quoted(of, Period(start, local("2026-10-08"))).due == 15000


def test_a_month_from_the_last_day_ends_on_the_last_day() -> None:
    of = tariff(rate("commercial", "month", 90000))
    assert quoted(of, Period(local("2027-01-31"), local("2027-02-28"))).due == 90000
    assert quoted(of, Period(local("2027-01-31"), local("2027-03-31"))).due == 180000


def test_an_entry_is_for_each_person_and_day() -> None:
    of = tariff(rate("commercial", "entry", 2000))
    quote = quote_of(prices(of), Wish(period=local_days(date(2026, 10, 5), 2), people=3), COMMERCIAL)
    assert [(line.kind, line.unit, line.quantity) for line in quote.lines] == [("entry", "entry", Decimal(6))]
    assert quote.due == 12000


def test_every_begun_step_counts() -> None:
    of = tariff(rate("commercial", "hour", 10000), step_minutes=30)
    period = Period(local(MONDAY, 10), local(MONDAY, 11, 10))
    assert said(quoted(of, period)) == [("Room L, an hour", Decimal("1.5"), 10000, 15000)]


def test_what_begins_in_the_peak_costs_more() -> None:
    of = tariff(
        rate("commercial", "hour", 10000),
        peak_weekdays=(1,),
        peak_from=16 * 60,
        peak_until=20 * 60,
        peak_percent=25,
    )
    assert said(quoted(of, hours(MONDAY, 15, 18))) == [
        ("Room L, an hour", Decimal(3), 10000, 30000),
        ("Room L, an hour: peak, +25%", Decimal(2), 2500, 5000),
    ]
    assert quoted(of, hours("2026-10-06", 15, 18)).due == 30000


def test_days_on_which_the_clock_changes_are_as_long_as_they_are() -> None:
    of = tariff(rate("commercial", "hour", 1000))
    assert quoted(of, local_days(date(2026, 10, 25))).due == 25000
    assert quoted(of, local_days(date(2027, 3, 28))).due == 23000


def test_extras_count_by_booking_hour_person_and_day() -> None:
    extras = [
        Extra(id=UUID(int=n), name_pl=per.value, per=per, price=100, market=300, vat=Vat.REDUCED)
        for n, per in enumerate(Per, start=10)
    ]
    wish = Wish(
        period=Period(local(MONDAY, 22), local("2026-10-06", 1, 30)), people=5, extras=tuple(one.id for one in extras)
    )
    quote = quote_of(prices(tariff(rate("commercial", "hour", 0)), *extras), wish, COMMERCIAL)
    found = {line.text_pl: (line.quantity, line.amount.gross, line.market.gross) for line in quote.lines[1:]}
    assert found == {
        "booking": (1, 100, 300),
        "hour": (4, 400, 1200),
        "person": (5, 500, 1500),
        "day": (2, 200, 600),
    }
    with pytest.raises(NoSuchExtra):
        quote_of(prices(None), wish, COMMERCIAL)


def test_the_market_price_is_what_others_would_pay_for_the_whole_time() -> None:
    of = tariff(rate("commercial", "hour", 10000), rate("commercial", "day", 30000), rate("incubated", "hour", 1000))
    theirs = quoted(of, hours(MONDAY, 9, 17), Buyer(kind="startup", takes_part=True))
    company = quoted(of, hours(MONDAY, 9, 17))
    assert (theirs.amount.gross, theirs.market.gross) == (8000, 30000)
    assert company.amount == company.market == theirs.market


def test_a_market_price_that_the_list_says_stays_as_it_is_said() -> None:
    of = tariff(
        rate("commercial", "hour", 10000), rate("commercial", "day", 30000), rate("ngo", "hour", 0, market=9000)
    )
    assert quoted(of, hours(MONDAY, 9, 17), NGO).market.gross == 72000


# ---------- what a list may say


@pytest.mark.parametrize(
    ("of", "refusal"),
    [
        (tariff(rate("commercial", "hour", 9999), step_minutes=30), PriceNotWhole),
        (tariff(rate("commercial", "hour", 6000, from_unit=2)), BracketsBeginLate),
        (tariff(rate("commercial", "hour", 1), rate("commercial", "hour", 2)), SameRateTwice),
        (tariff(rate("ngo", "hour", 100)), NoMarketPrice),
        (tariff(half_day_minutes=250), DayDoesNotDivide),
        (tariff(half_day_minutes=300, day_minutes=240), DayDoesNotDivide),
        (tariff(rate("commercial", "day", 100, from_unit=2)), BracketsOfHoursAlone),
        (tariff(peak_percent=25), PeakWithoutTime),
        (tariff(peak_from=120, peak_until=60), PeakWithoutTime),
        (tariff(peak_weekdays=(1,), peak_from=60, peak_until=120), PeakWithoutTime),
        (tariff(vat=Vat.EXEMPT), NoBasis),
    ],
)
def test_what_makes_no_sense_is_refused(of: Tariff, refusal: type[Invalid]) -> None:
    with pytest.raises(refusal):
        check_tariff(of)


# ---------- whatever the list says

STEPS = st.sampled_from((15, 30, 60))
ZLOTYS = st.integers(0, 300).map(lambda n: n * 100)


@st.composite
def tariffs(draw: st.DrawFn, *, monthly: bool = True) -> Tariff:
    rates: list[Rate] = []
    units = [Unit.HOUR, Unit.HALF_DAY, Unit.DAY, Unit.ENTRY, *([Unit.MONTH] if monthly else [])]
    for category in Category:
        for unit in draw(st.lists(st.sampled_from(units), unique=True, max_size=4)):
            local_only = draw(st.booleans())
            rates.append(Rate(category=category, unit=unit, local_only=local_only, price=draw(ZLOTYS)))
            if unit == Unit.HOUR and draw(st.booleans()):
                rates.append(replace(rates[-1], from_unit=draw(st.integers(2, 6)), price=draw(ZLOTYS)))
    peak = draw(st.sampled_from(((), (1, 2), (5, 6, 7))))
    return tariff(
        *rates,
        vat=draw(st.sampled_from(Vat)),
        step_minutes=draw(STEPS),
        half_day_minutes=draw(st.sampled_from((120, 240, 300))),
        day_minutes=draw(st.sampled_from((None, 480, 600))),
        deposit=draw(ZLOTYS),
        deposit_above_minutes=draw(st.integers(0, 600)),
        peak_weekdays=peak,
        peak_from=16 * 60 if peak else 0,
        peak_until=20 * 60 if peak else 0,
        peak_percent=draw(st.sampled_from((10, 25, 33))) if peak else 0,
    )


DAYS = st.dates(date(2026, 1, 1), date(2027, 12, 1))
BUYERS = st.builds(
    Buyer,
    kind=st.sampled_from(("person", "ngo", "public", "startup", "company")),
    at_home=st.booleans(),
    takes_part=st.booleans(),
)
LENGTHS = st.one_of(st.integers(1, 1500), st.integers(1, 70 * 1440))


@st.composite
def periods(draw: st.DrawFn) -> Period:
    start = local(draw(DAYS), draw(st.integers(0, 23)), draw(st.sampled_from((0, 15, 30))))
    return Period(start, start + timedelta(minutes=draw(LENGTHS)))


def stated(quote: Quote, how: str) -> int:
    return sum(line.amount.net if how == "net" else line.amount.gross for line in quote.lines)


@given(of=tariffs(), period=periods(), buyer=BUYERS, more=LENGTHS)
def test_longer_never_costs_less(of: Tariff, period: Period, buyer: Buyer, more: int) -> None:
    longer = Period(period.start, period.end + timedelta(minutes=more))
    assert stated(quoted(of, period, buyer), "gross") <= stated(quoted(of, longer, buyer), "gross")
    assert quoted(of, period, buyer).due <= quoted(of, longer, buyer).due
    net = [stated(quoted(of, one, buyer, stated="net"), "net") for one in (period, longer)]
    assert net == sorted(net)


@given(of=tariffs(monthly=False), day=DAYS, first=st.integers(1, 5), then=st.integers(1, 5), buyer=BUYERS)
def test_whole_days_add_up(of: Tariff, day: date, first: int, then: int, buyer: Buyer) -> None:
    one, two = local_days(day, first), local_days(day + timedelta(days=first), then)
    both = quoted(of, Period(one.start, two.end), buyer)
    assert both.amount.gross == quoted(of, one, buyer).amount.gross + quoted(of, two, buyer).amount.gross


@given(of=tariffs(), period=periods(), buyer=BUYERS, how=st.sampled_from(("net", "gross")))
def test_sums_are_those_of_the_lines_and_nothing_is_negative(
    of: Tariff, period: Period, buyer: Buyer, how: str
) -> None:
    quote = quoted(of, period, buyer, stated=how)
    assert quote.amount == total(line.amount for line in quote.lines)
    assert quote.market == total(line.market for line in quote.lines)
    assert quote.due == quote.amount.gross + quote.deposit
    for line in quote.lines:
        assert min(line.amount.net, line.amount.vat, line.market.net, line.market.vat, line.price) >= 0
        assert line.quantity > 0 and line.quantity * 1000 % 1 == 0
        assert line.text_pl and line.text_en
        asked = line.amount.net if how == "net" else line.amount.gross
        assert asked == line.quantity * line.price, "a line is so many times its price"


@given(of=tariffs(), period=periods(), buyer=BUYERS)
def test_a_week_later_costs_the_same(of: Tariff, period: Period, buyer: Buyer) -> None:
    later = period.moved(timedelta(days=7))
    span = timedelta(days=27)
    assume(period.length < span)
    offsets = {local_days(day).length for day in Period(period.start, later.end).local_days()}
    assume(offsets == {timedelta(days=1)})
    assert quoted(of, period, buyer).lines == quoted(of, later, buyer).lines


@given(of=tariffs(), period=periods())
def test_a_commercial_buyer_pays_the_market_price(of: Tariff, period: Period) -> None:
    quote = quote_as(prices(of), Wish(period=period), category=Category.COMMERCIAL, at_home=False)
    assert quote.amount == quote.market


def random_list(chance: random.Random) -> Tariff:
    rates = []
    for category in Category:
        for unit in chance.sample(list(Unit), chance.randint(0, 4)):
            here = chance.random() < 0.3
            rates.append(rate(category, unit, chance.randrange(0, 40000, 60), local_only=here))
            if unit == Unit.HOUR and chance.random() < 0.5:
                rates.append(replace(rates[-1], from_unit=chance.randint(2, 5), price=chance.randrange(0, 40000, 60)))
    return tariff(
        *rates,
        step_minutes=chance.choice((15, 30, 60)),
        half_day_minutes=chance.choice((240, 300)),
        day_minutes=chance.choice((None, 480)),
        peak_weekdays=(1, 3, 5),
        peak_from=15 * 60,
        peak_until=19 * 60,
        peak_percent=chance.choice((15, 25, 50)),
    )


def test_a_thousand_wishes_cost_what_an_oracle_says() -> None:
    chance = random.Random(20261130)
    for turn in range(1000):
        of = random_list(chance)
        start = local(date(2026, 1, 1) + timedelta(days=chance.randrange(700)), chance.randrange(24))
        length = chance.choice((chance.randint(15, 1440), chance.randint(15, 1440), chance.randint(1440, 80 * 1440)))
        period = Period(start, start + timedelta(minutes=length))
        category, at_home, people = chance.choice(list(Category)), chance.random() < 0.5, chance.randint(1, 4)
        quote = quote_as(prices(of), Wish(period=period, people=people), category=category, at_home=at_home)
        expected = oracle(of, category, at_home, period, people)
        assert (None if quote.list_id is None else stated(quote, "gross")) == expected, (turn, of, period)


def test_costs_follow_the_length_step_by_step() -> None:
    of = tariff(rate("commercial", "hour", 12000), rate("commercial", "hour", 6000, from_unit=2), step_minutes=15)
    start = local(MONDAY, 8)
    costs = [quoted(of, Period(start, start + timedelta(minutes=n))).due for n in range(1, 241)]
    assert all(one <= other for one, other in pairwise(costs)) and costs[-1] == 12000 + 3 * 6000
