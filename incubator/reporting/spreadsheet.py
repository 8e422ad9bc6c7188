"""Use of the places as a spreadsheet: one row for everything together, each gmina, incubator and space.

Made to open right with a double click where Excel speaks Polish: it takes a CSV file apart at
semicolons there (the comma is in the numbers), and reads it as UTF-8 only behind a byte order mark.
So hours have a decimal comma, in English as well. Programs take the JSON instead.
"""

from collections.abc import Iterator

from incubator.bookings.use import Use
from incubator.kernel.errors import N_
from incubator.reporting.small_cells import FEWEST, Seen, Shown
from incubator.reporting.use import Report, Who, share_used
from incubator.web.i18n import Translator
from incubator.web.spreadsheet import csv_file

HEAD = (
    N_("Row"),
    N_("Gmina"),
    N_("Incubator"),
    N_("Space"),
    N_("Hours open"),
    N_("Hours booked"),
    N_("of these outside of opening hours"),
    N_("Share used, %"),
    N_("Bookings"),
    N_("Came"),
    N_("Nobody came"),
    N_("Cancelled"),
    N_("Organisations"),
    N_("Private persons"),
)


def spreadsheet(report: Report, texts: Translator) -> bytes:
    """The whole report as a CSV file in UTF-8."""
    return csv_file([[texts.gettext(title) for title in HEAD], *_rows(report, texts)])


def _rows(report: Report, texts: Translator) -> Iterator[list[str]]:
    yield [texts.gettext("Together"), "", "", "", *_figures(report.use), *_who(report.who)]
    for gmina in report.gminas:
        name = gmina.there.name
        yield [texts.gettext("Gmina"), name, "", "", *_figures(gmina.use), *_who(gmina.who)]
        for incubator in gmina.incubators:
            place = [name, incubator.there.name]
            yield [texts.gettext("Incubator"), *place, "", *_figures(incubator.use), *_who(incubator.who)]
            for space in incubator.spaces:
                called = (texts.locale == "en" and space.there.name_en) or space.there.name_pl
                figures = _figures(space.use)
                if space.there.joined:  # its hours stand with its parts
                    figures[:4] = [""] * 4
                yield [texts.gettext("Space"), *place, called, *figures, "", ""]


def _figures(use: Use) -> list[str]:
    share = share_used(use)
    return [
        _hours(use.open_minutes),
        _hours(use.booked_minutes),
        _hours(use.outside_minutes),
        "" if share is None else _decimal(share * 100, 1),
        *map(str, (use.bookings, use.came, use.stayed_away, use.cancelled)),
    ]


def _hours(minutes: int) -> str:
    return _decimal(minutes / 60, 2)


def _decimal(number: float, places: int) -> str:
    return f"{number:.{places}f}".replace(".", ",")


def _who(who: Who) -> list[str]:
    return [_count(who.organisations), _count(who.persons)]


def _count(seen: Seen) -> str:
    return f"< {FEWEST}" if seen.shown == Shown.FEW else "–" if seen.count is None else str(seen.count)
