"""The browser that the tests drive."""

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from playwright.async_api import Browser, Playwright, async_playwright

from tests.missing import missing

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]


@asynccontextmanager
async def chromium(*flags: str) -> AsyncIterator[Browser]:
    """One Chromium: the system's, else one that Playwright installed. Without any, the test is skipped."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=found(playwright), args=[*FLAGS, *flags])
        try:
            yield browser
        finally:
            await browser.close()


def found(playwright: Playwright) -> str:
    system = next(filter(None, map(shutil.which, NAMES)), None)
    bundled = playwright.chromium.executable_path
    if system is None and not Path(bundled).exists():
        missing("Chromium: install Debian's chromium, or run `playwright install chromium`")
    return system or bundled
