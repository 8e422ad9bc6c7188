"""After the storm: everything that is left is delivered and worked, and the books of each day are compared."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta

from incubator.db.engine import Database, attempt, statement
from incubator.kernel.clock import system_clock
from incubator.payments.stripe.reconcile import reconcile_due
from tests.chaos.desk import Desk
from tests.chaos.weather import Weather
from tests.stripe_fake.post import Way

PATIENCE = 300.0
A_LIST_GIVES = timedelta(days=2)
"""More than any list gives for a transfer, less than there is until the first booking begins."""
LEFT = "SELECT entrypoint, status::text, count(*) AS n FROM pgqueuer GROUP BY 1, 2 ORDER BY 1, 2"
AT_ONCE = "UPDATE pgqueuer SET execute_after = now() WHERE status = 'queued' AND execute_after > now()"
BY_TRANSFER = """
SELECT refund.id FROM refund WHERE gmina_id = $1 AND state = 'due' AND method = 'transfer' ORDER BY created_at
"""
LIVE_CHECKOUTS = "SELECT count(*) FROM checkout WHERE state IN ('wanted', 'open')"
OPEN_REFUNDS = "SELECT count(*) FROM stripe_refund WHERE state IN ('wanted', 'sent')"
FEELESS = "SELECT count(*) FROM checkout WHERE state = 'paid' AND fee IS NULL"


async def settle_down(weather: Weather, desks: Sequence[Desk], *, since: datetime) -> None:
    """Raises TimeoutError where it does not come to rest."""
    await weather.clear_up()
    async with asyncio.timeout(PATIENCE):
        await rest(weather)
        end_pages(weather)
        while await unfinished(weather.db):
            weather.bank(share=1)
            await weather.deliver(Way(shuffled=True))
            await weather.later(timedelta(hours=1, minutes=1))
            await rest(weather)
        await weather.later(A_LIST_GIVES)
        for _ in range(2):  # what was given back may come back, and is then sent by transfer
            await close_desks(weather, desks)
            weather.bank(share=1)
            await rest(weather)
    await compare_days(weather, since=since)


async def rest(weather: Weather) -> None:
    """Deliver all, and wait until nothing waits in the queue."""
    while True:
        await weather.deliver(Way(shuffled=True))
        if not await work_left(weather.db):
            return
        await asyncio.sleep(0.5)


async def work_left(db: Database) -> list[tuple[str, str, int]]:
    """What was put off is done now; what failed for good is left and counts as none to wait for."""
    async with statement(db) as tx:
        await tx.execute(AT_ONCE)
        return [tuple(row) for row in await tx.fetch(LEFT) if row["status"] != "failed"]


def end_pages(weather: Weather) -> None:
    """Whatever page at Stripe is still open ends."""
    for session in weather.stripe.sessions():
        if session["status"] == "open":
            weather.stripe.expire(session["id"])


async def unfinished(db: Database) -> int:
    async with statement(db) as tx:
        return sum([await tx.fetchval(sql) for sql in (LIVE_CHECKOUTS, OPEN_REFUNDS, FEELESS)])


async def close_desks(weather: Weather, desks: Sequence[Desk]) -> None:
    for desk in desks:
        await desk.count_transfers(share=1)
    await rest(weather)
    for desk in desks:
        await desk.give_back()
        async with statement(weather.db) as tx:
            due = [row["id"] for row in await tx.fetch(BY_TRANSFER, desk.gmina.id)]
        await desk.send_back(due)


async def compare_days(weather: Weather, *, since: datetime) -> None:
    """As the night does, of each day that the test touched."""
    now = system_clock()
    day = since
    while day <= now + timedelta(days=1):
        later = day + timedelta(days=1)
        await attempt(weather.db, lambda tx, at=later: reconcile_due(tx, now=at))
        day = later
    await wait_for(lambda: work_left(weather.db))


async def wait_for(left: Callable[[], Awaitable[Sequence[object]]]) -> None:
    async with asyncio.timeout(PATIENCE):
        while await left():
            await asyncio.sleep(0.5)
