"""A person in front of a browser, and what was wrong with what they saw."""

from dataclasses import dataclass, field
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.async_api import Browser, ConsoleMessage, Locator, Page, Position, Request, Response

from tests.browser.house import House

WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"], "resultTypes": ["violations"]}
"""No rule is left out."""
LANGUAGES = {"pl": "pl-PL", "en": "en-GB"}

# At one go, as each question to the browser takes a while.
LOOK = """async (options) => ({
  violations: (await axe.run(options)).violations,
  headings: [...document.querySelectorAll("h1")].map((one) => one.innerText),
  language: document.documentElement.lang,
  title: document.title,
})"""

PHONE = 360
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
    who: str
    locale: str
    status: int = 0
    noise: list[str] = field(default_factory=list)

    async def open(self, address: str) -> int:
        """The status of the answer; what was heard before is forgotten."""
        self.noise.clear()
        answer = await self.page.goto(address)
        assert answer is not None
        self.status = answer.status
        return answer.status

    async def faults(self) -> list[str]:
        """Everything that is wrong with the page in front of us; nothing, if all is well."""
        await self.page.evaluate(AXE_SCRIPT)
        seen = await self.page.evaluate(LOOK, WCAG)
        found = [f"axe {one['id']}: {one['help']}: {_where(one)}" for one in seen["violations"]]
        found += await self._sticks_out()
        if len(seen["headings"]) != 1 or not seen["headings"][0].strip():
            found.append(f"not one h1 but {seen['headings']}")
        if seen["language"] != self.locale:
            found.append(f"lang={seen['language']} instead of {self.locale}")
        if not seen["title"].strip():
            found.append("no title")
        return found + self.noise

    async def _sticks_out(self) -> list[str]:
        """At the width in front of us, and on a phone: words are longer in one language than in the other."""
        seen = self.page.viewport_size
        assert seen is not None
        found = [f"sticks out: {one}" for one in await self.page.evaluate(STICKING_OUT)]
        if seen["width"] != PHONE:
            await self.page.set_viewport_size({"width": PHONE, "height": seen["height"]})
            found += [f"sticks out on a phone: {one}" for one in await self.page.evaluate(STICKING_OUT)]
            await self.page.set_viewport_size(seen)
        return found

    def _heard(self, message: ConsoleMessage) -> None:
        # A refused page is told in the console as well; its status is looked at by whoever opens it.
        own = message.location.get("url", "").partition("#")[0] == self.page.url.partition("#")[0]
        if message.type in {"error", "warning"} and not (own and "Failed to load resource" in message.text):
            self.noise.append(f"console: {message.text}")

    def _failed(self, request: Request) -> None:
        # What a page was still loading when it was left: that is the browser's doing. A server that
        # breaks off is told otherwise (ERR_EMPTY_RESPONSE, ERR_CONNECTION_RESET, ERR_INCOMPLETE_…).
        if request.method == "GET" and request.failure == "net::ERR_ABORTED":
            return
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


async def enter(
    browser: Browser,
    house: House,
    who: str = "",
    *,
    locale: str = "en",
    width: int = 1280,
    **ways: Any,
) -> Visitor:
    """A browser window of its own, signed in as `who` of the demonstration. Everybody signs in once:
    further windows share the session."""
    context = await browser.new_context(
        base_url=house.address,
        locale=LANGUAGES[locale],
        timezone_id="Europe/Warsaw",
        viewport={"width": width, "height": 800},
        reduced_motion="reduce",
        **ways,
    )
    context.set_default_timeout(10_000)
    if who in house.sessions:
        await context.add_cookies([{"name": "session", "value": house.sessions[who], "url": house.address}])
    elif who:
        await context.request.get(f"/demo/sign-in/{who}", max_redirects=0)
        house.sessions[who] = next(one["value"] for one in await context.cookies() if one["name"] == "session")
    # The demonstration's people read Polish; a language once chosen in a browser counts for more.
    await context.add_cookies([{"name": "lang", "value": locale, "url": house.address}])
    visitor = Visitor(await context.new_page(), who, locale)
    visitor.listen()
    return visitor


async def place_of(picture: Locator, hour: float) -> Position:
    """Where in the picture of a day `hour` (14.25 for a quarter past two) is."""
    box = await picture.bounding_box()
    assert box is not None
    opens, width = await picture.evaluate("one => [Number(one.dataset.opens), Number(one.dataset.width)]")
    return {"x": (hour * 60 - opens) / width * box["width"], "y": box["height"] / 2}


def _where(violation: dict[str, Any]) -> str:
    nodes = violation["nodes"]
    return "; ".join(f"{node['target']} {node['html'][:120]} {node.get('failureSummary', '')}" for node in nodes[:3])
