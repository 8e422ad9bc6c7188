"""A person in front of a browser, and what was wrong with what they saw."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import httpx
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, ConsoleMessage, Locator, Page, Position, Request, Response

from incubator.db.engine import Database, statement
from tests.browser.house import NOW
from tests.browser.sights import Sight

WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"], "resultTypes": ["violations"]}
LANGUAGES = {"pl": "pl-PL", "en": "en-GB"}

# Room for what overflows: an element that sticks out to the right of the window, and what it is.
STICKING_OUT = """() => {
  const all = [...document.querySelectorAll("body *")].filter((one) => one.getBoundingClientRect().right > innerWidth + 0.5);
  return document.documentElement.scrollWidth > innerWidth
    ? [`${document.documentElement.scrollWidth} px wide`, ...all.slice(0, 3).map((one) => one.outerHTML.slice(0, 120))]
    : [];
}"""


@dataclass  # Playwright keeps a note on whose method listens, so no slots
class Visitor:
    """`noise` is whatever went wrong by itself since the page was opened."""

    page: Page
    locale: str
    status: int = 0
    noise: list[str] = field(default_factory=list)

    async def open(self, address: str) -> int:
        """The status of the answer."""
        answer = await self.page.goto(address)
        assert answer is not None
        self.status = answer.status
        return answer.status

    async def faults(self) -> list[str]:
        """Everything that is wrong with the page in front of us; nothing, if all is well."""
        page = self.page
        axe = await Axe().run(page, options=WCAG)
        found = [f"axe {one['id']}: {one['help']}: {_where(one)}" for one in axe.response["violations"]]
        found += [f"sticks out: {one}" for one in await page.evaluate(STICKING_OUT)]
        headings = await page.locator("h1").all_inner_texts()
        if len(headings) != 1 or not headings[0].strip():
            found.append(f"not one h1 but {headings}")
        language = await page.locator("html").get_attribute("lang")
        if language != self.locale:
            found.append(f"lang={language} instead of {self.locale}")
        if not (await page.title()).strip():
            found.append("no title")
        return found + self.noise

    def _heard(self, message: ConsoleMessage) -> None:
        # A refused page is told in the console as well; its status is looked at by whoever opens it.
        own = message.location.get("url", "").partition("#")[0] == self.page.url.partition("#")[0]
        if message.type in {"error", "warning"} and not (own and "Failed to load resource" in message.text):
            self.noise.append(f"console: {message.text}")

    def _failed(self, request: Request) -> None:
        self.noise.append(f"failed: {request.method} {request.url} ({request.failure})")

    def _answered(self, response: Response) -> None:
        if response.status >= 400 and not response.request.is_navigation_request():
            self.noise.append(f"{response.status} for {response.url}")

    def listen(self) -> None:
        page = self.page
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.noise.append(f"script: {error}"))
        page.on("requestfailed", self._failed)
        page.on("response", self._answered)


@dataclass(frozen=True, slots=True)
class Found:
    """A concrete address, who looks at it, and what else was found with it."""

    who: str
    address: str
    row: dict[str, Any]


async def find(db: Database, sight: Sight) -> Found:
    """Fails where the house holds nothing of the kind."""
    row: dict[str, Any] = {}
    if sight.find:
        async with statement(db) as tx:
            found = await tx.fetchrow(f"{AT_HAND} {sight.find}", sight.who, NOW)
        assert found is not None, f"the demonstration has nothing for {sight}"
        row = dict(found)
    address = f"{sight.path}?{sight.query}" if sight.query else sight.path
    return Found(row.get("who") or sight.who, address.format(**row), row)


AT_HAND = """
WITH me AS (SELECT id FROM account WHERE email = $1 || '@demo.invalid'), clock AS (SELECT $2::timestamptz AS now)
"""


@dataclass(frozen=True, slots=True)
class Links:
    """The links that were tried in this run. Weeks are full of links that differ in a day or an hour
    alone: each kind of address (path and names of the query) is tried once for each person."""

    address: str
    tried: set[tuple[str, str, tuple[str, ...]]] = field(default_factory=set)

    async def broken_on(self, visitor: Visitor) -> list[str]:
        page = visitor.page
        cookies = {one["name"]: one["value"] for one in await page.context.cookies()}
        broken = await page.evaluate(MISSED)
        async with httpx.AsyncClient(base_url=self.address, cookies=cookies) as client:
            for link in await page.evaluate(INSIDE):
                parts = urlsplit(link)
                kind = (
                    cookies.get("session", ""),
                    parts.path,
                    tuple(sorted({name for name, _ in parse_qsl(parts.query)})),
                )
                if kind in self.tried:
                    continue
                self.tried.add(kind)
                answer = await client.get(link)
                # A refused page leads to itself in the other language, where it is refused again.
                own = answer.status_code == visitor.status and parts.path == urlsplit(page.url).path
                if answer.status_code >= 400 and not own:
                    broken.append(f"{answer.status_code} for {link}")
        return broken


INSIDE = (
    "() => [...new Set([...document.links].filter((one) => one.origin === location.origin).map((one) => one.href))]"
)
MISSED = """() => [...document.querySelectorAll('a[href*="#"]')]
  .filter((one) => one.origin + one.pathname + one.search === location.origin + location.pathname + location.search)
  .filter((one) => one.hash.length > 1 && !document.getElementById(decodeURIComponent(one.hash.slice(1))))
  .map((one) => `nothing at ${one.hash}`)"""


async def enter(
    browser: Browser,
    address: str,
    who: str = "",
    *,
    locale: str = "en",
    width: int = 1280,
    **ways: Any,
) -> Visitor:
    """A browser window of its own, signed in as `who` of the demonstration."""
    context = await browser.new_context(
        base_url=address,
        locale=LANGUAGES[locale],
        timezone_id="Europe/Warsaw",
        viewport={"width": width, "height": 800},
        reduced_motion="reduce",
        **ways,
    )
    context.set_default_timeout(10_000)
    if who:
        await context.request.get(f"/demo/sign-in/{who}", max_redirects=0)
    # The demonstration's people read Polish; a language once chosen in a browser counts for more.
    await context.add_cookies([{"name": "lang", "value": locale, "url": address}])
    visitor = Visitor(await context.new_page(), locale)
    visitor.listen()
    return visitor


async def place_of(picture: Locator, hour: float) -> Position:
    """Where in the picture of a day `hour` (14.25 for a quarter past two) is."""
    box = await picture.bounding_box()
    assert box is not None
    opens, width = (float(await picture.get_attribute(f"data-{name}") or "nan") for name in ("opens", "width"))
    return {"x": (hour * 60 - opens) / width * box["width"], "y": box["height"] / 2}


def _where(violation: dict[str, Any]) -> str:
    nodes = violation["nodes"]
    return "; ".join(f"{node['target']} {node['html'][:120]} {node.get('failureSummary', '')}" for node in nodes[:3])
