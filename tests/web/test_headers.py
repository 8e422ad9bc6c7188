"""What answers tell browsers: which cookies they keep and how, and that nothing private stays behind."""

from collections.abc import Callable
from dataclasses import replace
from http.cookies import SimpleCookie
from typing import Any

import httpx
import pytest
from litestar import Litestar

from incubator.app import hand_over
from incubator.db.engine import Database
from incubator.settings import Settings
from tests.browsing import post_form
from tests.cast import Cast
from tests.conftest import SETTINGS, Clockwork
from tests.people.test_sessions import by_link
from tests.roles.every import EVERY_LINE
from tests.roles.lines import Line
from tests.roles.world import in_niepolomice
from tests.test_roles import first_who_may, visiting

Visit = Callable[..., httpx.AsyncClient]
NEEDED = {
    "content-security-policy",
    "x-content-type-options",
    "referrer-policy",
    "cross-origin-opener-policy",
    "permissions-policy",
}


def cookies_of(answer: httpx.Response) -> dict[str, Any]:
    """By name, with their flags."""
    found: SimpleCookie = SimpleCookie()
    for header in answer.headers.get_list("set-cookie"):
        found.load(header)
    return dict(found)


@pytest.fixture(params=["", "https://inkubatory.example.pl"])
def public_url(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def built(services: Callable[[Settings], Litestar], public_url: str) -> Litestar:
    return services(replace(SETTINGS, public_url=public_url))


@pytest.fixture
async def app(built: Litestar, db: Database, clock: Clockwork, public_url: str) -> Litestar:
    hand_over(built, db=db, clock=clock, settings=replace(SETTINGS, public_url=public_url))
    return built


async def test_every_cookie_is_kept_from_scripts_from_other_sites_and_from_plain_http(
    visit: Visit, cast: Cast, db: Database, public_url: str
) -> None:
    new, signed_in, leaving = visit(), visit(cast.colleague), visit(cast.member)
    for browser in (new, signed_in, leaving):
        browser.base_url = httpx.URL(public_url or "http://testserver.local")
    kept: dict[str, Any] = {}
    for answer in (
        await new.get("/sign-in?lang=en"),
        await by_link(new, db, cast.member),
        await post_form(signed_in, "/me/sessions/others/end"),  # says what was done
    ):
        assert answer.status_code in {200, 303}, answer.text[:300]
        kept |= cookies_of(answer)
    out = cookies_of(await post_form(leaving, "/sign-out"))
    assert set(kept) == {"csrf", "lang", "session", "flash"} and set(out) == {"session", "flash"}
    for cookie in (*kept.values(), *out.values()):
        assert cookie["httponly"] is True, cookie
        assert cookie["samesite"].lower() == "lax" and cookie["path"] == "/", cookie
        assert bool(cookie["secure"]) == public_url.startswith("https://"), cookie
        assert cookie["domain"] == "", "this host alone"
    assert out["session"].value == "" and out["session"]["max-age"] == "0"


async def test_https_is_asked_for_where_it_is_ours(visit: Visit, public_url: str) -> None:
    for path in ("/", "/nothing", "/api/nothing", "/static/pico.min.css"):
        told = "strict-transport-security" in (await visit().get(path)).headers
        assert told == bool(public_url)


READ = [line for line in EVERY_LINE if line.route.startswith("GET ") and "." in line.may[1:]]


def wrong(line: Line, answer: httpx.Response) -> list[str]:
    """What an answer to this line lacks."""
    headers, found = answer.headers, []
    if not set(headers) >= NEEDED:
        found.append(f"no {NEEDED - set(headers)}")
    if headers.get("x-content-type-options") != "nosniff":
        found.append("may be sniffed")
    if "frame-ancestors 'none'" not in headers.get("content-security-policy", ""):
        found.append("may be framed")
    kept = headers.get("cache-control", "")
    private = line.may[0] != "." or answer.headers.get("content-type", "").startswith("text/html")
    if private and not ({"no-store", "private", "no-cache"} & {part.strip() for part in kept.split(",")}):
        found.append(f"may be kept: {kept!r}")
    if private and "public" in kept:
        found.append("may be kept by anybody")
    if "attachment" in headers.get("content-disposition", "") and "no-store" not in kept:
        found.append("a download stays behind")
    return [f"{line.route}: {complaint}" for complaint in found]


@pytest.mark.parametrize("public_url", [""], indirect=True)
async def test_nothing_that_is_read_is_framed_sniffed_or_left_behind(app: Litestar, db: Database, cast: Cast) -> None:
    """Every page, download and answer of the API, to who may and, refused, to nobody."""
    world, complaints = in_niepolomice(db, cast, None), []
    for line in READ:
        who = first_who_may(line, cast)
        path, _ = await line.send(replace(world, who=who))
        async with visiting(app, db, who) as client:
            answer = await client.get(path)
            complaints += wrong(line, answer)
        if line.may[0] != ".":
            async with visiting(app, db, None) as client:
                refused = await client.get(path)
                missing = NEEDED - set(refused.headers)
                complaints += [f"{line.route} refused: no {missing}"] if missing else []
                if "public" in refused.headers.get("cache-control", ""):
                    complaints.append(f"{line.route} refused: may be kept")
    assert not complaints, "\n".join(complaints)


@pytest.mark.parametrize("public_url", [""], indirect=True)
async def test_pages_that_refuse_are_not_kept_either(visit: Visit, cast: Cast) -> None:
    answers = [
        await visit().get("/nothing"),
        await visit(cast.stranger).get("/desk"),
        await visit().post("/sign-in", data={}),
        await post_form(visit(), "/sign-in", {"email": "x"}),
        await visit().get("/photos/00000000-0000-0000-0000-000000000000"),
    ]
    for answer in answers:
        assert 400 <= answer.status_code < 500 and answer.headers["cache-control"] == "no-store"
        assert set(answer.headers) >= NEEDED
