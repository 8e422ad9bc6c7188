"""A coordinator plans a meeting of a programme in a room: it is taken, goes where the meeting goes, and is free again."""

import pytest
from playwright.async_api import Page, expect

from incubator.db.engine import statement
from tests.browser.conftest import Enter
from tests.browser.house import House
from tests.browser.sights_participation import COORDINATOR, RUNNING

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

NAME, ROOM = "Robotics workshop", "Conference hall"
DAY = "/desk/incubators/klaster-zablocie/day?space=sala-konferencyjna&date=2026-10-1{}"


async def test_a_meeting_takes_a_room_moves_with_it_and_gives_it_back(visit: Enter, house: House) -> None:
    async with statement(house.db) as tx:
        edition = await tx.fetchval(RUNNING)
    seen = await visit(COORDINATOR)
    page = seen.page
    await page.goto(f"/desk/editions/{edition}/meetings")
    await _fill(page, "2026-10-13", "10:15", "12:00")
    await page.get_by_label("Name in Polish").fill("Warsztaty robotyczne")
    await page.get_by_label("Name in English").fill(NAME)
    await _choose(page)
    assert await seen.faults() == []
    await page.get_by_role("button", name="Plan the meeting").click()
    await expect(page.get_by_role("row", name=NAME)).to_contain_text(ROOM)
    await _in_the_day(page, 3, "10:15")

    await page.goto(f"/desk/editions/{edition}/meetings")
    await _fill(page, "2026-10-13", "11:30", "13:00")
    await page.get_by_label("Name in Polish").fill("Drugie warsztaty")
    await _choose(page)
    await page.get_by_role("button", name="Plan the meeting").click()
    await expect(page.get_by_role("alert")).to_contain_text("already taken")
    await expect(page.locator('select[name="space_id"] option:checked')).to_contain_text(ROOM)
    await expect(page.get_by_role("row", name="Drugie warsztaty")).to_have_count(0)

    await page.goto(f"/desk/editions/{edition}/meetings")
    await page.get_by_role("row", name=NAME).get_by_role("link").click()
    await _fill(page, "2026-10-14", "14:00", "16:00")
    await page.get_by_role("button", name="Save the meeting").click()
    await expect(page.get_by_role("status")).to_contain_text("The meeting is changed.")
    await _in_the_day(page, 4, "14:00")
    await _free(page, 3)

    await page.goto(f"/desk/editions/{edition}/meetings")
    await page.get_by_role("row", name=NAME).get_by_role("link").click()
    await page.get_by_role("button", name="Call the meeting off").click()
    await expect(page.get_by_role("status")).to_contain_text("called off")
    await _free(page, 4)


async def _fill(page: Page, day: str, starts: str, ends: str) -> None:
    for name, value in (("day", day), ("starts", starts), ("ends", ends)):
        await page.locator(f'input[name="{name}"]').fill(value)


async def _choose(page: Page) -> None:
    rooms = page.locator('select[name="space_id"]')
    option = rooms.locator("option", has_text=ROOM).first
    await rooms.select_option(value=await option.get_attribute("value"))


async def _in_the_day(page: Page, day: int, clock: str) -> None:
    await page.goto(DAY.format(day))
    row = page.get_by_role("row").filter(has_text="Warsztaty robotyczne")
    await expect(row).to_contain_text(clock)


async def _free(page: Page, day: int) -> None:
    await page.goto(DAY.format(day))
    await expect(page.locator("table.agenda tr:not(.off)", has_text="Warsztaty robotyczne")).to_have_count(0)
