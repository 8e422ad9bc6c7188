"""A screen: two handlers, whereto a deed leads, and what is shown again."""

from collections.abc import AsyncIterator
from dataclasses import replace
from uuid import uuid4

import httpx
import pytest
from litestar import Litestar, Request
from litestar.di import Provide

from incubator.db.engine import Database, Tx
from incubator.kernel.ids import AccountId
from incubator.people.actor import Actor
from incubator.people.forms import Asked, Deed
from incubator.people.guards import NotYours, public
from incubator.people.screen import Screen, Shown
from incubator.people.visit import Visit
from incubator.settings import Settings
from incubator.web.etags import ChangedMeanwhile
from incubator.web.problems import HANDLERS
from tests.moments import NOW


async def _name(_tx: Tx, visit: Visit) -> str:
    return visit.slug


async def _shown(_tx: Tx, visit: Visit, _name: str) -> Shown:
    return Shown("people/link_sent.html", kept=visit.again("stale"))


async def _say(asked: Asked) -> str:
    return f"{asked.place}, {asked.typed.one('word')}"


async def _stale(_asked: Asked) -> None:
    raise ChangedMeanwhile()


async def _forbidden(_asked: Asked) -> None:
    raise NotYours()


SCREEN = Screen(
    name="thing",
    path="/things/{slug:str}",
    guard=public,
    about=_name,
    shows=_shown,
    deeds={
        "here": Deed(_say, "Said."),
        "part": Deed(_say, "Said.", to="#part"),
        "elsewhere": Deed(_say, "Said.", to="/all"),
        "made": Deed(_say, "Said.", to=lambda said: f"/said/{said}"),
        "stale": Deed(_stale, "Said."),
        "forbidden": Deed(_forbidden, "Said."),
    },
    labels=lambda _texts: {},
)


@pytest.fixture
async def browser(db: Database) -> AsyncIterator[httpx.AsyncClient]:
    def give(request: Request) -> Visit:  # type: ignore[type-arg]
        actor = Actor(account_id=AccountId(uuid4()), name="Ada", locale="en")
        return Visit(request=request, db=db, actor=actor, now=NOW)

    app = Litestar(
        route_handlers=SCREEN.handlers,
        dependencies={"visit": Provide(give, sync_to_thread=False)},
        exception_handlers=HANDLERS,
        openapi_config=None,
    )
    app.state.settings = Settings(secret_key="x" * 32)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://house.test") as client:
        yield client


@pytest.mark.parametrize(
    ("form", "there"),
    [
        ("here", "/things/la-la"),
        ("part", "/things/la-la#part"),
        ("elsewhere", "/all"),
        ("made", "/said/la-la,%20x"),
    ],
)
async def test_a_deed_leads_back_or_where_it_says(browser: httpx.AsyncClient, form: str, there: str) -> None:
    answer = await browser.post("/things/la-la", data={"form": form, "word": "x"})
    assert (answer.status_code, answer.headers["location"]) == (303, there)


async def test_what_is_refused_is_shown_again_with_its_status(browser: httpx.AsyncClient) -> None:
    assert (await browser.get("/things/la-la")).status_code == 200
    again = await browser.post("/things/la-la", data={"form": "stale"})
    assert again.status_code == 412
    assert "<h1" in again.text


@pytest.mark.parametrize(("form", "status"), [("forbidden", 403), ("none_such", 404)])
async def test_who_may_not_and_what_is_not_there_is_not_shown_again(
    browser: httpx.AsyncClient, form: str, status: int
) -> None:
    answer = await browser.post("/things/la-la", data={"form": form}, headers={"accept": "application/json"})
    assert answer.status_code == status


def test_the_handlers_are_called_after_the_screen() -> None:
    assert [SCREEN.showing().fn.__name__, SCREEN.changing().fn.__name__] == ["show_thing", "change_thing"]
    assert replace(SCREEN, name="other").showing().fn.__name__ == "show_other"
