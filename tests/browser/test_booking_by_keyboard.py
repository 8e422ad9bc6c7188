"""From the page of an incubator to a booking with keys alone; where the focus is can always be seen."""

import pytest
from playwright.async_api import Page, expect

from tests.browser.conftest import Enter
from tests.browser.sights import MEMBER

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

WEEK = "/incubators/las?date=2026-10-05"
FOCUS = """() => {
  const here = document.activeElement;
  const style = getComputedStyle(here);
  return {
    at: here.outerHTML.slice(0, 200),
    inside: Boolean(here.closest("dialog")),
    nowhere: here === document.body,
    ring: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
  };
}"""


async def tab_to(page: Page, selector: str, *, most: int = 80) -> None:
    """Press Tab until the focus is on what `selector` names; each stop on the way has a ring."""
    for _ in range(most):
        await page.keyboard.press("Tab")
        seen = await page.evaluate(FOCUS)
        assert seen["nowhere"] or seen["ring"], f"no ring around {seen['at']}"
        if await page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"{selector} is not reached within {most} tabs")


async def focused(page: Page) -> str:
    return str(await page.evaluate("document.activeElement.textContent.trim().replace(/\\s+/g, ' ')"))


async def test_a_time_is_booked_with_keys_alone(visit: Enter) -> None:
    page = (await visit(MEMBER)).page
    await page.goto(WEEK)
    await tab_to(page, ".skip", most=1)
    await tab_to(page, "a.pick")
    assert "Room L, Mon 5 Oct" in await focused(page)
    await page.keyboard.press("ArrowRight")
    assert "Room L, Tue 6 Oct" in await focused(page)
    await page.keyboard.press("ArrowDown")
    assert "Room A, Tue 6 Oct" in await focused(page)
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("dialog", name="Book Room A")).to_be_visible()
    start, end = page.get_by_role("combobox", name="From"), page.get_by_role("combobox", name="To", exact=True)
    await expect(start).to_be_focused()
    await page.keyboard.press("ArrowDown")
    await expect(start.locator("option:checked")).to_have_text("08:30")
    await expect(end.locator("option:checked")).to_have_text("09:30 (1 h)")
    await tab_to(page, "[name=end]", most=1)
    await page.keyboard.press("ArrowDown")
    await expect(end.locator("option:checked")).to_have_text("10:00 (1 h 30 min)")
    await tab_to(page, "button[type=submit]", most=2)
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", level=1)).to_have_text("Almost yours: what is it for?")
    await tab_to(page, "[name=title]")
    await page.keyboard.type("Booked by keys")
    await tab_to(page, "[name=agreed]", most=12)
    await page.keyboard.press("Space")
    await tab_to(page, "button[type=submit]", most=1)
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", level=1)).to_have_text("It is booked")
    await expect(page.get_by_text("Tue 6 Oct, 08:30–10:00")).to_be_visible()


async def test_focus_stays_in_the_dialog_and_comes_back_from_it(visit: Enter) -> None:
    visitor = await visit(MEMBER)
    page = visitor.page
    await page.goto(WEEK)
    await tab_to(page, "a.pick")
    chosen = await focused(page)
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("dialog")).to_be_visible()
    assert not await visitor.faults()
    for key in ("Tab",) * 9 + ("Shift+Tab",) * 9:
        await page.keyboard.press(key)
        seen = await page.evaluate(FOCUS)
        assert seen["inside"] or seen["nowhere"], f"out of the dialog at {seen['at']}"
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("dialog")).to_be_hidden()
    assert await focused(page) == chosen


async def test_the_way_past_the_header_is_the_first_stop(visit: Enter) -> None:
    page = (await visit()).page
    await page.goto(WEEK)
    await tab_to(page, ".skip", most=1)
    await page.keyboard.press("Enter")
    await expect(page.locator("#main")).to_be_focused()
    await tab_to(page, "main a", most=1)
