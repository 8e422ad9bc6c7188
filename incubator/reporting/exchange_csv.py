"""What knowledge exchange comes to as a spreadsheet: one row for everything together, each gmina, the office."""

from collections.abc import Iterator

from incubator.kernel.errors import N_
from incubator.reporting.exchange_rows import Exchanged, ExchangeReport
from incubator.reporting.outcomes import Figure
from incubator.reporting.small_cells import FEWEST, Shown
from incubator.web.i18n import Translator
from incubator.web.spreadsheet import csv_file

HEAD = (
    N_("Row"),
    N_("Sessions held"),
    N_("Called off"),
    N_("To come"),
    N_("Workshops"),
    N_("Meetups"),
    N_("Lectures"),
    N_("Consultations"),
    N_("Market days"),
    N_("Demo days"),
    N_("Places"),
    N_("Registered"),
    N_("Came"),
    N_("Hours there"),
    N_("Certificates"),
    N_("Topics asked"),
    N_("Topics answered"),
    N_("Readers of the newsletter"),
    N_("Companies in the directory"),
)


def exchange_csv(report: ExchangeReport, texts: Translator) -> bytes:
    return csv_file([[texts.gettext(title) for title in HEAD], *_rows(report, texts)])


def _rows(report: ExchangeReport, texts: Translator) -> Iterator[list[str]]:
    yield [texts.gettext("Together"), *_cells(report.together)]
    for row in report.rows:
        yield [row.gmina or texts.gettext("Metropolis office"), *_cells(row)]


def _cells(row: Exchanged) -> list[str]:
    kinds = row.kinds
    sessions = (row.held, row.called_off, row.ahead, kinds.workshop, kinds.meetup, kinds.lecture, kinds.consultation)
    return [
        *map(str, (*sessions, kinds.market, kinds.demo_day, row.places)),
        _count(row.registered),
        _count(row.came),
        _hours(row.minutes),
        _count(row.certificates),
        str(row.topics_asked),
        str(row.topics_answered),
        _count(row.readers) if row.readers else "",
        "" if row.companies is None else str(row.companies),
    ]


def _count(figure: Figure) -> str:
    if figure.count is not None:
        return str(figure.count)
    return f"< {FEWEST}" if figure.shown == Shown.FEW else "–"


def _hours(figure: Figure) -> str:
    return "–" if figure.count is None else f"{figure.count / 60:.2f}".replace(".", ",")
