"""The spreadsheet opens right where Excel speaks Polish, and runs nothing."""

import csv
from collections.abc import Callable
from io import StringIO

import httpx
import pytest

from incubator.db.engine import Database, transaction
from incubator.web.spreadsheet import MARK, harmless
from tests.cast import Cast
from tests.moments import TUESDAY
from tests.reporting.past import crowd

Visit = Callable[..., httpx.AsyncClient]
DAY = "from=2026-09-08&to=2026-09-08"


@pytest.fixture
async def crowded(db: Database, cast: Cast) -> None:
    await crowd(db, cast.room_s, cast.niepolomice, TUESDAY, organisations=6, persons=1)
    await crowd(db, cast.other_room, cast.skawina, TUESDAY, organisations=3, persons=0)


async def rows(client: httpx.AsyncClient, path: str) -> list[list[str]]:
    answer = await client.get(path)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["content-disposition"] == 'attachment; filename="use-2026-09-08-2026-09-08.csv"'
    assert answer.content.startswith(b"\xef\xbb\xbf") and b"\r\n" in answer.content
    return list(csv.reader(StringIO(answer.content.decode().removeprefix(MARK)), delimiter=";"))


async def test_the_office_gets_a_row_for_each_place(visit: Visit, cast: Cast, crowded: None) -> None:
    head, together, *rest = await rows(visit(cast.office), f"/office/use.csv?{DAY}&lang=en")
    assert head[:8] == [
        "Row", "Gmina", "Incubator", "Space", "Hours open", "Hours booked", "of these outside of opening hours",
        "Share used, %",
    ]  # fmt: skip
    assert together == ["Together", *[""] * 3, "96,00", "5,00", "0,00", "5,2", "10", "10", "0", "0", "9", "< 5"]
    assert [row[0] for row in rest] == ["Gmina", "Incubator", *["Space"] * 8, "Gmina", "Incubator", "Space"]
    assert rest[0][1:4] == ["Niepołomice", "", ""] and rest[0][12:] == ["–", "< 5"]
    joined = next(row for row in rest if row[3] == "L-A")
    assert joined[4:] == ["", "", "", "", "0", "0", "0", "0", "", ""], "its hours stand with its rooms"


async def test_a_coordinator_gets_their_own_gmina_alone(visit: Visit, cast: Cast, crowded: None) -> None:
    found = await rows(visit(cast.other_coordinator), f"/desk/use.csv?{DAY}&lang=pl")
    assert found[0][:5] == ["Wiersz", "Gmina", "Inkubator", "Miejsce", "Godziny otwarcia"]
    assert {row[1] for row in found[1:]} == {"", "Skawina"} and found[1][12:] == ["3", "0"]


async def test_names_are_no_formulas(visit: Visit, db: Database, cast: Cast) -> None:
    async with transaction(db) as tx:
        await tx.execute('UPDATE incubator SET name = \'=HYPERLINK("http://x";"y")\' WHERE id = $1', cast.las)
        await tx.execute("UPDATE space SET name_pl = '-1+1;\"\n@x' WHERE id = $1", cast.room_s)
    found = await rows(visit(cast.office), f"/office/use.csv?{DAY}&lang=pl")
    assert '\'=HYPERLINK("http://x";"y")' in {row[2] for row in found}
    assert "'-1+1;\"\n@x" in {row[3] for row in found}
    assert {len(row) for row in found} == {14}


@pytest.mark.parametrize("name", ["=1", "+1", "-1+1", "-x", "@x", "\t=1", "\r=1", "  =1", "＝1", "＠x"])
def test_what_could_be_a_formula_is_made_text(name: str) -> None:
    assert harmless(name) == f"'{name}"


@pytest.mark.parametrize("name", ["", "Sala L+A", "< 5", "–", "3,5", "Łąka"])
def test_what_is_none_stays_as_it_is(name: str) -> None:
    assert harmless(name) == name


async def test_days_that_make_no_sense_are_refused(visit: Visit, cast: Cast) -> None:
    answer = await visit(cast.office).get("/office/use.csv?from=2026-09-02&to=2026-09-01")
    assert answer.status_code == 422
