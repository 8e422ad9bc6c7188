"""What every page does: remember the language, say once what was done."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import httpx
import pytest
from litestar import Litestar, Request, Response, get

from incubator.app import PAGES, create_app
from incubator.kernel.period import local_days
from incubator.people.guards import public
from incubator.web.flash import see_other
from incubator.web.pages import ROOT, show_span, show_written_day
from tests.conftest import SETTINGS, Clockwork
from tests.moments import tuesday

Visit = Callable[..., httpx.AsyncClient]


@get("/test-deed", guards=[public])
async def deed(request: Request[Any, Any, Any]) -> Response[Any]:
    return see_other(request, "/accessibility", "Please sign in first.", tone="note")


@pytest.fixture(scope="module")
def built(clockwork: Clockwork) -> Iterator[Litestar]:
    """The service with a deed more."""
    PAGES.append(deed)
    yield create_app(SETTINGS, clock=clockwork)
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


def test_a_period_is_said_as_short_as_it_can_be() -> None:
    september = date(2026, 9, 8)
    assert show_span(tuesday("10:00", "11:30"), "en") == "Tue 8 Sep, 10:00–11:30"
    assert show_span(tuesday("22:00", "02:00"), "en") == "Tue 8 Sep, 22:00 – Wed 9 Sep, 02:00"
    assert show_span(local_days(september), "pl") == "wt. 8 wrz, cały dzień"
    assert show_span(local_days(september, 28), "en") == "Tue 8 Sep – Mon 5 Oct"
    assert show_span(tuesday("00:00", "23:59"), "en") == "Tue 8 Sep, all day"
    assert show_span(local_days(september, 366), "en") == "8 Sep 2026 – 8 Sep 2027"


def test_a_link_is_no_button_for_who_cannot_see_it() -> None:
    """Its role would promise that the space bar presses it; what looks like a button has the class."""
    wearing = [path for path in ROOT.rglob("*.html") if re.search(r"<a\b[^>]*\brole=", path.read_text("utf-8"))]
    assert wearing == []
    assert any('<a class="button' in path.read_text("utf-8") for path in ROOT.rglob("*.html"))


@pytest.mark.parametrize(
    ("text", "locale", "shown"),
    [
        ("2026-10-15", "pl", "15 paź 2026"),
        ("2026-10-15", "en", "15 Oct 2026"),
        ("2026-13-15", "pl", "2026-13-15"),
        ("w październiku", "pl", "w październiku"),
    ],
)
def test_a_day_that_was_answered_is_shown_as_a_day(text: str, locale: str, shown: str) -> None:
    assert show_written_day(text, locale) == shown
