"""What calendars show, read in one statement each."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

import asyncpg

from incubator.bookings.states import FIRM, State
from incubator.calendars.window import Window
from incubator.db.engine import Tx
from incubator.db.versions import METROPOLIS
from incubator.kernel.period import Period

Subjects = Sequence[UUID] | None


class Place(NamedTuple):
    """A space with the incubator it is in, as calendars name them."""

    space_id: UUID
    space_slug: str
    name_pl: str
    name_en: str
    kind: str
    incubator_slug: str
    incubator_name: str
    street: str
    postcode: str
    town: str
    latitude: float | None
    longitude: float | None
    photo_id: UUID | None


class Busy(NamedTuple):
    """A space is taken, and the public may not know what by. `told_as` is the subject (db/versions.py), `changed_at`
    is empty where nobody kept it."""

    place: Place
    subject_id: UUID
    told_as: UUID
    period: Period
    sequence: int
    changed_at: datetime | None


class Booked(NamedTuple):
    """A booking, for those who may know all of it. `told_as` is the subject (db/versions.py)."""

    id: UUID
    told_as: UUID
    place: Place
    period: Period
    state: State
    title: str
    reason: str
    organisation_name: str | None
    sequence: int
    changed_at: datetime
    created_at: datetime
    series_id: UUID | None
    occurrence: int | None


PLACE = """space.id AS space_id, space.slug AS space_slug, space.name_pl, space.name_en, space.kind,
    incubator.slug AS incubator_slug, incubator.name AS incubator_name, incubator.street, incubator.postcode,
    incubator.town, incubator.latitude, incubator.longitude,
    (SELECT id FROM space_photo WHERE space_id = space.id ORDER BY added_at, id LIMIT 1) AS photo_id"""
SPACES = "space JOIN incubator ON incubator.id = space.incubator_id"

# The index of the exclusion constraint answers what overlaps, however long ago it began. A hold is
# not told of: it lasts a short while; what waits for its payment is, for days. The turnaround is: nobody can
# have that time. A whole taken at once is one entry.
BUSY = f"""
SELECT {PLACE}, taken.subject_id, coalesce(booking.series_id, taken.subject_id) AS told_as, taken.starts, taken.ends,
    coalesce(booking.sequence, 0) AS sequence,
    coalesce(booking.changed_at, block.created_at, uuid_extract_timestamp(taken.subject_id)) AS changed_at
FROM {SPACES} CROSS JOIN LATERAL (
    SELECT subject_id, min(lower(during)) AS starts, max(upper(during)) AS ends
    FROM space_resource JOIN {{occupancies}} AS occupancy
        ON occupancy.slot && int8range((space_resource.resource_id << 33) + $2, (space_resource.resource_id << 33) + $3)
    WHERE space_resource.space_id = space.id AND (occupancy.state <> 'held' OR EXISTS (
        SELECT FROM booking WHERE booking.id = occupancy.subject_id AND booking.state = 'awaiting_payment'
    ))
    GROUP BY subject_id
) AS taken
LEFT JOIN booking ON booking.id = taken.subject_id
LEFT JOIN block ON block.id = taken.subject_id
WHERE {{which}}
ORDER BY taken.starts, space.position, space.id, taken.subject_id
"""
# The few that changed are found by what they are about, before anything else is asked of them.
SOME_OCCUPANCIES = """(
    SELECT * FROM occupancy WHERE subject_id = ANY(
        ARRAY(SELECT unnest($4::uuid[]) UNION SELECT id FROM booking WHERE series_id = ANY($4::uuid[]))
    ) OFFSET 0
)"""
OF_SPACE = "space.id = $1"
# The parts tell of a joined room.
PLAIN = "space.resource_id IS NOT NULL AND space.retired_at IS NULL"
OF_INCUBATOR = f"space.incubator_id = $1 AND {PLAIN}"
OF_GMINA = f"incubator.gmina_id = $1 AND incubator.status = 'open' AND {PLAIN}"
OF_METROPOLIS = f"$1::uuid IS NOT NULL AND incubator.status = 'open' AND {PLAIN}"

BOOKED = f"""
SELECT {PLACE}, booking.id, coalesce(booking.series_id, booking.id) AS told_as, booking.period, booking.state,
    booking.title, booking.reason, organisation.name AS organisation_name, booking.sequence, booking.changed_at,
    booking.created_at, booking.series_id, booking.occurrence
FROM {{bookings}} AS booking JOIN {SPACES} ON space.id = booking.space_id
LEFT JOIN organisation ON organisation.id = booking.organisation_id
WHERE {{which}}
ORDER BY lower(booking.period), booking.id
"""
SOME_BOOKINGS = "(SELECT * FROM booking WHERE id = ANY($6::uuid[]) OR series_id = ANY($6::uuid[]) OFFSET 0)"
SHOWN = sorted(FIRM | {State.AWAITING_APPROVAL, State.AWAITING_PAYMENT})
# No booking is longer than 366 days (space_lengths). What was undone is told of for a while, unless it
# was never more than a hold: no calendar has that.
IN_TIME = """lower(booking.period) > $2::timestamptz - interval '367 days' AND lower(booking.period) < $3 AND upper(booking.period) > $2
    AND (booking.state = ANY($4) OR booking.state IN ('cancelled', 'declined', 'expired') AND booking.changed_at >= $5
        AND EXISTS (SELECT FROM history WHERE subject_id = booking.id
            AND after->>'state' IN ('awaiting_approval', 'awaiting_payment', 'confirmed')))"""
# The room of a meeting is told of with the meeting.
APART = "NOT EXISTS (SELECT FROM meeting WHERE meeting.id = booking.part_of)"
OF_PERSON = f"""(booking.account_id = $1 AND booking.organisation_id IS NULL
        OR booking.organisation_id = ANY(ARRAY(SELECT organisation_id FROM membership WHERE account_id = $1)))
    AND {IN_TIME} AND {APART}"""
OF_ORGANISATION = f"booking.organisation_id = $1 AND {IN_TIME} AND {APART}"
AT_DESK = f"booking.gmina_id = $1 AND {IN_TIME}"
BOOKED_ONE = BOOKED.format(bookings="booking", which="booking.id = $1")


async def place_of(tx: Tx, *, space_id: UUID) -> Place:
    """The space, by its identifier, which is known to be right."""
    row = await tx.fetchrow(f"SELECT {PLACE} FROM {SPACES} WHERE space.id = $1", space_id)
    assert row is not None, "it had a standing a moment ago"
    return Place(*row)


async def incubator_of(tx: Tx, *, incubator_id: UUID) -> tuple[str, str]:
    """Slug and name of the incubator, which is known to be there."""
    row = await tx.fetchrow("SELECT slug, name FROM incubator WHERE id = $1", incubator_id)
    assert row is not None, "it had a standing a moment ago"
    return row["slug"], row["name"]


async def busy_in_space(tx: Tx, *, space_id: UUID, window: Window, subjects: Subjects = None) -> list[Busy]:
    """When a space cannot be had, its parts and what it is a part of included; or what of it is about `subjects`."""
    return await _busy(tx, OF_SPACE, space_id, window, subjects)


async def busy_in_incubator(tx: Tx, *, incubator_id: UUID, window: Window, subjects: Subjects = None) -> list[Busy]:
    """When each of an incubator's plain spaces cannot be had; or what of it is about `subjects`."""
    return await _busy(tx, OF_INCUBATOR, incubator_id, window, subjects)


async def busy_in_gmina(tx: Tx, *, gmina_id: UUID, window: Window, subjects: Subjects = None) -> list[Busy]:
    """When each plain space of a gmina's open incubators cannot be had; or what of it is about `subjects`."""
    return await _busy(tx, OF_GMINA, gmina_id, window, subjects)


async def busy_in_metropolis(tx: Tx, *, window: Window, subjects: Subjects = None) -> list[Busy]:
    """When each plain space of all open incubators cannot be had; or what of it is about `subjects`."""
    return await _busy(tx, OF_METROPOLIS, METROPOLIS, window, subjects)


async def booked_by(tx: Tx, *, account_id: UUID, window: Window, subjects: Subjects = None) -> list[Booked]:
    """The person's own and their organisations', undone ones for some days more; or those about `subjects`."""
    return await _booked_in(tx, OF_PERSON, account_id, window, subjects)


async def booked_for(tx: Tx, *, organisation_id: UUID, window: Window, subjects: Subjects = None) -> list[Booked]:
    """As booked_by, an organisation's."""
    return await _booked_in(tx, OF_ORGANISATION, organisation_id, window, subjects)


async def booked_in(tx: Tx, *, gmina_id: UUID, window: Window, subjects: Subjects = None) -> list[Booked]:
    """As booked_by, all in a gmina's incubators, rooms of meetings and sessions too."""
    return await _booked_in(tx, AT_DESK, gmina_id, window, subjects)


async def _booked_in(tx: Tx, which: str, key: UUID, window: Window, subjects: Subjects) -> list[Booked]:
    given = (key, *_ends(window), SHOWN, window.cancelled_since)
    if subjects is None:
        rows = await tx.fetch(BOOKED.format(bookings="booking", which=which), *given)
    else:
        rows = await tx.fetch(BOOKED.format(bookings=SOME_BOOKINGS, which=which), *given, subjects)
    return [_booked(row) for row in rows]


async def booked_one(tx: Tx, *, booking_id: UUID) -> Booked:
    """One booking; whether the asker may see it was asked before."""
    row = await tx.fetchrow(BOOKED_ONE, booking_id)
    assert row is not None, "it was seen a moment ago"
    return _booked(row)


async def _busy(tx: Tx, which: str, key: UUID, window: Window, subjects: Subjects) -> list[Busy]:
    first, last = (int(end.timestamp()) for end in _ends(window))
    if subjects is None:
        rows = await tx.fetch(BUSY.format(occupancies="occupancy", which=which), key, first, last)
    else:
        rows = await tx.fetch(BUSY.format(occupancies=SOME_OCCUPANCIES, which=which), key, first, last, subjects)
    found = []
    for row in rows:
        *place, subject_id, told_as, starts, ends, sequence, changed_at = row
        found.append(Busy(Place(*place), subject_id, told_as, Period(starts, ends), sequence, changed_at))
    return found


def _booked(row: asyncpg.Record) -> Booked:
    place, (key, told_as, period, state, *rest) = row[: len(Place._fields)], row[len(Place._fields) :]
    return Booked(key, told_as, Place(*place), Period(period.lower, period.upper), State(state), *rest)


def _ends(window: Window) -> tuple[datetime, datetime]:
    return window.span.start, window.span.end
