"""Every page, in Polish on a wide screen and in English on a phone: accessible by the rules of WCAG
2.1 A and AA that a machine can check, nothing sticking out, nothing failing, no link into nowhere."""

import pytest

from incubator.app import create_app
from incubator.db.engine import transaction
from incubator.settings import Settings
from incubator.web.problems import PROGRAMS
from tests.browser.conftest import Enter
from tests.browser.every import EVERY_SIGHT, NOT_PAGES
from tests.browser.finding import find
from tests.browser.house import House
from tests.browser.links import Links
from tests.browser.sights import ADMINISTRATOR, COORDINATOR, Sight

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


@pytest.mark.parametrize(("locale", "width"), [("pl", 1280), ("en", 360)], ids=["pl-1280", "en-360"])
@pytest.mark.parametrize("sight", EVERY_SIGHT, ids=str)
async def test_page_has_no_faults(
    stroll: Enter, house: House, links: Links, sight: Sight, locale: str, width: int
) -> None:
    found = await find(house.db, sight)
    visitor = await stroll(found.who, locale=locale, width=width)
    assert await visitor.open(found.address) == sight.status
    faults = await visitor.faults() + await links.broken_on(visitor)
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("width", [600, 768, 1024])
@pytest.mark.parametrize("path", ["/office?open=all", "/desk", "/incubators/klaster-zablocie", "/bookings"])
async def test_between_a_phone_and_a_wide_screen_everything_fits_too(stroll: Enter, path: str, width: int) -> None:
    """As the administrator, who has the most to choose from."""
    visitor = await stroll(ADMINISTRATOR, locale="pl", width=width)
    assert await visitor.open(path) == 200
    faults = await visitor.faults()
    assert not faults, "\n".join(faults)
    header = await visitor.page.locator("header.top").bounding_box()
    assert header is not None and header["height"] < 100, "the header breaks into lines"


@pytest.mark.parametrize("path", ["/desk/requests", "/desk/incubators/las/day", "/desk/incubators/las/week"])
async def test_on_a_phone_every_tab_of_the_desk_is_to_be_seen(stroll: Enter, path: str) -> None:
    visitor = await stroll(COORDINATOR, locale="pl", width=360)
    assert await visitor.open(path) == 200
    tabs = visitor.page.locator("nav.desk-tabs a")
    boxes = [await tab.bounding_box() for tab in await tabs.all()]
    assert len(boxes) >= 6
    assert all(box and box["x"] >= 0 and box["x"] + box["width"] <= 360 for box in boxes)
    assert await tabs.filter(has_text="Zamknięcia").is_visible()


@pytest.mark.parametrize(("status", "locale", "width"), [("closed", "pl", 1280), ("planned", "en", 360)])
async def test_a_house_that_takes_no_bookings_has_no_faults(
    stroll: Enter, house: House, status: str, locale: str, width: int
) -> None:
    """In the demonstration all are open."""
    async with transaction(house.db) as tx:
        slug, space = await tx.fetchrow(ONE_OF_OTHERS)
        await tx.execute("UPDATE incubator SET status = $2 WHERE slug = $1", slug, status)
    visitor = await stroll("", locale=locale, width=width)
    try:
        for address in (f"/incubators/{slug}", f"/incubators/{slug}/{space}"):
            assert await visitor.open(address) == 200
            assert await visitor.page.locator(".notice.wait").count() and not await visitor.faults()
    finally:
        async with transaction(house.db) as tx:
            await tx.execute("UPDATE incubator SET status = 'open' WHERE slug = $1", slug)


ONE_OF_OTHERS = """
SELECT incubator.slug, space.slug FROM incubator JOIN space ON space.incubator_id = incubator.id
WHERE incubator.slug NOT IN ('las', 'klaster-zablocie') AND space.retired_at IS NULL ORDER BY 1, 2 LIMIT 1
"""


@pytest.mark.asyncio(loop_scope="function")
async def test_every_page_has_its_line() -> None:
    app = create_app(Settings(secret_key="x" * 32, demo=True))
    pages = {
        route.path_format
        for route in app.routes
        if "GET" in getattr(route, "methods", ()) and not route.path.startswith((*PROGRAMS, "/static"))
    }
    shown = {sight.path for sight in EVERY_SIGHT if sight.status == 200}
    unseen, gone = pages - shown - NOT_PAGES.keys(), (shown | NOT_PAGES.keys()) - pages
    assert not unseen, f"give each a line in tests/browser/sights.py: {sorted(unseen)}"
    assert not gone, f"lines of what is gone: {sorted(gone)}"
    assert not shown & NOT_PAGES.keys()
