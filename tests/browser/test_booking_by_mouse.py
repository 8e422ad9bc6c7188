"""With a mouse: a click into the picture of a day means the time under it."""

import re

import pytest
from playwright.async_api import expect

from tests.browser.conftest import Enter
from tests.browser.sights import MEMBER
from tests.browser.visiting import place_of

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def test_a_click_into_the_picture_of_a_day_chooses_the_time_under_it(visit: Enter) -> None:
    page = (await visit(MEMBER)).page
    await page.goto("/incubators/las?date=2026-10-09")
    picture = page.locator('.day-picture[data-address$="/las/l"][data-day="2026-10-09"]')
    for hour, start, end in ((14.25, "14:00", "15:00 (1 h)"), (8.75, "08:30", "09:30 (1 h)")):
        await picture.click(position=await place_of(picture, hour))
        dialog = page.get_by_role("dialog", name="Book Room L")
        await expect(dialog.get_by_text("Friday, 9 October 2026")).to_be_visible()
        await expect(dialog.get_by_role("combobox", name="From").locator("option:checked")).to_have_text(start)
        await expect(dialog.get_by_role("combobox", name="To", exact=True).locator("option:checked")).to_have_text(end)
        await dialog.get_by_role("button", name="Close").click()
        await expect(dialog).to_be_hidden()


async def test_a_time_that_somebody_takes_meanwhile_is_refused_with_what_is_free(visit: Enter) -> None:
    first, second = (await visit(MEMBER)).page, (await visit("adam.zubrowicz")).page
    for page in (first, second):
        await page.goto("/incubators/las?date=2026-10-09")
        await page.get_by_role("link", name="Room S, Fri 9 Oct").click()
        await expect(page.get_by_role("dialog")).to_be_visible()
    await first.get_by_role("button", name="Keep this time and continue").click()
    await expect(first.get_by_role("heading", level=1)).to_have_text("Almost yours: what is it for?")
    await second.get_by_role("button", name="Keep this time and continue").click()
    await expect(second.get_by_role("alert")).to_contain_text("already taken")
    await second.locator(".alternatives button").first.click()
    await expect(second.get_by_role("heading", level=1)).to_have_text("Almost yours: what is it for?")


async def test_on_the_page_of_a_space_the_picture_leads_to_its_form(visit: Enter) -> None:
    page = (await visit(MEMBER)).page
    await page.goto("/incubators/las/l?date=2026-10-09")
    picture = page.locator('.day-picture[data-day="2026-10-08"]')
    await picture.click(position=await place_of(picture, 14.25))
    await expect(page).to_have_url(re.compile("date=2026-10-08&at=14:00"))
    await expect(page.get_by_role("combobox", name="From").locator("option:checked")).to_have_text("14:00")
