"""Participations and what belongs to them, as pages and programs see them."""

from datetime import date, datetime
from uuid import UUID

import msgspec

from incubator.kernel.period import Period
from incubator.participation.states import MilestoneState, State


class View(msgspec.Struct, kw_only=True, frozen=True):
    """Something to show; never changed, never saved."""


class ParticipationView(View, frozen=True):
    """Who takes part in which edition, and how it stands. `name` is the organisation's, or the person's."""

    id: UUID
    edition_id: UUID
    edition_name_pl: str
    edition_name_en: str
    programme_id: UUID
    programme_name_pl: str
    programme_name_en: str
    gmina_id: UUID | None
    starts_on: date
    ends_on: date
    presence_percent: int
    application_id: UUID | None
    organisation_id: UUID | None
    account_id: UUID
    name: str
    state: State
    admitted_on: date
    agreement_number: str
    agreement_on: date | None
    started_on: date | None
    ended_on: date | None
    reason: str
    plan: str
    version: int

    @property
    def holder_id(self) -> UUID:
        """Who holds what it grants: the organisation, or the private person."""
        return self.organisation_id or self.account_id


class MilestoneView(View, frozen=True):
    """Something to reach by a day, and how far it is."""

    id: UUID
    participation_id: UUID
    name_pl: str
    name_en: str
    due_on: date
    state: MilestoneState
    evidence: str
    evidence_url: str
    note: str
    handed_in_at: datetime | None
    accepted_at: datetime | None
    accepted_by_name: str | None
    version: int


class ProgrammeMeetingView(View, frozen=True):
    """A meeting of an edition. `recorded` says whether somebody's attendance was noted; `space_id` is the room of ours
    that it has, `booking_id` the booking of it."""

    id: UUID
    edition_id: UUID
    name_pl: str
    name_en: str
    start: datetime
    end: datetime
    place: str
    required: bool
    cancelled: bool
    recorded: bool
    version: int
    booking_id: UUID | None
    space_id: UUID | None
    room_pl: str | None
    room_en: str | None

    @property
    def period(self) -> Period:
        return Period(self.start, self.end)


class PresentView(View, frozen=True):
    """One line of a meeting's list: a participant, or one of its members, and the minutes noted so far."""

    participation_id: UUID
    account_id: UUID | None
    name: str
    minutes: int | None
    evidence: str | None


class CertificateView(View, frozen=True):
    """A certificate and what is on the paper. Whoever has its code may check it."""

    id: UUID
    participation_id: UUID
    account_id: UUID | None
    number: int
    code: str
    holder: str
    organisation: str
    programme_pl: str
    programme_en: str
    edition_pl: str
    edition_en: str
    issuer: str
    starts_on: date
    ends_on: date
    present_minutes: int
    required_minutes: int
    issued_at: datetime
    revoked_at: datetime | None
    revoked_reason: str


class SurveyView(View, frozen=True):
    """A survey of what became of a participant: asked when, answered what. Money in grosz, FTE in hundredths."""

    id: UUID
    participation_id: UUID
    name: str
    stage: str
    due_on: date
    sent_at: datetime | None
    reminders: int
    answered_at: datetime | None
    in_business: bool | None
    jobs_fte: int | None
    revenue_band: str | None
    funding_minor: int | None
    comment: str
