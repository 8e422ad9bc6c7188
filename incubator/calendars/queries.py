"""Places, and bookings with all that is known of them, read in one statement each."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

import asyncpg

from incubator.bookings.states import FIRM, State
from incubator.calendars.window import Window
from incubator.db.engine import Tx
from incubator.kernel.period import Period
from incubator.kernel.unhurried import unhurried

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
OF_ONESELF = f"booking.account_id = $1 AND booking.organisation_id IS NULL AND {IN_TIME} AND {APART}"
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


async def booked_by(tx: Tx, *, account_id: UUID, window: Window, subjects: Subjects = None) -> list[Booked]:
    """The person's own and their organisations', undone ones for some days more; or those about `subjects`."""
    return await _booked_in(tx, OF_PERSON, account_id, window, subjects)


async def booked_alone(tx: Tx, *, account_id: UUID, window: Window, subjects: Subjects = None) -> list[Booked]:
    """As booked_by, without their organisations'."""
    return await _booked_in(tx, OF_ONESELF, account_id, window, subjects)


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
    return await unhurried(map(_booked, rows))


async def booked_one(tx: Tx, *, booking_id: UUID) -> Booked:
    """One booking; whether the asker may see it was asked before."""
    row = await tx.fetchrow(BOOKED_ONE, booking_id)
    assert row is not None, "it was seen a moment ago"
    return _booked(row)


def _booked(row: asyncpg.Record) -> Booked:
    place, (key, told_as, period, state, *rest) = row[: len(Place._fields)], row[len(Place._fields) :]
    return Booked(key, told_as, Place(*place), Period(period.lower, period.upper), State(state), *rest)


def _ends(window: Window) -> tuple[datetime, datetime]:
    return window.span.start, window.span.end
