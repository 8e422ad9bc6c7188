"""Thunderbird, without a window: a profile of its own, set up and looked at from inside."""

import asyncio
import os
import shutil
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from msgspec import Struct
from msgspec.json import decode

from tests.caldav.apps import FIRST, LAST, Account, Shown, shown
from tests.caldav.apps.marionette import PATIENCE, Marionette
from tests.missing import missing

SCRIPT = Path(__file__).with_suffix(".js").read_text()
SETTINGS = {
    # A new profile wants a mail account, and to tell its makers of itself.
    "app.update.enabled": "false",
    "calendar.alarms.show": "false",
    "datareporting.policy.dataSubmissionEnabled": "false",
    "mail.provider.suppress_dialog_on_startup": "true",
    "mail.spotlight.firstRunDone": "true",
    # What it sets for tests of its own would have it keep no password.
    "remote.prefs.recommended": "false",
    "services.settings.server": '"http://127.0.0.1:9/"',
    "toolkit.telemetry.enabled": "false",
}


class Item(Struct):
    """An entry on one day; times in seconds since 1970."""

    uid: str
    title: str
    status: str
    start: float
    end: float


@dataclass
class Thunderbird:
    session: Marionette

    async def subscribe(self, kind: str, *words: str) -> list[str]:
        """`caldav`: all that the service has for this person; `ics`: one feed. The names of the calendars."""
        told = await self.session.run(f"{SCRIPT} return subscribe(...arguments);", kind, *words)
        return decode(told, type=list[str])

    async def look(self) -> list[Shown]:
        days = (f"{day:%Y%m%dT%H%M%SZ}" for day in (FIRST, LAST))
        told = await self.session.run(f"{SCRIPT} return look(...arguments);", *days)
        return sorted(map(_shown, decode(told, type=list[Item])))

    async def changeable(self) -> list[str]:
        """The names of calendars that it would let one write in."""
        return decode(await self.session.run(f"{SCRIPT} return changeable();"), type=list[str])


@asynccontextmanager
async def by_caldav(account: Account, folder: Path) -> AsyncIterator[Thunderbird]:
    async with thunderbird(folder) as app:
        await app.subscribe("caldav", account.address, account.name, account.token)
        yield app


@asynccontextmanager
async def by_feed(account: Account, folder: Path) -> AsyncIterator[Thunderbird]:
    async with thunderbird(folder) as app:
        await app.subscribe("ics", account.feed)
        yield app


@asynccontextmanager
async def thunderbird(folder: Path) -> AsyncIterator[Thunderbird]:
    """It runs in the folder, and leaves nothing elsewhere."""
    if shutil.which("thunderbird") is None:
        missing("Thunderbird: install Debian's thunderbird")
    profile, port = folder / "profile", free_port()
    profile.mkdir(parents=True)
    settings = SETTINGS | {"marionette.port": str(port)}
    (profile / "user.js").write_text("".join(f'user_pref("{name}", {value});\n' for name, value in settings.items()))
    with (folder / "thunderbird.log").open("wb") as log:
        process = await asyncio.create_subprocess_exec(
            *("thunderbird", "--headless", "--marionette", "--remote-allow-system-access", "--no-remote"),
            *("--profile", str(profile)),
            env=os.environ | {"HOME": str(folder), "TZ": "Europe/Warsaw", "LC_ALL": "C.UTF-8"},
            stdout=log,
            stderr=log,
        )
    try:
        session = await answering(port)
        yield Thunderbird(session)
        await session.close()
    finally:
        process.terminate()
        await process.wait()


async def answering(port: int) -> Marionette:
    async with asyncio.timeout(PATIENCE):
        while True:
            try:
                return await Marionette.to(port)
            except OSError:
                await asyncio.sleep(0.1)


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def _shown(one: Item) -> Shown:
    start, end = (datetime.fromtimestamp(moment, UTC) for moment in (one.start, one.end))
    return shown(uid=one.uid, title=one.title, status=one.status, start=start, end=end)
