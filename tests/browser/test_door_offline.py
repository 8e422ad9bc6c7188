"""The door of a session without a line: what was noted meanwhile is there once, when the line is back."""

import re
from datetime import timedelta
from uuid import UUID

import pytest
from playwright.async_api import Page, expect

from incubator.db.engine import transaction
from incubator.registrations.confirm import confirm
from incubator.registrations.order import RegistrationOrder
from incubator.registrations.register_by_mail import offer_seats
from tests.browser.conftest import Enter
from tests.browser.house import NOW, House
from tests.browser.line import line_to
from tests.browser.sights import COORDINATOR
from tests.exchanges.cast import put_session

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

NAMES = ("Anna Bąk", "Bogdan Cios", "Cezary Duda", "Daria Ens")
CAME = """
SELECT name, evidence FROM ticket WHERE session_id = $1 AND checked_in_at IS NOT NULL AND live ORDER BY name
"""


async def a_session_today(house: House) -> UUID:
    async with transaction(house.db) as tx:
        gmina = await tx.fetchval("SELECT id FROM gmina WHERE slug = 'niepolomice'")
        key = await put_session(tx, gmina=gmina, start=NOW + timedelta(minutes=20), capacity=10, published_at=NOW)
        for turn, name in enumerate(NAMES):
            wish = RegistrationOrder(session_id=key, name=name, email=f"door{turn}@example.com", terms_accepted=True)
            made = await offer_seats(tx, order=wish, now=NOW)
            await confirm(tx, registration_id=made.id, now=NOW)
    return key


async def came(house: House, session: UUID) -> list[tuple[str, str]]:
    async with transaction(house.db) as tx:
        return [tuple(row) for row in await tx.fetch(CAME, session)]


async def let_in(page: Page, name: str) -> None:
    await page.get_by_role("button", name=re.compile(f"^Let in.*{name}")).click()


async def test_three_checked_in_without_a_line_are_there_once_when_it_is_back(visit: Enter, house: House) -> None:
    session = await a_session_today(house)
    async with line_to(house) as line:
        visitor = await visit(COORDINATOR, width=1280)
        page, context = visitor.page, visitor.page.context
        await page.goto(f"{line.address}/desk/exchange/{session}/door")
        await expect(page.locator("html")).to_have_attribute("data-kept", "yes")

        await line.cut(context)
        await let_in(page, "Anna Bąk")
        await page.get_by_label("Code of a ticket").fill(await code_of(house, session, "Bogdan Cios"))
        await page.get_by_label("Code of a ticket").press("Enter")
        await page.reload()  # no line, and still there, with what was noted
        await expect(page.get_by_text("2 not handed in yet")).to_be_visible()
        await expect(page.locator("#came")).to_have_text("2")
        await page.get_by_label("Name of who came without registering").fill("Ewa Zza Rogu")
        await page.get_by_role("button", name="Note and check in").click()
        await let_in(page, "Cezary Duda")
        await page.get_by_role("button", name=re.compile("^Undo.*Cezary Duda")).click()
        await page.reload()
        await expect(page.locator("#came")).to_have_text("3")
        await expect(page.get_by_text("Ewa Zza Rogu", exact=True)).to_be_visible()
        assert await came(house, session) == []

        await line.mend(context)
        await expect(page.get_by_text("Everything is handed in.")).to_be_visible(timeout=15_000)
        expected = [("Anna Bąk", "name"), ("Bogdan Cios", "scan"), ("Ewa Zza Rogu", "walk_in")]
        assert await came(house, session) == expected
        visitor.noise.clear()  # a browser without a line says so, aloud
        await page.reload()
        await expect(page.locator("#came")).to_have_text("3")
        await expect(page.get_by_text("Everything is handed in.")).to_be_visible()
        assert await came(house, session) == expected
        assert not await visitor.faults()


async def test_without_scripts_the_door_is_plain_forms(visit: Enter, house: House) -> None:
    session = await a_session_today(house)
    page = (await visit(COORDINATOR, width=360, java_script_enabled=False)).page
    await page.goto(f"/desk/exchange/{session}/door?q=dari")
    await let_in(page, "Daria Ens")
    await page.get_by_label("Name of who came without registering").fill("Ewa Zza Rogu")
    await page.get_by_role("button", name="Note and check in").click()
    await expect(page.get_by_text("Noted and checked in.")).to_be_visible()
    assert await came(house, session) == [("Daria Ens", "name"), ("Ewa Zza Rogu", "walk_in")]


async def test_a_code_that_is_none_of_ours_does_not_hold_up_those_behind_it(visit: Enter, house: House) -> None:
    session = await a_session_today(house)
    page = (await visit(COORDINATOR, width=1280)).page
    await page.goto(f"/desk/exchange/{session}/door")
    code = page.get_by_label("Code of a ticket")
    await code.evaluate(
        "field => { field.removeAttribute('maxlength'); field.value = 'https://example.com/' + 'x'.repeat(300); }"
    )
    await code.press("Enter")
    await expect(page.get_by_text("This ticket is not on the list.")).to_be_visible()
    await let_in(page, "Anna Bąk")
    await expect(page.get_by_text("Everything is handed in.")).to_be_visible(timeout=15_000)
    assert await came(house, session) == [("Anna Bąk", "name")]


async def test_what_the_server_does_not_take_stays_in_sight_until_it_is_corrected(visit: Enter, house: House) -> None:
    session = await a_session_today(house)
    visitor = await visit(COORDINATOR, width=360)
    page = visitor.page
    await page.goto(f"/desk/exchange/{session}/door")
    name = page.get_by_label("Name of who came without registering")
    await name.evaluate("field => field.removeAttribute('maxlength')")
    await name.fill("Ewa " + "x" * 300)
    await page.get_by_role("button", name="Note and check in").click()
    await let_in(page, "Anna Bąk")
    await expect(page.get_by_text("Some were not taken.")).to_be_visible(timeout=15_000)
    await expect(page.locator("#refused")).to_contain_text("at most 200 characters")
    assert await came(house, session) == [("Anna Bąk", "name")]
    await page.reload()
    await expect(page.locator("#came")).to_have_text("1")
    assert not await visitor.faults()
    await page.locator("#refused input").fill("Ewa Zza Rogu")
    await page.get_by_role("button", name=re.compile("^Hand in again")).click()
    await expect(page.get_by_text("Everything is handed in.")).to_be_visible(timeout=15_000)
    await expect(page.locator("#refused")).to_be_hidden()
    assert await came(house, session) == [("Anna Bąk", "name"), ("Ewa Zza Rogu", "walk_in")]


async def test_what_the_server_cannot_read_is_handed_in_by_itself(visit: Enter, house: House) -> None:
    session = await a_session_today(house)
    async with line_to(house) as line:
        visitor = await visit(COORDINATOR, width=1280)
        page = visitor.page
        await page.goto(f"{line.address}/desk/exchange/{session}/door")
        await expect(page.locator("html")).to_have_attribute("data-kept", "yes")
        odd = {
            "id": "00000000-0000-7000-8000-000000000001",
            "kind": "in",
            "at": "yesterday",
            "code": "x",
            "waiting": True,
        }
        await page.evaluate(f"odd => localStorage.setItem('door:{session}', JSON.stringify([odd]))", odd)
        await line.cut(page.context)
        await page.reload()
        await let_in(page, "Anna Bąk")
        await line.mend(page.context)
        await expect(page.locator("#refused")).to_contain_text("The server could not read this.", timeout=15_000)
        await expect(page.get_by_text("Some were not taken.")).to_be_visible(timeout=15_000)
        await page.get_by_role("button", name=re.compile("^Remove")).click()
        await expect(page.get_by_text("Everything is handed in.")).to_be_visible()
        assert await came(house, session) == [("Anna Bąk", "name")]


async def code_of(house: House, session: UUID, name: str) -> str:
    async with transaction(house.db) as tx:
        return str(await tx.fetchval("SELECT code FROM ticket WHERE session_id = $1 AND name = $2", session, name))


async def test_before_the_door_opens_the_page_says_when_and_holds_nothing_back(visit: Enter, house: House) -> None:
    async with transaction(house.db) as tx:
        gmina = await tx.fetchval("SELECT id FROM gmina WHERE slug = 'niepolomice'")
        key = await put_session(tx, gmina=gmina, start=NOW + timedelta(days=3), capacity=10, published_at=NOW)
        wish = RegistrationOrder(session_id=key, name="Łucja Żak", email="early@example.com", terms_accepted=True)
        made = await offer_seats(tx, order=wish, now=NOW)
        await confirm(tx, registration_id=made.id, now=NOW)
    page = (await visit(COORDINATOR, locale="en", width=820)).page
    await page.goto(f"/desk/exchange/{key}/door")
    await expect(page.get_by_text("you can note who comes")).to_be_visible()
    await page.get_by_label("Search by name").fill("lucja zak")
    await let_in(page, "Łucja Żak")
    await expect(page.get_by_text("its door opens a day before it")).to_be_visible()
    await page.get_by_role("button", name="Remove").click()
    await expect(page.get_by_text("Everything is handed in.")).to_be_visible()
    await page.get_by_role("button", name="Close the door on this device").click()
    await page.wait_for_url(f"**/desk/exchange/{key}/people")


async def test_who_has_left_has_come_and_is_counted_apart(visit: Enter, house: House) -> None:
    session = await a_session_today(house)
    async with transaction(house.db) as tx:
        await tx.execute("UPDATE session SET checks_out = true WHERE id = $1", session)
    page = (await visit(COORDINATOR, locale="en", width=820)).page
    await page.goto(f"/desk/exchange/{session}/door")
    for name in ("Anna Bąk", "Bogdan Cios"):
        await let_in(page, name)
    await page.get_by_role("button", name=re.compile("^Check out.*Anna Bąk")).click()
    await expect(page.get_by_text("2 / 4 have come, of them left: 1")).to_be_visible()
    await expect(page.get_by_text("Everything is handed in.")).to_be_visible(timeout=15_000)
    await page.reload()
    await expect(page.get_by_text("2 / 4 have come, of them left: 1")).to_be_visible()
