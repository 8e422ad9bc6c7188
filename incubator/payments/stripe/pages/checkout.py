"""The way to Stripe and back. A form that leads elsewhere would be stopped by the browser (the house lets forms go
to itself alone), so one comes here first, and from here by a link."""

from typing import Any
from uuid import UUID

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.types import ControllerRouterHandler

from incubator.db.engine import statement
from incubator.payments.stripe.hurry import hurry
from incubator.payments.stripe.queries import own_checkout
from incubator.payments.stripe.states import State
from incubator.payments.stripe.till import Till
from incubator.payments.stripe.views import CheckoutView
from incubator.people.guards import signed_in
from incubator.people.visit import Visit
from incubator.web.pages import page


@get("/checkouts/{checkout_id:uuid}", guards=[signed_in])
async def show_checkout(visit: NamedDependency[Visit], checkout_id: FromPath[UUID]) -> Response[Any]:
    """Where Stripe has not answered yet, or somebody comes back from there, it is asked now."""
    came_back = "done" in visit.request.query_params
    view = await _read(visit, checkout_id)
    if view.state is State.WANTED or (view.state is State.OPEN and came_back):
        till: Till = visit.request.app.state.till
        await hurry(till, visit.db, checkout_id=checkout_id, now=visit.now)
        view = await _read(visit, checkout_id)
    return page(visit.request, "payments/stripe_checkout.html", checkout=view, came_back=came_back)


async def _read(visit: Visit, checkout_id: UUID) -> CheckoutView:
    """Raises NoSuchCheckout."""
    async with statement(visit.db) as tx:
        return await own_checkout(tx, actor=visit.actor, checkout_id=checkout_id)


handlers: list[ControllerRouterHandler] = [show_checkout]
