"""A booking as pages and programs see it: one frozen view for both."""

from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from uuid import UUID

import asyncpg

from incubator.bookings.states import State
from incubator.kernel.period import Period


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """What somebody wants or has of a space, with the names that people know space and somebody by."""

    id: UUID
    space_id: UUID
    space_slug: str
    space_name_pl: str
    space_name_en: str
    incubator_id: UUID
    incubator_slug: str
    incubator_name: str
    gmina_id: UUID
    account_id: UUID
    account_name: str
    organisation_id: UUID | None
    organisation_name: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BookingView(Placed):
    """One booking."""

    period: Period
    state: State
    title: str
    note: str
    attendees: int | None
    hold_expires_at: datetime | None
    quota_id: UUID | None
    credit_id: UUID | None
    part_of: UUID | None
    series_id: UUID | None
    occurrence: int | None
    reason: str
    checked_in_at: datetime | None
    created_at: datetime
    changed_at: datetime
    sequence: int
    cancel_minutes: int

    @property
    def holder_id(self) -> UUID:
        """Whose quota it draws on: the organisation's, or the private person's."""
        return self.organisation_id or self.account_id

    @property
    def told_as(self) -> UUID:
        """The subject that calendars know it by (db/versions.py): the dates of a series are told together."""
        return self.series_id or self.id

    @property
    def cancel_until(self) -> datetime:
        """Until when its holder may cancel."""
        return self.period.start - timedelta(minutes=self.cancel_minutes)


VIEW = """
SELECT booking.id, booking.space_id, space.slug AS space_slug, space.name_pl AS space_name_pl,
    space.name_en AS space_name_en, booking.incubator_id, incubator.slug AS incubator_slug,
    incubator.name AS incubator_name, booking.gmina_id, booking.account_id, account.name AS account_name,
    booking.organisation_id, organisation.name AS organisation_name, booking.period, booking.state, booking.title,
    booking.note, booking.attendees, booking.hold_expires_at, booking.quota_id, booking.credit_id, booking.part_of,
    booking.series_id, booking.occurrence, booking.reason, booking.checked_in_at, booking.created_at, booking.changed_at,
    booking.sequence, space.cancel_minutes
FROM booking
JOIN space ON space.id = booking.space_id
JOIN incubator ON incubator.id = booking.incubator_id
JOIN account ON account.id = booking.account_id
LEFT JOIN organisation ON organisation.id = booking.organisation_id
"""


NAMES = tuple(field.name for field in fields(BookingView))


def view_of(row: asyncpg.Record) -> BookingView:
    """The booking of a row of VIEW; what a query put beside its columns is left alone."""
    given = {name: row[name] for name in NAMES}
    given["period"] = Period(row["period"].lower, row["period"].upper)
    given["state"] = State(row["state"])
    return BookingView(**given)
