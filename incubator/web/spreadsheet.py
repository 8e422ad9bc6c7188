"""CSV files that open right with a double click where Excel speaks Polish: it takes a file apart at
semicolons there (the comma is in the numbers), and reads it as UTF-8 only behind a byte order mark."""

import csv
import re
from collections.abc import Iterable, Sequence
from io import StringIO

MARK = "\ufeff"
# A cell that begins so is a formula, wherever it came from (OWASP, CSV injection).
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
# No formula, though it begins like one.
BELOW_ZERO = re.compile(r"-[0-9]+([.,][0-9]+)?")


def csv_file(rows: Iterable[Sequence[str]], *, harmless_already: bool = False) -> bytes:
    """The rows as a file in UTF-8, every cell harmless; or `harmless_already`, where amounts begin with a minus."""
    written = StringIO()
    table = csv.writer(written, delimiter=";", lineterminator="\r\n")
    table.writerows(row if harmless_already else [harmless(cell) for cell in row] for row in rows)
    return (MARK + written.getvalue()).encode()


def harmless(cell: str) -> str:
    """The text such that no spreadsheet takes it for a formula."""
    if BELOW_ZERO.fullmatch(cell):
        return cell
    return f"'{cell}" if cell.lstrip(" ").startswith(FORMULA) else cell
