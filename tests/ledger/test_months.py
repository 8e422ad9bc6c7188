"""The books month by month: each begins where the one before ended, and the last ends where the books stand."""

from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO

import httpx
from openpyxl import load_workbook

from incubator.db.engine import Database, transaction
from incubator.kernel.period import local_midnight
from incubator.ledger.months import months_of
from incubator.ledger.queries import balances
from incubator.ledger.states import Account, EntryKind
from incubator.ledger.views import Span
from tests.cast import Cast
from tests.ledger.books import owing, paying, posted

Visiting = Callable[..., httpx.AsyncClient]
YEAR = Span(first=date(2026, 1, 15), last=date(2026, 5, 10))


async def lived(db: Database, cast: Cast) -> None:
    async with transaction(db) as tx:
        for day, amount in ((date(2025, 12, 31), 1_000), (date(2026, 1, 31), 500), (date(2026, 2, 1), 40)):
            at = local_midnight(day + timedelta(days=1)) - timedelta(seconds=1)
            await posted(tx, cast.niepolomice, owing(amount, organisation=cast.acme), at=at)
        at = local_midnight(date(2026, 4, 1))
        paid = paying(1_540, organisation=cast.acme)
        await posted(tx, cast.niepolomice, paid, kind=EntryKind.PAYMENT, at=at)
        await posted(tx, cast.skawina, owing(9, organisation=cast.acme), at=at)


async def test_each_month_begins_where_the_one_before_ended(db: Database, cast: Cast) -> None:
    await lived(db, cast)
    async with transaction(db) as tx:
        told = await months_of(tx, gmina_id=cast.niepolomice, span=YEAR)
        there = {one.account: one for one in await balances(tx, gmina_id=cast.niepolomice, span=YEAR)}
    owed = [one for one in told if one.account is Account.RECEIVABLE]
    assert [(one.first, one.opening, one.debit, one.credit, one.closing) for one in owed] == [
        (date(2026, 1, 15), 1_000, 500, 0, 1_500),
        (date(2026, 2, 1), 1_500, 40, 0, 1_540),
        (date(2026, 3, 1), 1_540, 0, 0, 1_540),
        (date(2026, 4, 1), 1_540, 0, 1_540, 0),
    ]
    assert [one.last.day for one in owed] == [31, 28, 31, 30]
    bank = [one for one in told if one.account is Account.BANK]
    assert [(one.first, one.last, one.closing) for one in bank] == [
        (date(2026, 4, 1), date(2026, 4, 30), 1_540),
        (date(2026, 5, 1), date(2026, 5, 10), 1_540),
    ]
    for account, balance in there.items():
        of_account = [one for one in told if one.account is account]
        assert sum(one.debit - one.credit for one in of_account) == balance.debit - balance.credit
        assert not of_account or of_account[-1].closing == balance.closing


async def test_the_treasurer_gets_them_as_a_file_and_a_program_as_json(
    db: Database, cast: Cast, visit: Visiting
) -> None:
    await lived(db, cast)
    desk, days = visit(cast.coordinator), "first=2026-01-15&last=2026-05-10"
    lines = (await desk.get(f"/desk/ledger?shape=months&{days}&lang=pl")).content.decode("utf-8-sig").split("\r\n")
    assert lines[:2] == [
        "Od;Do;Konto;Saldo otwarcia;Winien;Ma;Saldo zamknięcia",
        "2026-01-15;2026-01-31;Należności gminy;10,00;5,00;0,00;15,00",
    ]
    book = load_workbook(BytesIO((await desk.get(f"/desk/ledger?shape=xlsx&{days}&lang=en")).content))
    assert [cell.value for cell in book["Balances by month"][2]][3:] == [10, 5, 0, 15]
    told = (await desk.get(f"/api/ledger/months?gmina={cast.niepolomice}&{days}")).json()
    assert told[0] == {
        "first": "2026-01-15",
        "last": "2026-01-31",
        "account": "receivable",
        "opening": 1_000,
        "debit": 500,
        "credit": 0,
        "closing": 1_500,
    }


async def test_nothing_is_written_as_money_everywhere(db: Database, cast: Cast, visit: Visiting) -> None:
    await lived(db, cast)
    page = (await visit(cast.coordinator).get("/desk/ledger?first=2026-01-01&last=2026-05-10&lang=en")).text
    assert '<span class="muted">0</span>' not in page and '<span class="muted">0.00' in page
