"""Rates of the euro are fetched or typed, limits entered; what is here stays."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date, timedelta

import httpx
import pytest

from incubator.aid.dated import rate_on
from incubator.aid.details import LimitDetails, RateDetails
from incubator.aid.enter_dated import (
    LimitDaysCross,
    LimitKnown,
    RateAhead,
    RateKnown,
    enter_limit,
    enter_rate,
    put_rates,
)
from incubator.aid.fetch_rates import (
    ALL_OF_THEM,
    Fetching,
    RatesUnreadable,
    fetch_rates,
    rates_due,
    read_table,
)
from incubator.db.engine import Database, Tx, statement, transaction
from incubator.people.guards import NotYours
from tests.cast import Cast, acting
from tests.moments import NOW

TABLE = {
    "table": "A",
    "currency": "euro",
    "code": "EUR",
    "rates": [
        {"no": "171/A/NBP/2026", "effectiveDate": "2026-09-03", "mid": 4.2512},
        {"no": "172/A/NBP/2026", "effectiveDate": "2026-09-04", "mid": 4.2},
    ],
}


@asynccontextmanager
async def bank(answer: bytes, status: str = "200 OK") -> AsyncIterator[tuple[str, list[str]]]:
    """A bank of our own on this machine, and the lines that it was asked with."""
    asked: list[str] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked.append((await reader.readuntil(b"\r\n\r\n")).decode().splitlines()[0])
        head = f"HTTP/1.1 {status}\r\nContent-Length: {len(answer)}\r\nConnection: close\r\n\r\n"
        writer.write(head.encode() + answer)
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", asked


async def test_the_banks_table_is_kept_to_four_places(db: Database) -> None:
    async with bank(json.dumps(TABLE).encode()) as (address, asked):
        assert await fetch_rates(db, address=address, now=NOW) == 2
        assert await fetch_rates(db, address=address, now=NOW) == 2
    assert asked[0].startswith("GET /api/exchangerates/rates/a/eur/2026-08-24/2026-09-07/?format=json ")
    async with statement(db) as tx:
        found = await rate_on(tx, day=date(2026, 9, 3)), await rate_on(tx, day=NOW.date())
    assert [(one.rate, one.day, one.table_number) for one in found] == [
        (42_512, date(2026, 9, 3), "171/A/NBP/2026"),
        (42_000, date(2026, 9, 4), "172/A/NBP/2026"),
    ]


async def test_a_rate_that_was_typed_wrong_does_not_keep_the_others_away(db: Database, cast: Cast) -> None:
    coordinator = await acting(db, cast.coordinator)
    wrong = RateDetails(day=date(2026, 9, 3), rate=41_512, table_number="171/A/NBP/2026")
    async with transaction(db) as tx:
        await enter_rate(tx, actor=coordinator, details=wrong, now=NOW)
    async with bank(json.dumps(TABLE).encode()) as (address, _):
        with pytest.raises(RateKnown):
            await fetch_rates(db, address=address, now=NOW)
    async with statement(db) as tx:
        assert (await rate_on(tx, day=NOW.date())).rate == 42_000


async def test_the_banks_table_may_be_empty(db: Database) -> None:
    async with bank(b'{"rates": []}') as (address, _):
        assert await fetch_rates(db, address=address, now=NOW) == 0


@pytest.mark.parametrize(
    "answer", [b"", b"<html>", b"[]", b'{"rates":[{"no":"1","effectiveDate":"yesterday","mid":4}]}', b" " * 200_001]
)
def test_what_is_no_table_is_refused(answer: bytes) -> None:
    with pytest.raises(RatesUnreadable):
        read_table(answer)


@pytest.mark.parametrize("mid", [0.1, 500, -4, 1e40])
def test_an_unlikely_rate_is_refused(mid: float) -> None:
    table = {"rates": [{"no": "1", "effectiveDate": "2026-09-03", "mid": mid}]}
    with pytest.raises(RatesUnreadable):
        read_table(json.dumps(table).encode())


async def test_a_bank_that_fails_changes_nothing(db: Database) -> None:
    async with bank(b"", "503 Service Unavailable") as (address, _):
        with pytest.raises(httpx.HTTPStatusError):
            await fetch_rates(db, address=address, now=NOW)
    async with statement(db) as tx:
        assert await tx.fetchval("SELECT count(*) FROM euro_rate") == 0


async def test_the_job_is_asked_for_until_todays_table_is_here_and_needs_an_address(db: Database) -> None:
    async with transaction(db) as tx:
        await rates_due(tx, now=NOW)
        assert await tx.fetchval("SELECT count(*) FROM pgqueuer WHERE entrypoint = 'fetch_rates'") == 1
        await put_rates(tx, rates=[RateDetails(day=NOW.date(), rate=42_500, table_number="x")])
        await rates_due(tx, now=NOW)
        assert await tx.fetchval("SELECT count(*) FROM pgqueuer WHERE entrypoint = 'fetch_rates'") == 1
    await Fetching("").fetch(db, subject_id=ALL_OF_THEM, now=NOW)


async def test_a_rate_that_is_here_stays(db: Database, cast: Cast) -> None:
    coordinator, member = await acting(db, cast.coordinator), await acting(db, cast.member)
    first = RateDetails(day=NOW.date(), rate=42_500, table_number="1/A/NBP")
    async with transaction(db) as tx:
        await enter_rate(tx, actor=coordinator, details=first, now=NOW)
        await enter_rate(tx, actor=coordinator, details=first, now=NOW)
        with pytest.raises(NotYours):
            await enter_rate(tx, actor=member, details=first, now=NOW)
        for other in (
            RateDetails(day=NOW.date(), rate=42_501, table_number="1/A/NBP"),
            RateDetails(day=NOW.date(), rate=42_500, table_number="2/A/NBP"),
            RateDetails(day=NOW.date() - timedelta(days=1), rate=42_500, table_number="1/A/NBP"),
        ):
            with pytest.raises(RateKnown):
                await enter_rate(tx, actor=coordinator, details=other, now=NOW)


async def test_a_table_of_a_day_to_come_is_not_entered(db: Database, cast: Cast) -> None:
    coordinator = await acting(db, cast.coordinator)
    night = NOW.replace(hour=22, minute=30)  # half past midnight in Warsaw
    async with transaction(db) as tx:
        tomorrow = RateDetails(day=NOW.date() + timedelta(days=1), rate=42_500, table_number="1/A/NBP")
        with pytest.raises(RateAhead):
            await enter_rate(tx, actor=coordinator, details=tomorrow, now=NOW)
        await enter_rate(tx, actor=coordinator, details=tomorrow, now=night)


async def test_limits_are_entered_by_the_administrator_and_stay(db: Database, cast: Cast) -> None:
    administrator, coordinator = await acting(db, cast.administrator), await acting(db, cast.coordinator)
    law = {"valid_from": date(2031, 1, 1), "ceiling_cents": 50_000_000, "years": 3, "basis": "2030/1"}

    async def enter(tx: Tx, actor: object, **more: object) -> None:
        await enter_limit(tx, actor=actor, details=LimitDetails(**{**law, **more}), now=NOW)  # type: ignore[arg-type]

    async with transaction(db) as tx:
        with pytest.raises(NotYours):
            await enter(tx, coordinator)
        with pytest.raises(LimitDaysCross):
            await enter(tx, administrator, valid_until=date(2030, 12, 31))
        await enter(tx, administrator)
        with pytest.raises(LimitKnown):
            await enter(tx, administrator, ceiling_cents=1)
