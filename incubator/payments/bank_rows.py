"""Transfers that came in, as a bank's file says them. Pure; of a large file it takes a while: call it in a thread."""

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import msgspec

from incubator.kernel.errors import N_, Invalid, TooLarge

LARGEST = 3_500_000
MOST_ROWS = 10_000
MOST = 100_000_000_00


class BankFileTooLarge(TooLarge):
    """More than 3.5 MB, or more than 10,000 rows."""

    code = "bank_file_too_large"
    sentence = N_("A bank's file may have up to 3.5 MB and 10,000 rows. Please export a shorter time.")


class UnreadableBankFile(Invalid):
    """Neither a table with a day and an amount nor MT940."""

    code = "unreadable_bank_file"
    sentence = N_("This file cannot be read: export it from the bank as CSV with column names, or as MT940.")


class BankRow(msgspec.Struct, frozen=True, kw_only=True):
    """A transfer that came in; `line` is where it stands in the file. `hash` tells it from every other."""

    line: int
    booked_on: date
    amount: int
    payer: str
    iban: str
    title: str
    hash: str = ""


class BankProblem(msgspec.Struct, frozen=True, kw_only=True):
    """What cannot be read in a line: its "day", its "amount", or a "currency" that is not PLN."""

    line: int
    what: str


@dataclass(frozen=True, slots=True)
class BankFile:
    """`form` is "csv" or "mt940"; `skipped` counts what went out of the account."""

    form: str
    rows: tuple[BankRow, ...]
    problems: tuple[BankProblem, ...]
    skipped: int


def told_apart(rows: Iterable[BankRow]) -> tuple[BankRow, ...]:
    """Each with its hash: of all that the bank says, and of its turn among those that are alike, so that two
    equal transfers of a day are two, and the same file twice is the same."""
    turns: Counter[tuple[object, ...]] = Counter()
    told: list[BankRow] = []
    for row in rows:
        facts = (row.booked_on.isoformat(), row.amount, row.payer, row.iban, row.title)
        turns[facts] += 1
        made = hashlib.sha256(msgspec.json.encode([*facts, turns[facts]])).hexdigest()
        told.append(msgspec.structs.replace(row, hash=made))
    return tuple(told)


def tidy(text: str, most: int = 500) -> str:
    """On one line, without what PostgreSQL does not store."""
    return " ".join(text.replace("\0", "").split())[:most]


def account_in(text: str) -> str:
    """The number of an account without its spaces; nothing where it is none."""
    plain = "".join(text.split()).strip("'\"").upper().removeprefix("PL")
    return f"PL{plain}" if len(plain) == 26 and plain.isascii() and plain.isdigit() else ""
