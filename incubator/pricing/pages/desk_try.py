"""The desk: what would this have cost? By the list in force and by another, side by side."""

from uuid import UUID

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.types import ControllerRouterHandler

from incubator.db.engine import Tx, statement
from incubator.kernel.errors import Refusal
from incubator.people.guards import coordinator
from incubator.people.visit import Visit
from incubator.places.catalogue_spaces import Wish as Shelf
from incubator.places.catalogue_spaces import shelf
from incubator.pricing.pages.desk_list import ADDRESS, one
from incubator.pricing.pages.labels import labels_in
from incubator.pricing.pages.wish import Typing, read_typing
from incubator.pricing.states import Category
from incubator.pricing.try_list import Trial, past_bookings, try_list, try_on_booking
from incubator.web.i18n import texts_of
from incubator.web.pages import page
from incubator.web.problems import said, status_of


@get(f"{ADDRESS}/try", guards=[coordinator])
async def show_trial(visit: NamedDependency[Visit], list_id: FromPath[UUID]) -> Response[str]:
    """`?booking=` names one that there was; else what is typed into the form comes with the address."""
    query = visit.request.query_params
    typing = read_typing(query, now=visit.now)
    async with statement(visit.db) as tx:
        shown = await one(tx, visit)
        spaces = await shelf(tx, wish=Shelf(incubator=shown.incubator_slug))
        past = await past_bookings(tx, incubator_id=shown.incubator_id, now=visit.now)
        refusal, trial = None, None
        try:
            trial = await _trial(tx, visit, list_id, typing)
        except Refusal as found:
            refusal = found
    return page(
        visit.request,
        "pricing/desk_try.html",
        status=status_of(refusal) if refusal else 200,
        list=shown,
        spaces=spaces,
        past=past,
        booking=query.get("booking", ""),
        typing=typing,
        categories=list(Category),
        trial=trial,
        problem=said(visit.request, refusal) if refusal else "",
        labels=labels_in(texts_of(visit.request)),
    )


async def _trial(tx: Tx, visit: Visit, list_id: UUID, typing: Typing) -> Trial | None:
    """None before anything was asked."""
    chosen = visit.request.query_params.get("booking", "")
    if chosen:
        return await try_on_booking(tx, actor=visit.actor, list_id=list_id, booking_id=_key(chosen), now=visit.now)
    if typing.space_id is None or typing.wish is None:
        return None
    return await try_list(
        tx,
        actor=visit.actor,
        list_id=list_id,
        space_id=typing.space_id,
        wish=typing.wish,
        category=typing.category,
        at_home=typing.at_home,
        now=visit.now,
    )


def _key(text: str) -> UUID:
    """One that nothing has, where it is none."""
    try:
        return UUID(text)
    except ValueError:
        return UUID(int=0)


handlers: list[ControllerRouterHandler] = [show_trial]
