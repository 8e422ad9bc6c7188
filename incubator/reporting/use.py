"""Use of the places as a tree: all gminas, each gmina, its incubators, their spaces. Pure: the sums of
the spaces are added up, the counts of those who booked are shown as far as who asks may see them.

A space has no count of its own of who booked it: a room is nearly always used by few.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from uuid import UUID

from incubator.bookings.use import Use, Users
from incubator.places.inventory import GminaThere, IncubatorThere, SpaceThere
from incubator.reporting.rules import Days
from incubator.reporting.small_cells import Cell, Seen, protect


@dataclass(frozen=True, slots=True)
class Who:
    """How many organisations and private persons booked, as far as that is shown; so too for each
    part."""

    organisations: Seen
    persons: Seen

    def part(self, turn: int) -> "Who":
        """Of the gmina, or the incubator, in this place of the order."""
        return Who(self.organisations.parts[turn], self.persons.parts[turn])


@dataclass(frozen=True, slots=True)
class SpaceRow:
    there: SpaceThere
    use: Use


@dataclass(frozen=True, slots=True)
class IncubatorRow:
    there: IncubatorThere
    use: Use
    who: Who
    spaces: tuple[SpaceRow, ...]


@dataclass(frozen=True, slots=True)
class GminaRow:
    """`incubators_open` took bookings at some time of the days; `spaces_counted` are its plain ones
    that were open or booked."""

    there: GminaThere
    use: Use
    who: Who
    incubators: tuple[IncubatorRow, ...]
    incubators_open: int
    spaces_counted: int


@dataclass(frozen=True, slots=True)
class Report:
    """The use of all gminas that who asks may see, in the order they are to be shown."""

    days: Days
    use: Use
    who: Who
    gminas: tuple[GminaRow, ...]

    @property
    def incubators_open(self) -> int:
        return sum(gmina.incubators_open for gmina in self.gminas)

    @property
    def spaces_counted(self) -> int:
        return sum(gmina.spaces_counted for gmina in self.gminas)


def share_used(use: Use) -> float | None:
    """What part of the hours open was booked, 0 to 1; hours booked outside of them do not count. None
    where nothing was open."""
    return (use.booked_minutes - use.outside_minutes) / use.open_minutes if use.open_minutes else None


def total(uses: Iterable[Use]) -> Use:
    """The sums of sums."""
    kept = list(uses)
    return Use(**{field.name: sum(getattr(use, field.name) for use in kept) for field in fields(Use)})


def report_of(
    *, days: Days, gminas: Sequence[GminaThere], uses: Mapping[UUID, Use], users: Iterable[Users], own: frozenset[UUID]
) -> Report:
    """Everything put together; `own` are the gminas whose every count who asks may see."""
    counts = {(each.gmina_id, each.incubator_id): each for each in users}
    seen = _who(gminas, counts, own)
    rows = tuple(_gmina(gmina, uses, seen.part(turn), days) for turn, gmina in enumerate(gminas))
    return Report(days, total(row.use for row in rows), seen, rows)


def _who(
    gminas: Sequence[GminaThere], counts: Mapping[tuple[UUID | None, UUID | None], Users], own: frozenset[UUID]
) -> Who:
    def count(what: str, gmina_id: UUID | None = None, incubator_id: UUID | None = None) -> int:
        users = counts.get((gmina_id, incubator_id))
        return getattr(users, what) if users else 0

    def gmina_cell(what: str, gmina: GminaThere) -> Cell:
        parts = tuple(Cell(count(what, gmina.id, one.id), gmina.id in own) for one in gmina.incubators)
        return Cell(count(what, gmina.id), gmina.id in own, parts)

    def cell(what: str) -> Cell:
        parts = tuple(gmina_cell(what, gmina) for gmina in gminas)
        return Cell(count(what), all(part.own for part in parts), parts)

    return Who(protect(cell("organisations")), protect(cell("persons")))


def _gmina(gmina: GminaThere, uses: Mapping[UUID, Use], who: Who, days: Days) -> GminaRow:
    rows = tuple(_incubator(incubator, uses, who.part(turn), days) for turn, incubator in enumerate(gmina.incubators))
    spaces = [space for row in rows for space in row.spaces]
    return GminaRow(
        there=gmina,
        use=total(row.use for row in rows),
        who=who,
        incubators=rows,
        incubators_open=sum(row.there.traded for row in rows),
        spaces_counted=sum(bool(space.use.open_minutes or space.use.booked_minutes) for space in spaces),
    )


def _incubator(incubator: IncubatorThere, uses: Mapping[UUID, Use], who: Who, days: Days) -> IncubatorRow:
    spaces = [SpaceRow(space, uses.get(space.id, Use())) for space in incubator.spaces]
    shown = tuple(row for row in spaces if row.use != Use() or _in_use(row.there, days))
    return IncubatorRow(incubator, total(row.use for row in spaces), who, shown)


def _in_use(space: SpaceThere, days: Days) -> bool:
    return space.retired_at is None or space.retired_at > days.span.start
