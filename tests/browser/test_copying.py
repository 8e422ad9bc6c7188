"""An address or a password goes to where it is pasted with one press."""

import pytest
from playwright.async_api import expect

from tests.browser.conftest import Enter
from tests.browser.sights import MEMBER

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

CLIPBOARD = "navigator.clipboard.readText()"


async def test_the_address_of_a_public_calendar_is_copied_as_it_was_chosen(visit: Enter) -> None:
    page = (await visit(locale="en")).page
    await page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    await page.goto("/subscribe?of=incubators/las")
    await page.get_by_label("Entries written in").select_option("pl")
    await expect(page.get_by_label("Address", exact=True)).to_have_value(
        page.url.partition("/subscribe")[0] + "/calendars/incubators/las.ics?lang=pl"
    )
    await page.get_by_role("button", name="Copy the address").click()
    await expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert await page.evaluate(CLIPBOARD) == await page.get_by_label("Address", exact=True).input_value()
    await page.get_by_role("button", name="Copied").click()
    await page.wait_for_timeout(3500)
    await expect(page.get_by_role("button", name="Copied")).to_have_count(0)


async def test_an_app_password_is_copied_and_so_is_the_server(visit: Enter) -> None:
    page = (await visit(MEMBER, locale="en")).page
    await page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    await page.goto("/me/calendars")
    await page.get_by_role("button", name="Make an app password").click()
    for button, shown in (("Copy the password", "#password"), ("Copy the server address", "#server-made")):
        await page.get_by_role("button", name=button).first.click()
        await expect(page.get_by_role("button", name="Copied")).to_be_visible()
        assert await page.evaluate(CLIPBOARD) == await page.locator(shown).inner_text()
        await expect(page.get_by_role("button", name="Copied")).to_have_count(0)
