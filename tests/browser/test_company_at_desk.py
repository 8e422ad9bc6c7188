"""The desk says for which company somebody comes whom it has put on the list: with the mouse, at both widths."""

import pytest
from playwright.async_api import expect

from incubator.db.engine import statement
from tests.browser.conftest import Enter
from tests.browser.finding import find
from tests.browser.house import House
from tests.browser.sights_registrations import BY_DESK

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

COMPANY = """
SELECT organisation.name, nip FROM organisation JOIN aid_declaration ON organisation_id = organisation.id
WHERE nip IS NOT NULL AND closed_at IS NULL ORDER BY declared_at DESC, organisation.id LIMIT 1
"""


@pytest.mark.parametrize("width", [1280, 360])
async def test_the_desk_notes_a_company_and_takes_it_back(visit: Enter, house: House, width: int) -> None:
    async with statement(house.db) as tx:
        company = await tx.fetchrow(COMPANY)
    assert company is not None
    found = await find(house.db, BY_DESK)
    seen = await visit(found.who, width=width)
    page, person = seen.page, found.row["person"]
    row = page.get_by_role("row").filter(has_text=person).first
    for nip, shown in ((company["nip"], 1), ("", 0)):
        await page.goto(found.address)
        await row.get_by_text("For a company").click()
        await row.get_by_label("NIP of the company").fill(nip)
        assert await seen.faults() == []
        await row.get_by_role("button", name="Note it").click()
        await expect(page.get_by_role("status")).to_contain_text("It is noted for whom they come.")
        await expect(row.get_by_text(company["name"])).to_have_count(shown)
