"""What other features ask of places."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from incubator.db.engine import Tx
from incubator.kernel.errors import N_, NotFound
from incubator.kernel.ids import GminaId, IncubatorId, SpaceId
from incubator.kernel.period import WARSAW, Period
from incubator.places.opening import opening_between


class NoSuchSpace(NotFound):
    """No space with this identifier, or it is retired, or its incubator is not open."""

    code = "no_such_space"
    sentence = N_("This space does not exist, or can no longer be booked.")


class NoSuchIncubator(NotFound):
    """No incubator under this name."""

    code = "no_such_incubator"
    sentence = N_("There is no such incubator.")


class NoSuchGmina(NotFound):
    """No gmina under this name."""

    code = "no_such_gmina"
    sentence = N_("There is no such gmina.")


@dataclass(frozen=True, slots=True, kw_only=True)
class SpaceToBook:
    """A space with its rules, what taking it takes, and when it is open in the months asked for.

    `part_ids` are the plain spaces that it takes (itself, where it has no parts). `rulebook` is the
    version of all rules that it was read at. `priced`: some published price list has a price for it.
    """

    id: SpaceId
    slug: str
    name_pl: str
    name_en: str
    kind: str
    capacity: int
    incubator_id: IncubatorId
    incubator_slug: str
    incubator_name: str
    gmina_id: GminaId
    resource_ids: tuple[int, ...]
    part_ids: tuple[UUID, ...]
    open: tuple[Period, ...]
    grid_minutes: int
    shortest_minutes: int
    longest_minutes: int
    lead_minutes: int
    horizon_days: int
    turnaround_minutes: int
    needs_approval: bool
    pending_blocks: bool
    audience: tuple[str, ...]
    local_only: bool
    cancel_minutes: int
    hold_minutes: int
    quota_id: UUID | None
    quota_unit: str | None
    organisation_minutes: int | None
    person_minutes: int | None
    rulebook: int
    priced: bool

    @property
    def turnaround(self) -> timedelta:
        """Kept free after each booking, to clean and set up."""
        return timedelta(minutes=self.turnaround_minutes)


RULES = """space.grid_minutes, space.shortest_minutes, space.longest_minutes, space.lead_minutes, space.horizon_days,
    space.turnaround_minutes, space.needs_approval, space.pending_blocks, space.audience, space.local_only,
    space.cancel_minutes, space.hold_minutes, space.quota_id, quota.unit AS quota_unit, quota.organisation_minutes,
    quota.person_minutes"""

SPACE_TO_BOOK = f"""
WITH {opening_between("$2::date", "$3::date")}
SELECT space.id, space.slug, space.name_pl, space.name_en, space.kind, space.capacity, space.incubator_id,
    incubator.slug AS incubator_slug, incubator.name AS incubator_name, incubator.gmina_id, opening.open,
    {RULES}, (SELECT version FROM rulebook) AS rulebook, EXISTS (
        SELECT FROM tariff_space JOIN price_list ON price_list.id = list_id
        WHERE space_id = space.id AND state = 'published'
    ) AS priced,
    (SELECT array_agg(resource_id ORDER BY resource_id) FROM space_resource WHERE space_id = space.id) AS resource_ids,
    CASE WHEN space.resource_id IS NULL
        THEN (SELECT array_agg(part_id) FROM space_part WHERE space_id = space.id)
        ELSE ARRAY[space.id]
    END AS part_ids
FROM space
JOIN incubator ON incubator.id = space.incubator_id
JOIN opening ON opening.space_id = space.id
LEFT JOIN quota ON quota.id = space.quota_id
WHERE space.id = ($1::uuid[])[1] AND space.retired_at IS NULL AND incubator.status = 'open'
"""


RULES_STAND = "(SELECT version FROM rulebook) = {}"
"""A condition for the statement that books: the rules are those of this version still."""

MOST = 5_000
LONGEST_STAY = timedelta(days=367)
"""No booking is longer (space_lengths): of a wish for two hundred years not every month is looked up."""
_kept: dict[tuple[UUID, date, date], SpaceToBook] = {}


def kept_space(*, space_id: UUID, span: Period) -> SpaceToBook | None:
    """What this process read of the space before, if it did. Good for nothing but to be tried: the
    statement that books asks RULES_STAND, and a refusal by it is looked at again."""
    return _kept.get((space_id, *_months(span)))


def forget_spaces() -> None:
    """As if this process had just begun: for one that goes on to another database."""
    _kept.clear()


async def space_to_book(tx: Tx, *, space_id: UUID, span: Period) -> SpaceToBook:
    """The space with its hours in every month that `span` touches, of those that a booking could last.
    Raises NoSuchSpace."""
    # By months, so that what is kept serves the next wish: a month costs little more than a day to
    # read, and a space with a horizon of a year has 13 months but 366 days.
    first, last = _months(span)
    row = await tx.fetchrow(SPACE_TO_BOOK, [space_id], first, last)
    if row is None:
        _kept.pop((space_id, first, last), None)
        raise NoSuchSpace()
    given = dict(row)
    given["open"] = tuple(Period(part.lower, part.upper) for part in given["open"])
    given["resource_ids"] = tuple(given["resource_ids"] or ())
    given["part_ids"] = tuple(given["part_ids"] or ())
    given["audience"] = tuple(given["audience"])
    if len(_kept) >= MOST:
        _kept.clear()
    found = _kept[space_id, first, last] = SpaceToBook(**given)
    return found


async def spaces_with_id(tx: Tx, *, space_id: UUID) -> list[UUID]:
    """The space itself. Raises NoSuchSpace."""
    found = await tx.fetchval(
        "SELECT space.id FROM space JOIN incubator ON incubator.id = space.incubator_id AND incubator.status = 'open'"
        " WHERE space.id = $1 AND space.retired_at IS NULL",
        space_id,
    )
    if found is None:
        raise NoSuchSpace()
    return [found]


async def spaces_of_incubator(tx: Tx, *, slug: str) -> list[UUID]:
    """The spaces of an incubator, as it shows them; none while it is not open. Raises NoSuchIncubator."""
    rows = await tx.fetch(
        "SELECT space.id FROM incubator LEFT JOIN space ON space.incubator_id = incubator.id"
        " AND space.retired_at IS NULL AND incubator.status = 'open' WHERE incubator.slug = $1 ORDER BY space.position, space.slug",
        slug,
    )
    if not rows:
        raise NoSuchIncubator()
    return [row["id"] for row in rows if row["id"] is not None]


async def spaces_of_gmina(tx: Tx, *, slug: str) -> list[UUID]:
    """The spaces of all open incubators of a gmina. Raises NoSuchGmina."""
    rows = await tx.fetch(
        "SELECT space.id FROM gmina LEFT JOIN incubator ON incubator.gmina_id = gmina.id AND incubator.status = 'open'"
        " LEFT JOIN space ON space.incubator_id = incubator.id AND space.retired_at IS NULL WHERE gmina.slug = $1",
        slug,
    )
    if not rows:
        raise NoSuchGmina()
    return [row["id"] for row in rows if row["id"] is not None]


async def approval_of(tx: Tx, *, space_id: UUID) -> tuple[bool, bool]:
    """Whether bookings of the space need approval, and whether they block while they wait."""
    row = await tx.fetchrow("SELECT needs_approval, pending_blocks FROM space WHERE id = $1", space_id)
    assert row is not None, "a booking has a space"
    return row["needs_approval"], row["pending_blocks"]


async def capacity_of(tx: Tx, *, space_id: UUID) -> int:
    """How many people there is room for."""
    capacity = await tx.fetchval("SELECT capacity FROM space WHERE id = $1", space_id)
    assert capacity is not None, "a booking has a space"
    return int(capacity)


async def resources_of(tx: Tx, *, space_id: UUID) -> tuple[list[int], timedelta]:
    """What taking the space takes, and how long it stays taken after each booking."""
    row = await tx.fetchrow(
        "SELECT turnaround_minutes, ARRAY(SELECT resource_id FROM space_resource WHERE space_id = $1) AS resource_ids"
        " FROM space WHERE id = $1",
        space_id,
    )
    if row is None:
        raise NoSuchSpace()
    return row["resource_ids"], timedelta(minutes=row["turnaround_minutes"])


def _months(span: Period) -> tuple[date, date]:
    """The first day of the month that `span` starts in, the last of the one that it ends in."""
    first, last = span.start.astimezone(WARSAW).date(), span.end.astimezone(WARSAW).date()
    last = min(last, first + LONGEST_STAY)
    return first.replace(day=1), (last.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
