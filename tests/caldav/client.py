"""A small client that keeps a calendar in step, as RFC 6578 has it: what a test asks is what an app does."""

from base64 import b64encode
from dataclasses import dataclass, field
from xml.etree import ElementTree

import httpx

from incubator.caldav import names

NAMESPACES = 'xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav" xmlns:s="http://calendarserver.org/ns/"'


def basic(password: str, user: str = "ewa@example.com") -> dict[str, str]:
    return {"Authorization": f"Basic {b64encode(f'{user}:{password}'.encode()).decode()}"}


async def propfind(client: httpx.AsyncClient, path: str, *props: str, depth: str = "0") -> ElementTree.Element:
    asked = "".join(f"<{prop}/>" for prop in props)
    body = f"<d:propfind {NAMESPACES}><d:prop>{asked}</d:prop></d:propfind>"
    return tree(await client.request("PROPFIND", path, content=body, headers={"Depth": depth}))


async def report(client: httpx.AsyncClient, path: str, body: str) -> httpx.Response:
    name, _, rest = body.partition(">")
    return await client.request("REPORT", path, content=f"<{name} {NAMESPACES}>{rest}", headers={"Depth": "1"})


def tree(answer: httpx.Response) -> ElementTree.Element:
    assert answer.status_code == 207, (answer.status_code, answer.text)
    return ElementTree.fromstring(answer.content)


def hrefs(root: ElementTree.Element) -> list[str]:
    return [one.findtext(names.HREF, "") for one in root.findall(names.dav("response"))]


@dataclass
class Store:
    """A copy of a calendar, and the token under which it was last in step."""

    client: httpx.AsyncClient
    path: str
    token: str = ""
    things: dict[str, str] = field(default_factory=dict)

    async def sync(self) -> tuple[set[str], set[str]]:
        """What came or became different, and what went. Things come with their text, by multiget."""
        body = f"d:sync-collection><d:sync-token>{self.token}</d:sync-token><d:sync-level>1</d:sync-level><d:prop><d:getetag/></d:prop></d:sync-collection>"
        root = tree(await report(self.client, self.path, body))
        self.token = root.findtext(names.SYNC_TOKEN, "")
        gone = {one.findtext(names.HREF, "") for one in root if "404" in one.findtext(names.dav("status"), "")}
        came = set(hrefs(root)) - gone
        for href in gone:
            self.things.pop(href, None)
        if came:
            self.things |= await self.fetch(came)
        return came, gone

    async def fetch(self, wanted: set[str]) -> dict[str, str]:
        asked = "".join(f"<d:href>{href}</d:href>" for href in sorted(wanted))
        body = f"c:calendar-multiget><d:prop><d:getetag/><c:calendar-data/></d:prop>{asked}</c:calendar-multiget>"
        root = tree(await report(self.client, self.path, body))
        return {one.findtext(names.HREF, ""): one.findtext(f".//{names.CALENDAR_DATA}", "") for one in root}
