"""Paying by card, BLIK or Przelewy24: begun here, paid on the page of Stripe."""

from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.types import ControllerRouterHandler

from incubator.payments.api.shapes import PAY, READ
from incubator.payments.pay_online import begin_checkout
from incubator.payments.stripe.hurry import checkout_now
from incubator.payments.stripe.till import Till
from incubator.payments.stripe.views import CheckoutView
from incubator.people.visit import Visit


@post("/charges/{charge_id:uuid}/checkouts", operation_id="beginCheckout", **PAY)
async def post_checkout(charge_id: FromPath[UUID], visit: NamedDependency[Visit]) -> Response[CheckoutView]:
    """Begin to pay what is outstanding by card, BLIK or Przelewy24; for who owes it. The checkout that is open is
    given again. Read it until `url` is there, which is where the person pays."""
    told = {"till": visit.request.app.state.till, "charge_id": charge_id, "locale": visit.locale}
    return await visit.create(begin_checkout, lambda made: f"/api/checkouts/{made.id}", **told)


@get("/checkouts/{checkout_id:uuid}", operation_id="getCheckout", **READ)
async def get_checkout(checkout_id: FromPath[UUID], visit: NamedDependency[Visit]) -> CheckoutView:
    """How a checkout stands, for who began it: `wanted` while Stripe has not answered, then `open` with its `url`,
    and `paid`, `expired` or `failed` in the end."""
    till: Till = visit.request.app.state.till
    return await checkout_now(till, visit.db, actor=visit.actor, checkout_id=checkout_id, now=visit.now)


handlers: list[ControllerRouterHandler] = [post_checkout, get_checkout]
