"""A table out of a spreadsheet: whatever encoding it was saved in, and whatever stands between its
columns. Pure; of a large file it takes a while: call it in a thread."""

import csv
from dataclasses import dataclass
from io import StringIO
from itertools import islice

from incubator.kernel.errors import N_, Invalid, TooLarge

LARGEST = 3_500_000
MOST_ROWS = 10_000
DELIMITERS = (";", ",", "\t")
COLUMNS: dict[str, tuple[str, ...]] = {
    "nip": (),
    "name": ("nazwa", "firma"),
    "sole_trader": ("jdg", "jednoosobowa"),
    "regon": (),
    "krs": (),
    "town": ("miejscowosc", "miejscowość"),
    "makes_pl": ("czym_sie_zajmuje", "opis"),
    "makes_en": ("opis_en",),
    "looking_for_pl": ("czego_szuka",),
    "looking_for_en": (),
    "offers_pl": ("co_oferuje",),
    "offers_en": (),
    "pkd_2007": ("pkd2007",),
    "pkd_2025": ("pkd2025", "pkd"),
    "specialisations": ("specjalizacje",),
    "website": ("www", "strona"),
    "email": ("e-mail", "mail"),
    "phone": ("telefon",),
}
"""Names of columns, and what else they may be called."""
NEEDED = ("nip", "name")


class FileTooLarge(TooLarge):
    """More than 3.5 MB, or more than 10,000 rows."""

    code = "import_too_large"
    sentence = N_("A file may have up to 3.5 MB and 10,000 rows. Please divide it.")


class UnreadableSheet(Invalid):
    """Bytes that are no table."""

    code = "unreadable_table"
    sentence = N_("This file is not a table that can be read: save it as CSV.")


class ColumnMissing(Invalid):
    """A column that has to be there is not. `column` is its name."""

    code = "column_missing"
    sentence = N_("The file has no column “{column}” in its first row.")

    def __init__(self, column: str) -> None:
        super().__init__()
        self.column = column


class UnknownColumn(Invalid):
    """A column that we do not know, or one that comes twice."""

    code = "unknown_column"
    sentence = N_("The column “{column}” is not known, or comes twice.")

    def __init__(self, column: str) -> None:
        super().__init__()
        self.column = column


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row by its line in the file; `cells` by the names of columns."""

    line: int
    cells: dict[str, str]
    too_long: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """`headings` are what the file calls the columns that it has, by our names; `encoding` and `delimiter` are what
    it was taken for."""

    rows: tuple[SheetRow, ...]
    headings: dict[str, str]
    encoding: str
    delimiter: str


def read_sheet(content: bytes) -> Sheet:
    """Raises FileTooLarge, UnreadableSheet, ColumnMissing, UnknownColumn."""
    if len(content) > LARGEST:
        raise FileTooLarge()
    text, encoding = _decoded(content)
    first = text.lstrip("\r\n").split("\n", 1)[0]
    delimiter = max(DELIMITERS, key=first.count)
    table = csv.reader(StringIO(text, newline=""), delimiter=delimiter)
    try:
        headings = _columns(next((row for row in table if any(cell.strip() for cell in row)), []))
        names = list(headings)
        told = (_row(names, row, table.line_num) for row in table if any(cell.strip() for cell in row))
        rows = tuple(islice(told, MOST_ROWS + 1))
    except csv.Error:
        raise UnreadableSheet() from None
    if len(rows) > MOST_ROWS:
        raise FileTooLarge()
    return Sheet(rows, headings, encoding, delimiter)


def _decoded(content: bytes) -> tuple[str, str]:
    """UTF-8 with a mark or without; what is none was saved by a Polish Windows."""
    if b"\0" in content:
        raise UnreadableSheet()
    for encoding in ("utf-8-sig", "cp1250"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding == "utf-8-sig" and not content.startswith(b"\xef\xbb\xbf"):
            encoding = "utf-8"
        return text, encoding
    raise UnreadableSheet()


def _columns(row: list[str]) -> dict[str, str]:
    known = {name: column for column, others in COLUMNS.items() for name in (column, *others)}
    found: dict[str, str] = {}
    for cell in row:
        name = known.get(cell.strip().lower().replace(" ", "_"))
        if name is None or name in found:
            raise UnknownColumn(cell.strip()[:60])
        found[name] = cell.strip()
    for name in NEEDED:
        if name not in found:
            raise ColumnMissing(name)
    return found


def _row(names: list[str], row: list[str], line: int) -> SheetRow:
    # What our own export marked as no formula comes back as it was.
    cells = {name: cell.strip().removeprefix("'").strip() for name, cell in zip(names, row, strict=False)}
    return SheetRow(line, cells, any(cell.strip() for cell in row[len(names) :]))
