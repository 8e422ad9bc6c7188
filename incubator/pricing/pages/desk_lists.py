"""The desk: the price lists of an incubator, and a new one."""

from uuid import UUID

from litestar.types import ControllerRouterHandler

from incubator.db.engine import Tx
from incubator.kernel.errors import N_
from incubator.kernel.period import WARSAW
from incubator.people.forms import Asked, Deed
from incubator.people.guards import coordinator, must_coordinate
from incubator.people.screen import Screen, Shown
from incubator.people.visit import Visit
from incubator.places.catalogue import incubator_by_slug
from incubator.places.views import IncubatorView
from incubator.pricing.draft_list import draft_list
from incubator.pricing.pages.labels import labels_in
from incubator.pricing.pages.typed import list_in
from incubator.pricing.queries import lists_of
from incubator.pricing.views_lists import PriceListView
from incubator.web.bodies import Body


class CopyForm(Body, frozen=True):
    copy_of: UUID | None = None


async def _incubator(tx: Tx, visit: Visit) -> IncubatorView:
    """Raises NoSuchIncubator, NotYours."""
    incubator = await incubator_by_slug(tx, slug=visit.slug, now=visit.now)
    must_coordinate(visit.actor, incubator.gmina_id)
    return incubator


async def _shown(tx: Tx, visit: Visit, incubator: IncubatorView) -> Shown:
    today = visit.now.astimezone(WARSAW).date()
    lists = await lists_of(tx, actor=visit.actor, incubator_id=incubator.id, today=today)
    return Shown("pricing/desk_lists.html", incubator=incubator, lists=lists, today=today)


async def _draft(asked: Asked) -> PriceListView:
    incubator: IncubatorView = asked.place
    copy_of = asked.typed.shaped(CopyForm).copy_of
    return await asked.do(draft_list, incubator_id=incubator.id, details=list_in(asked.typed), copy_of=copy_of)


def _onward(made: PriceListView) -> str:
    return f"/desk/prices/{made.id}"


handlers: list[ControllerRouterHandler] = Screen(
    name="price_lists",
    path="/desk/incubators/{slug:str}/prices",
    guard=coordinator,
    about=_incubator,
    shows=_shown,
    deeds={
        "draft": Deed(
            _draft, N_("The draft is there. Only you and the other coordinators of the gmina see it."), _onward
        )
    },
    labels=labels_in,
).handlers
