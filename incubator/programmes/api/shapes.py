"""What of programmes is said in JSON alone; the rest is in details.py and views.py."""

from typing import Any, Literal
from uuid import UUID

from litestar import Request

from incubator.people.actor import Actor
from incubator.people.guards import office, office_or_coordinator, public, scope
from incubator.programmes.details import Dates, EditionDetails, MentorKeys, Partners, Perks, ProgrammeDetails
from incubator.programmes.views import ProgrammeBrief, TermsBrief, View
from incubator.web.bodies import Body, Slug
from incubator.web.problems import problems

READ = "programmes:read"
OPEN: dict[str, Any] = {"guards": [public], "responses": problems(404, 422)}
DESK: dict[str, Any] = {
    "guards": [office_or_coordinator, scope("programmes:write")],
    "responses": problems(401, 403, 404, 409, 412, 422),
}
OFFICE: dict[str, Any] = {
    "guards": [office, scope("programmes:write")],
    "responses": problems(401, 403, 409, 412, 422),
}


class Programmes(View, frozen=True):
    """A page of programmes; `next` goes into `after` for the one that follows."""

    items: list[ProgrammeBrief]
    next: str | None = None


class TermsVersions(View, frozen=True):
    """The versions of an edition's terms, the oldest first. `in_force` is the one that counts today, or
    the first to come."""

    items: list[TermsBrief]
    in_force: int | None


class NewProgramme(Body, frozen=True):
    """A programme of a gmina (its slug), or of the metropolis office. Without a slug of its own, one is
    made of the Polish name."""

    details: ProgrammeDetails
    gmina: str | None = None
    slug: Slug | None = None


class NewEdition(Body, frozen=True):
    """An edition. Without a slug, one is made of the Polish name."""

    details: EditionDetails
    slug: Slug | None = None


class ProgrammeStep(Body, frozen=True):
    """Where a programme goes: to the public, or to its end."""

    state: Literal["published", "closed"]


class EditionStep(Body, frozen=True):
    """Where an edition goes: draft, published, running, closed, in this order."""

    state: Literal["published", "running", "closed"]


class DateList(Body, frozen=True):
    """The days that the public page tells of."""

    dates: Dates


class PerkList(Body, frozen=True):
    """What each participant gets, in this order."""

    perks: Perks


class PartnerList(Body, frozen=True):
    """Who stands behind it, in this order."""

    partners: Partners


class MentorList(Body, frozen=True):
    """The mentors, by identifier."""

    mentors: MentorKeys


def reader_of(request: Request[Any, Any, Any]) -> Actor | None:
    """Who reads, for the drafts that they run; a token needs the scope for that."""
    found = request.scope.get("user")
    return found if isinstance(found, Actor) and READ in found.scopes else None


def key_of(after: tuple[str, UUID] | None) -> UUID | None:
    """The identifier in a cursor."""
    return after[1] if after else None
