"""Colleagues who are named with an address get their ticket by mail: no more than one person can mean well."""

from datetime import datetime, timedelta

from incubator.db.engine import Database, attempt
from incubator.people.actor import Actor
from incubator.people.attempts import Limit, count_attempts
from incubator.registrations.order import RegistrationOrder

BY_ACCOUNT = Limit("register:colleagues", 30, timedelta(days=1))


async def count_colleagues(db: Database, *, actor: Actor, order: RegistrationOrder, now: datetime) -> None:
    """Before registering with others' addresses, in a transaction of its own. Raises TooOften."""
    if any(guest.email for guest in order.guests):
        await attempt(db, lambda tx: count_attempts(tx, (BY_ACCOUNT, str(actor.account_id)), now=now))
