"""A worker's process that is going to be killed: `python -m tests.payments.stripe.hands DATABASE STRIPE KIND ROW`.

It asks Stripe, says so, and waits for ever before it writes anything down."""

import asyncio
import sys
from typing import Any
from uuid import UUID

from incubator.db.engine import Database, open_database
from incubator.payments.stripe import open_checkout as opening
from incubator.payments.stripe import send_refund as sending
from incubator.payments.stripe.client import open_stripe
from incubator.payments.stripe.till import Till
from tests.conftest import NOW
from tests.payments.stripe.shop import LISTENERS
from tests.stripe_fake.server import KEY


async def never(_db: Database, _act: Any) -> None:
    print("asked", flush=True)
    await asyncio.Event().wait()


async def main(database: str, address: str, kind: str, row: str) -> None:
    till = Till(open_stripe(KEY, address=address), LISTENERS, "http://testserver.local")
    opening.attempt = sending.attempt = never
    async with open_database(database, pool_size=2) as db:
        act = opening.open_checkout if kind == "checkout" else sending.send_refund
        await act(till, db, subject_id=UUID(row), now=NOW)


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
