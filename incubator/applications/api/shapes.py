"""What of calls and applications is said in JSON alone; the rest is in details.py and the views."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

import msgspec
from msgspec import Meta

from incubator.applications.rules import Facts
from incubator.applications.states import State
from incubator.applications.submissions import SubmissionView
from incubator.applications.views import ApplicationView
from incubator.people.guards import office_or_coordinator, scope, signed_in
from incubator.web.bodies import Body, Moment
from incubator.web.problems import problems

READ: dict[str, Any] = {"guards": [signed_in, scope("programmes:read")], "responses": problems(401, 403, 404, 422)}
WRITE: dict[str, Any] = {
    "guards": [signed_in, scope("programmes:write")],
    "responses": problems(401, 403, 404, 409, 412, 422),
}
DESK_READ: dict[str, Any] = {**READ, "guards": [office_or_coordinator, scope("programmes:read")]}
DESK: dict[str, Any] = {**WRITE, "guards": [office_or_coordinator, scope("programmes:write")]}


class Move(Body, frozen=True):
    """One place up or down."""

    way: Literal["up", "down"]


class NewApplication(Body, frozen=True):
    """To which edition; without an organisation in one's own name."""

    edition_id: UUID
    organisation_id: UUID | None = None


class HandIn(Body, frozen=True):
    """The version of the edition's terms that is accepted."""

    terms_version: Annotated[int, Meta(ge=1, le=1_000_000)] | None = None


class NewExtension(Body, kw_only=True, frozen=True):
    """Who may hand in until when, an organisation or a person, and why. They will read the reason."""

    organisation_id: UUID | None = None
    account_id: UUID | None = None
    until: Moment
    reason: Annotated[str, Meta(max_length=400, pattern=r"^[^\x00\r\n]*[^\x00\s][^\x00\r\n]*$(?!\n)")]


class Application(msgspec.Struct, kw_only=True, frozen=True):
    """An application. `code` is what an anonymous scorer sees, told to the desk alone; `answers` by the
    question's identifier, that of a file being the file's."""

    id: UUID
    edition_id: UUID
    edition_name_pl: str
    edition_name_en: str
    programme_name_pl: str
    programme_name_en: str
    organisation_id: UUID | None
    organisation_name: str | None
    account_id: UUID
    account_name: str
    state: State
    number: int | None
    code: str | None
    title: str
    facts: Facts
    answers: dict[str, Any]
    terms_version: int | None
    submitted_at: datetime | None
    supplement_until: datetime | None
    created_at: datetime
    changed_at: datetime
    version: int


class Applications(msgspec.Struct, kw_only=True, frozen=True):
    """A page of applications; `next` goes into `after` for the one that follows."""

    items: list[Application]
    next: str | None = None


class Submissions(msgspec.Struct, kw_only=True, frozen=True):
    """At most two: what was handed in, and what came of a supplementation."""

    items: list[SubmissionView]


def application_json(view: ApplicationView, *, desk: bool = False) -> Application:
    """The application as programs read it."""
    told = {name: getattr(view, name) for name in Application.__struct_fields__}
    return Application(**{**told, "code": view.code if desk else None})
