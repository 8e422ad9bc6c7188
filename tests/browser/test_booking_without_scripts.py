"""The whole way without JavaScript: find a time, sign in, hold, confirm, look, cancel."""

import re

import pytest
from playwright.async_api import expect

from tests.browser.conftest import Enter

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def test_a_stranger_books_and_cancels_without_scripts(visit: Enter) -> None:
    page = (await visit(java_script_enabled=False)).page
    await page.goto("/incubators/las?date=2026-10-07")
    await page.get_by_role("link", name="Room S, Wed 7 Oct").last.click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Room S")
    await page.get_by_role("combobox", name="From").select_option("12:00")
    await page.get_by_role("combobox", name="To", exact=True).select_option("13:30")
    await page.get_by_role("button", name="Sign in and book").click()
    await page.locator("#email").fill("lena.dabek@demo.invalid")
    await page.get_by_role("button", name="Send me a link").click()
    await page.goto("/demo/mailbox")
    await page.locator("article").first.get_by_role("link").click()
    await page.get_by_role("button", name="Sign in").click()
    # Back where we were, with the same time chosen.
    await expect(page.get_by_role("combobox", name="From").locator("option:checked")).to_have_text("12:00")
    await expect(page.get_by_role("combobox", name="To", exact=True).locator("option:checked")).to_have_text("13:30")
    await page.get_by_role("button", name="Keep this time and continue").click()
    await page.get_by_label("Title").fill("Booked without scripts")
    await page.get_by_label("I have read the terms of use").check()
    await page.get_by_role("button", name=re.compile("^Book")).click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("It is booked")
    await page.get_by_role("main").get_by_role("link", name="My bookings").click()
    row = page.get_by_role("row").filter(has_text="Booked without scripts")
    await expect(row.get_by_text("confirmed")).to_be_visible()
    await row.get_by_role("link").click()
    await page.get_by_text("Cancel this booking").click()
    await page.get_by_role("button", name="Cancel the booking").click()
    await expect(page.get_by_text("The booking is cancelled.")).to_be_visible()
    await page.goto("/bookings")
    await expect(page.get_by_text("Booked without scripts")).to_have_count(0)


async def test_in_the_demonstration_one_click_makes_a_stranger_somebody_at_the_same_place(visit: Enter) -> None:
    page = (await visit(java_script_enabled=False)).page
    await page.goto("/incubators/las/s?date=2026-10-07")
    await page.get_by_role("button", name="Sign in and book").click()
    await page.get_by_role("button", name="Adam Żubrowicz").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Room S")
    await expect(page.get_by_role("button", name="Keep this time and continue")).to_be_visible()


async def test_the_menu_of_a_phone_opens_without_scripts(visit: Enter) -> None:
    page = (await visit(java_script_enabled=False, width=360)).page
    await page.goto("/")
    await page.get_by_text("Menu").click()
    await page.locator(".menu").get_by_role("link", name="Sign in").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")


async def test_who_runs_several_things_finds_them_under_one_word(visit: Enter) -> None:
    page = (await visit("administrator", java_script_enabled=False)).page
    await page.goto("/exchange")
    main = page.get_by_role("navigation", name="Main").locator(".links")
    await expect(main.get_by_role("link", name="Companies")).to_be_visible()
    await expect(main.get_by_role("link", name="Metropolis office")).not_to_be_visible()
    await main.get_by_text("What I run").click()
    await main.get_by_role("link", name="Metropolis office").click()
    await expect(page).to_have_url(re.compile("/office$"))
    heights = await main.locator("> li > *").evaluate_all("all => all.map(one => one.getBoundingClientRect().height)")
    assert max(heights) < 60, "the line of links is no longer one line"


async def test_another_day_is_a_link_on_a_phone_without_scripts(visit: Enter) -> None:
    page = (await visit(java_script_enabled=False, width=360)).page
    await page.goto("/incubators/las?date=2026-10-05")
    await page.get_by_role("navigation", name="Day").get_by_role("link", name="Wed 7").click()
    await expect(page.get_by_role("link", name="Room L, Wed 7 Oct")).to_be_visible()
    await expect(page.get_by_role("link", name="Room L, Mon 5 Oct")).to_be_hidden()
