"""Where one pays first and the gmina takes cards: the choice before one books, and the ways to pay afterwards."""

import pytest
from playwright.async_api import expect

from incubator.db.engine import transaction
from tests.browser.conftest import Enter
from tests.browser.house import NOW, House

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

CONNECT = """
INSERT INTO stripe_account (gmina_id, account, charges_since, error, version)
SELECT id, 'acct_house', $1, '', 1 FROM gmina WHERE slug = 'wieliczka'
"""
ROOM = "/incubators/solny-hub/sala-spotkan?date=2026-09-{day}"
WORDS = {
    "pl": ("Zajmij termin", "Od razu: kartą", "Przelewem", "Rezerwuję z obowiązkiem", "Zapłać kartą"),
    "en": ("Keep this time", "At once: by card", "By bank transfer", "Book with an obligation", "Pay by card"),
}


@pytest.mark.parametrize(("locale", "width", "day"), [("pl", 1280, 22), ("en", 360, 23)], ids=["pl-1280", "en-360"])
async def test_one_chooses_and_sees_how_to_pay(visit: Enter, house: House, locale: str, width: int, day: int) -> None:
    keep, card, transfer, book, pay = WORDS[locale]
    async with transaction(house.db) as tx:
        await tx.execute(CONNECT, NOW)
    try:
        visitor = await visit("alicja.pomysl", locale=locale, width=width)
        page = visitor.page
        assert await visitor.open(ROOM.format(day=day)) == 200
        await page.get_by_role("button", name=keep).click()
        await expect(page.get_by_role("radio", name=card)).to_be_checked()
        assert not await visitor.faults()
        await page.get_by_role("radio", name=transfer).check()
        await page.get_by_role("textbox").first.fill("Rozmowa")
        if await page.locator("[name=agreed]").count():
            await page.locator("[name=agreed]").check()
        await page.get_by_role("button", name=book).click()
        await expect(page.get_by_role("button", name=pay)).to_be_visible()
        assert page.url.endswith("/done") and not await visitor.faults()
        await page.locator("details.plain summary").first.click()
        await page.locator('a[href^="/payments/"]').first.click()
        await expect(page.get_by_role("button", name=pay)).to_be_visible()
        assert not await visitor.faults()
    finally:
        async with transaction(house.db) as tx:
            await tx.execute("DELETE FROM stripe_account WHERE account = 'acct_house'")
