"""What people say of aid: what comes in over the API and forms."""

from datetime import date
from typing import Annotated, Literal

from msgspec import Meta

from incubator.aid.benchmarks import What
from incubator.web.bodies import Body, Line

Cents = Annotated[int, Meta(ge=1, le=10_000_000_000)]
Size = Literal["", "micro", "small", "medium", "large"]
"""Of an undertaking (Annex I of Regulation (EU) 651/2014); empty where nobody said it."""


class Elsewhere(Body, frozen=True):
    """Aid that somebody else granted to the undertaking: by whom, when, how much in euro cents."""

    granted_on: date
    provider: Line
    amount_cents: Cents


class LimitDetails(Body, frozen=True, kw_only=True):
    """A ceiling in euro cents over so many years, from a day to a last day (empty: until the next). `basis` names
    the regulation; a declaration of aid from elsewhere is good for `declared_days` days."""

    valid_from: date
    valid_until: date | None = None
    ceiling_cents: Cents
    years: Annotated[int, Meta(ge=1, le=10)]
    declared_days: Annotated[int, Meta(ge=1, le=1100)] = 365
    basis: Line


class BenchmarkDetails(Body, frozen=True, kw_only=True):
    """Net grosz that an hour costs at the market since a day, of a training for each seat; `source` says in Polish how
    that was found, such as the offers that were compared."""

    what: What
    since: date
    price: Annotated[int, Meta(ge=1, le=1_000_000)]
    source: Line


class RateDetails(Body, frozen=True):
    """The central bank's mean rate of the euro: ten-thousandths of a złoty, the day and number of its table."""

    day: date
    rate: Annotated[int, Meta(ge=10_000, le=1_000_000)]
    table_number: Line
