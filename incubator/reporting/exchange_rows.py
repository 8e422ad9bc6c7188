"""What knowledge exchange comes to, gmina by gmina, as the page, the file and the API show it: no name of who came.
Pure.

Sessions, topics and companies are public, and counted as they are. Of people, whoever does not run a gmina's sessions
sees no few (partition.py, small_cells.py).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

import msgspec

from incubator.exchanges.totals import TopicTotal
from incubator.registrations.totals import KINDS, ExchangeTotal
from incubator.reporting.outcomes import Figure
from incubator.reporting.partition import HIDDEN, spread
from incubator.reporting.rules import Days
from incubator.reporting.small_cells import FEWEST, Cell, Seen, Shown, protect


class Kinds(msgspec.Struct, frozen=True, kw_only=True):
    """How many of the sessions held were of which kind."""

    workshop: int
    meetup: int
    lecture: int
    consultation: int
    market: int
    demo_day: int


class Exchanged(msgspec.Struct, frozen=True, kw_only=True):
    """Of a gmina, of the office where there is none, or of all together. Sessions are those that begin within the
    days and were announced: `held`, `called_off`, or still `ahead`. `places`, seats `registered`, who `came` (without
    having registered, too), `minutes` and `certificates` are of those held; where seats are not limited, no places
    are counted. `readers` of the newsletter at the end of the days, `companies` in the directory today."""

    gmina_id: UUID | None
    gmina: str | None
    held: int
    kinds: Kinds
    called_off: int
    ahead: int
    places: int
    registered: Figure
    came: Figure
    minutes: Figure
    certificates: Figure
    topics_asked: int
    topics_answered: int
    readers: Figure | None
    companies: int | None


class ExchangeReport(msgspec.Struct, frozen=True, kw_only=True):
    """The gminas that the asker may see, with the office where they may see that, and all of them together."""

    first: date
    last: date
    together: Exchanged
    rows: list[Exchanged]


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """What is counted of a gmina or the office; `own` where who asks may see every count of it."""

    gmina_id: UUID | None
    gmina: str | None
    own: bool
    sessions: ExchangeTotal
    topics: TopicTotal
    readers: int
    companies: int


def report_of(*, days: Days, counted: Sequence[Counted], readers: int | None) -> ExchangeReport:
    """What of it may be shown. `readers` are all of the newsletter's, each once."""
    people = {name: _people(name, counted) for name in ("registered", "came", "certificates")}
    people["minutes"] = _minutes(people["came"], counted)
    people["readers"] = _readers(readers, counted)
    rows = [_row(one, {name: seen.parts[turn] for name, seen in people.items()}) for turn, one in enumerate(counted)]
    together = msgspec.structs.replace(
        _row(_together(counted), people),
        readers=None if readers is None else _figure(people["readers"]),
        companies=sum(one.companies for one in counted),
    )
    return ExchangeReport(first=days.first, last=days.last, together=together, rows=rows)


def _people(name: str, counted: Sequence[Counted]) -> Seen:
    """A person, or a seat, is counted in one session alone, and so in one gmina."""
    counts: list[int] = [getattr(one.sessions, name) for one in counted]
    others = [count for count, one in zip(counts, counted, strict=True) if not one.own]
    seen = spread(sum(others), others, own=False)
    theirs = iter(seen.parts)
    parts = tuple(Seen(count) if one.own else next(theirs) for count, one in zip(counts, counted, strict=True))
    if seen.count is not None:
        return Seen(sum(counts), Shown.EXACT, parts)
    # Who knows their own part for certain would learn of the others from the whole, or from its being few.
    return Seen(None, Shown.FEW if len(others) == len(counts) else Shown.WITHHELD, parts)


def _minutes(came: Seen, counted: Sequence[Counted]) -> Seen:
    """Minutes of a few tell of each of them; so do all of them less those that are shown."""
    parts = tuple(
        Seen(one.sessions.minutes) if seen.count is not None else HIDDEN
        for seen, one in zip(came.parts, counted, strict=True)
    )
    hidden = sum(one.sessions.came for seen, one in zip(came.parts, counted, strict=True) if seen.count is None)
    if 0 < hidden < FEWEST:
        return replace(HIDDEN, parts=parts)
    return Seen(sum(one.sessions.minutes for one in counted), Shown.EXACT, parts)


def _readers(readers: int | None, counted: Sequence[Counted]) -> Seen:
    """One may read the news of several gminas, so these do not add up."""
    parts = tuple(Cell(one.readers, one.own) for one in counted)
    return protect(Cell(readers or 0, all(one.own for one in counted), parts))


def _together(counted: Sequence[Counted]) -> Counted:
    def sums(name: str) -> int:
        return sum(getattr(one.sessions, name) for one in counted)

    plain = ("held", "called_off", "ahead", "places", *KINDS)
    return Counted(
        gmina_id=None,
        gmina=None,
        own=True,
        sessions=ExchangeTotal(gmina_id=None, **{name: sums(name) for name in plain}),
        topics=TopicTotal(
            gmina_id=None,
            asked=sum(one.topics.asked for one in counted),
            answered=sum(one.topics.answered for one in counted),
        ),
        readers=0,
        companies=0,
    )


def _row(one: Counted, people: Mapping[str, Seen]) -> Exchanged:
    sessions = one.sessions
    return Exchanged(
        gmina_id=one.gmina_id,
        gmina=one.gmina,
        held=sessions.held,
        kinds=Kinds(**{kind: getattr(sessions, kind) for kind in KINDS}),
        called_off=sessions.called_off,
        ahead=sessions.ahead,
        places=sessions.places,
        registered=_figure(people["registered"]),
        came=_figure(people["came"]),
        minutes=_figure(people["minutes"]),
        certificates=_figure(people["certificates"]),
        topics_asked=one.topics.asked,
        topics_answered=one.topics.answered,
        readers=_figure(people["readers"]) if one.gmina_id else None,
        companies=one.companies if one.gmina_id else None,
    )


def _figure(seen: Seen) -> Figure:
    return Figure(seen.count, seen.shown)
