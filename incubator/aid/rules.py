"""The arithmetic of aid, without a database."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from incubator.kernel.money import part
from incubator.kernel.period import WARSAW


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """What may be granted on a day: euro cents in so many years, by which regulation; for how many days a
    declaration of aid from elsewhere is good."""

    ceiling_cents: int
    years: int
    declared_days: int
    basis: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """The central bank's mean rate of the euro in ten-thousandths of a złoty, its day and the number of its table."""

    day: date
    rate: int
    table_number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Benefit:
    """What was given at which price: net grosz at the market's price and as charged. `benchmark` says where the
    market's price stands (a price list and its act, say)."""

    market: int
    charged: int
    benchmark: str

    @property
    def amount(self) -> int:
        """The gross grant equivalent in grosz: nothing where the price charged is the market's, or above."""
        return max(self.market - self.charged, 0)


def in_cents(grosz: int, rate: int) -> int:
    """Euro cents for grosz, to the nearest cent (ustawa o postępowaniu w sprawach dotyczących pomocy publicznej,
    art. 11 ust. 3)."""
    return part(grosz, 10_000, rate)


def window_from(day: date, years: int) -> date:
    """The first day that counts with a grant on `day` (Regulation (EU) 2023/2831, art. 3(2)): the same day so many
    years before, itself counted, as that never counts too little."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:  # 29 February
        return day.replace(year=day.year - years, day=28)


def declared_until(declared_at: datetime, days: int) -> date:
    """The last day on which a declaration is good, to its end: so many days after the day on which it was made."""
    return declared_at.astimezone(WARSAW).date() + timedelta(days=days)


def euros(cents: int) -> str:
    """As a number with two decimals, for sentences and files."""
    sign = "-" if cents < 0 else ""
    return f"{sign}{abs(cents) // 100}.{abs(cents) % 100:02}"
