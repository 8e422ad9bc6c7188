"""The desk: issues that one writes."""

from uuid import UUID

from litestar.types import ControllerRouterHandler

from incubator.db.engine import Tx
from incubator.newsletter.details import IssueDetails
from incubator.newsletter.interests import INTERESTS
from incubator.newsletter.issues import issues_run
from incubator.newsletter.pages.labels import labels_in
from incubator.newsletter.start_issue import start_issue
from incubator.newsletter.views import IssueView
from incubator.people.forms import Asked, Deed, Typed
from incubator.people.guards import office_or_coordinator
from incubator.people.queries import gminas
from incubator.people.screen import Screen, Shown, nothing
from incubator.people.visit import Visit
from incubator.web.bodies import Body


class WhoseForm(Body, frozen=True):
    gmina_id: UUID | None = None


def details_in(typed: Typed) -> IssueDetails:
    """Raises CheckField."""
    gminas_, interests = typed.many("to_gmina_ids"), typed.many("to_interests")
    return typed.shaped(IssueDetails, to_gmina_ids=gminas_, to_interests=interests)


async def _shown(tx: Tx, visit: Visit, _: None) -> Shown:
    actor, every = visit.actor, await gminas(tx)
    own = [one for one in every if actor.is_administrator or one.id in actor.coordinates]
    return Shown(
        "newsletter/desk.html",
        issues=await issues_run(tx, actor=actor),
        own=own,
        metropolis=actor.is_office or actor.is_administrator,
        gminas=every,
        interests=INTERESTS,
    )


async def _start(asked: Asked) -> IssueView:
    whose = asked.typed.shaped(WhoseForm).gmina_id
    return await asked.do(start_issue, gmina_id=whose, details=details_in(asked.typed))


handlers: list[ControllerRouterHandler] = Screen(
    name="newsletter_desk",
    path="/desk/newsletter",
    guard=office_or_coordinator,
    about=nothing,
    shows=_shown,
    deeds={"start": Deed(_start, "", to=lambda made: f"/desk/newsletter/{made.issue.id}")},
    labels=labels_in,
).handlers
