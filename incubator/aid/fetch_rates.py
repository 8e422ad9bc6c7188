"""Fetch the euro's mean rate from the central bank (api.nbp.pl), each working day after noon.

Nothing is called in a transaction. Where the bank does not answer, the next round tries again: a rate counts until
the next table, and `NoEuroRate` tells who books when it grew too old.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

import httpx
import msgspec

from incubator.aid.details import RateDetails
from incubator.aid.enter_dated import RateKnown, add_rates
from incubator.db.engine import Database, Tx, transaction
from incubator.jobs.enqueue import enqueue
from incubator.kernel.period import WARSAW

JOB = "fetch_rates"
ALL_OF_THEM = UUID(int=0)
"""The job is about no one row."""

DAYS_BACK = 14
LARGEST = 200_000
KNOWN = "SELECT true FROM euro_rate WHERE day = $1"


class _Rate(msgspec.Struct):
    no: str
    day: date = msgspec.field(name="effectiveDate")
    mid: Decimal


class _Table(msgspec.Struct):
    rates: list[_Rate]


class RatesUnreadable(Exception):
    """The bank answered something else than a table of rates; the text says what."""


@dataclass(frozen=True, slots=True)
class Fetching:
    """The job, for the bank at `address`; without one, rates are typed by hand and it does nothing."""

    address: str

    async def fetch(self, db: Database, *, subject_id: UUID, now: datetime) -> None:
        if self.address and subject_id == ALL_OF_THEM:
            await fetch_rates(db, address=self.address, now=now)


async def rates_due(tx: Tx, *, now: datetime) -> None:
    """Asks for a look at the bank until today's table is here."""
    if not await tx.fetchval(KNOWN, now.astimezone(WARSAW).date()):
        await enqueue(tx, job=JOB, subject_id=ALL_OF_THEM)


async def fetch_rates(db: Database, *, address: str, now: datetime, wait: float = 10) -> int:
    """How many days are known now of the last fortnight. Where one was typed otherwise, the others are kept all the
    same. Raises RatesUnreadable, httpx.HTTPError, RateKnown."""
    today = now.astimezone(WARSAW).date()
    url = f"{address.rstrip('/')}/api/exchangerates/rates/a/eur/{today - timedelta(days=DAYS_BACK)}/{today}/"
    async with httpx.AsyncClient(timeout=wait, follow_redirects=False) as client:
        answer = await client.get(url, params={"format": "json"})
    answer.raise_for_status()
    rates = read_table(answer.content)
    async with transaction(db) as tx:
        alike = await add_rates(tx, rates=rates)
    if not alike:
        raise RateKnown()
    return len(rates)


def read_table(content: bytes) -> list[RateDetails]:
    """Raises RatesUnreadable."""
    if len(content) > LARGEST:
        raise RatesUnreadable(f"{len(content)} bytes")
    try:
        table = msgspec.json.decode(content, type=_Table)
        return [
            msgspec.convert({"day": one.day, "rate": int(one.mid.scaleb(4)), "table_number": one.no}, RateDetails)
            for one in table.rates
        ]
    except (msgspec.DecodeError, msgspec.ValidationError, ArithmeticError, ValueError) as error:
        raise RatesUnreadable(str(error)) from error
