"""What counts on a day: the limit of aid and the rate of the euro."""

from dataclasses import dataclass
from datetime import date, timedelta

from incubator.aid.rules import Limit, Rate
from incubator.aid.views import LimitView, RateView
from incubator.db.engine import Tx
from incubator.kernel.errors import N_, Conflict


@dataclass(eq=False)
class NoAidLimit(Conflict):
    """No regulation is entered that counts on `day`: nobody may grant de minimis aid."""

    code = "no_aid_limit"
    sentence = N_(
        "No regulation on de minimis aid is entered that counts on {day}, so no lower price can be given. Please tell"
        " the office of the metropolis."
    )
    day: date


@dataclass(eq=False)
class NoEuroRate(Conflict):
    """The central bank's tables of the last days are missing."""

    code = "no_euro_rate"
    sentence = N_(
        "The euro rate of {day} is missing, so aid cannot be counted. Please try again later or tell the coordinator."
    )
    day: date


OLDEST = timedelta(days=10)
"""The longest that a rate may lie back: holidays around a weekend leave at most five days without a table."""

LIMIT = """
SELECT ceiling_cents, years, declared_days, basis FROM (
    SELECT * FROM aid_limit WHERE valid_from <= $1 ORDER BY valid_from DESC LIMIT 1
) AS latest WHERE valid_until IS NULL OR valid_until >= $1
"""
RATE = "SELECT day, rate, table_number FROM euro_rate WHERE day <= $1 AND day >= $2 ORDER BY day DESC LIMIT 1"
LIMITS = """
SELECT valid_from, valid_until, ceiling_cents, years, declared_days, basis FROM aid_limit ORDER BY valid_from DESC
"""
RATES = "SELECT day, rate, table_number FROM euro_rate ORDER BY day DESC LIMIT $1"


async def limit_on(tx: Tx, *, day: date) -> Limit:
    """Raises NoAidLimit."""
    row = await tx.fetchrow(LIMIT, day)
    if row is None:
        raise NoAidLimit(day)
    return Limit(**row)


async def rate_on(tx: Tx, *, day: date) -> Rate:
    """The mean rate that is in force on `day`: the last one that was published by then. Raises NoEuroRate."""
    row = await tx.fetchrow(RATE, day, day - OLDEST)
    if row is None:
        raise NoEuroRate(day)
    return Rate(**row)


async def limits(tx: Tx) -> list[LimitView]:
    """The latest first."""
    return [LimitView(**row) for row in await tx.fetch(LIMITS)]


async def rates(tx: Tx, *, most: int = 31) -> list[RateView]:
    """The latest first."""
    return [RateView(**row) for row in await tx.fetch(RATES, most)]
