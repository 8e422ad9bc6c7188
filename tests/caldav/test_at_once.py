"""However many calendars are asked for at a time, there are connections to the database left for whoever books."""

import asyncio

import pytest

from incubator.caldav.answer import AT_ONCE
from incubator.caldav.reply import Reply
from incubator.db.engine import Database, statement
from tests.caldav.client import report
from tests.caldav.conftest import Connect
from tests.cast import Cast


async def test_only_so_many_calendars_are_read_at_a_time(
    connect: Connect, cast: Cast, db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, most, go_on = 0, 0, asyncio.Event()

    async def dawdle(*_: object) -> Reply:
        nonlocal begun, most
        begun += 1
        most = max(most, begun)
        await go_on.wait()
        begun -= 1
        return Reply(207)

    monkeypatch.setattr("incubator.caldav.answer.reported", dawdle)
    client, path = await connect(cast.member), f"/dav/{cast.member.id}/personal/"
    asking = [asyncio.create_task(report(client, path, "d:sync-collection></d:sync-collection>")) for _ in range(40)]
    while begun < AT_ONCE:
        await asyncio.sleep(0)
    async with asyncio.timeout(5), statement(db) as tx:
        assert await tx.fetchval("SELECT 1") == 1
    go_on.set()
    assert {answer.status_code for answer in await asyncio.gather(*asking)} == {207}
    assert most == AT_ONCE
