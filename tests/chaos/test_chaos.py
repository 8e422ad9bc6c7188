"""Thousands of bookings with payments while servers and workers are killed, Stripe fails and its post is late."""

import asyncio
import os
import random
import time
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path

import httpx
import pytest

from incubator.db.engine import Database, transaction
from incubator.kernel.clock import system_clock
from incubator.kernel.period import WARSAW
from tests.cast import Cast
from tests.chaos.calm import settle_down
from tests.chaos.client import Story, client_of
from tests.chaos.desk import Desk
from tests.chaos.people import Customer
from tests.chaos.processes import Machines, running
from tests.chaos.reckoning import deeds, paid_checkouts, read_logs, reckon
from tests.chaos.town import Town, found
from tests.chaos.weather import Weather
from tests.proof.traffic import workdays
from tests.stripe_fake.accounts import open_account
from tests.stripe_fake.doors import Doors
from tests.stripe_fake.server import SECRET
from tests.stripe_fake.store import Store

pytestmark = pytest.mark.slow

SCALE = float(os.environ.get("CHAOS_SCALE", "0.15"))
SEED = int(os.environ.get("CHAOS_SEED", "1"))
BOOKINGS, PAID = int(2_000 * SCALE), int(1_000 * SCALE)
LONGEST = 600 * max(SCALE, 1)
"""Seconds after which it is given up."""
COME_ABOUT = {
    *("book", "confirm", "expire", "reschedule", "cancel", "take_again"),
    *("owe", "pay", "issue", "give_back", "refund_done", "refund_failed", "reinstate", "settle_deposit"),
}
"""What has to come about in a whole storm, or it proves nothing about it."""
DAYS = max(10, int(25 * SCALE))


async def test_every_grosz_after_everything_went_wrong(
    db: Database, cast: Cast, database_url: str, tmp_path: Path
) -> None:
    begun, dice = system_clock(), random.Random(SEED)
    town = await found(db, cast, now=begun)
    story = Story()
    async with running(database_url, tmp_path) as machines, httpx.AsyncClient(timeout=30, verify=False) as http:
        stripe = Doors(Store(str(machines.book), time.time), SECRET)
        for gmina in town.gminas:
            with stripe.store.deed():
                open_account(stripe.store, key=gmina.account)
        weather = Weather(db=db, machines=machines, stripe=stripe, dice=random.Random(SEED + 1), http=http)
        desks = desks_of(town, machines, story, dice)
        await weather.set_in(seed=SEED)
        started = time.monotonic()
        await storm(weather, [*customers_of(town, machines, story, dice, stripe), *desks], story)
        print(f"storm: {time.monotonic() - started:.0f} s")
        await settle_down(weather, desks, since=begun)
        print(f"with calm: {time.monotonic() - started:.0f} s")
        paid = paid_checkouts(stripe)
        print(story.table(), f"{paid} paid checkouts, {sum(one.killed for one in machines.all)} kills", sep="\n")
        async with transaction(db) as tx:
            complaints, done = await reckon(tx, town=town, story=story, stripe=stripe), await deeds(tx)
        print(dict(done))
    complaints += read_logs(machines)
    assert complaints + story.problems == [], "\n".join([f"{len(complaints)}", *complaints[:60], *story.problems[:20]])
    assert SCALE < 1 or set(done) >= COME_ABOUT
    assert len(story.booked) >= BOOKINGS and paid >= PAID
    assert sum(one.killed for one in machines.servers) and sum(one.killed for one in machines.workers)


async def storm(weather: Weather, people: "list[Customer | Desk]", story: Story) -> None:
    """Until enough was booked and paid; then everybody finishes what they are at."""
    end = time.monotonic() + LONGEST

    def over() -> bool:
        return (len(story.booked) >= BOOKINGS and story.paid >= PAID) or time.monotonic() > end

    trouble: list[Callable[[Callable[[], bool]], Awaitable[None]]] = [
        partial(weather.pull_plugs, weather.machines.servers),
        partial(weather.pull_plugs, weather.machines.workers),
        weather.carry_post,
        weather.keep_banking,
        weather.let_time_pass,
    ]
    async with asyncio.TaskGroup() as group:
        for cause in trouble:
            group.create_task(cause(over))
        for one in people:
            group.create_task(one.live(over))


def customers_of(town: Town, machines: Machines, story: Story, dice: random.Random, stripe: Doors) -> list[Customer]:
    days = workdays(DAYS, in_days=4, now=system_clock())
    return [
        Customer(
            client=client_of(buyer.who, machines.servers, story, random.Random(dice.random())),
            buyer=buyer,
            town=town,
            days=days,
            stripe=stripe,
        )
        for buyer in town.buyers
    ]


def desks_of(town: Town, machines: Machines, story: Story, dice: random.Random) -> list[Desk]:
    today = system_clock().astimezone(WARSAW).date()
    return [
        Desk(client_of(gmina.coordinator, machines.servers, story, random.Random(dice.random())), gmina, today)
        for gmina in town.gminas
    ]
