"""MT940, the statement that every bank can write. The library takes the file apart; what Polish banks put into
field 86 (who, from where, what for) is in numbered parts behind a sign that each bank chooses."""

import re
from datetime import date
from decimal import Decimal

import mt940

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

TITLE = ("20", "21", "22", "23", "24", "25", "26")
# Some banks name the payer in 32 and 33, others in 27 to 29.
NAMES = (("32", "33"), ("27", "28", "29"))
SIGN = re.compile(r"^\d{3}\s*([~<?^|>/])")


def looks_like(text: str) -> bool:
    return bool(re.search(r"^(\{1:.*)?:20:", text, re.MULTILINE) and re.search(r"^:61:", text, re.MULTILINE))


def read_mt940(text: str) -> BankFile:
    """Raises BankFileTooLarge, UnreadableBankFile."""
    if text.count("\n:61:") > MOST_ROWS:
        raise BankFileTooLarge()
    try:
        told = [dict(one.data) for one in mt940.parse(text)]
    except (ValueError, RuntimeError, ArithmeticError, LookupError, AttributeError, TypeError):
        # It takes a wrong file in many ways; each of them says the same.
        raise UnreadableBankFile() from None
    rows: list[BankRow] = []
    problems: list[BankProblem] = []
    for turn, one in enumerate(told, start=1):
        read = _read(turn, one)
        if isinstance(read, BankProblem):
            problems.append(read)
        elif read is not None:
            rows.append(read)
    skipped = len(told) - len(rows) - len(problems)
    return BankFile("mt940", told_apart(rows), tuple(problems), skipped)


def _read(turn: int, told: dict[str, object]) -> BankRow | BankProblem | None:
    amount, day = told.get("amount"), told.get("entry_date") or told.get("date")
    if not isinstance(amount, mt940.models.Amount) or not isinstance(amount.amount, Decimal):
        return BankProblem(line=turn, what="amount")
    if amount.amount <= 0:
        return None
    if amount.currency not in ("PLN", None):
        return BankProblem(line=turn, what="currency")
    grosz = int(amount.amount * 100)
    if grosz > MOST:
        return BankProblem(line=turn, what="amount")
    if not isinstance(day, date) or not 2000 <= day.year < 2100:
        return BankProblem(line=turn, what="day")
    parts = _parts(str(told.get("transaction_details") or ""))
    return BankRow(
        line=turn,
        booked_on=date(day.year, day.month, day.day),
        amount=grosz,
        payer=tidy(next((name for names in NAMES if (name := _of(parts, names, " "))), "")),
        iban=account_in(parts.get("38", "")) or account_in(parts.get("31", "")),
        title=tidy(_of(parts, TITLE, "") or parts.get("", "")),
    )


def _parts(details: str) -> dict[str, str]:
    """The numbered parts of field 86; all of it under "" where there are none."""
    lines = details.split("\n")
    found = next((match for line in lines if (match := SIGN.match(line))), None)
    if found is None:
        return {"": " ".join(lines)}
    told: dict[str, str] = {}
    for part in "".join(lines).split(found[1])[1:]:
        told[part[:2]] = told.get(part[:2], "") + part[2:]
    return told


def _of(parts: dict[str, str], names: tuple[str, ...], between: str) -> str:
    return between.join(parts[name] for name in names if parts.get(name))
