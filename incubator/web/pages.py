"""Pages: templates, and the few formats that people read times in.

Templates get plain values: the view they are given, the texts, who asks, and the form token.
"""

from datetime import date, datetime, time
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from babel.dates import format_date
from jinja2 import Environment, FileSystemLoader, PrefixLoader, StrictUndefined
from litestar import Request, Response
from litestar.enums import MediaType
from litestar.template.base import csrf_token

from incubator.kernel.errors import N_
from incubator.kernel.period import WARSAW, Period
from incubator.web.amounts import as_typed, euro, zloty
from incubator.web.flash import COOKIE as FLASH
from incubator.web.flash import flashes
from incubator.web.i18n import LOCALES, locale_of, translator

ROOT = Path(__file__).parents[1]
STATIC = Path(__file__).parent / "static"
DAY_FORMS = {
    "full": "EEEE, d MMMM y",
    "short": "EEE d MMM",
    "date": "d MMM y",
    "day": "d MMM",
    "month": "LLLL y",
    "weekday": "EEEE",
    "brief": "EEE",
    "iso": "yyyy-MM-dd",
}
DAY_MINUTES = 1440
YEAR = 365 * 24 * 3600
MIDNIGHT = time(0)
LAST_MINUTES = (MIDNIGHT, time(23, 59))
"""When a whole day ends: the clocks of forms know no 24:00."""


@cache
def environment() -> Environment:
    """Every feature's `templates/` under the feature's name: `bookings/mine.html`."""
    folders = {path.parent.name: FileSystemLoader(path) for path in ROOT.glob("*/templates")}
    return Environment(
        loader=PrefixLoader(folders),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.do", "jinja2.ext.loopcontrols"],
    )


def page(request: Request[Any, Any, Any], template: str, *, status: int = 200, **view: Any) -> Response[str]:
    """`template` filled with `view`, in the reader's language. A language chosen with `?lang=` stays
    chosen; what the last act had to say is said and forgotten."""
    answer = Response(
        environment().get_template(template).render(**context(request), **view),
        status_code=status,
        media_type=MediaType.HTML,
        headers={"Vary": "Cookie, Accept-Language, HX-Request", "Cache-Control": "no-store"},
    )
    chosen = request.query_params.get("lang")
    if chosen in LOCALES:
        remember_language(request, answer, chosen)
    if FLASH in request.cookies:
        answer.delete_cookie(FLASH)
    return answer


def remember_language(request: Request[Any, Any, Any], answer: Response[Any], locale: str) -> None:
    """Keep a chosen language in this browser for a year."""
    secure = request.app.state.settings.secure
    answer.set_cookie(key="lang", value=locale, max_age=YEAR, httponly=True, samesite="lax", secure=secure)


def context(request: Request[Any, Any, Any]) -> dict[str, Any]:
    """What every template may use."""
    locale = locale_of(request)
    return {
        **in_words(locale),
        "actor": request.scope.get("user"),
        "path": request.url.path,
        "here": _here(request),
        "demo": request.app.state.settings.demo,
        "flashes": flashes(request),
        "static": static,
        "csrf_token": csrf_token({"request": request}),
        "htmx": request.headers.get("hx-request") == "true",
        "written_day": lambda text: show_written_day(text, locale),
    }


def in_words(locale: str) -> dict[str, Any]:
    """What every template may use, of pages, papers and letters alike: the texts, and how times and amounts are written."""
    texts = translator(locale)
    return {
        "_": texts.gettext,
        "ngettext": texts.ngettext,
        "locale": locale,
        "day": lambda value, form="full": show_day(value, locale, form),
        "time": show_time,
        "length": lambda minutes: show_length(minutes, locale),
        "in_hours": lambda minutes: show_hours(minutes, locale),
        "span": lambda value: show_span(value, locale),
        "money": lambda minor: zloty(minor, locale),
        "typed_money": as_typed,
        "euro": lambda cents: euro(cents, locale),
        "in_locale": lambda thing, name: getattr(thing, f"{name}_{locale}", "") or getattr(thing, f"{name}_pl"),
    }


@cache
def static(name: str) -> str:
    """The address of a static file, which changes when the file does, so that it may be kept."""
    return f"/static/{name}?{sha256((STATIC / name).read_bytes()).hexdigest()[:10]}"


def show_day(value: date | datetime, locale: str, form: str = "full") -> str:
    """A day as Warsaw sees it: `full` "Monday, 23 November 2026", `short` "Mon 23 Nov"."""
    if isinstance(value, datetime):
        value = value.astimezone(WARSAW).date()
    pattern = DAY_FORMS[form]
    return format_date(value, pattern, locale=locale)


def show_written_day(text: str, locale: str) -> str:
    """A day that somebody answered as "2026-10-15", as we show days; anything else as it stands."""
    try:
        return show_day(date.fromisoformat(text), locale, "date")
    except ValueError:
        return text


def show_time(value: datetime) -> str:
    """The clock in Warsaw, 24 hours."""
    return value.astimezone(WARSAW).strftime("%H:%M")


def show_length(minutes: int, locale: str) -> str:
    """How long something is: "45 min", "2 h 30 min", whole days as "3 days"."""
    days, rest = divmod(minutes, DAY_MINUTES)
    if days and not rest:
        return translator(locale).ngettext("{n} day", "{n} days", days).format(n=days)
    return show_hours(minutes, locale)


def show_hours(minutes: int, locale: str) -> str:
    """Time that is used, worked or granted, of which a day is not 24 hours: "45 min", "2 h 30 min", "72 h"."""
    texts, (hours, rest) = translator(locale), divmod(minutes, 60)
    if not hours:
        return texts.gettext(N_("{n} min")).format(n=minutes)
    return texts.gettext(N_("{h} h {m} min") if rest else N_("{n} h")).format(n=hours, h=hours, m=rest)


def show_span(period: Period, locale: str) -> str:
    """A period in one line; the day is said once when it starts and ends on the same one, and no
    hours where it is whole days, the last included."""
    start, end = period.start.astimezone(WARSAW), period.end.astimezone(WARSAW)
    if start.time() == MIDNIGHT and end.time() in LAST_MINUTES:
        days = [*period.local_days()]
        return _show_days(days[0], days[-1], locale)
    if start.date() == end.date():
        return f"{show_day(start, locale, 'short')}, {show_time(start)}–{show_time(end)}"
    return (
        f"{show_day(start, locale, 'short')}, {show_time(start)} – {show_day(end, locale, 'short')}, {show_time(end)}"
    )


def _show_days(first: date, last: date, locale: str) -> str:
    """Whole days; the year is said where it changes in between."""
    if first == last:
        return f"{show_day(first, locale, 'short')}, {translator(locale).gettext(N_('all day'))}"
    form = "short" if first.year == last.year else "date"
    return f"{show_day(first, locale, form)} – {show_day(last, locale, form)}"


def _here(request: Request[Any, Any, Any]) -> str:
    """Path and query without `lang`, for the language switch to come back to. Always on this site:
    what a browser would take for another's name, //x or /\\x, may stand in a mistyped address."""
    path = "/" + quote(request.url.path.lstrip("/"))
    kept = urlencode([(k, v) for k, v in request.query_params.multi_items() if k != "lang"])
    return f"{path}?{kept}&" if kept else f"{path}?"
