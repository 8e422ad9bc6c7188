"""What of the newsletter is said in JSON alone; the rest is in details.py and views.py."""

from typing import Any
from uuid import UUID

from incubator.newsletter.details import Choice, IssueDetails, Parts
from incubator.newsletter.views import IssueBrief, View
from incubator.people.guards import office_or_coordinator, public, scope, signed_in
from incubator.web.bodies import Body, OptionalLine
from incubator.web.problems import problems

OPEN: dict[str, Any] = {"guards": [public], "responses": problems(404, 422, 429)}
SEE: dict[str, Any] = {"guards": [signed_in, scope("newsletter:read")], "responses": problems(401, 403, 404)}
OWN: dict[str, Any] = {
    "guards": [signed_in, scope("newsletter:write")],
    "responses": problems(401, 403, 404, 412, 422),
}
LOOK: dict[str, Any] = {
    "guards": [office_or_coordinator, scope("newsletter:read")],
    "responses": problems(401, 403, 404, 422),
}
DESK: dict[str, Any] = {
    "guards": [office_or_coordinator, scope("newsletter:write")],
    "responses": problems(401, 403, 404, 409, 412, 422),
}


class NewSubscription(Body, frozen=True):
    """An address that asks for the newsletter. `consent`: its reader has seen the words and agreed to them."""

    email: OptionalLine
    consent: bool
    choice: Choice


class OwnChoice(Body, frozen=True):
    """What one likes to get; `consent` is needed where one gets nothing yet."""

    choice: Choice
    consent: bool = False


class NewIssue(Body, frozen=True):
    """An issue of a gmina, or of the metropolis where there is none."""

    details: IssueDetails
    gmina_id: UUID | None = None


class PartList(Body, frozen=True):
    parts: Parts


class Issues(View, frozen=True):
    """A page of issues; `next` goes into `after` for the one that follows."""

    items: list[IssueBrief]
    next: str | None = None
