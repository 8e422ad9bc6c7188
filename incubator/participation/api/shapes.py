"""What of participation is said in JSON alone; the rest stands beside the verbs and in views.py."""

from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from litestar.params import QueryParameter
from msgspec import Meta

from incubator.credits.views import CreditView
from incubator.participation.views import (
    CertificateView,
    MilestoneView,
    ParticipationView,
    PresentView,
    ProgrammeMeetingView,
    SurveyView,
    View,
)
from incubator.people.guards import office_or_coordinator, public, scope, signed_in
from incubator.web.bodies import Body
from incubator.web.problems import problems

READ: dict[str, Any] = {
    "guards": [signed_in, scope("programmes:read")],
    "responses": problems(401, 403, 404, 422),
}
DESK_READ: dict[str, Any] = {
    "guards": [office_or_coordinator, scope("programmes:read")],
    "responses": problems(401, 403, 404, 422),
}
OWN: dict[str, Any] = {
    "guards": [signed_in, scope("programmes:write")],
    "responses": problems(401, 403, 404, 409, 410, 412, 422),
    "status_code": 200,
}
DESK: dict[str, Any] = {**OWN, "guards": [office_or_coordinator, scope("programmes:write")]}
DESK_MAKES: dict[str, Any] = {**DESK, "status_code": 201}
OPEN: dict[str, Any] = {"guards": [public], "responses": problems(404, 410, 422), "status_code": 200}

Why = Annotated[str, Meta(max_length=2000, pattern=r"^[^\x00]*$")]
Kind = Annotated[Literal["meeting", "mentor", "milestone", "certificate"] | None, QueryParameter()]
CountsIn = Annotated[Literal["participant", "people"] | None, QueryParameter()]
Day = Annotated[date | None, QueryParameter()]


class Participations(View, frozen=True):
    """All that one takes part in, latest first."""

    items: list[ParticipationView]


class Participants(View, frozen=True):
    """Everybody of an edition, by name."""

    items: list[ParticipationView]


class ParticipationInFull(View, frozen=True):
    """A participation with its milestones, what it was granted, its certificates and the meetings of the
    edition; `present_minutes` of `required_minutes` count for the certificate, `mentor_minutes` are those of
    records that both sides have confirmed."""

    participation: ParticipationView
    milestones: list[MilestoneView]
    credits: list[CreditView]
    meetings: list[ProgrammeMeetingView]
    certificates: list[CertificateView]
    present_minutes: int
    required_minutes: int
    mentor_minutes: int


class Meetings(View, frozen=True):
    """Meetings of an edition, in time."""

    items: list[ProgrammeMeetingView]


class Attendance(View, frozen=True):
    """Everybody who could be on the list of a meeting, with the minutes that are noted."""

    items: list[PresentView]


class Surveys(View, frozen=True):
    """Surveys of an edition, with the answers."""

    items: list[SurveyView]


class Credits(View, frozen=True):
    """What an organisation or a person was granted and is not over, that which ends first first."""

    items: list[CreditView]


class Asked(View, frozen=True):
    """What a survey asks about; the answers of others are nobody's business here."""

    name: str
    stage: str
    due_on: date
    answered: bool


class Check(View, frozen=True):
    """What is on the paper, and whether it is still valid."""

    valid: bool
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
    issued_on: date


class Admission(Body, frozen=True):
    """The organisation to admit."""

    organisation_id: UUID


class OptionalWhy(Body, frozen=True):
    """A reason, if there is one; who runs the edition has to give one."""

    reason: Why = ""


class Remark(Body, frozen=True):
    """A note for the participant."""

    note: Why = ""


class ForWhom(Body, frozen=True):
    """One member of the participant; nobody named, the participant."""

    account_id: UUID | None = None


class GrantFor(Body, frozen=True, kw_only=True):
    """A grant, and the gmina that it is good in."""

    gmina_id: UUID
    kind: Literal["room_minutes", "desk_days", "mentor_minutes", "seats"]
    amount: Annotated[int, Meta(ge=1, le=10_000_000)]
    first_day: date
    last_day: date
    reason: Annotated[str, Meta(max_length=200, pattern=r"^[^\x00\r\n]*[^\x00\s][^\x00\r\n]*$(?!\n)")]
