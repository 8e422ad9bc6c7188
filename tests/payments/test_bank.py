"""Files of banks, and what their transfers were for."""

import asyncio
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from incubator.db.engine import Database, attempt, statement, transaction
from incubator.kernel.errors import Refusal
from incubator.payments.bank_rows import BankFileTooLarge, UnreadableBankFile
from incubator.payments.import_bank_file import (
    BankFileHasProblems,
    BankFileOver,
    NoSuchBankFile,
    forget_bank_files,
    import_bank_file,
    preview_bank_file,
)
from incubator.payments.locked import NoSuchCharge
from incubator.payments.match_certain import match_certain, waiting_lines
from incubator.payments.match_payment import LineUsedUp, NoSuchLine, WrongAmount, match_payment, set_aside
from incubator.payments.queries import payments_of
from incubator.payments.queries_bank import bank_lines
from incubator.payments.read_bank_file import read_bank_file
from incubator.payments.unmatch import unmatch
from incubator.people.guards import NotYours
from tests.cast import Cast, acting
from tests.moments import NOW
from tests.payments.money import charged
from tests.payments.test_charges import stands

MBANK = """mBank S.A. Bankowość Detaliczna;
#Klient;
GMINA NIEPOŁOMICE;

#Data księgowania;#Data operacji;#Opis operacji;#Tytuł;#Nadawca/Odbiorca;#Numer konta;#Kwota;#Saldo po operacji;
2026-09-07;2026-09-06;PRZELEW PRZYCHODZĄCY;"INK 0000013 sala L";"ZOFIA ŁĘCKA  UL. KWIATOWA 1";'27114020040000300201355387';1 123,00;2 000,00;
2026-09-07;2026-09-07;OPŁATA;"prowizja";"";'';-5,00;1 995,00;

;;;;;#Saldo końcowe;1 995,00;
"""
ING = """"Lista transakcji"
"Data transakcji","Data księgowania","Dane kontrahenta","Tytuł","Nr rachunku","Kwota transakcji","Waluta"
07.09.2026,08.09.2026,"Acme sp. z o.o.","INK 0000021","PL 27 1140 2004 0000 3002 0135 5387","50.5",PLN
"""
MT940 = """:20:MT940
:25:PL61109010140000071219812874
:28C:00001/001
:60F:C260907PLN1000,00
:61:2609070907C123,00FTRFNONREF
:86:020
020~00OTRZYMANY PRZELEW
~20INK 0000013 sala
~21 L dwie godziny
~3010901014
~310000071219812899
~32ZOFIA LECKA
~33UL. KWIATOWA 1 KRAKOW
~38PL27114020040000300201355387
:61:2609080908D50,00FTRFNONREF
:86:020~00OPLATA~20prowizja
:61:2609080908C7,50FTRFNONREF
:86:bez pol, tylko tekst
:62F:C260908PLN1080,50
-
"""
KNOWN = "PL27114020040000300201355387"


def rows(content: str, encoding: str = "utf-8") -> list[tuple[object, ...]]:
    read = read_bank_file(content.encode(encoding))
    assert read.problems == ()
    return [(row.booked_on, row.amount, row.payer, row.iban, row.title) for row in read.rows]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1250"])
def test_a_csv_file_is_read_with_lines_above_and_below_it(encoding: str) -> None:
    assert rows(MBANK, encoding) == [
        (date(2026, 9, 7), 112_300, "ZOFIA ŁĘCKA UL. KWIATOWA 1", KNOWN, "INK 0000013 sala L")
    ]
    assert read_bank_file(MBANK.encode(encoding)).skipped == 1


def test_a_csv_file_of_another_bank_is_read() -> None:
    assert rows(ING) == [(date(2026, 9, 8), 5_050, "Acme sp. z o.o.", KNOWN, "INK 0000021")]


def test_mt940_is_read() -> None:
    assert rows(MT940) == [
        (date(2026, 9, 7), 12_300, "ZOFIA LECKA UL. KWIATOWA 1 KRAKOW", KNOWN, "INK 0000013 sala L dwie godziny"),
        (date(2026, 9, 8), 750, "", "", "bez pol, tylko tekst"),
    ]
    assert read_bank_file(MT940.replace("~", "<").encode("cp1250")).rows == read_bank_file(MT940.encode()).rows


@pytest.mark.parametrize(
    ("typed", "grosz"),
    [
        ("1.234,50", 123_450),
        ("1,234.50", 123_450),
        ("12,5", 1_250),
        ("+7", 700),
        ("1\u00a0000,00 PLN", 100_000),
        ("0,01 zł", 1),
    ],
)
def test_amounts_are_read_as_banks_write_them(typed: str, grosz: int) -> None:
    assert read_bank_file(f"Data;Kwota\n2026-09-07;{typed}\n".encode()).rows[0].amount == grosz


@pytest.mark.parametrize(
    ("row", "what"),
    [
        ("2026-02-30;1,00;PLN", "day"),
        ("1999-01-01;1,00;PLN", "day"),
        ("wczoraj;1,00;PLN", "day"),
        ("2026-09-07;sto;PLN", "amount"),
        ("2026-09-07;1,234;PLN", "amount"),
        ("2026-09-07;999999999999,00;PLN", "amount"),
        ("2026-09-07;1,00;EUR", "currency"),
    ],
)
def test_what_cannot_be_read_is_said_with_its_line(row: str, what: str) -> None:
    read = read_bank_file(f"Data;Kwota;Waluta\n2026-09-06;1,00;PLN\n{row}\n".encode())
    assert [(one.line, one.what) for one in read.problems] == [(3, what)]
    assert len(read.rows) == 1


@pytest.mark.parametrize(
    "content", [b"", b"\0", b"x" * 4_000_000, b"a;b;c\n1;2;3\n", b":20:x\n:61:nonsense\n", b"\x81\x83\x88"]
)
def test_what_is_no_file_of_a_bank_is_refused(content: bytes) -> None:
    with pytest.raises((UnreadableBankFile, BankFileTooLarge)):
        read_bank_file(content)


@settings(max_examples=300)
@given(
    content=st.binary(max_size=300)
    | st.text(max_size=300).map(lambda t: f":20:x\n:61:{t}".encode())
    | st.text(max_size=200).map(lambda t: f"Data;Kwota\n{t}".encode())
)
def test_whatever_is_sent_is_read_or_refused(content: bytes) -> None:
    try:
        read = read_bank_file(content)
    except Refusal:
        return
    assert all(row.amount > 0 and "\0" not in row.title for row in read.rows)


def test_two_equal_transfers_are_two_and_the_same_file_is_the_same() -> None:
    twice = "Data;Kwota;Tytuł\n2026-09-07;5,00;sala\n2026-09-07;5,00;sala\n"
    first, second = read_bank_file(twice.encode()).rows
    assert first.hash != second.hash
    assert [one.hash for one in read_bank_file(twice.encode("cp1250")).rows] == [first.hash, second.hash]


def csv_of(*lines: tuple[str, str, str]) -> bytes:
    body = "".join(f"2026-09-07;{amount};{title};{payer}\n" for amount, title, payer in lines)
    return f"Data;Kwota;Tytuł;Nadawca\n{body}".encode()


async def taken_over(db: Database, cast: Cast, content: bytes) -> int:
    desk = await acting(db, cast.coordinator)
    async with transaction(db) as tx:
        found = read_bank_file(content)
        seen = await preview_bank_file(tx, actor=desk, gmina_id=cast.niepolomice, found=found, now=NOW)
        return await import_bank_file(tx, actor=desk, import_id=seen.id, now=NOW)


async def test_the_same_file_twice_changes_nothing(db: Database, cast: Cast) -> None:
    content = csv_of(("5,00", "sala", "Jan"), ("5,00", "sala", "Jan"), ("7,00", "sala", "Ewa"))
    assert await taken_over(db, cast, content) == 3
    assert await taken_over(db, cast, content) == 0
    assert await taken_over(db, cast, content + b"2026-09-08;9,00;sala;Ewa\n") == 1


async def test_the_same_file_sent_by_many_at_once_is_taken_over_once(db: Database, cast: Cast) -> None:
    content = csv_of(*[(f"{n},00", "sala", "Jan") for n in range(1, 30)])
    told = await asyncio.gather(*(taken_over(db, cast, content) for _ in range(6)))
    assert sum(told) == 29


async def test_a_file_is_looked_at_before_it_counts(db: Database, cast: Cast) -> None:
    desk = await acting(db, cast.coordinator)
    async with transaction(db) as tx:
        charge = await charged(tx, cast)
        found = read_bank_file(csv_of(("123,00", charge.title, "Jan"), ("1,00", "x", "Jan")))
        told = {"actor": desk, "gmina_id": cast.niepolomice, "now": NOW}
        seen = await preview_bank_file(tx, found=found, **told)
        assert [(one.known, [each.why for each in one.suggestions]) for one in seen.rows] == [
            (False, ["number"]),
            (False, []),
        ]
        assert await bank_lines(tx, gmina_id=cast.niepolomice, state=None) == []
        for who in (cast.other_coordinator, cast.member):
            with pytest.raises(NotYours):
                await preview_bank_file(tx, found=found, **{**told, "actor": await acting(db, who)})
            with pytest.raises(NoSuchBankFile):
                await import_bank_file(tx, actor=await acting(db, who), import_id=seen.id, now=NOW)
        with pytest.raises(BankFileOver):
            await import_bank_file(tx, actor=desk, import_id=seen.id, now=NOW + timedelta(days=2))
        assert await import_bank_file(tx, actor=desk, import_id=seen.id, now=NOW) == 2
        with pytest.raises(BankFileOver):
            await import_bank_file(tx, actor=desk, import_id=seen.id, now=NOW)
        assert await tx.fetchval("SELECT rows::text FROM bank_import") == "[]", "names are kept in one place"


async def test_nothing_is_taken_over_by_halves(db: Database, cast: Cast) -> None:
    desk = await acting(db, cast.coordinator)
    async with transaction(db) as tx:
        found = read_bank_file(csv_of(("1,00", "x", "Jan"), ("sto", "x", "Jan")))
        seen = await preview_bank_file(tx, actor=desk, gmina_id=cast.niepolomice, found=found, now=NOW)
        with pytest.raises(BankFileHasProblems):
            await import_bank_file(tx, actor=desk, import_id=seen.id, now=NOW)
        assert await bank_lines(tx, gmina_id=cast.niepolomice, state=None) == []
        await forget_bank_files(tx, now=NOW + timedelta(hours=23))
        assert await tx.fetchval("SELECT count(*) FROM bank_import") == 1
        await forget_bank_files(tx, now=NOW + timedelta(days=2))
        assert await tx.fetchval("SELECT count(*) FROM bank_import") == 0


async def test_what_is_certain_is_counted_at_once_and_the_rest_waits(db: Database, cast: Cast) -> None:
    desk = await acting(db, cast.coordinator)
    async with transaction(db) as tx:
        one, two, three = [await charged(tx, cast) for _ in range(3)]
        elsewhere = await charged(tx, cast, skawina=True)
        assert elsewhere.number == one.number
    lines = (
        ("123,00", one.title.lower().replace(" ", ""), "Jan"),
        ("100,00", two.title, "Jan"),
        ("123,00", "za sale", "Jan"),
        ("123,00", f"{two.title} {three.title}", "Jan"),
    )
    assert await taken_over(db, cast, csv_of(*lines)) == 4
    async with transaction(db) as tx:
        assert await match_certain(tx, actor=desk, gmina_id=cast.niepolomice, now=NOW) == 1
        assert await match_certain(tx, actor=desk, gmina_id=cast.niepolomice, now=NOW) == 0
        (payment,) = await payments_of(tx, charge_id=one.id)
        assert (payment.amount, payment.received_on) == (12_300, date(2026, 9, 7))
        left = await waiting_lines(tx, gmina_id=cast.niepolomice, limit=50)
        assert len(left) == 3
        with pytest.raises(NotYours):
            await match_certain(tx, actor=await acting(db, cast.other_coordinator), gmina_id=cast.niepolomice, now=NOW)
        await stands(tx, cast)


async def test_one_transfer_may_pay_two_charges_and_no_more_than_it_is(db: Database, cast: Cast) -> None:
    desk = await acting(db, cast.coordinator)
    await taken_over(db, cast, csv_of(("200,00", "obie sale", "Jan")))
    async with transaction(db) as tx:
        one, two = await charged(tx, cast), await charged(tx, cast)
        elsewhere = await charged(tx, cast, skawina=True)
        (line,) = await bank_lines(tx, gmina_id=cast.niepolomice, state="waiting")
        told = {"actor": desk, "line_id": line.id, "now": NOW}
        with pytest.raises(NoSuchCharge):
            await match_payment(tx, charge_id=elsewhere.id, **told)
        with pytest.raises(WrongAmount):
            await match_payment(tx, charge_id=one.id, amount=0, **told)
        paid = await match_payment(tx, charge_id=one.id, amount=12_300, **told)
        assert paid.state == "paid"
        with pytest.raises(LineUsedUp):
            await match_payment(tx, charge_id=two.id, amount=7_701, **told)
        with pytest.raises(LineUsedUp):
            await set_aside(tx, actor=desk, line_id=line.id, aside=True, now=NOW)
        assert (await match_payment(tx, charge_id=two.id, **told)).outstanding == 4_600
        with pytest.raises(LineUsedUp):
            await match_payment(tx, charge_id=two.id, **told)
        (payment,) = await payments_of(tx, charge_id=one.id)
        await unmatch(tx, actor=desk, charge_id=one.id, payment_id=payment.id, seen=None, now=NOW)
        (line,) = await bank_lines(tx, gmina_id=cast.niepolomice, state="matched")
        assert line.left == 12_300
        await stands(tx, cast)


async def test_one_transfer_counted_by_many_at_once_is_counted_once(db: Database, cast: Cast) -> None:
    desk = await acting(db, cast.coordinator)
    await taken_over(db, cast, csv_of(("123,00", "sala", "Jan")))
    async with transaction(db) as tx:
        charges = [await charged(tx, cast) for _ in range(8)]
        (line,) = await bank_lines(tx, gmina_id=cast.niepolomice, state="waiting")
    told = await asyncio.gather(
        *(
            attempt(
                db,
                lambda tx, charge=charge: match_payment(tx, actor=desk, line_id=line.id, charge_id=charge.id, now=NOW),
            )
            for charge in charges
        ),
        return_exceptions=True,
    )
    assert [type(one) for one in told].count(LineUsedUp) == 7
    async with statement(db) as tx:
        assert await tx.fetchval("SELECT used FROM bank_line") == 12_300
        await stands(tx, cast)


async def test_a_transfer_for_nothing_of_ours_is_set_aside(db: Database, cast: Cast) -> None:
    desk, other = await acting(db, cast.coordinator), await acting(db, cast.other_coordinator)
    await taken_over(db, cast, csv_of(("123,00", "czynsz", "Jan")))
    async with transaction(db) as tx:
        (line,) = await bank_lines(tx, gmina_id=cast.niepolomice, state="waiting")
        with pytest.raises(NoSuchLine):
            await set_aside(tx, actor=other, line_id=line.id, aside=True, now=NOW)
        await set_aside(tx, actor=desk, line_id=line.id, aside=True, now=NOW)
        assert await bank_lines(tx, gmina_id=cast.niepolomice, state="waiting") == []
        assert (await set_aside(tx, actor=desk, line_id=line.id, aside=False, now=NOW)).state == "waiting"
