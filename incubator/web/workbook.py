"""Spreadsheets (XLSX) that open ready to be read and printed: days are days and amounts numbers of zł, columns are as
wide as what is in them, the head stays in sight and is printed on each page, and each column can be filtered."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from io import BytesIO
from typing import TYPE_CHECKING

from incubator.web.spreadsheet import harmless

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NOT_XML = "\ufffe\uffff"
"""Letters that are none: one of them in a cell, and Excel calls the whole file damaged."""
AMOUNT, DAY = "#,##0.00", "yyyy-mm-dd"
LONGEST_TITLE = 31
Value = str | date | int | None
"""Text, a day, or an amount in grosz."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """`widths` of the columns are in letters. `total` stands below the rows, in bold, and no filter hides it."""

    title: str
    head: Sequence[str]
    widths: Sequence[int]
    rows: Iterable[Sequence[Value]]
    total: Sequence[Value] = ()


def workbook(sheets: Iterable[Sheet]) -> bytes:
    """Written row by row, each cell harmless."""
    from openpyxl import Workbook  # loading it takes a tenth of a second

    book = Workbook(write_only=True)
    for one in sheets:
        _write(book.create_sheet(one.title[:LONGEST_TITLE]), one)
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def _write(sheet: "Worksheet", told: Sheet) -> None:
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.properties import PageSetupProperties

    for n, width in enumerate(told.widths, start=1):
        sheet.column_dimensions[get_column_letter(n)].width = width
    sheet.freeze_panes = "A2"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", False
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.append([_cell(sheet, title, bold=True) for title in told.head])
    count = 1
    for row in told.rows:
        sheet.append([_cell(sheet, value) for value in row])
        count += 1
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(told.head))}{count}"
    if told.total:
        sheet.append([_cell(sheet, value, bold=True) for value in told.total])


def _cell(sheet: "Worksheet", value: Value, *, bold: bool = False) -> "Cell":
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font

    made = WriteOnlyCell(sheet, value=_kept(value))
    if isinstance(value, int):
        made.number_format = AMOUNT
    elif isinstance(value, date):
        made.number_format, made.alignment = DAY, Alignment(horizontal="left")
    if bold:
        made.font = Font(name="Calibri", size=11, bold=True)
    return made


def _kept(value: Value) -> str | float | datetime | None:
    """As a spreadsheet keeps it: harmless text, zł, the beginning of a day."""
    if isinstance(value, str):
        return harmless("".join(letter for letter in value if letter >= " " and letter not in NOT_XML))
    if isinstance(value, int):
        return value / 100
    return None if value is None else datetime.combine(value, time())
