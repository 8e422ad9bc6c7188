"""A client that others wrote: what vdirsyncer has on disk is what is booked, after every step of a booking's life."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
import uvicorn
from icalendar import Calendar
from litestar import Litestar

from incubator.bookings.cancel import cancel
from incubator.bookings.reschedule import reschedule
from incubator.db.engine import Database, transaction
from tests.caldav.conftest import Token
from tests.calendars.conftest import Book
from tests.cast import Cast, acting
from tests.moments import NOW, tuesday

CONFIGURATION = """
[general]
status_path = "{folder}/status/"

[pair calendars]
a = "here"
b = "there"
collections = ["from b"]
conflict_resolution = "b wins"
partial_sync = "revert"

[storage here]
type = "filesystem"
path = "{folder}/calendars/"
fileext = ".ics"

[storage there]
type = "caldav"
url = "http://127.0.0.1:{port}/"
username = "ewa@example.com"
password = "{token}"
read_only = true
"""


@asynccontextmanager
async def served(app: Litestar) -> AsyncIterator[int]:
    """The port that the service answers on, in this loop."""
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_config=None, access_log=False, ws="none", lifespan="off"))
    task = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.01)
    try:
        yield server.servers[0].sockets[0].getsockname()[1]
    finally:
        server.should_exit = True
        await task


async def vdirsyncer(folder: Path, *arguments: str) -> None:
    process = await asyncio.create_subprocess_exec(
        str(Path(sys.executable).with_name("vdirsyncer")),
        *arguments,
        env=os.environ | {"VDIRSYNCER_CONFIG": str(folder / "config"), "LC_ALL": "C.UTF-8"},
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    said, _ = await process.communicate(b"y\n" * 20)
    assert process.returncode == 0, said.decode()


def shown(folder: Path) -> list[tuple[str, object]]:
    """UID and beginning of every entry that the client has."""
    files = sorted((folder / "calendars").rglob("*.ics"))
    events = [event for file in files for event in Calendar.from_ical(file.read_bytes()).walk("VEVENT")]
    return [(str(event["UID"]), event["DTSTART"].dt) for event in events]


@pytest.mark.slow
async def test_a_booking_from_beginning_to_end(
    app: Litestar, cast: Cast, book: Book, token: Token, db: Database, tmp_path: Path
) -> None:
    booking = await book(cast.member, cast.room_l, tuesday("10:00", "11:00"), title="Rada; „gminy”, część\\n")
    actor = await acting(db, cast.member)
    async with served(app) as port:
        (tmp_path / "config").write_text(
            CONFIGURATION.format(folder=tmp_path, port=port, token=await token(cast.member))
        )
        await vdirsyncer(tmp_path, "discover")
        await vdirsyncer(tmp_path, "sync")
        assert shown(tmp_path) == [(str(booking.id), booking.period.start)]
        later = tuesday("12:00", "13:00")
        async with transaction(db) as tx:
            await reschedule(tx, actor=actor, booking_id=booking.id, period=later, now=NOW)
        await vdirsyncer(tmp_path, "sync")
        assert shown(tmp_path) == [(str(booking.id), later.start)]
        async with transaction(db) as tx:
            await cancel(tx, actor=actor, booking_id=booking.id, now=NOW)
        # It asks before it empties a calendar.
        await vdirsyncer(tmp_path, "sync", "--force-delete")
        assert shown(tmp_path) == []
