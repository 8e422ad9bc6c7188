"""What a row of a file has to be before it may become a company in the directory. Pure: every row is
looked at to its end, so that a file is put right in one go. Takes a while: call it in a thread."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import msgspec

from incubator.directory.rules import clean_classes, web_address
from incubator.directory.sheet import Sheet, SheetRow
from incubator.kernel.errors import N_, Invalid, Refusal
from incubator.people import rules as people_rules

LONGEST, MOST_LISTED = 2000, 10
YES, NO = frozenset({"tak", "t", "yes", "y", "1", "true", "x"}), frozenset({"", "nie", "n", "no", "0", "false"})


class ImportRow(msgspec.Struct, frozen=True, kw_only=True):
    """A good row, and what it meets: `what` is "new", "changed", "unchanged", "own" (the company keeps its
    profile itself) or "objected"; `changes` are the columns that change; `seen` is the version of the profile
    `profile_id` that it was compared to."""

    line: int
    nip: str
    name: str
    sole_trader: bool = False
    regon: str | None = None
    krs: str | None = None
    town: str = ""
    makes_pl: str = ""
    makes_en: str = ""
    looking_for_pl: str = ""
    looking_for_en: str = ""
    offers_pl: str = ""
    offers_en: str = ""
    pkd_2007: list[str] = []
    pkd_2025: list[str] = []
    specialisations: list[str] = []
    website: str = ""
    email: str = ""
    phone: str = ""
    what: str = "new"
    changes: list[str] = []
    profile_id: str = ""
    seen: int = 0


class RowProblem(msgspec.Struct, frozen=True, kw_only=True):
    """What is wrong where; `heading` is what the file calls the column. `sentence` is a msgid, filled with `data`."""

    line: int
    column: str
    heading: str = ""
    code: str
    sentence: str
    data: dict[str, str] = {}


class NipNeeded(Invalid):
    code = "nip_needed"
    sentence = N_("Each company needs its NIP here, so that it is known again.")


class NipTwice(Invalid):
    code = "nip_twice"
    sentence = N_("This NIP stands in line {first} already.")

    def __init__(self, first: int) -> None:
        super().__init__()
        self.first = str(first)


class CannotBeTold(Invalid):
    """A sole trader is a person, and a person is told where their data comes from (RODO, art. 14)."""

    code = "cannot_be_told"
    sentence = N_("A sole trader has to be told that they will stand here: without an e-mail address they cannot be taken in.")  # fmt: skip


class NeitherYesNorNo(Invalid):
    code = "neither_yes_nor_no"
    sentence = N_("Please write yes or no.")


class TextTooLong(Invalid):
    code = "text_too_long"
    sentence = N_("This text is too long: up to {most} characters.")

    def __init__(self, most: int) -> None:
        super().__init__()
        self.most = str(most)


class TooManyListed(Invalid):
    code = "too_many_listed"
    sentence = N_("There are too many in one cell: up to {most}.")

    def __init__(self, most: int) -> None:
        super().__init__()
        self.most = str(most)


class BadPhone(Invalid):
    code = "bad_phone"
    sentence = N_("This is not a phone number.")


class TooManyCells(Invalid):
    code = "too_many_cells"
    sentence = N_(
        "This row has more cells than the first one has columns. Put texts that hold the separator into quotes."
    )


@dataclass(slots=True)
class Checked:
    """What was found in a file; `headings` as in Sheet."""

    headings: dict[str, str]
    rows: list[ImportRow] = field(default_factory=list)
    problems: list[RowProblem] = field(default_factory=list)


def check_rows(sheet: Sheet) -> Checked:
    """The good rows, and what is wrong with the others."""
    found, lines = Checked(sheet.headings), dict[str, int]()
    for row in sheet.rows:
        problems, values = _row(row)
        nip = values.get("nip")
        if nip and nip in lines:
            problems.append(problem(row.line, "nip", NipTwice(lines[nip])))
        elif nip:
            lines[nip] = row.line
        found.problems += problems
        if not problems:
            found.rows.append(ImportRow(line=row.line, **values))
    return found


def problem(line: int, column: str, refusal: Refusal) -> RowProblem:
    """A refusal, as it stands beside a row."""
    data = {name: str(value) for name, value in vars(refusal).items()}
    return RowProblem(line=line, column=column, code=refusal.code, sentence=refusal.sentence, data=data)


def _row(row: SheetRow) -> tuple[list[RowProblem], dict[str, Any]]:
    problems: list[RowProblem] = []
    values: dict[str, Any] = {}
    if row.too_long:
        problems.append(problem(row.line, "", TooManyCells()))
    for column, check in CHECKS.items():
        try:
            values[column] = check(row.cells.get(column, ""))
        except Refusal as refusal:
            problems.append(problem(row.line, column, refusal))
    # Where the file has no such column, what is known of the company may have one.
    if values.get("sole_trader") and "email" in row.cells and not values.get("email", "x"):
        problems.append(problem(row.line, "email", CannotBeTold()))
    return problems, values


def _nip(text: str) -> str:
    found = people_rules.nip(text)
    if found is None:
        raise NipNeeded()
    return found


def _yes(text: str) -> bool:
    if text.lower() not in YES | NO:
        raise NeitherYesNorNo()
    return text.lower() in YES


def _text(most: int) -> Callable[[str], str]:
    def clean(text: str) -> str:
        if len(text) > most:
            raise TextTooLong(most)
        return text

    return clean


def _line(text: str) -> str:
    return " ".join(_text(200)(text).split())


def _phone(text: str) -> str:
    if not re.fullmatch(r"[0-9+() -]{0,40}", text):
        raise BadPhone()
    return text


def _listed(text: str) -> list[str]:
    found = [each for each in re.split(r"[\s,;|]+", text) if each]
    if len(found) > MOST_LISTED:
        raise TooManyListed(MOST_LISTED)
    return found


def _classes(edition: int) -> Callable[[str], list[str]]:
    return lambda text: clean_classes(_listed(text), edition=edition, clean=people_rules.pkd)


CHECKS: dict[str, Callable[[str], Any]] = {
    "nip": _nip,
    "name": people_rules.name,
    "sole_trader": _yes,
    "regon": people_rules.regon,
    "krs": people_rules.krs,
    "town": _line,
    **{f"{what}_{locale}": _text(LONGEST) for what in ("makes", "looking_for", "offers") for locale in ("pl", "en")},
    "pkd_2007": _classes(2007),
    "pkd_2025": _classes(2025),
    "specialisations": _listed,
    "website": lambda text: web_address(_line(text)),
    "email": lambda text: people_rules.email_address(text) if text else "",
    "phone": _phone,
}
