"""tsdav, which web calendars use."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.caldav.apps import Account, Shown, shown_of
from tests.calendars.readers import in_node


@dataclass
class Tsdav:
    account: Account
    kept: Path

    async def look(self) -> list[Shown]:
        words = (self.account.address, self.account.name, self.account.token, str(self.kept))
        return shown_of(json.loads(await asyncio.to_thread(in_node, "tsdav.mjs", b"", *words, package="tsdav")))


@asynccontextmanager
async def tsdav(account: Account, folder: Path) -> AsyncIterator[Tsdav]:
    yield Tsdav(account, folder / "calendars.json")
