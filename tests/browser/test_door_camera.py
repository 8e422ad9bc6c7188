"""The camera at the door: tickets that are held before it are checked in, whatever the browser can read by itself."""

from pathlib import Path

import pytest
from playwright.async_api import expect

from tests.browser.chromium import chromium
from tests.browser.film import film
from tests.browser.house import House
from tests.browser.line import line_to
from tests.browser.sights import COORDINATOR
from tests.browser.test_door_offline import a_session_today, came, code_of
from tests.browser.visiting import enter

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]
EYES = ("--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream")
# Without a line, too: what reads codes is on the tablet.
UNREADABLE = "delete window.BarcodeDetector"


async def test_tickets_held_before_the_camera_are_checked_in(house: House, tmp_path: Path) -> None:
    session = await a_session_today(house)
    codes = [await code_of(house, session, name) for name in ("Anna Bąk", "Bogdan Cios")]
    seen = film(tmp_path / "tickets.y4m", [*codes, "https://example.com/not-a-ticket"])
    async with line_to(house) as line, chromium(*EYES, f"--use-file-for-fake-video-capture={seen}") as browser:
        visitor = await enter(browser, house, COORDINATOR, locale="en", width=820)
        page = visitor.page
        await page.add_init_script(UNREADABLE)
        await page.goto(f"{line.address}/desk/exchange/{session}/door")
        await expect(page.locator("html")).to_have_attribute("data-kept", "yes")
        await line.cut(page.context)
        await page.reload()
        await page.get_by_role("button", name="Scan with the camera").click()
        await expect(page.get_by_text("Anna Bąk: is here")).to_be_visible(timeout=15_000)
        await expect(page.get_by_text("Bogdan Cios: is here")).to_be_visible(timeout=15_000)
        await expect(page.get_by_text("This ticket is not on the list.")).to_be_visible(timeout=15_000)
        await page.get_by_role("button", name="Stop the camera").click()
        await expect(page.locator("#view")).to_be_hidden()
        await line.mend(page.context)
        await expect(page.get_by_text("Everything is handed in.")).to_be_visible(timeout=15_000)
    assert await came(house, session) == [("Anna Bąk", "scan"), ("Bogdan Cios", "scan")]
