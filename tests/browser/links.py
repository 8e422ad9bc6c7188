"""Where the links of a page lead."""

from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlsplit

import httpx

from tests.browser.visiting import Visitor


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
        # A paper takes a second to lay out, and longer where the machine is busy.
        # Without certificates, which take longer to read than most pages.
        async with httpx.AsyncClient(base_url=self.address, cookies=cookies, timeout=60, verify=False) as client:
            for link in await page.evaluate(INSIDE):
                parts = urlsplit(link)
                if parts.path.startswith(ONCE):
                    continue
                names = tuple(sorted({name for name, _ in parse_qsl(parts.query)} - {"lang"}))
                kind = (visitor.who, parts.path, names)
                if kind in self.tried:
                    continue
                self.tried.add(kind)
                answer = await client.get(link)
                # A refused page leads to itself in the other language, where it is refused again.
                own = answer.status_code == visitor.status and parts.path == urlsplit(page.url).path
                if answer.status_code >= 400 and not own:
                    broken.append(f"{answer.status_code} for {link}")
        return broken


ONCE = "/sign-in/"
"""Links in mails, which work once: other tests may have used them."""

INSIDE = (
    "() => [...new Set([...document.links].filter((one) => one.origin === location.origin).map((one) => one.href))]"
)
MISSED = """() => [...document.querySelectorAll('a[href*="#"]')]
  .filter((one) => one.origin + one.pathname + one.search === location.origin + location.pathname + location.search)
  .filter((one) => one.hash.length > 1 && !document.getElementById(decodeURIComponent(one.hash.slice(1))))
  .map((one) => `nothing at ${one.hash}`)"""
