"""Keep what Stripe tells, once, and have it worked."""

from datetime import datetime
from uuid import UUID

import msgspec

from incubator.db.engine import Tx
from incubator.jobs.enqueue import enqueue
from incubator.payments.stripe.events import Event
from incubator.payments.stripe.till import WORK_EVENT

KEEP = """
INSERT INTO stripe_event (stripe_id, account, type, created, body, received_at, error)
VALUES ($1, $2, $3, $4, $5::text::jsonb, $6, '') ON CONFLICT (stripe_id) DO NOTHING RETURNING id
"""
OF_PEOPLE = {
    "customer_details",
    "customer_email",
    "billing_details",
    "collected_information",
    "receipt_email",
    "shipping",
    "shipping_details",
    "payment_method_details",
    "payment_method",
    "owner",
}
"""What Stripe says of who paid. We know that from our own rows, and need nothing more."""


async def receive_event(tx: Tx, *, event: Event, now: datetime) -> bool:
    """Whether it is new. It is kept, and to be worked, when the transaction commits."""
    body = {
        "id": event.id,
        "type": event.type,
        "created": event.created,
        "account": event.account,
        "api_version": event.api_version,
        "data": {"object": without_people(event.data.object)},
    }
    text = msgspec.json.encode(body).decode()
    key: UUID | None = await tx.fetchval(KEEP, event.id, event.account, event.type, event.at, text, now)
    if key is not None:
        await enqueue(tx, job=WORK_EVENT, subject_id=key)
    return key is not None


def without_people(thing: object) -> object:
    """The same without what is said of people, however deep it stands."""
    if isinstance(thing, dict):
        return {key: without_people(value) for key, value in thing.items() if key not in OF_PEOPLE}
    if isinstance(thing, list):
        return [without_people(value) for value in thing]
    return thing
