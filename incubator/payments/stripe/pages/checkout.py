"""The way to Stripe and back. A form that leads elsewhere would be stopped by the browser (the house lets forms go
to itself alone), so one comes here first, and from here by a link."""

from typing import Any
from uuid import UUID

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.types import ControllerRouterHandler

from incubator.payments.stripe.hurry import checkout_now
from incubator.people.guards import signed_in
from incubator.people.visit import Visit
from incubator.web.pages import page


@get("/checkouts/{checkout_id:uuid}", guards=[signed_in])
async def show_checkout(visit: NamedDependency[Visit], checkout_id: FromPath[UUID]) -> Response[Any]:
    """Where Stripe has not answered yet, or somebody comes back from there, it is asked now. Raises NoSuchCheckout."""
    came_back, till = "done" in visit.request.query_params, visit.request.app.state.till
    view = await checkout_now(
        till, visit.db, actor=visit.actor, checkout_id=checkout_id, now=visit.now, came_back=came_back
    )
    return page(visit.request, "payments/stripe_checkout.html", checkout=view, came_back=came_back)


handlers: list[ControllerRouterHandler] = [show_checkout]
