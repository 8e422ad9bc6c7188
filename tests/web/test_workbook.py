"""Spreadsheets that open ready to be read."""

from datetime import date, datetime
from io import BytesIO

from openpyxl import load_workbook

from incubator.web.workbook import Sheet, workbook


def test_days_are_days_amounts_are_numbers_and_what_people_wrote_is_no_formula() -> None:
    rows = [(date(2026, 10, 1), "Ścieżki", 123_456), (date(2026, 10, 2), "=1+1\x07\uffff", -5), (None, "", None)]
    total = ("Razem", "", 123_451)
    told = Sheet(title="Księga " * 9, head=("Dzień", "Kto", "Ma"), widths=(12, 42, 14), rows=rows, total=total)
    (sheet,) = load_workbook(BytesIO(workbook([told]))).worksheets
    assert len(sheet.title) == 31
    assert [tuple(cell.value for cell in row) for row in sheet.iter_rows()] == [
        ("Dzień", "Kto", "Ma"),
        (datetime(2026, 10, 1), "Ścieżki", 1234.56),
        (datetime(2026, 10, 2), "'=1+1", -0.05),
        (None, None, None),
        ("Razem", None, 1234.51),
    ]
    assert (sheet["A2"].number_format, sheet["C3"].number_format) == ("yyyy-mm-dd", "#,##0.00")
    assert sheet.auto_filter.ref == "A1:C4", "the sums are not filtered away"
    assert sheet.print_title_rows == "$1:$1" and sheet.column_dimensions["B"].width == 42


def test_nothing_is_a_spreadsheet_too() -> None:
    told = Sheet(title="Księga", head=("Dzień",), widths=(12,), rows=())
    (sheet,) = load_workbook(BytesIO(workbook([told]))).worksheets
    assert sheet.max_row == 1
