"""Do at once, while somebody looks at the page, what the worker would do in a moment."""

import asyncio
import logging
from datetime import datetime
from uuid import UUID

from incubator.db.engine import Database, statement
from incubator.payments.stripe.ask_checkout import ask_checkout
from incubator.payments.stripe.client import NotNow
from incubator.payments.stripe.queries import own_checkout
from incubator.payments.stripe.states import State
from incubator.payments.stripe.till import Till
from incubator.payments.stripe.views import CheckoutView
from incubator.people.actor import Actor

log = logging.getLogger(__name__)

PATIENCE = 4.0
"""Seconds that somebody looks at nothing."""


async def checkout_now(
    till: Till, db: Database, *, actor: Actor, checkout_id: UUID, now: datetime, came_back: bool = False
) -> CheckoutView:
    """A checkout as who pays sees it. Where Stripe has not answered yet, or they come back from there, it is asked
    now. Raises NoSuchCheckout."""
    view = await _read(db, actor, checkout_id)
    if view.state is State.WANTED or (view.state is State.OPEN and came_back):
        await hurry(till, db, checkout_id=checkout_id, now=now)
        view = await _read(db, actor, checkout_id)
    return view


async def _read(db: Database, actor: Actor, checkout_id: UUID) -> CheckoutView:
    async with statement(db) as tx:
        return await own_checkout(tx, actor=actor, checkout_id=checkout_id)


async def hurry(till: Till, db: Database, *, checkout_id: UUID, now: datetime) -> bool:
    """Whether Stripe answered in time. Where it did not, the worker goes on: what is asked is asked under the same
    key, so it does not matter how far we came."""
    try:
        async with asyncio.timeout(PATIENCE):
            await ask_checkout(till, db, subject_id=checkout_id, now=now)
    except (NotNow, TimeoutError) as error:
        log.info("stripe did not answer in time", extra={"checkout": str(checkout_id), "reason": type(error).__name__})
        return False
    return True
