"""What every page does: remember the language, say once what was done."""

from collections.abc import AsyncIterator, Callable
from typing import Any

import httpx
import pytest
from litestar import Request, Response, get

from incubator.app import PAGES
from incubator.people.guards import public
from incubator.web.flash import see_other

Visit = Callable[..., httpx.AsyncClient]


@get("/test-deed", guards=[public])
async def deed(request: Request[Any, Any, Any]) -> Response[Any]:
    return see_other(request, "/accessibility", "Please sign in first.", tone="note")


@pytest.fixture(autouse=True)
async def with_a_deed() -> AsyncIterator[None]:
    PAGES.append(deed)
    yield
    PAGES.remove(deed)


async def test_language_once_chosen_stays(visit: Visit) -> None:
    client = visit()
    await client.get("/accessibility?lang=en")
    assert '<html lang="en"' in (await client.get("/accessibility")).text


async def test_what_was_done_is_said_once(visit: Visit) -> None:
    client = visit()
    assert (await client.get("/test-deed")).status_code == 303
    assert "Najpierw się zaloguj." in (await client.get("/accessibility?lang=pl")).text
    assert "Najpierw się zaloguj." not in (await client.get("/accessibility")).text


async def test_words_put_into_the_cookie_by_others_are_not_said(visit: Visit) -> None:
    client = visit()
    await client.get("/test-deed")
    payload, _, seal = client.cookies["flash"].strip('"').partition(".")
    for forged in (f"{payload}x.{seal}", f"{payload}.", "nonsense", f"{payload}.\xff"):
        answer = await client.get("/accessibility", headers={"cookie": f"flash={forged}".encode("latin-1")})
        assert answer.status_code == 200
        assert 'class="notice' not in answer.text
