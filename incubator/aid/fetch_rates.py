"""Fetch the euro's mean rate from the central bank (api.nbp.pl), each working day after noon.

Nothing is called in a transaction. Where the bank does not answer, the next round tries again: a rate counts until
the next table, and `NoEuroRate` tells who books when it grew too old.
"""

import logging
from datetime import date, datetime, timedelta
from decimal import Decimal

import httpx
import msgspec

from incubator.aid.details import RateDetails
from incubator.aid.enter_dated import put_rates
from incubator.db.engine import Database, transaction
from incubator.kernel.period import WARSAW

DAYS_BACK = 14
LARGEST = 200_000
log = logging.getLogger("incubator.aid")


class _Rate(msgspec.Struct):
    no: str
    effectiveDate: date  # noqa: N815 - the bank's word
    mid: Decimal


class _Table(msgspec.Struct):
    rates: list[_Rate]


class RatesUnreadable(Exception):
    """The bank answered something else than a table of rates; the text says what."""


async def fetch_rates(db: Database, *, address: str, now: datetime, wait: float = 10) -> int:
    """How many days are known now of the last fortnight. Raises RatesUnreadable, httpx.HTTPError, RateKnown."""
    today = now.astimezone(WARSAW).date()
    url = f"{address.rstrip('/')}/api/exchangerates/rates/a/eur/{today - timedelta(days=DAYS_BACK)}/{today}/"
    async with httpx.AsyncClient(timeout=wait, follow_redirects=False) as client:
        answer = await client.get(url, params={"format": "json"})
    answer.raise_for_status()
    rates = read_table(answer.content)
    async with transaction(db) as tx:
        await put_rates(tx, rates=rates)
    return len(rates)


def read_table(content: bytes) -> list[RateDetails]:
    """Raises RatesUnreadable."""
    if len(content) > LARGEST:
        raise RatesUnreadable(f"{len(content)} bytes")
    try:
        table = msgspec.json.decode(content, type=_Table)
        return [
            msgspec.convert(
                {"day": one.effectiveDate, "rate": int(one.mid.scaleb(4)), "table_number": one.no}, RateDetails
            )
            for one in table.rates
        ]
    except (msgspec.DecodeError, msgspec.ValidationError, ArithmeticError, ValueError) as error:
        raise RatesUnreadable(str(error)) from error
