"""The record as a spreadsheet: every row, as a CSV file and as XLSX."""

import csv
from collections.abc import Iterator
from io import BytesIO, StringIO

from incubator.kernel.errors import N_
from incubator.kernel.period import WARSAW
from incubator.participation.record import Record, RecordRow
from incubator.web.i18n import Translator

MARK = "\ufeff"
"""Excel reads UTF-8 only behind a byte order mark."""
HEAD = (
    N_("Day"),
    N_("Time"),
    N_("Participant"),
    N_("Person"),
    N_("Edition"),
    N_("Kind"),
    N_("What"),
    N_("Minutes"),
    N_("Counted for the participant"),
    N_("Counted for its people"),
    N_("Evidence"),
    N_("Reference"),
)
KINDS = {
    "meeting": N_("meeting of the programme"),
    "mentor": N_("meeting with a mentor"),
    "milestone": N_("milestone"),
    "certificate": N_("certificate"),
}
EVIDENCE = {
    "check_in": N_("checked in"),
    "list": N_("signed list"),
    "online_log": N_("log of an online meeting"),
    "coordinator": N_("noted by the coordinator"),
    "both_sides": N_("confirmed by both sides"),
    "settled": N_("settled by the coordinator"),
    "accepted": N_("accepted by who runs the programme"),
    "issued": N_("issued"),
}
# A cell that begins so is a formula, wherever it came from (OWASP, CSV injection).
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
NOT_XML = "\ufffe\uffff"
"""Letters that are none: one of them in a cell, and Excel calls the whole file damaged."""


def as_csv(record: Record, texts: Translator) -> bytes:
    """Separated by semicolons, as Excel takes it apart where it speaks Polish."""
    written = StringIO()
    table = csv.writer(written, delimiter=";", lineterminator="\r\n")
    table.writerow([texts.gettext(title) for title in HEAD])
    table.writerows(_cells(record, texts))
    return (MARK + written.getvalue()).encode()


def as_xlsx(record: Record, texts: Translator) -> bytes:
    """One sheet, written row by row. Minutes are numbers there."""
    from openpyxl import Workbook  # loading it takes a tenth of a second

    book = Workbook(write_only=True)
    sheet = book.create_sheet(texts.gettext(N_("Record")))
    sheet.append([texts.gettext(title) for title in HEAD])
    for cells in _cells(record, texts):
        sheet.append(cells)
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def harmless(cell: str) -> str:
    """The text such that no spreadsheet takes it for a formula, and without what XLSX cannot hold."""
    plain = "".join(letter for letter in cell if (letter >= " " or letter in "\t\n\r") and letter not in NOT_XML)
    return f"'{plain}" if plain.lstrip(" ").startswith(FORMULA) else plain


def _cells(record: Record, texts: Translator) -> Iterator[list[str | int]]:
    for row in record.rows:
        yield _line(row, texts)


def _line(row: RecordRow, texts: Translator) -> list[str | int]:
    at, english = row.at.astimezone(WARSAW), texts.locale == "en"
    return [
        at.strftime("%Y-%m-%d"),
        at.strftime("%H:%M"),
        harmless(row.participant),
        harmless(row.person or ""),
        harmless((english and row.edition_en) or row.edition_pl),
        texts.gettext(KINDS[row.kind]),
        harmless((english and row.what_en) or row.what_pl),
        row.minutes,
        row.participant_minutes,
        row.people_minutes,
        texts.gettext(EVIDENCE[row.evidence]),
        row.reference,
    ]
