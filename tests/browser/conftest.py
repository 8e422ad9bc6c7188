"""One house and one Chromium for all browser tests of a process; a browser context for each test."""

import secrets
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext

from tests.browser.chromium import chromium
from tests.browser.house import House, open_house
from tests.browser.links import Links
from tests.browser.visiting import Visitor, enter
from tests.conftest import at, execute

Enter = Callable[..., Awaitable[Visitor]]


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    async with chromium() as launched:
        yield launched


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def house(
    browser: Browser, server: str, pattern: str, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[House]:
    """Asked for after the browser: without one nothing needs to be furnished."""
    name = f"test_{secrets.token_hex(6)}"
    await execute(server, f"CREATE DATABASE {name} TEMPLATE {pattern} STRATEGY file_copy")
    async with open_house(at(server, name), Path(tmp_path_factory.mktemp("house"))) as opened:
        yield opened
    await execute(server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def links(house: House) -> Links:
    return Links(house.address)


@pytest_asyncio.fixture(loop_scope="session")
async def visit(browser: Browser, house: House) -> AsyncIterator[Enter]:
    """`await visit("lena.dabek", locale="en", width=360)`: a browser of that person, empty for a stranger."""
    contexts: list[BrowserContext] = []

    async def of(who: str = "", **ways: object) -> Visitor:
        visitor = await enter(browser, house, who, **ways)
        contexts.append(visitor.page.context)
        return visitor

    yield of
    for context in contexts:
        await context.close()
