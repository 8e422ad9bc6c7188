"""Where Stripe tells: no session, no form token, nobody signed in; the signature says who speaks. It is told that
we have it once it is committed, and says it again otherwise."""

from datetime import datetime
from typing import Any

from litestar import Request, Response, post
from litestar.di import NamedDependency
from litestar.types import ControllerRouterHandler

from incubator.db.engine import Database, attempt
from incubator.payments.stripe.events import verified
from incubator.payments.stripe.receive_event import receive_event
from incubator.payments.stripe.till import StripeOff, Till
from incubator.people.guards import public

LARGEST = 512 * 1024
"""Bytes of an event; Stripe's are a tenth of that."""


@post("/stripe", guards=[public], include_in_schema=False, status_code=200, request_max_body_size=LARGEST)
async def hear_stripe(
    request: Request[Any, Any, Any], db: NamedDependency[Database], now: NamedDependency[datetime]
) -> Response[dict[str, bool]]:
    """Raises StripeOff, NotOfStripe."""
    till: Till = request.app.state.till
    if not till.secrets:
        raise StripeOff()
    signature = request.headers.get("stripe-signature", "")
    event = verified(await request.body(), signature=signature, secrets=till.secrets)
    new = await attempt(db, lambda tx: receive_event(tx, event=event, now=now))
    return Response({"received": True, "new": new})


handlers: list[ControllerRouterHandler] = [hear_stripe]
