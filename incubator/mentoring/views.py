"""A meeting as pages and programs see it: one frozen view for both."""

from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from uuid import UUID

import asyncpg

from incubator.kernel.period import Period
from incubator.mentoring.states import State


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingView:
    """A meeting with the names that people know it by. `room_state` is that of the booking of its room."""

    id: UUID
    mentor_id: UUID
    mentor_slug: str
    mentor_name: str
    mentor_account_id: UUID
    gmina_id: UUID
    account_id: UUID
    account_name: str
    organisation_id: UUID | None
    organisation_name: str | None
    period: Period
    state: State
    mode: str
    incubator_id: UUID | None
    incubator_slug: str | None
    incubator_name: str | None
    online_link: str
    booking_id: UUID | None
    space_id: UUID | None
    space_name_pl: str | None
    space_name_en: str | None
    room_state: str | None
    topic_slug: str | None
    topic_pl: str | None
    topic_en: str | None
    question: str
    programme_id: UUID | None
    credit_id: UUID | None
    draws_policy: bool
    contract_id: UUID | None
    drawn_minutes: int
    stands_in_for: UUID | None
    stands_in_for_name: str | None
    reason: str
    cancelled_by_side: str | None
    minutes: int | None
    outcome: str
    mentor_confirmed_at: datetime | None
    startup_confirmed_at: datetime | None
    settled_by: UUID | None
    settled_reason: str
    locked_at: datetime | None
    created_at: datetime
    changed_at: datetime
    sequence: int
    cancel_minutes: int

    @property
    def holder_id(self) -> UUID:
        """Whose budget it draws on: the organisation's, or the private person's."""
        return self.organisation_id or self.account_id

    @property
    def holder_name(self) -> str:
        return self.organisation_name or self.account_name

    @property
    def cancel_until(self) -> datetime:
        """Until when the startup may call it off."""
        return self.period.start - timedelta(minutes=self.cancel_minutes)

    @property
    def lost_its_room(self) -> bool:
        """Whether a coordinator called the room off."""
        return self.state == State.BOOKED and self.room_state in {"cancelled", "declined", "expired"}


VIEW = """
SELECT meeting.id, meeting.mentor_id, mentor.slug AS mentor_slug, mentor.name AS mentor_name,
    mentor.account_id AS mentor_account_id, meeting.gmina_id, meeting.account_id, account.name AS account_name,
    meeting.organisation_id, organisation.name AS organisation_name, meeting.period, meeting.state, meeting.mode,
    meeting.incubator_id, incubator.slug AS incubator_slug, incubator.name AS incubator_name, mentor.online_link,
    meeting.booking_id, booking.space_id, space.name_pl AS space_name_pl, space.name_en AS space_name_en,
    booking.state AS room_state, meeting.topic_slug, topic.name_pl AS topic_pl, topic.name_en AS topic_en,
    meeting.question, meeting.programme_id, meeting.credit_id, meeting.draws_policy, meeting.contract_id,
    meeting.drawn_minutes, meeting.stands_in_for, away.name AS stands_in_for_name, meeting.reason,
    meeting.cancelled_by_side, meeting.minutes, meeting.outcome, meeting.mentor_confirmed_at,
    meeting.startup_confirmed_at, meeting.settled_by, meeting.settled_reason, meeting.locked_at, meeting.created_at,
    meeting.changed_at, meeting.sequence, mentor.cancel_minutes
FROM meeting
JOIN mentor ON mentor.id = meeting.mentor_id
JOIN account ON account.id = meeting.account_id
LEFT JOIN organisation ON organisation.id = meeting.organisation_id
LEFT JOIN incubator ON incubator.id = meeting.incubator_id
LEFT JOIN booking ON booking.id = meeting.booking_id
LEFT JOIN space ON space.id = booking.space_id
LEFT JOIN topic ON topic.slug = meeting.topic_slug
LEFT JOIN mentor AS away ON away.id = meeting.stands_in_for
"""
NAMES = tuple(field.name for field in fields(MeetingView))


def view_of(row: asyncpg.Record) -> MeetingView:
    """The meeting of a row of VIEW."""
    given = {name: row[name] for name in NAMES}
    given["period"] = Period(row["period"].lower, row["period"].upper)
    given["state"] = State(row["state"])
    return MeetingView(**given)
