"""A quote: the lines of a price, with tax, extras and the deposit, said in Polish and in English."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from incubator.kernel.errors import N_, Invalid
from incubator.kernel.money import Amount, Vat, of_gross, of_net
from incubator.kernel.period import Period
from incubator.pricing.reckon import Line, Pricing
from incubator.pricing.rules import Buyer, Extra, Rate, Tariff, card_of, category_of
from incubator.pricing.states import Category, Per, Unit
from incubator.pricing.views import Quote, QuoteLine
from incubator.web.i18n import Translator, translator


class NoSuchExtra(Invalid):
    """An extra that is not on the list in force."""

    code = "no_such_extra"
    sentence = N_("One of the extras is not on the price list of that day.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Prices:
    """What is charged for a space from a day on: a list's tariff for it, and the list's extras. Without a
    `tariff` nothing is. Good as long as the rulebook has this version."""

    gmina_id: UUID
    incubator_id: UUID
    space_id: UUID
    space_pl: str
    space_en: str
    list_id: UUID | None = None
    stated: str = "gross"
    startups_incubated: bool = False
    tariff: Tariff | None = None
    extras: tuple[Extra, ...] = ()
    rulebook: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What is asked the price of. `kept` are extras that were chosen by an earlier list: at its price, where the list of
    the day has them no more; what its incubator does not offer is left out."""

    period: Period
    people: int = 1
    extras: tuple[UUID, ...] = ()
    kept: tuple[UUID, ...] = ()


def quote_of(prices: Prices, wish: Wish, buyer: Buyer) -> Quote:
    """Raises NoSuchExtra."""
    return quote_as(
        prices,
        wish,
        category=category_of(buyer, startups_incubated=prices.startups_incubated),
        at_home=buyer.at_home,
    )


def quote_as(prices: Prices, wish: Wish, *, category: Category, at_home: bool) -> Quote:
    """The same for a kind of buyer. Where the list says nothing of it, as for a commercial one, and where it says
    nothing of that either, free. Raises NoSuchExtra."""
    tariff = prices.tariff
    lines: list[QuoteLine] = []
    if tariff is not None:
        _, card = card_of(tariff.rates, category=category, at_home=at_home)
        _, others = card_of(tariff.rates, category=Category.COMMERCIAL, at_home=False)
        pricing = Pricing(tariff=tariff, card=card, others=others, people=wish.people)
        lines = [_said(line, prices, tariff, card.hours) for line in pricing.lines(wish.period)]
    lines += _extras(prices, wish)
    above = tariff is not None and bool(lines) and wish.period.minutes > tariff.deposit_above_minutes
    return Quote(
        gmina_id=prices.gmina_id,
        incubator_id=prices.incubator_id,
        list_id=prices.list_id if lines else None,
        category=category,
        stated=prices.stated,
        lines=tuple(lines),
        deposit=tariff.deposit if tariff is not None and above else 0,
    )


def _said(line: Line, prices: Prices, tariff: Tariff, hours: tuple[Rate, ...]) -> QuoteLine:
    texts = [
        f"{space}, {_what(line, translator(locale), hours)}"
        for space, locale in ((prices.space_pl, "pl"), (prices.space_en or prices.space_pl, "en"))
    ]
    return QuoteLine(
        kind=line.kind,
        text_pl=texts[0],
        text_en=texts[1],
        quantity=Decimal(line.minutes) / 60 if line.minutes else Decimal(line.count),
        unit=line.rate.unit.value,
        price=line.price,
        vat=tariff.vat,
        amount=_amount(line.amount, tariff.vat, prices.stated),
        market=_amount(line.market, tariff.vat, prices.stated),
        basis=tariff.basis if tariff.vat == Vat.EXEMPT else "",
    )


def _what(line: Line, texts: Translator, hours: tuple[Rate, ...]) -> str:
    what = bracket(line.rate, texts, hours)
    if line.kind == "peak":
        return texts.gettext(N_("{what}: peak, +{percent}%")).format(what=what, percent=line.percent)
    return what


def bracket(rate: Rate, texts: Translator, hours: tuple[Rate, ...]) -> str:
    """What a price is for: "first hour", "each next hour", "month"; `hours` are the brackets of the same buyer."""
    if rate.unit != Unit.HOUR:
        return texts.gettext(WHOLE[rate.unit])
    later = [one.from_unit for one in hours if one.from_unit > rate.from_unit]
    if rate.from_unit > 1:
        n = rate.from_unit
        return texts.gettext(N_("each next hour") if n == 2 else N_("each hour from hour {n} on")).format(n=n)
    if not later:
        return texts.gettext(N_("an hour"))
    return texts.ngettext("first hour", "first {n} hours", min(later) - 1).format(n=min(later) - 1)


WHOLE = {
    Unit.HALF_DAY: N_("half a day"),
    Unit.DAY: N_("a whole day"),
    Unit.MONTH: N_("a month"),
    Unit.ENTRY: N_("an entry"),
}


def _extras(prices: Prices, wish: Wish) -> Iterator[QuoteLine]:
    offered = {extra.id: extra for extra in prices.extras}
    if not offered.keys() >= set(wish.extras):
        raise NoSuchExtra()
    for key in dict.fromkeys((*wish.extras, *wish.kept)):
        if key in offered:
            yield _extra(offered[key], prices, wish)


def _extra(extra: Extra, prices: Prices, wish: Wish) -> QuoteLine:
    """Summed up as its own list states prices; the price of one is shown as those of the quote are."""
    count, how = _count(extra.per, wish), extra.stated or prices.stated
    market = extra.price if extra.market is None else extra.market
    one = _amount(extra.price, extra.vat, how)
    return QuoteLine(
        kind="extra",
        text_pl=extra.name_pl,
        text_en=extra.name_en or extra.name_pl,
        quantity=Decimal(count),
        unit=extra.per.value if extra.per in (Per.HOUR, Per.DAY) else "piece",
        price=extra.price if how == prices.stated else one.net if prices.stated == "net" else one.gross,
        vat=extra.vat,
        amount=_amount(count * extra.price, extra.vat, how),
        market=_amount(count * market, extra.vat, how),
        basis=extra.basis if extra.vat == Vat.EXEMPT else "",
    )


def _count(per: Per, wish: Wish) -> int:
    """Begun hours, days that it touches, people, or one."""
    if per == Per.HOUR:
        return -(-wish.period.minutes // 60)
    if per == Per.DAY:
        return len([*wish.period.local_days()])
    return wish.people if per == Per.PERSON else 1


def _amount(stated: int, vat: Vat, how: str) -> Amount:
    return of_net(stated, vat) if how == "net" else of_gross(stated, vat)
