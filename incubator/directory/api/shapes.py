"""What of the directory is said in JSON alone; the rest is in details.py and views.py."""

from datetime import date
from typing import Annotated, Any, Literal

import msgspec
from litestar.params import QueryParameter
from msgspec import Meta

from incubator.directory.answer_request import RequestView
from incubator.directory.sections import SECTIONS
from incubator.directory.views import CompanyLine, SpecialisationView
from incubator.people.guards import coordinator, office, public, scope, signed_in
from incubator.web.bodies import Body
from incubator.web.problems import problems

OPEN: dict[str, Any] = {"guards": [public], "responses": problems(404, 422)}
READ: dict[str, Any] = {
    "guards": [signed_in, scope("directory:read")],
    "responses": problems(401, 403, 404, 422),
}
OWN: dict[str, Any] = {
    "guards": [signed_in, scope("directory:write")],
    "responses": problems(401, 403, 404, 409, 412, 413, 422),
}
DESK_READ: dict[str, Any] = {**READ, "guards": [coordinator, scope("directory:read")]}
DESK: dict[str, Any] = {
    **OWN,
    "guards": [coordinator, scope("directory:write")],
    "responses": problems(401, 403, 404, 409, 410, 412, 413, 422),
}
OFFICE: dict[str, Any] = {**OWN, "guards": [office, scope("directory:write")]}

Limit = Annotated[int, QueryParameter(ge=1, le=100, description="How many to give at most.")]
Words = Annotated[
    str | None,
    QueryParameter(max_length=200, pattern="^[^\\x00]*$", description="In any form; a slip is forgiven."),
]
Named = Annotated[str | None, QueryParameter(max_length=80, pattern="^[a-z0-9-]*$")]
Section = Annotated[
    str | None, QueryParameter(pattern=f"^[{''.join(SECTIONS)}]$", description="A section of PKD 2025, by its letter.")
]
Wants = Annotated[
    Literal["looking", "offering"] | None,
    QueryParameter(description="Only those who say what they look for, or offer."),
]
Source = Annotated[
    str,
    QueryParameter(max_length=200, pattern="^[^\\x00\\r\\n]*$", description="The public register: everybody sees it."),
]
SourceDay = Annotated[date, QueryParameter(description="The day of the data.")]


class Companies(msgspec.Struct, kw_only=True):
    """A page of what was found; `total` is exact below 500, `next` goes on. `instead`: what a mistyped word
    was taken for."""

    items: list[CompanyLine]
    total: int
    instead: list[str]
    next: str | None


class Specialisations(msgspec.Struct, kw_only=True):
    items: list[SpecialisationView]


class Requests(msgspec.Struct, kw_only=True):
    items: list[RequestView]


class LogoMade(msgspec.Struct, kw_only=True):
    """Where the logo is seen."""

    path: str


class Reason(Body, frozen=True):
    """Why; the company is told it."""

    reason: Annotated[str, Meta(min_length=1, max_length=1000, pattern=r"^[^\x00]*[^\x00\s][^\x00]*$")]


class Answer(Body, frozen=True):
    """What became of a request, and what is written to who asked."""

    outcome: Literal["done", "refused"]
    answer: Annotated[str, Meta(max_length=2000, pattern=r"^[^\x00]*$")] = ""
