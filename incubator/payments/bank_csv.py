"""The CSV files of Polish banks: each has its own columns, and lines above and below them."""

import csv
import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from io import StringIO

from incubator.payments.bank_rows import (
    MOST,
    MOST_ROWS,
    BankFile,
    BankFileTooLarge,
    BankProblem,
    BankRow,
    UnreadableBankFile,
    account_in,
    tidy,
    told_apart,
)

# The first name that a file has counts: the day it was booked before the day of the order.
COLUMNS: dict[str, tuple[str, ...]] = {
    "booked_on": ("data księgowania", "data zaksięgowania", "data operacji", "data transakcji", "data waluty", "data", "date"),
    "amount": ("kwota operacji", "kwota transakcji", "kwota w walucie rachunku", "kwota", "uznania", "amount"),
    "payer": ("dane kontrahenta", "nadawca/odbiorca", "nadawca / odbiorca", "nadawca", "kontrahent", "dane nadawcy", "payer"),
    "iban": ("rachunek kontrahenta", "numer rachunku kontrahenta", "nr rachunku kontrahenta", "rachunek nadawcy", "numer rachunku nadawcy", "nr konta nadawcy", "numer konta", "numer rachunku", "nr rachunku", "account"),
    "title": ("tytuł operacji", "tytuł transakcji", "tytuł", "tytułem", "szczegóły", "opis operacji", "opis transakcji", "opis", "title"),
    "currency": ("waluta operacji", "waluta transakcji", "waluta rachunku", "waluta", "currency"),
}  # fmt: skip
NEEDED = ("booked_on", "amount")
DELIMITERS = (";", ",", "\t", "|")
DAYS = (
    re.compile(r"(?P<y>\d{4})[-./](?P<m>\d{1,2})[-./](?P<d>\d{1,2})"),
    re.compile(r"(?P<d>\d{1,2})[-./](?P<m>\d{1,2})[-./](?P<y>\d{4})"),
    re.compile(r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})"),
)
AMOUNT = re.compile(r"([+-]?)(\d{1,12})(?:[.,](\d{1,2}))?")
SPACES = re.compile(r"[\s\u00a0\u202f'’]+")


def read_csv(text: str) -> BankFile:
    """Raises BankFileTooLarge, UnreadableBankFile."""
    rows, (names, first) = _table(text)
    found: list[BankRow] = []
    problems: list[BankProblem] = []
    skipped = 0
    for line, cells in rows[first + 1 :]:
        told = {name: cells[at] for name, at in names.items() if at < len(cells)}
        read = _read(line, told)
        if isinstance(read, BankProblem):
            problems.append(read)
        elif read is None:
            skipped += day_in(told.get("booked_on", "").strip()) is not None
        else:
            found.append(read)
    return BankFile("csv", told_apart(found), tuple(problems), skipped)


def _table(text: str) -> tuple[list[tuple[int, list[str]]], tuple[dict[str, int], int]]:
    """The lines, each with its number, and where the columns are and begin: by the delimiter that finds most."""
    best: tuple[list[tuple[int, list[str]]], tuple[dict[str, int], int]] | None = None
    for delimiter in DELIMITERS:
        rows = _lines(text, delimiter)
        head = _head([cells for _, cells in rows])
        if head is not None and (best is None or len(head[0]) > len(best[1][0])):
            best = rows, head
    if best is None:
        raise UnreadableBankFile()
    return best


def _lines(text: str, delimiter: str) -> list[tuple[int, list[str]]]:
    table = csv.reader(StringIO(text, newline=""), delimiter=delimiter)
    rows: list[tuple[int, list[str]]] = []
    try:
        for cells in table:
            rows.append((table.line_num, cells))
            if len(rows) > MOST_ROWS + 100:
                raise BankFileTooLarge()
    except csv.Error:
        return []
    return rows


def _head(rows: Sequence[Sequence[str]]) -> tuple[dict[str, int], int] | None:
    for at, row in enumerate(rows[:100]):
        said = [re.sub(r"\s+", " ", cell.strip().strip("#'\"").strip().lower()) for cell in row]
        names = {
            name: said.index(known[0])
            for name, others in COLUMNS.items()
            if (known := [other for other in others if other in said])
        }
        if all(name in names for name in NEEDED):
            return names, at
    return None


def _read(line: int, told: dict[str, str]) -> BankRow | BankProblem | None:
    """A transfer that came in; what is wrong with it; or nothing where it is none."""
    day, amount = told.get("booked_on", "").strip(), told.get("amount", "")
    if not day or not amount.strip():  # what banks write below the table
        return None
    booked_on = day_in(day)
    if booked_on is None:
        return BankProblem(line=line, what="day") if _grosz(amount) is not None else None
    grosz = _grosz(amount)
    if grosz is None:
        return BankProblem(line=line, what="amount")
    if grosz <= 0:
        return None
    if told.get("currency", "").strip().upper() not in ("", "PLN", "ZŁ"):
        return BankProblem(line=line, what="currency")
    words = {name: tidy(told.get(name, "")) for name in ("payer", "title")}
    return BankRow(line=line, booked_on=booked_on, amount=grosz, iban=account_in(told.get("iban", "")), **words)


def day_in(text: str) -> date | None:
    """A day as banks write it; None for what is none of this century."""
    for form in DAYS:
        found = form.match(text)
        if found:
            try:
                day = date(int(found["y"]), int(found["m"]), int(found["d"]))
            except ValueError:
                return None
            return day if 2000 <= day.year < 2100 else None
    return None


def _grosz(text: str) -> int | None:
    plain = SPACES.sub("", text).upper().removesuffix("PLN").removesuffix("ZŁ").replace("\u2212", "-")
    if re.fullmatch(r"[+-]?\d{1,3}(\.\d{3})+,\d{1,2}|[+-]?\d{1,3}(,\d{3})+\.\d{1,2}", plain):
        plain = (
            plain.replace(plain[-3] if plain[-3] in ".," else plain[-2], "#")
            .replace(",", "")
            .replace(".", "")
            .replace("#", ".")
        )
    found = AMOUNT.fullmatch(plain)
    if found is None:
        return None
    grosz = int(Decimal(f"{found[2]}.{found[3] or '0'}") * 100)
    return None if grosz > MOST else -grosz if found[1] == "-" else grosz
