"""Numbers have no gap and no twin, whoever comes at once, gives up or is killed; days do not run backwards."""

import asyncio
import random
from datetime import timedelta

import asyncpg
import pytest

from incubator.db.engine import Database, statement, transaction
from incubator.invoices.issue_invoice import issue_invoice
from incubator.invoices.issuing import InvoicedAlready
from incubator.kernel.ids import uuid7
from tests.cast import Cast
from tests.conftest import NOW
from tests.invoices.cast import issue, of_skawina, open_for_invoices, sale
from tests.races import outcomes

ORDER = "SELECT n, issued_on FROM invoice WHERE incubator_id = $1 AND year = $2 ORDER BY n"


class GivesUp(Exception):
    """Somebody who does not go through with it."""


async def test_the_first_invoice_of_a_year_is_number_one_of_its_incubator(db: Database, cast: Cast) -> None:
    await open_for_invoices(db, cast)
    assert [(await issue(db, sale(cast))).number for _ in range(2)] == ["las/2026/1", "las/2026/2"]
    assert (await issue(db, of_skawina(cast))).number == "rynek/2026/1"
    next_year = NOW + timedelta(days=150)
    assert (await issue(db, sale(cast), now=next_year)).number == "las/2027/1"


async def test_many_at_once_who_give_up_or_are_killed_leave_neither_gap_nor_twin(
    db: Database, cast: Cast, database_url: str
) -> None:
    """Ninety come; a third rolls back, a third has its connection killed with the number in hand."""
    await open_for_invoices(db, cast)
    turns, gate = random.Random(7), asyncio.Semaphore(24)

    async def one(n: int) -> str:
        async with gate:
            try:
                await _issue(database_url, cast, how=n % 3, patience=turns.uniform(0, 0.01))
            except (GivesUp, asyncpg.PostgresConnectionError, asyncpg.InterfaceError, asyncpg.AdminShutdownError):
                return "lost"
            return "kept"

    came = await asyncio.gather(*(one(n) for n in range(90)))
    assert came.count("kept") == 30
    async with statement(db) as tx:
        rows = await tx.fetch(ORDER, cast.las, 2026)
        assert [row["n"] for row in rows] == list(range(1, 31))
        assert await tx.fetchval("SELECT last FROM invoice_series WHERE incubator_id = $1", cast.las) == 30
    assert (await issue(db, sale(cast))).number == "las/2026/31"


async def _issue(url: str, cast: Cast, *, how: int, patience: float) -> None:
    """Go through with it (0), roll back (1), or be killed (2), on a connection of its own."""
    connection = await asyncpg.connect(url)
    try:
        async with connection.transaction():
            await issue_invoice(connection, sale=sale(cast), now=NOW)
            await asyncio.sleep(patience)
            if how == 1:
                raise GivesUp()
            if how == 2:
                await connection.execute("SELECT pg_terminate_backend(pg_backend_pid())")
    finally:
        await connection.close(timeout=5)


async def test_one_charge_is_invoiced_once_however_many_try(db: Database, cast: Cast) -> None:
    await open_for_invoices(db, cast)
    sold = sale(cast)
    got = await outcomes(*(issue(db, sold) for _ in range(12)))
    assert got.count(InvoicedAlready) == 11
    assert (await issue(db, sale(cast))).number == "las/2026/2"


async def test_days_do_not_run_backwards_in_a_series(db: Database, cast: Cast) -> None:
    """Who read the clock before midnight and gets a number after somebody of the next day issues on that day."""
    await open_for_invoices(db, cast)
    tomorrow = await issue(db, sale(cast), now=NOW + timedelta(days=1))
    late = await issue(db, sale(cast), now=NOW)
    assert late.issued_on == tomorrow.issued_on
    async with statement(db) as tx:
        told = await tx.fetchval("SELECT document->>'issued_on' FROM invoice WHERE id = $1", late.id)
    assert told == late.issued_on.isoformat()


@pytest.mark.parametrize(("n", "days"), [(3, 0), (2, -1)])
async def test_the_database_refuses_a_gap_and_a_day_that_runs_backwards(
    db: Database, cast: Cast, n: int, days: int
) -> None:
    await open_for_invoices(db, cast)
    await issue(db, sale(cast))
    copy = """INSERT INTO invoice SELECT (jsonb_populate_record(invoice, $1::text::jsonb)).* FROM invoice"""
    day = (NOW + timedelta(days=days)).date()
    changed = f'{{"id": "{uuid7()}", "n": {n}, "number": "x", "charge_id": null, "issued_on": "{day}"}}'
    with pytest.raises(asyncpg.CheckViolationError) as refused:
        async with transaction(db) as tx:
            await tx.execute(copy, changed)
    assert refused.value.constraint_name == "invoices_follow"


async def test_the_database_takes_a_number_that_follows(db: Database, cast: Cast) -> None:
    """Or the test above would prove nothing."""
    await open_for_invoices(db, cast)
    await issue(db, sale(cast))
    copy = """INSERT INTO invoice SELECT (jsonb_populate_record(invoice, $1::text::jsonb)).* FROM invoice"""
    async with transaction(db) as tx:
        await tx.execute(copy, f'{{"id": "{uuid7()}", "n": 2, "number": "x", "charge_id": null}}')


async def test_who_issue_the_first_invoices_of_a_year_at_once_all_get_a_number(db: Database, cast: Cast) -> None:
    """There is no row of the series yet that they could wait for."""
    await open_for_invoices(db, cast)
    for year in range(2026, 2032):
        now = NOW.replace(year=year)
        made = await asyncio.gather(*(issue(db, sale(cast), now=now) for _ in range(12)))
        assert {one.number for one in made} == {f"las/{year}/{n}" for n in range(1, 13)}
