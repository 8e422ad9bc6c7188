"""A worker is killed between the call and the writing down: the key of the row saves it."""

import asyncio
import os
import signal
import sys
from uuid import UUID

import httpx
import pytest

from tests.payments.stripe.shop import Shop
from tests.payments.stripe.test_refunds import paid

pytestmark = pytest.mark.slow


async def killed(shop: Shop, kind: str, row: UUID) -> None:
    """A worker asks Stripe, and dies with the answer in its hands."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.payments.stripe.hands",
        shop.db.url,
        shop.fake.address,
        kind,
        str(row),
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdout is not None
    said = await asyncio.wait_for(process.stdout.readline(), 60)
    os.kill(process.pid, signal.SIGKILL)
    await process.wait()
    assert said == b"asked\n"


async def test_a_killed_worker_leaves_one_session(shop: Shop) -> None:
    checkout = await shop.want()
    await killed(shop, "checkout", checkout)
    assert (await shop.row(checkout))["state"] == "wanted" and len(shop.fake.sessions()) == 1
    await shop.work()
    row, (session,) = await shop.row(checkout), shop.fake.sessions()
    assert (row["state"], row["session_id"]) == ("open", session["id"])


async def test_a_killed_worker_gives_back_once(shop: Shop, house: httpx.AsyncClient) -> None:
    row = await paid(shop, house)
    request = await shop.give_back(row["id"], 4_000)
    await killed(shop, "refund", request)
    assert (await shop.refund(request))["state"] == "wanted"
    await shop.work()
    assert (await shop.refund(request))["state"] == "done"
    assert [one["amount"] for one in shop.fake.store.every("refund")] == [4_000]
    assert (await shop.told())["refunded"] == 1
