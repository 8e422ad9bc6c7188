"""What the use of places looks like in JSON."""

from datetime import date
from uuid import UUID

import msgspec

from incubator.bookings.use import Use
from incubator.reporting.small_cells import Seen, Shown
from incubator.reporting.use import GminaRow, IncubatorRow, Report, SpaceRow, Who, share_used


class UseFigures(msgspec.Struct, frozen=True, kw_only=True):
    """Minutes are those of plain spaces within the days: a joined room's time counts for each space
    it takes. `outside_minutes` is what of `booked_minutes` lies outside of opening hours, and
    `share_used` (0 to 1) leaves it out. Bookings are those that begin within the days: `bookings`
    stood, of which some `came` and of some nobody did; `cancelled` ones did not stand."""

    open_minutes: int
    booked_minutes: int
    outside_minutes: int
    share_used: float | None
    bookings: int
    came: int
    stayed_away: int
    cancelled: int


class UserCount(msgspec.Struct, frozen=True):
    """How many different ones. Without a `count`, `shown` says why: `few` is fewer than five,
    `withheld` would give another few away."""

    count: int | None
    shown: Shown


class BookedBy(msgspec.Struct, frozen=True):
    """Who had a booking that stood at some time of the days, each counted once."""

    organisations: UserCount
    persons: UserCount


class SpaceUsed(msgspec.Struct, frozen=True, kw_only=True):
    """A space. A `joined` one has bookings, and its minutes with its parts."""

    id: UUID
    slug: str
    name_pl: str
    name_en: str
    kind: str
    joined: bool
    figures: UseFigures


class IncubatorUsed(msgspec.Struct, frozen=True, kw_only=True):
    id: UUID
    slug: str
    name: str
    status: str
    figures: UseFigures
    booked_by: BookedBy
    spaces: list[SpaceUsed]


class GminaUsed(msgspec.Struct, frozen=True, kw_only=True):
    """`incubators_open` took bookings at some time of the days."""

    id: UUID
    slug: str
    name: str
    incubators_open: int
    spaces_counted: int
    figures: UseFigures
    booked_by: BookedBy
    incubators: list[IncubatorUsed]


class UseReport(msgspec.Struct, frozen=True, kw_only=True):
    """The gminas that the asker may see, and all of them together. `first` and `last` are days in
    Warsaw, both included."""

    first: date
    last: date
    incubators_open: int
    spaces_counted: int
    figures: UseFigures
    booked_by: BookedBy
    gminas: list[GminaUsed]


def report_json(report: Report) -> UseReport:
    return UseReport(
        first=report.days.first,
        last=report.days.last,
        incubators_open=report.incubators_open,
        spaces_counted=report.spaces_counted,
        figures=_figures(report.use),
        booked_by=_booked(report.who),
        gminas=[_gmina(row) for row in report.gminas],
    )


def _gmina(row: GminaRow) -> GminaUsed:
    return GminaUsed(
        id=row.there.id,
        slug=row.there.slug,
        name=row.there.name,
        incubators_open=row.incubators_open,
        spaces_counted=row.spaces_counted,
        figures=_figures(row.use),
        booked_by=_booked(row.who),
        incubators=[_incubator(each) for each in row.incubators],
    )


def _incubator(row: IncubatorRow) -> IncubatorUsed:
    there = row.there
    return IncubatorUsed(
        id=there.id,
        slug=there.slug,
        name=there.name,
        status=there.status,
        figures=_figures(row.use),
        booked_by=_booked(row.who),
        spaces=[_space(each) for each in row.spaces],
    )


def _space(row: SpaceRow) -> SpaceUsed:
    there = row.there
    return SpaceUsed(
        id=there.id,
        slug=there.slug,
        name_pl=there.name_pl,
        name_en=there.name_en,
        kind=there.kind,
        joined=there.joined,
        figures=_figures(row.use),
    )


def _figures(use: Use) -> UseFigures:
    share = share_used(use)
    return UseFigures(
        open_minutes=use.open_minutes,
        booked_minutes=use.booked_minutes,
        outside_minutes=use.outside_minutes,
        share_used=None if share is None else round(share, 4),
        bookings=use.bookings,
        came=use.came,
        stayed_away=use.stayed_away,
        cancelled=use.cancelled,
    )


def _booked(who: Who) -> BookedBy:
    return BookedBy(_count(who.organisations), _count(who.persons))


def _count(seen: Seen) -> UserCount:
    return UserCount(seen.count, seen.shown)
