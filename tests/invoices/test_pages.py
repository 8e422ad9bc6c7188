"""Pages, papers and files of invoices, as people ask for them."""

import zipfile
from collections.abc import Callable
from csv import reader
from datetime import datetime
from io import BytesIO

import httpx
import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from incubator.db.engine import Database, attempt, statement, transaction
from incubator.invoices import bundle
from incubator.invoices.correct_invoice import correct_invoice
from incubator.invoices.document import Address, Buyer
from incubator.invoices.issue_invoice import issue_advance, issue_invoice
from incubator.invoices.views import InvoiceView
from tests.browsing import post_form
from tests.cast import Cast, acting
from tests.conftest import NOW
from tests.invoices.cast import issue, of_resident, of_skawina, open_for_invoices, sale
from tests.invoices.documents import SCHOOL, line
from tests.invoices.schema import faults

Visit = Callable[..., httpx.AsyncClient]
DESK = "/desk/gminas/niepolomice/invoices"


async def sent(client: httpx.AsyncClient, path: str, form: str, version: int = 1, **typed: str) -> httpx.Response:
    return await post_form(client, path, {"form": form, "version": str(version), **typed})


async def correct(db: Database, cast: Cast, first: InvoiceView, refund: int) -> InvoiceView:
    actor = await acting(db, cast.coordinator)
    given = {"invoice_id": first.id, "refund": refund, "reason": "Zwrot", "now": NOW}
    return await attempt(db, lambda tx: correct_invoice(tx, actor=actor, **given))


async def test_an_owner_says_whom_invoices_name_and_is_told_what_is_wrong(
    visit: Visit, db: Database, cast: Cast
) -> None:
    owner, path = visit(cast.owner), f"/organisations/{cast.acme}/invoices"
    shown = await owner.get(path)
    assert 'value="5261040828"' in shown.text, "the NIP that is known here is filled in"
    typed = {"name": "Acme sp. z o.o.", "line1": "Leśna 4"}
    for nip in ("", "5261040827", "1111111111"):
        wrong = await sent(owner, path, "buyer", 0, **typed, nip=nip)
        assert wrong.status_code == 422 and 'value="Leśna 4"' in wrong.text
    assert (await sent(owner, path, "buyer", 0, **typed, nip="526-104-08-28")).headers["location"] == "/me/invoices"
    assert (await sent(owner, path, "buyer", 0, **typed, nip="5261040828")).status_code == 412


async def test_a_person_sees_their_invoices_and_saves_them(visit: Visit, db: Database, cast: Cast) -> None:
    await open_for_invoices(db, cast)
    made, foreign = await issue(db, of_resident(cast)), await issue(db, sale(cast))
    resident = visit(cast.resident)
    listed = (await resident.get("/me/invoices?lang=en")).text
    assert made.number in listed and foreign.number not in listed and "437.10" in listed
    assert "Anna Kowalska" in (await resident.get(f"/invoices/{made.id}")).text
    assert (await resident.get(f"/invoices/{foreign.id}")).status_code == 404
    file = await resident.get(f"/invoices/{made.id}/invoice.xml")
    assert file.headers["content-disposition"] == 'attachment; filename="faktura-las-2026-1.xml"'
    assert faults(file.content) == []


async def test_the_paper_is_polish_and_says_all_that_the_law_asks(visit: Visit, db: Database, cast: Cast) -> None:
    """art. 106e ust. 1: day, number, both parties with address and NIP, day of sale, name, measure, price, net, rate,
    sums by rate, tax, total; and the provision where it is exempt."""
    await open_for_invoices(db, cast)
    made = await issue(db, sale(cast))
    text = await paper(visit(cast.member), made)
    for said in (
        "Faktura las/2026/1",
        "Wystawiono 7 wrz 2026",
        "4 wrz 2026",
        "Gmina Niepołomice",
        "Plac Zwycięstwa 13",
        "NIP 6830010031",
        "Acme sp. z o.o.",
        "Leśna 4",
        "NIP 5261040828",
        "LAS Open Space",
        "Sala L, kolejne godziny",
        "2,5 godz.",
        "60,00 zł",
        "150,00 zł",
        "290,33 zł",
        "66,77 zł",
        "zw.",
        "437,10 zł",
        "Zapłacono 3 wrz 2026, przelewem",
        "art. 43 ust. 1 pkt 29 lit. c",
    ):
        assert said in text, said


async def test_the_paper_of_a_correction_says_before_and_after(visit: Visit, db: Database, cast: Cast) -> None:
    await open_for_invoices(db, cast)
    made = await correct(db, cast, await issue(db, sale(cast)), 43710)
    text = await paper(visit(cast.owner), made)
    for said in (
        "Faktura korygująca las/2026/2",
        "Do faktury las/2026/1",
        "Powód: Zwrot",
        "Przed korektą",
        "Po korekcie",
    ):
        assert said in text, said
    assert "-437,10 zł" in text and "Do zwrotu: 437,10 zł" in text


async def test_the_paper_of_an_advance_and_of_a_school_and_a_long_one(visit: Visit, db: Database, cast: Cast) -> None:
    await open_for_invoices(db, cast)
    desk = visit(cast.coordinator)
    advance = await attempt(db, lambda tx: issue_advance(tx, sale=sale(cast), now=NOW))
    assert "Zamówienie" in await paper(desk, advance)
    school = await attempt(db, lambda tx: issue_invoice(tx, sale=sale(cast), buyer=SCHOOL, now=NOW))
    assert "Szkoła Podstawowa nr 2" in await paper(desk, school)
    lines = tuple(line(f"Sala L, {n} września", 6000, "2.5") for n in range(1, 121))
    long = await issue(db, sale(cast, lines=lines))
    pages = PdfReader(BytesIO((await desk.get(f"/invoices/{long.id}/invoice.pdf")).content)).pages
    assert len(pages) > 2
    assert all("las/2026/3" in page.extract_text() for page in pages), "each page says whose it is"


async def paper(client: httpx.AsyncClient, made: InvoiceView) -> str:
    answer = await client.get(f"/invoices/{made.id}/invoice.pdf?lang=en")
    assert answer.headers["content-type"] == "application/pdf"
    told = " ".join(page.extract_text() for page in PdfReader(BytesIO(answer.content)).pages)
    return " ".join(told.split())


async def test_the_desk_sees_its_month_with_sums_corrections_taken_off(visit: Visit, db: Database, cast: Cast) -> None:
    await open_for_invoices(db, cast)
    first, foreign = await issue(db, sale(cast)), await issue(db, of_skawina(cast))
    await issue(db, of_resident(cast))
    await correct(db, cast, first, 43710)
    shown = (await visit(cast.coordinator).get(f"{DESK}?month=2026-09&lang=en")).text
    assert foreign.number not in shown
    assert [shown.count(said) for said in ("las/2026/1<", "las/2026/3<", "370.33\u00a0zł")] == [1, 1, 4]
    assert "No invoice was issued" in (await visit(cast.coordinator).get(f"{DESK}?month=2026-08&lang=en")).text
    for nonsense in ("x", "2026-13", "9999-12", "0001-01"):
        assert (await visit(cast.coordinator).get(DESK, params={"month": nonsense})).status_code == 200


async def test_a_gmina_says_who_it_is_by_a_form(visit: Visit, db: Database, cast: Cast) -> None:
    desk = visit(cast.coordinator)
    assert f'href="{DESK}/seller"' in (await desk.get(DESK)).text
    typed = {"from_day": "2026-09-01", "name": "Gmina Niepołomice", "line1": "Plac Zwycięstwa 13"}
    assert (await sent(desk, f"{DESK}/seller", "seller", 0, **typed, nip="123")).status_code == 422
    assert (await sent(desk, f"{DESK}/seller", "seller", 0, **typed, nip="6830010031")).status_code == 303
    assert (await sent(desk, f"{DESK}/seller", "seller", 0, **typed, nip="6830010031")).status_code == 412
    unit = {"incubator_id": str(cast.las), "internal_id": "6830010031-00012"}
    assert (await sent(desk, f"{DESK}/seller", "unit", 0, **unit)).status_code == 303
    assert (await sent(desk, f"{DESK}/seller", "unit", 0, **unit)).status_code == 412
    assert (await sent(desk, f"{DESK}/seller", "unit", incubator_id="x")).status_code == 422
    shown = (await desk.get(f"{DESK}/seller")).text
    assert "Plac Zwycięstwa 13" in shown and 'value="6830010031-00012"' in shown
    assert (await desk.get("/desk/invoices")).headers["location"] == DESK


async def test_the_desk_notes_the_ksef_number_and_corrects(visit: Visit, db: Database, cast: Cast) -> None:
    await open_for_invoices(db, cast)
    made = await issue(db, sale(cast))
    desk, path = visit(cast.coordinator), f"/desk/invoices/{made.id}"
    for wrong in (
        {"refund": "x", "reason": "Zwrot"},
        {"refund": "0", "reason": "Zwrot"},
        {"refund": "1", "reason": ""},
    ):
        assert (await sent(desk, path, "correct", **wrong)).status_code == 422
    assert (await sent(desk, path, "correct", refund="437,11", reason="Zwrot")).status_code == 409
    done = await sent(desk, path, "correct", refund="1 00,10 zł", reason="Zwrot")
    assert done.status_code == 303
    correction = done.headers["location"]
    shown = (await desk.get(f"{correction}?lang=en")).text
    assert "-100.10" in shown and f'href="{path}"' in shown
    xml = correction.removeprefix("/desk") + "/invoice.xml"
    assert (await desk.get(xml)).status_code == 409
    assert xml not in shown and "waits for the KSeF number" in shown, "nothing leads to what there is not yet"
    number = "6830010031-20260907-0100A0-B1C2D3-5F"
    assert (await sent(desk, path, "ksef", ksef_number=number)).status_code == 303
    assert number.encode() in (await desk.get(xml)).content
    assert xml in (await desk.get(correction)).text
    assert number in (await desk.get(path)).text


async def test_the_register_opens_in_a_spreadsheet_and_its_cells_are_harmless(
    visit: Visit, db: Database, cast: Cast
) -> None:
    await open_for_invoices(db, cast)
    evil = Buyer(name='=HYPERLINK("x")', address=Address(line1="Rynek 1"))
    first = await attempt(db, lambda tx: issue_invoice(tx, sale=of_resident(cast), buyer=evil, now=NOW))
    await correct(db, cast, first, 100)
    desk = visit(cast.coordinator)
    told = (await desk.get(f"{DESK}/register.csv?month=2026-09&lang=pl")).content.decode("utf-8-sig")
    head, one, correction = reader(told.splitlines(), delimiter=";")
    assert (head[0], head[16], one[16], correction[16]) == ("Numer", "Brutto", "437,10", "-1,00")
    assert (one[5], correction[2]) == ('\'=HYPERLINK("x")', "las/2026/1")
    book = load_workbook(BytesIO((await desk.get(f"{DESK}/register.xlsx?month=2026-09")).content))
    rows = list(book.worksheets[0].iter_rows(values_only=True))
    assert [row[16] for row in rows[1:]] == [437.1, -1, 436.1]
    assert rows[1][3] == datetime(2026, 9, 7) and rows[-1][0] in ("Razem", "Together")


async def test_the_bundle_holds_what_is_to_be_sent_and_says_what_waits(
    visit: Visit, db: Database, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    await open_for_invoices(db, cast)
    first = await issue(db, sale(cast))
    await correct(db, cast, first, 100)
    await issue(db, of_resident(cast))
    desk, path = visit(cast.coordinator), f"{DESK}/ksef.zip?month=2026-09&lang=pl"
    one, same = (await desk.get(path)).content, (await desk.get(path)).content
    assert one == same
    files = zipfile.ZipFile(BytesIO(one))
    assert files.namelist() == ["faktura-las-2026-1.xml", "faktura-las-2026-3.xml", "czeka.txt"]
    assert "las/2026/2 → las/2026/1" in files.read("czeka.txt").decode()
    assert all(faults(files.read(name)) == [] for name in files.namelist() if name.endswith("xml"))
    async with transaction(db) as tx:
        await tx.execute("UPDATE invoice SET ksef_number = 'x', ksef_noted_at = now() WHERE id = $1", first.id)
    later = zipfile.ZipFile(BytesIO((await desk.get(path)).content)).namelist()
    assert later == ["faktura-las-2026-2.xml", "faktura-las-2026-3.xml"]
    monkeypatch.setattr(bundle, "MOST", 2)
    assert (await desk.get(path)).status_code == 413


async def test_another_gminas_desk_sees_nothing(visit: Visit, db: Database, cast: Cast) -> None:
    await open_for_invoices(db, cast)
    made = await issue(db, sale(cast))
    other = visit(cast.other_coordinator)
    for path in (DESK, f"{DESK}/seller", f"{DESK}/register.csv", f"{DESK}/ksef.zip", f"/desk/invoices/{made.id}"):
        assert (await other.get(path)).status_code == 403, path
    assert (await other.get(f"/invoices/{made.id}/invoice.pdf")).status_code == 404
    async with statement(db) as tx:
        assert await tx.fetchval("SELECT count(*) FROM invoice") == 1
