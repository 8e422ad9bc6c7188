"""Enter what is dated: a limit by the law, a rate by the central bank's table."""

from collections.abc import Sequence
from datetime import datetime

from incubator.aid.details import LimitDetails, RateDetails
from incubator.db.engine import Tx
from incubator.kernel.errors import N_, Conflict, Invalid
from incubator.kernel.period import WARSAW
from incubator.people.actor import Actor
from incubator.people.guards import NotYours


class LimitDaysCross(Invalid):
    """The last day lies before the first."""

    code = "limit_days_cross"
    sentence = N_("The last day has to be the first or later.")


class LimitKnown(Conflict):
    """Another limit counts from the same day. What was entered stays: a later law has a later day."""

    code = "limit_known"
    sentence = N_("A limit that counts from this day is entered already.")


class RateKnown(Conflict):
    """The day or the table stands here with another rate. Grants were made by it, so it stays."""

    code = "rate_known"
    sentence = N_("This day or this table is entered already with another rate. Please check the number of the table.")


class RateAhead(Invalid):
    """A table of a day to come: when its day is here it would count, and nobody could put it right."""

    code = "rate_ahead"
    sentence = N_("The bank has published no table of a day to come. Please check the day.")


LIMIT = """
INSERT INTO aid_limit (valid_from, valid_until, ceiling_cents, years, declared_days, basis, entered_by, entered_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING RETURNING valid_from
"""
RATE = "INSERT INTO euro_rate (day, rate, table_number) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING"
AS_SAID = "SELECT count(*) FROM euro_rate WHERE (day, rate, table_number) IN (SELECT * FROM unnest($1::date[], $2::int[], $3::text[]))"


async def enter_limit(tx: Tx, *, actor: Actor, details: LimitDetails, now: datetime) -> None:
    """For the administrator. Raises NotYours, LimitDaysCross, LimitKnown."""
    if not actor.is_administrator:
        raise NotYours()
    if details.valid_until is not None and details.valid_until < details.valid_from:
        raise LimitDaysCross()
    made = await tx.fetchval(
        LIMIT,
        details.valid_from,
        details.valid_until,
        details.ceiling_cents,
        details.years,
        details.declared_days,
        details.basis,
        actor.account_id,
        now,
    )
    if made is None:
        raise LimitKnown()


async def enter_rate(tx: Tx, *, actor: Actor, details: RateDetails, now: datetime) -> None:
    """For the administrator and coordinators, where the table was not fetched. Raises NotYours, RateAhead, RateKnown."""
    if not (actor.is_administrator or actor.coordinates):
        raise NotYours()
    if details.day > now.astimezone(WARSAW).date():
        raise RateAhead()
    await put_rates(tx, rates=[details])


async def put_rates(tx: Tx, *, rates: Sequence[RateDetails]) -> None:
    """Those that are here as they are said are no trouble. Raises RateKnown."""
    if not await add_rates(tx, rates=rates):
        raise RateKnown()


async def add_rates(tx: Tx, *, rates: Sequence[RateDetails]) -> bool:
    """Those that are not here yet; whether all stand here now as they are said."""
    rows = {(one.day, one.rate, one.table_number) for one in rates}
    await tx.executemany(RATE, sorted(rows))
    columns = [[row[n] for row in sorted(rows)] for n in range(3)]
    stand: int = await tx.fetchval(AS_SAID, *columns)
    return stand == len(rows)
