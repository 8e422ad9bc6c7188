"""On a phone 360 px wide, with a finger: everything that is tapped is large enough for one."""

import re

import pytest
from playwright.async_api import Locator, expect

from tests.browser.conftest import Enter
from tests.browser.sights import MEMBER
from tests.browser.visiting import place_of

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

FINGER = 44
"""Pixels each way, by WCAG's own advice."""


async def tap(there: Locator) -> None:
    box = await there.bounding_box()
    assert box is not None and box["height"] >= FINGER and box["width"] >= FINGER, box
    await there.tap()


async def test_a_time_is_booked_with_a_finger(visit: Enter) -> None:
    visitor = await visit(MEMBER, width=360, has_touch=True, is_mobile=True)
    page = visitor.page
    await page.goto("/incubators/las?date=2026-10-05")
    await tap(page.get_by_role("navigation", name="Day").get_by_role("link", name="Thu 8"))
    await expect(page.get_by_role("link", name="Room A, Mon 5 Oct")).to_be_hidden()
    await tap(page.get_by_role("link", name="Room A, Thu 8 Oct"))
    await expect(page.get_by_role("dialog", name="Book Room A")).to_be_visible()
    assert not await visitor.faults()
    await page.get_by_role("combobox", name="From").select_option("10:00")
    await page.get_by_role("combobox", name="To", exact=True).select_option("11:30 (1 h 30 min)")
    await tap(page.get_by_role("button", name="Keep this time and continue"))
    await page.get_by_label("Title").fill("Booked with a finger")
    await page.get_by_label("I have read the terms of use").tap()
    await tap(page.get_by_role("button", name=re.compile("^Book")))
    await expect(page.get_by_role("heading", level=1)).to_have_text("It is booked")
    await expect(page.get_by_text("Thu 8 Oct, 10:00–11:30")).to_be_visible()


async def test_the_picture_of_a_day_takes_a_finger_too(visit: Enter) -> None:
    page = (await visit(MEMBER, width=360, has_touch=True, is_mobile=True)).page
    await page.goto("/incubators/las?date=2026-10-05")
    picture = page.locator("tr", has_text="Room S").locator(".day-picture:visible")
    await picture.tap(position=await place_of(picture, 14.25))
    await expect(page.get_by_role("combobox", name="From").locator("option:checked")).to_have_text("14:00")
