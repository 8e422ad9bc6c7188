"""What a subscriber chooses of a feed, by the query of its address: the language it is written in, from which day to
which, which kinds of entries, of which topics and in which languages, and how long what was cancelled is told of.

Parameters that a feed does not know are let be: people add them to get round caches. So are kinds and languages beside
others that it knows: an address lives longer than they do.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from hashlib import blake2b
from re import fullmatch
from urllib.parse import parse_qs

from incubator.calendars.window import AHEAD, BACK, CANCELLED_FOR, Window, window_at
from incubator.kernel.errors import N_, Invalid
from incubator.web.i18n import LOCALES

LONGEST = timedelta(days=3 * 366)
FIRST, LAST = date(2000, 1, 1), date(2100, 1, 1)
USUAL = BACK + AHEAD
MOST_DAYS, MOST_NAMES, LONGEST_NAME = 90, 10, 60
SPOKEN = ("en", "pl", "uk")


class UnknownLanguage(Invalid):
    """A feed in a language that the house does not speak."""

    code = "unknown_calendar_language"
    sentence = N_("Calendars come in Polish (lang=pl) and English (lang=en).")


class CalendarDates(Invalid):
    """Days that are none, or too far from each other."""

    code = "calendar_dates"
    sentence = N_(
        "Choose a first and a last day (from=2026-09-01, to=2026-12-31), in order and at most three years apart."
    )


class CalendarCancelled(Invalid):
    """Not a number of days for which what was cancelled can be told of."""

    code = "calendar_cancelled"
    sentence = N_("Choose for how many days cancelled entries stay: 0 to 90 (cancelled=30).")


class CalendarNames(Invalid):
    """Kinds, topics or languages that this calendar does not know, or too many. `named` is the parameter."""

    code = "calendar_names"
    sentence = N_("This calendar cannot be chosen by “{named}” in this way. It knows: {known}.")

    def __init__(self, named: str, known: Collection[str]) -> None:
        super().__init__()
        self.named, self.known = named, ", ".join(sorted(known)) or "–"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """`first` and `last` are days in Warsaw, both included. Empty tuples choose everything. Two queries that mean
    the same are equal."""

    locale: str | None = None
    first: date | None = None
    last: date | None = None
    kinds: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    cancelled_for: timedelta = CANCELLED_FOR

    @property
    def tag(self) -> str:
        """Stands for all of them but the language in a validator; empty for none."""
        chosen = [
            f"{one.name}={getattr(self, one.name)}" for one in fields(self) if getattr(self, one.name) != one.default
        ]
        told = "\n".join(one for one in chosen if not one.startswith("locale="))
        return blake2b(told.encode(errors="surrogatepass"), digest_size=8).hexdigest() if told else ""

    def window(self, now: datetime) -> Window:
        return Window(window_at(now).monday, self.first, self.last, self.cancelled_for)


NONE = Choices()


def choices_in(query: bytes, *, kinds: Collection[str] = (), topical: bool = False) -> Choices:
    """What stands in the query of a feed that knows these `kinds` of entries; `topical` ones know topics and spoken
    languages too. A topic is said as `topic`, once for each; `topics` is a list of them, none with a comma in it. Raises
    UnknownLanguage, CalendarDates, CalendarCancelled, CalendarNames."""
    if not query:
        return NONE
    said = parse_qs(query.decode("latin-1"))
    given = {name: values[-1] for name, values in said.items()}
    first, last = _days(given)
    return Choices(
        locale=_locale(given),
        first=first,
        last=last,
        kinds=_known(_listed(said, "kinds"), "kinds", kinds) if kinds else (),
        topics=_names([*_listed(said, "topics"), *said.get("topic", ())], "topic", ()) if topical else (),
        languages=_known(_listed(said, "languages"), "languages", SPOKEN) if topical else (),
        cancelled_for=_cancelled(given),
    )


def _locale(given: Mapping[str, str]) -> str | None:
    chosen = given.get("lang")
    if chosen is not None and chosen not in LOCALES:
        raise UnknownLanguage()
    return chosen


def _days(given: Mapping[str, str]) -> tuple[date | None, date | None]:
    """Where one is given alone, the other lies as far from it as a calendar usually reaches."""
    first, last = _day(given.get("from")), _day(given.get("to"))
    if first is None and last is None:
        return None, None
    first = first or max(last - USUAL, FIRST) if last else first
    last = last or min(first + USUAL, LAST) if first else last
    if first is None or last is None or not first <= last <= first + LONGEST:
        raise CalendarDates()
    return first, last


def _day(text: str | None) -> date | None:
    if text is None:
        return None
    if not fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        raise CalendarDates()
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise CalendarDates() from None
    if not FIRST <= day <= LAST:
        raise CalendarDates()
    return day


def _cancelled(given: Mapping[str, str]) -> timedelta:
    text = given.get("cancelled")
    if text is None:
        return CANCELLED_FOR
    if not fullmatch("[0-9]{1,2}", text) or int(text) > MOST_DAYS:
        raise CalendarCancelled()
    return timedelta(days=int(text))


def _listed(said: Mapping[str, Iterable[str]], named: str) -> list[str]:
    """Names with commas between them."""
    return [part.strip() for value in said.get(named, ()) for part in value.split(",")]


def _known(given: Iterable[str], named: str, known: Collection[str]) -> tuple[str, ...]:
    """Of the names those that are `known`, one at least; all of them are as good as none."""
    chosen = _names(given, named, known)
    left = tuple(name for name in chosen if name in known)
    if chosen and not left:
        raise CalendarNames(named, known)
    return () if len(left) == len(known) else left


def _names(given: Iterable[str], named: str, known: Collection[str]) -> tuple[str, ...]:
    """Each once and in order."""
    chosen = set(filter(None, given))
    if len(chosen) > MOST_NAMES or any(len(name) > LONGEST_NAME or "\0" in name for name in chosen):
        raise CalendarNames(named, known)
    return tuple(sorted(chosen))
