"""The timesheet as a table for a spreadsheet: the rows, then the sums. Minutes are whole numbers, money
has a decimal comma."""

from collections.abc import Iterator

from incubator.kernel.errors import N_
from incubator.mentoring.timesheet import Row, Timesheet
from incubator.web.i18n import Translator
from incubator.web.pages import show_day, show_time
from incubator.web.spreadsheet import csv_file

HEAD = (N_("What"), N_("Day"), N_("from"), N_("until"), N_("With whom"), N_("Topic"), N_("Contract"), N_("Minutes"), N_("Amount in zł"))  # fmt: skip
COUNTED, WAITING, MISSED = N_("Confirmed meeting"), N_("Not confirmed yet"), N_("Missed")
BY_CONTRACT, BY_STARTUP, TOGETHER = N_("Sum of a contract"), N_("Sum of a startup"), N_("Together")


def timesheet_csv(sheet: Timesheet, texts: Translator) -> bytes:
    """In the reader's language."""
    return csv_file([[texts.gettext(title) for title in HEAD], *_rows(sheet, texts)])


def _rows(sheet: Timesheet, texts: Translator) -> Iterator[list[str]]:
    for what, rows in ((COUNTED, sheet.rows), (WAITING, sheet.open), (MISSED, sheet.missed)):
        yield from (_row(texts.gettext(what), row, texts) for row in rows)
    for one in sheet.by_contract:
        told = one.contract or texts.gettext("without a contract")
        yield [texts.gettext(BY_CONTRACT), "", "", "", "", "", told, str(one.minutes), _zloty(one.amount_minor)]
    for startup in sheet.by_startup:
        yield [texts.gettext(BY_STARTUP), "", "", "", startup.who, "", "", str(startup.minutes), ""]
    yield [texts.gettext(TOGETHER), "", "", "", "", "", "", str(sheet.minutes), _zloty(sheet.amount_minor)]


def _row(what: str, row: Row, texts: Translator) -> list[str]:
    topic = row.topic_pl if texts.locale == "pl" else row.topic_en
    when = [show_day(row.start, texts.locale, "iso"), show_time(row.start), show_time(row.end)]
    return [what, *when, row.who, topic, row.contract or "", str(row.minutes), ""]


def _zloty(minor: int) -> str:
    return f"{minor // 100},{minor % 100:02}"
