"""One house and one Chromium for all browser tests of a process; a browser context for each test."""

import secrets
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser

from tests.browser.chromium import chromium
from tests.browser.house import House, open_house
from tests.browser.links import Links
from tests.browser.visiting import Visitor, enter
from tests.stock import at, execute

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
    """`await visit("lena.dabek", locale="en", width=360)`: a new browser of that person, empty for a stranger."""
    visitors: list[Visitor] = []

    async def of(who: str = "", **ways: object) -> Visitor:
        visitors.append(await enter(browser, house, who, **ways))
        return visitors[-1]

    yield of
    for visitor in visitors:
        await visitor.page.context.close()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def stroll(browser: Browser, house: House) -> AsyncIterator[Enter]:
    """The same, in a window that the person keeps: for looking at one page after another, twice as quick."""
    visitors: dict[tuple[str, str, int], Visitor] = {}

    async def of(who: str, *, locale: str, width: int) -> Visitor:
        seat = (who, locale, width)
        if seat not in visitors:
            visitors[seat] = await enter(browser, house, who, locale=locale, width=width)
        return visitors[seat]

    yield of
    for visitor in visitors.values():
        await visitor.page.context.close()
