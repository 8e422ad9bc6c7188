"""What people say of aid: what comes in over the API and forms."""

from datetime import date
from typing import Annotated

from msgspec import Meta

from incubator.web.bodies import Body, Line

Cents = Annotated[int, Meta(ge=1, le=10_000_000_000)]


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


class RateDetails(Body, frozen=True):
    """The central bank's mean rate of the euro: ten-thousandths of a złoty, the day and number of its table."""

    day: date
    rate: Annotated[int, Meta(ge=10_000, le=1_000_000)]
    table_number: Line
