"""The ledger at the desk: a page, and files for the treasurer."""

from collections.abc import Callable
from datetime import datetime
from io import BytesIO

import httpx
import pytest
from openpyxl import load_workbook

from incubator.db.engine import Database, transaction
from incubator.ledger.check_books import KEEP
from tests.cast import Cast
from tests.ledger.books import owing, posted
from tests.moments import NOW

Visiting = Callable[..., httpx.AsyncClient]


async def test_each_posting_is_a_line_of_the_file(db: Database, cast: Cast, visit: Visiting) -> None:
    async with transaction(db) as tx:
        await tx.execute("UPDATE organisation SET name = '=1+1' WHERE id = $1", cast.acme)
        await posted(tx, cast.niepolomice, owing(12_345, organisation=cast.acme))
    desk = visit(cast.coordinator)
    answer = await desk.get("/desk/ledger?shape=csv&lang=pl")
    lines = answer.content.decode("utf-8-sig").split("\r\n")
    assert lines[0] == "Dzień;Godzina;Zapis;Rodzaj;Konto;Kontrahent;Winien;Ma;Wycofuje"
    assert lines[1].startswith("2026-09-07;09:00;") and lines[1].endswith(";należność;Należności gminy;'=1+1;123,45;;")
    assert lines[2].endswith(";Przychody;;;123,45;")
    answer = await desk.get("/desk/ledger?shape=xlsx&lang=en")
    assert f"ksiega-niepolomice-2026-09-01-{NOW.date()}.xlsx" in answer.headers["content-disposition"]
    sheet = load_workbook(BytesIO(answer.content)).worksheets[0]
    assert [cell.value for cell in sheet[2]][4:8] == ["Owed to the gmina", "'=1+1", 123.45, None]
    assert sheet["A2"].value == datetime(2026, 9, 7) and sheet["A2"].number_format == "yyyy-mm-dd"
    assert sheet["G2"].number_format == "#,##0.00", "a comma where Excel speaks Polish, and two places"
    assert [cell.value for cell in sheet[4]][:8] == ["Together", *[None] * 5, 123.45, 123.45]
    assert sheet.freeze_panes == "A2" and sheet.auto_filter.ref == "A1:I3" and sheet["A1"].font.bold
    assert sheet.column_dimensions["F"].width > 30


async def test_a_figure_opens_its_rows(db: Database, cast: Cast, visit: Visiting) -> None:
    async with transaction(db) as tx:
        await posted(tx, cast.niepolomice, owing(12_345, organisation=cast.acme))
    desk = visit(cast.coordinator)
    page = (await desk.get("/desk/ledger?lang=en")).text
    assert f"gmina={cast.niepolomice}&amp;first=2026-09-01&amp;last=2026-09-07&amp;account=receivable" in page
    assert "123.45" in (await desk.get("/desk/ledger?account=revenue&lang=en")).text
    assert "Nothing was posted" in (await desk.get("/desk/ledger?account=bank&lang=en")).text


@pytest.mark.parametrize(
    "query",
    ["first=9999-12-31&last=9999-12-31", "first=0001-01-01&last=0001-01-01", "last=1999-01-01", "after=x", "account=x",
     "gmina=x", "party=x", "first=x"],
)  # fmt: skip
async def test_what_makes_no_sense_is_no_fault_of_ours(cast: Cast, visit: Visiting, query: str) -> None:
    answer = await visit(cast.coordinator).get(f"/desk/ledger?{query}")
    assert answer.status_code in (200, 422)


async def test_books_that_are_wrong_are_shown_at_the_desk(db: Database, cast: Cast, visit: Visiting) -> None:
    async with transaction(db) as tx:
        await tx.execute(KEEP, cast.niepolomice, "ledger", ["entry 7: it is 1"], NOW)
    page = (await visit(cast.coordinator).get("/desk/ledger?lang=en")).text
    assert "The books do not add up" in page and "entry 7: it is 1" in page
