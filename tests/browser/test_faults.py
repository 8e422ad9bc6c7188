"""What the visits would find, did they meet it: an eye that sees nothing is worth nothing."""

import pytest

from tests.browser.conftest import Enter
from tests.browser.links import Links

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

ILL = """<!doctype html><html lang="de"><title>Ill</title>
<h1>One</h1><h1>Two</h1>
<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">
<p style="color: #ccc; background: #fff">pale</p>
<div style="width: 2000px">wide</div>
<a href="/nowhere-at-all">gone</a> <a href="#nothing">nothing</a>"""


async def test_faults_are_seen(visit: Enter, links: Links) -> None:
    visitor = await visit(width=360)
    page = visitor.page
    await visitor.open("/accessibility")
    await page.evaluate(
        "html => { document.documentElement.innerHTML = html; document.documentElement.lang = 'de'; }", ILL
    )
    await page.evaluate("console.error('something broke')")
    await page.evaluate("fetch('/static/not-there.js')")
    await page.evaluate(
        "() => document.head.append(Object.assign(document.createElement('style'), {textContent: 'a {}'}))"
    )
    told = "\n".join(await visitor.faults() + await links.broken_on(visitor))
    for fault in (
        "axe image-alt",
        "axe color-contrast",
        "sticks out",
        "not one h1",
        "lang=de instead of en",
        "something broke",
        "404 for http",
        "Content Security Policy",
        "/nowhere-at-all",
        "nothing at #nothing",
    ):
        assert fault in told, f"{fault} is not seen in:\n{told}"
