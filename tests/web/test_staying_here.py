"""Whatever is said of where to go on, it is on this site (open redirects)."""

import re
from collections.abc import Callable
from dataclasses import replace
from html import unescape
from urllib.parse import quote, urljoin, urlsplit

import httpx
import pytest
from litestar import Litestar

from incubator.app import hand_over
from incubator.db.engine import Database, statement
from incubator.settings import Settings
from tests.browsing import post_form
from tests.cast import Cast
from tests.conftest import SETTINGS, Clockwork
from tests.people.test_sessions import PASSWORD, by_link, with_password
from tests.roles.world import World, in_niepolomice

Visit = Callable[..., httpx.AsyncClient]

SITE = "http://testserver.local"
EVIL = [
    "//evil.example",
    "///evil.example",
    "https://evil.example",
    "https:evil.example",
    "https:/evil.example/desk",
    "/\\evil.example",
    "\\\\evil.example",
    "\\/evil.example",
    "/\t/evil.example",
    "\t//evil.example",
    " //evil.example",
    "/%09/evil.example",
    "/%2f/evil.example",
    "/%5cevil.example",
    "/desk@evil.example",
    "/desk\\@evil.example",
    "/desk/..//evil.example",
    "/..//evil.example",
    "/.//evil.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "/\r\nLocation: https://evil.example",
    "/desk\r\nSet-Cookie: session=x",
    "/desk\n",
    "/%0d%0aSet-Cookie:x=y",
    "\0",
    "/desk\0",
    "/zażółć",
    "//testserver.local@evil.example",
    "/" + "x" * 20_000,
    ".evil.example",
    "@evil.example",
]


def stays(answer: httpx.Response, *, at: str = "/") -> None:
    """The answer leads, if anywhere, to this site: as browsers read an address, which drop tabs and
    line breaks and take \\ for /."""
    assert answer.status_code in {200, 302, 303, 401, 403, 404, 409, 422}, answer.text[:300]
    assert answer.cookies.get("session", "") != "x"
    if "location" in answer.headers:
        here(answer.headers["location"], at=at)


def here(address: str, *, at: str = "/") -> None:
    assert not re.search(r"[\x00-\x20]", address), address
    led = urlsplit(urljoin(SITE + at, address.replace("\\", "/")))
    assert (led.scheme, led.netloc) == ("http", "testserver.local"), address


@pytest.mark.parametrize("evil", EVIL)
async def test_the_form_of_signing_in_keeps_no_way_elsewhere(visit: Visit, cast: Cast, db: Database, evil: str) -> None:
    async with statement(db) as tx:
        await tx.execute("UPDATE account SET password_hash = 'x' WHERE id = $1", cast.member.id)
    shown = await visit().get("/sign-in", params={"next": evil.replace("\0", "")})
    assert shown.status_code == 200
    for value in re.findall(r'name="next" value="([^"]*)"', shown.text):
        here(unescape(value))
    wrong = await post_form(visit(), "/sign-in/password", {"email": cast.member.email, "password": "x", "next": evil})
    assert wrong.status_code == 401
    for value in re.findall(r'name="next" value="([^"]*)"', wrong.text):
        here(unescape(value))


async def test_after_signing_in(
    visit: Visit, cast: Cast, db: Database, clock: Clockwork, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def right(kept: str | None, password: str) -> bool:
        return True

    async def enough(*_: object, **__: object) -> None:
        return None

    monkeypatch.setattr("incubator.people.sign_in_by_password.is_password", right)
    monkeypatch.setattr("incubator.people.sign_in_by_password.count_attempts", enough)
    monkeypatch.setattr("incubator.people.pages.sign_in.count_attempts", enough)
    await with_password(db, cast.member)
    for evil in EVIL:
        form = {"email": cast.member.email, "password": PASSWORD, "next": evil}
        entered = await post_form(visit(), "/sign-in/password", form)
        assert entered.status_code == 303 and "session" in entered.cookies
        stays(entered)
        stays(await by_link(visit(), db, cast.member, next=evil))
        signed_in = await visit(cast.colleague).get("/sign-in", params={"next": evil})
        assert signed_in.status_code == (422 if "\0" in evil else 303)
        stays(signed_in)
        async with statement(db) as tx:
            kept = await tx.fetch("DELETE FROM sign_in_link RETURNING next_path")
        for row in kept:
            here(row["next_path"])


@pytest.fixture
async def demonstration(
    services: Callable[[Settings], Litestar], db: Database, clock: Clockwork, cast: Cast
) -> Litestar:
    settings = replace(SETTINGS, demo=True)
    app = services(settings)
    hand_over(app, db=db, clock=clock, settings=settings)
    async with statement(db) as tx:
        await tx.execute("UPDATE account SET email = 'ala@demo.invalid' WHERE id = $1", cast.member.id)
    return app


async def test_after_the_door_of_the_demonstration(demonstration: Litestar) -> None:
    transport = httpx.ASGITransport(app=demonstration)
    async with httpx.AsyncClient(transport=transport, base_url=SITE) as client:
        for evil in EVIL:
            entered = await client.get("/demo/sign-in/ala", params={"next": evil})
            assert entered.status_code == (422 if "\0" in evil else 303)
            stays(entered)


async def test_who_has_to_sign_in_first_comes_back_here(visit: Visit, cast: Cast) -> None:
    for evil in EVIL:
        stays(await visit().get("/me", params={"next": evil, "back": evil, "to": evil}))
        stays(await post_form(visit(), "/incubators/las/l/hold", {"date": evil, "start": evil, "end": evil}))
        stays(await post_form(visit(), "/incubators/las/l/wait", {"date": evil, "start": evil, "end": evil}))


@pytest.mark.parametrize(
    "address", ["//evil.example", "///evil.example/x", "/%5Cevil.example", "/%2Fevil.example", "/%09/evil.example",
    "//evil.example/x?a=b", "/a%0d%0ab", "/%3Cb%3E%22", "/za%C5%BC%C3%B3%C5%82%C4%87%3Fa"]
)  # fmt: skip
async def test_a_mistyped_address_offers_its_languages_here(visit: Visit, address: str) -> None:
    """A page that is not there still links to itself in the other language."""
    answer = await visit().get(SITE + address)
    assert answer.status_code == 404
    links = [unescape(link) for link in re.findall(r'href="([^"]*)"', answer.text)]
    assert any("lang=" in link for link in links)
    for link in links:
        here(link)
    [again] = {link for link in links if "lang=" in link}
    assert (await visit().get(urljoin(SITE, again))).status_code == 404


async def deeds(world: World) -> list[tuple[str, dict[str, str]]]:
    """Every form of the desk that carries where it came from, each about a booking of its own."""
    series = await world.series()
    return [
        (f"/bookings/{(await world.booking()).id}/cancel", {"reason": "x"}),
        (f"/bookings/{(await world.begun()).id}/check-in", {}),
        (f"/bookings/{(await world.begun()).id}/no-show", {}),
        (f"/bookings/{(await world.begun(over=True)).id}/complete", {}),
        (f"/desk/requests/{(await world.request()).id}/approve", {}),
        (f"/desk/requests/{(await world.request()).id}/decline", {"reason": "x"}),
        (f"/bookings/series/{series}/change", {"title": "x"}),
        (f"/bookings/series/{series}/cancel", {"reason": "x"}),
    ]


@pytest.mark.parametrize("evil", EVIL)
async def test_deeds_at_the_desk_lead_back_here(visit: Visit, cast: Cast, db: Database, evil: str) -> None:
    desk = visit(cast.coordinator)
    for path, form in await deeds(in_niepolomice(db, cast, cast.coordinator)):
        for _ in range(2):  # the second time it is done already, and leads back as well
            answer = await post_form(desk, path, {**form, "back": evil})
            stays(answer)
            for value in re.findall(r'name="back" value="([^"]*)"', answer.text):
                here(unescape(value))


async def test_what_is_of_the_house_is_gone_to(visit: Visit, cast: Cast, db: Database) -> None:
    """So that none of this passes because everything is thrown away."""
    path = (await deeds(in_niepolomice(db, cast, cast.coordinator)))[0][0]
    back = "/desk/incubators/las/day?date=2026-09-08#b-1"
    answer = await post_form(visit(cast.coordinator), path, {"reason": "x", "back": back})
    assert answer.headers["location"] == back
    way = "/incubators/las/l?date=2026-09-08&start=2026-09-08T08%3A00%2B00%3A00#book"
    signed_in = await visit(cast.member).get(f"/sign-in?next={quote(way)}")
    assert signed_in.headers["location"] == way
