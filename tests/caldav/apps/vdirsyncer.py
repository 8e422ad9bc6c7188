"""vdirsyncer, which keeps calendars as folders of files."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.caldav.apps import Account, Shown, shown_of

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
url = "{account.address}"
username = "{account.name}"
password = "{account.token}"
read_only = true
"""


@dataclass
class Vdirsyncer:
    folder: Path

    async def look(self) -> list[Shown]:
        # It asks before it empties a calendar.
        await self.run("sync", "--force-delete")
        return shown_of(file.read_bytes() for file in (self.folder / "calendars").rglob("*.ics"))

    async def run(self, *words: str) -> None:
        process = await asyncio.create_subprocess_exec(
            str(Path(sys.executable).with_name("vdirsyncer")),
            *words,
            env=os.environ | {"VDIRSYNCER_CONFIG": str(self.folder / "config"), "LC_ALL": "C.UTF-8"},
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        said, _ = await process.communicate(b"y\n" * 20)
        assert process.returncode == 0, said.decode()


@asynccontextmanager
async def vdirsyncer(account: Account, folder: Path) -> AsyncIterator[Vdirsyncer]:
    app = Vdirsyncer(folder)
    (folder / "config").write_text(CONFIGURATION.format(folder=folder, account=account))
    await app.run("discover")
    yield app
