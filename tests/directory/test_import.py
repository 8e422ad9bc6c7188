"""Files of companies: read in whatever way they were saved, looked at, applied as seen or not at all."""

import asyncio
from dataclasses import replace
from datetime import date, timedelta

import pytest

from incubator.db.engine import Database, Tx, attempt, transaction
from incubator.directory.apply_import import ImportHasBadRows, ImportMoved, ImportOver, apply_import
from incubator.directory.check_rows import check_rows
from incubator.directory.desk import export_companies
from incubator.directory.imports import NoSuchImport, forget_imports
from incubator.directory.preview_import import SourceNeeded, preview_import
from incubator.directory.search import Wish, find
from incubator.directory.sheet import (
    MOST_ROWS,
    ColumnMissing,
    FileTooLarge,
    UnknownColumn,
    UnreadableSheet,
    read_sheet,
)
from incubator.directory.take_out import take_out_at_desk
from incubator.directory.views_import import ImportView
from incubator.people.actor import Actor
from incubator.people.guards import NotYours
from tests.cast import Cast, acting
from tests.directory.cast import NIPS, put_company
from tests.directory.test_search import names, nip_of
from tests.moments import NOW

HEAD = "nip;name;makes_pl;email\n"
ONE = f"{HEAD}{NIPS[0]};Żółty Wół;Sery i masło;wol@example.com\n"
DAY = date(2026, 9, 1)


async def looked_at(tx: Tx, actor: Actor, cast: Cast, text: str | bytes) -> ImportView:
    content = text.encode() if isinstance(text, str) else text
    found = check_rows(read_sheet(content))
    return await preview_import(
        tx, actor=actor, gmina_id=cast.niepolomice, found=found, source="CEIDG", source_day=DAY, now=NOW
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1250"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_a_file_is_read_however_it_was_saved(encoding: str, delimiter: str) -> None:
    sheet = read_sheet(ONE.replace(";", delimiter).encode(encoding))
    assert (sheet.encoding, sheet.delimiter) == (encoding, delimiter)
    assert sheet.rows[0].cells["name"] == "Żółty Wół" and sheet.rows[0].line == 2


def test_polish_headings_are_known_and_quotes_hold_breaks() -> None:
    sheet = read_sheet(f'NIP;Nazwa;Telefon;Opis\n{NIPS[0]};"Wół; i syn";12;"dwa\nwiersze"\n\n;;;\n'.encode())
    assert [row.cells["name"] for row in sheet.rows] == ["Wół; i syn"]


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"", ColumnMissing),
        (b"nip;makes_pl\n", ColumnMissing),
        (b"nip;name;salary\n", UnknownColumn),
        (b"nip;name;nip\n", UnknownColumn),
        (b"PK\x03\x04\x00\x00", UnreadableSheet),
        (b'nip;name\n1;"' + b"x" * 200_000, UnreadableSheet),
        (b"nip;name\n" + b"1;x\n" * (MOST_ROWS + 1), FileTooLarge),
        (b"nip;name\n" + b"1;x\n" * (MOST_ROWS + 1) + b'1;"' + b"x" * 200_000, FileTooLarge),
        (b"x" * 4_000_000, FileTooLarge),
    ],
)
def test_what_is_no_such_table_is_refused(content: bytes, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        read_sheet(content)


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("1234567890;A;;", [(2, "nip", "bad_nip")]),
        ("1111111111;A;;", [(2, "nip", "bad_nip")]),
        (";A;;", [(2, "nip", "nip_needed")]),
        (f"{NIPS[0]};;;", [(2, "name", "name_missing")]),
        (f"{NIPS[0]};A;{'x' * 2001};", [(2, "makes_pl", "text_too_long")]),
        (f"{NIPS[0]};A;;nobody", [(2, "email", "bad_email")]),
        (f"{NIPS[0]};A;;;;", [(2, "", "")]),
        (f"{NIPS[0]};A;;;more", [(2, "", "too_many_cells")]),
        (f"{NIPS[0]};A;;\n{NIPS[0]};B;;", [(3, "nip", "nip_twice")]),
        ("1;;;x", [(2, "nip", "bad_nip"), (2, "name", "name_missing"), (2, "email", "bad_email")]),
    ],
)
def test_each_bad_cell_is_told_with_its_line_and_column(row: str, told: list[tuple[int, str, str]]) -> None:
    found = check_rows(read_sheet(f"{HEAD}{row}\n".encode()))
    expected = [one for one in told if one[2]]
    assert [(one.line, one.column, one.code) for one in found.problems] == expected


def test_a_website_in_a_file_is_as_long_as_one_that_is_typed() -> None:
    long = f"https://example.com/{'x' * 100_000}"
    found = check_rows(read_sheet(f"nip;name;website\n{NIPS[0]};A;{long}\n".encode()))
    assert [(one.column, one.code) for one in found.problems] == [("website", "text_too_long")] and found.rows == []


def test_more_classes_than_fit_are_told_and_none_is_cut_off() -> None:
    many = " ".join(f"62.{n:02}.Z" for n in range(11))
    found = check_rows(read_sheet(f"nip;name;pkd_2007\n{NIPS[0]};A;{many}\n".encode()))
    assert [(one.column, one.code) for one in found.problems] == [("pkd_2007", "too_many_listed")] and found.rows == []


def test_a_sole_trader_without_an_address_cannot_be_told_and_is_refused() -> None:
    found = check_rows(read_sheet(f"nip;name;sole_trader;email\n{NIPS[0]};Anna;tak;\n".encode()))
    assert [one.code for one in found.problems] == ["cannot_be_told"] and found.rows == []


async def test_what_was_looked_at_is_applied(db: Database, tx: Tx, cast: Cast) -> None:
    desk = await acting(db, cast.coordinator)
    seen = await looked_at(tx, desk, cast, ONE)
    assert (seen.fresh, seen.changed, seen.bad) == (1, 0, 0) and (await find(tx, wish=Wish())).total == 0
    done = await apply_import(tx, actor=desk, import_id=seen.id, now=NOW)
    assert done.applied_at == NOW
    assert names(await find(tx, wish=Wish(words="serów"))) == ["Żółty Wół"]
    with pytest.raises(ImportOver):
        await apply_import(tx, actor=desk, import_id=seen.id, now=NOW)


async def test_a_sole_trader_waits(db: Database, tx: Tx, cast: Cast) -> None:
    desk = await acting(db, cast.coordinator)
    seen = await looked_at(tx, desk, cast, f"nip;name;jdg;email\n{NIPS[0]};Anna Wół;tak;a@example.com\n")
    await apply_import(tx, actor=desk, import_id=seen.id, now=NOW)
    assert (await find(tx, wish=Wish())).total == 0
    assert await tx.fetchval("SELECT state FROM directory_profile") == "waiting"


async def test_a_second_file_says_what_is_new_changed_and_the_same(db: Database, tx: Tx, cast: Cast) -> None:
    desk = await acting(db, cast.coordinator)
    row = f"{NIPS[1]};Drukarnia;Druk;d@example.com\n"
    first = await looked_at(tx, desk, cast, f"{ONE}{row}")
    await apply_import(tx, actor=desk, import_id=first.id, now=NOW)
    await put_company(tx, gmina=cast.niepolomice, name="Acme", nip=NIPS[2], organisation=cast.acme)
    text = f"{ONE.replace('masło', 'twaróg')}{row}{NIPS[2]};Acme;x;\n{NIPS[3]};Nowa;Okna;n@example.com\n"
    second = await looked_at(tx, desk, cast, text)
    assert (second.fresh, second.changed, second.unchanged, second.skipped) == (1, 1, 1, 1)
    await apply_import(tx, actor=desk, import_id=second.id, now=NOW)
    assert names(await find(tx, wish=Wish(words="twarogi"))) == ["Żółty Wół"]
    assert await tx.fetchval("SELECT makes_pl FROM directory_profile WHERE organisation_id = $1", cast.acme) != "x"


async def test_what_a_file_has_no_column_for_stays_as_it_is(db: Database, tx: Tx, cast: Cast) -> None:
    desk = await acting(db, cast.coordinator)
    whole = "nip;nazwa;jdg;opis;e-mail;telefon;pkd\n"
    first = await looked_at(tx, desk, cast, f"{whole}{NIPS[0]};Anna Wół;tak;Sery;a@example.com;12 345;62.10.B\n")
    await apply_import(tx, actor=desk, import_id=first.id, now=NOW)
    second = await looked_at(tx, desk, cast, f"nip;nazwa;opis\n{NIPS[0]};Anna Wół;Sery i masło\n")
    assert [(row.what, row.changes) for row in second.rows] == [("changed", ["makes_pl"])]
    await apply_import(tx, actor=desk, import_id=second.id, now=NOW)
    kept = await tx.fetchrow("SELECT makes_pl, email, phone, pkd_2025, sole_trader FROM directory_profile")
    assert kept and tuple(kept) == ("Sery i masło", "a@example.com", "12 345", ["62.10.B"], True)
    emptied = await looked_at(tx, desk, cast, f"nip;nazwa;telefon\n{NIPS[0]};Anna Wół;\n")
    await apply_import(tx, actor=desk, import_id=emptied.id, now=NOW)
    assert await tx.fetchval("SELECT phone FROM directory_profile") == ""


async def test_who_becomes_a_sole_trader_is_told_at_the_address_that_is_known(db: Database, tx: Tx, cast: Cast) -> None:
    desk = await acting(db, cast.coordinator)
    for turn, email in enumerate(("a@example.com", "")):
        await put_company(tx, gmina=cast.niepolomice, name=f"Firma {turn}", nip=NIPS[turn], email=email)
    rows = "".join(f"{nip};Firma;tak\n" for nip in NIPS[:3])
    seen = await looked_at(tx, desk, cast, f"nip;nazwa;JDG\n{rows}")
    assert [row.nip for row in seen.rows] == [NIPS[0]]
    assert [(one.line, one.code) for one in seen.problems] == [(3, "cannot_be_told"), (4, "cannot_be_told")]


async def test_a_wrong_cell_is_told_by_the_name_that_the_file_gives_its_column(
    db: Database, tx: Tx, cast: Cast
) -> None:
    seen = await looked_at(tx, await acting(db, cast.coordinator), cast, f"NIP;Nazwa;JDG\n{NIPS[0]};Anna;może\n")
    assert [(one.column, one.heading) for one in seen.problems] == [("sole_trader", "JDG")]


async def test_nothing_of_a_file_with_a_bad_row_is_taken_over(db: Database, tx: Tx, cast: Cast) -> None:
    desk = await acting(db, cast.coordinator)
    seen = await looked_at(tx, desk, cast, f"{ONE}123;Zła;;\n")
    assert seen.bad == 1 and seen.problems[0].line == 3
    with pytest.raises(ImportHasBadRows):
        await apply_import(tx, actor=desk, import_id=seen.id, now=NOW)
    assert await tx.fetchval("SELECT count(*) FROM directory_profile") == 0


async def test_what_changed_since_it_was_looked_at_is_not_written_over(db: Database, tx: Tx, cast: Cast) -> None:
    desk = await acting(db, cast.coordinator)
    first = await looked_at(tx, desk, cast, ONE)
    await apply_import(tx, actor=desk, import_id=first.id, now=NOW)
    second = await looked_at(tx, desk, cast, ONE.replace("masło", "twaróg"))
    third = await looked_at(tx, desk, cast, ONE.replace("masło", "śmietana"))
    await apply_import(tx, actor=desk, import_id=second.id, now=NOW)
    with pytest.raises(ImportMoved):
        await apply_import(tx, actor=desk, import_id=third.id, now=NOW)


async def test_who_had_themselves_taken_out_is_not_brought_back(db: Database, tx: Tx, cast: Cast) -> None:
    desk = await acting(db, cast.coordinator)
    key = await put_company(tx, gmina=cast.niepolomice)
    await take_out_at_desk(tx, actor=desk, profile_id=key, now=NOW)
    seen = await looked_at(tx, desk, cast, ONE)
    assert (seen.fresh, seen.skipped) == (0, 1)
    await apply_import(tx, actor=desk, import_id=seen.id, now=NOW)
    assert (await find(tx, wish=Wish())).total == 0


async def test_a_company_of_another_gmina_is_told_as_such(db: Database, tx: Tx, cast: Cast) -> None:
    await put_company(tx, gmina=cast.skawina)
    seen = await looked_at(tx, await acting(db, cast.coordinator), cast, ONE)
    assert [one.code for one in seen.problems] == ["stands_elsewhere"]


async def test_an_import_is_the_business_of_its_gmina(db: Database, tx: Tx, cast: Cast) -> None:
    desk, other = await acting(db, cast.coordinator), await acting(db, cast.other_coordinator)
    seen = await looked_at(tx, desk, cast, ONE)
    with pytest.raises(NoSuchImport):
        await apply_import(tx, actor=other, import_id=seen.id, now=NOW)
    with pytest.raises(NotYours):
        await looked_at(tx, other, cast, ONE)
    with pytest.raises(SourceNeeded):
        await preview_import(tx, actor=desk, gmina_id=cast.niepolomice, found=check_rows(read_sheet(ONE.encode())),
            source="CEIDG", source_day=NOW.date() + timedelta(days=1), now=NOW)  # fmt: skip


async def test_a_file_is_not_kept_longer_than_a_day(db: Database, tx: Tx, cast: Cast) -> None:
    desk = await acting(db, cast.coordinator)
    seen = await looked_at(tx, desk, cast, ONE)
    with pytest.raises(ImportOver):
        await apply_import(tx, actor=desk, import_id=seen.id, now=NOW + timedelta(days=1, minutes=1))
    await forget_imports(tx, now=NOW + timedelta(days=2))
    assert await tx.fetchval("SELECT count(*) FROM directory_import") == 0


async def test_of_imports_that_race_for_a_company_one_wins(db: Database, cast: Cast) -> None:
    """Each with companies of its own besides; those of who lost are not there."""
    desk = await acting(db, cast.coordinator)
    async with transaction(db) as tx:
        files = [f"{ONE}{nip_of(turn)};Firma {turn};x;f{turn}@example.com\n" for turn in range(8)]
        seen = [await looked_at(tx, desk, cast, text) for text in files]

    async def applied(one: ImportView) -> bool:
        try:
            await attempt(db, lambda tx: apply_import(tx, actor=desk, import_id=one.id, now=NOW))
        except ImportMoved:
            return False
        return True

    won = await asyncio.gather(*(applied(one) for one in seen))
    assert sum(won) == 1
    async with transaction(db) as tx:
        assert (await find(tx, wish=Wish())).total == 2


async def test_ten_thousand_rows_are_taken_over_whole(db: Database, cast: Cast) -> None:
    desk = await acting(db, cast.coordinator)
    rows = "".join(
        f"{nip_of(turn)};Firma {turn};Produkcja rzeczy numer {turn};f{turn}@example.com\n" for turn in range(MOST_ROWS)
    )
    async with transaction(db) as tx:
        seen = await looked_at(tx, desk, cast, HEAD + rows)
        assert (seen.fresh, seen.bad) == (MOST_ROWS, 0) and len(seen.rows) == 200
        await apply_import(tx, actor=desk, import_id=seen.id, now=NOW)
        assert await tx.fetchval("SELECT count(*) FROM directory_entry") == MOST_ROWS


async def test_the_export_is_read_again_and_holds_no_formula(db: Database, tx: Tx, cast: Cast) -> None:
    desk = await acting(db, cast.coordinator)
    await put_company(
        tx, gmina=cast.niepolomice, name="=HYPERLINK(1)", makes_pl="+1", offers="@x", pkd_2025=["10.71.Z"]
    )
    await put_company(tx, gmina=cast.skawina, name="Obca", nip=NIPS[1])
    content = await export_companies(tx, actor=desk, gmina_id=cast.niepolomice)
    assert b"'=HYPERLINK" in content and "Obca" not in content.decode()
    seen = await looked_at(tx, desk, cast, content)
    assert (seen.unchanged, seen.changed, seen.bad) == (1, 0, 0), replace(seen, rows=[])
    with pytest.raises(NotYours):
        await export_companies(tx, actor=await acting(db, cast.other_coordinator), gmina_id=cast.niepolomice)
