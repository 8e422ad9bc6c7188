"""What is chosen of a calendar changes its address at once, and what cannot be is said."""

import pytest
from playwright.async_api import expect

from tests.browser.conftest import Enter

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def test_what_cannot_be_chosen_is_said_in_the_place_of_the_address(visit: Enter) -> None:
    page = (await visit(locale="en")).page
    await page.goto("/subscribe?of=sessions/all")
    days = page.get_by_label("Cancelled ones stay")
    await days.fill("95")
    await days.blur()
    await expect(page.get_by_role("alert")).to_contain_text("0 to 90")
    await days.fill("9")
    await days.blur()
    await expect(page.get_by_label("Address", exact=True)).to_have_value(
        page.url.partition("/subscribe")[0] + "/calendars/sessions/all.ics?lang=en&cancelled=9"
    )
