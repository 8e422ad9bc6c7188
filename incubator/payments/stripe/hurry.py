"""Do at once, while somebody looks at the page, what the worker would do in a moment."""

import asyncio
import logging
from datetime import datetime
from uuid import UUID

from incubator.db.engine import Database
from incubator.payments.stripe.ask_checkout import ask_checkout
from incubator.payments.stripe.client import NotNow
from incubator.payments.stripe.till import Till

log = logging.getLogger(__name__)

PATIENCE = 4.0
"""Seconds that somebody looks at nothing."""


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
