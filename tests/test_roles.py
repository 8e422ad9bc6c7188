"""A gmina sees its own: every operation and every page, as everybody, in their own gmina and in another.

What is tried comes from the routes of the app itself: an operation without a line in tests/roles/lines.py
fails by its name.
"""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace

import httpx
import pytest
from litestar import Litestar
from litestar.handlers import HTTPRouteHandler
from litestar.handlers.asgi_handlers import ASGIRouteHandler

from incubator.db.engine import Database, statement
from incubator.kernel.ids import digest, new_secret
from incubator.people.actor import ALL_SCOPES
from tests.browsing import post_form
from tests.cast import FAR, Cast, Person
from tests.roles.every import EVERY_LINE
from tests.roles.lines import BOOKING, NEVER, PUBLIC, ROLES, Line
from tests.roles.world import TITLE, World, in_niepolomice, in_skawina

# Who is to Skawina what the other is to Niepołomice; what is there belongs to the stranger.
ELSEWHERE = {
    "coordinator": "other_coordinator",
    "other_coordinator": "coordinator",
    "member": "stranger",
    "office": "office",
    "administrator": "administrator",
}


def routes(app: Litestar) -> Iterator[str]:
    """Every operation of ours, as METHOD and pattern."""
    for route in app.routes:
        for handler in getattr(route, "route_handlers", None) or [route.route_handler]:  # type: ignore[union-attr]
            if handler.fn.__module__.split(".")[0] == "incubator":
                methods = handler.http_methods if isinstance(handler, HTTPRouteHandler) else {"GET"}
                assert isinstance(handler, HTTPRouteHandler | ASGIRouteHandler)
                yield from (f"{method} {route.path_format}" for method in methods - {"HEAD", "OPTIONS"})


def test_every_operation_has_a_line_and_every_line_an_operation(built: Litestar) -> None:
    there = set(routes(built))
    told = {line.route for line in EVERY_LINE}
    assert there - told == set(), "say in tests/roles/lines.py who may do this"
    assert told - there == set(), "nothing is there any more"


def test_the_published_contract_is_all_of_the_api(app: Litestar) -> None:
    paths = app.openapi_schema.to_schema()["paths"]
    published = {f"{method.upper()} {path}" for path, methods in paths.items() for method in methods}
    assert published == {route for route in routes(app) if " /api/" in route}


@asynccontextmanager
async def visiting(
    app: Litestar, db: Database, who: Person | None, *, scopes: frozenset[str] = ALL_SCOPES
) -> AsyncIterator[httpx.AsyncClient]:
    """A browser and a program at once, with a session and a token of this line's own."""
    client = httpx.AsyncClient(
        transport=httpx.ASGITransport(app=app, raise_app_exceptions=False),
        base_url="http://testserver.local",
        headers={"if-match": "*", "accept-language": "en"},
    )
    token = new_secret()
    if who is not None:
        client.cookies["session"], client.headers["authorization"] = new_secret(), f"Bearer {token}"
        async with statement(db) as tx:
            await tx.execute(SESSION, digest(client.cookies["session"]), who.id, FAR)
            await tx.execute(TOKEN, digest(token), who.id, sorted(scopes), FAR)
    async with client:
        yield client
    async with statement(db) as tx:
        await tx.execute("DELETE FROM api_token WHERE token_hash = $1", digest(token))


SESSION = "INSERT INTO web_session (token_hash, account_id, user_agent, expires_at) VALUES ($1, $2, '', $3)"
TOKEN = "INSERT INTO api_token (token_hash, account_id, name, scopes, expires_at) VALUES ($1, $2, '', $3, $4)"


async def ask(client: httpx.AsyncClient, line: Line, path: str, body: object) -> httpx.Response:
    method = line.route.split()[0]
    if method == "POST" and not path.startswith("/api/"):
        assert isinstance(body, dict)
        return await post_form(client, path, body)
    return await client.request(method, path, json=body) if body is not None else await client.request(method, path)


def kind(answer: httpx.Response, line: Line) -> str:
    """`.`, `s`, `f`, `h`, or what went wrong."""
    if answer.is_redirect and answer.headers["location"].startswith("/sign-in?next="):
        return "s"
    problem = answer.json() if answer.headers.get("content-type", "").startswith("application/problem") else {}
    if answer.is_success or answer.is_redirect or {str(answer.status_code), problem.get("code")} & line.also:
        return "."
    return {401: "s", 403: "f", 404: "h"}.get(answer.status_code, f"{answer.status_code} {answer.text[:300]}")


async def wrong(app: Litestar, db: Database, line: Line, world: World, role: str, row: str) -> str | None:
    """What is not as the line says of `row`."""
    who, expected = world.who, line.may[ROLES.index(row)]
    path, body = await line.send(world)
    async with visiting(app, db, who) as client:
        answer = await ask(client, line, path, body)
    found = kind(answer, line)
    if found != expected:
        return f"{line.route} as {role}: {found}, not {expected}"
    column = ROLES.index(row)
    shown, may_see, told = TITLE in answer.text, BOOKING[column] == ".", line.told[column] if line.told else ""
    if shown and (not may_see or told == "h"):
        return f"{line.route} as {role}: shown what is not theirs"
    return f"{line.route} as {role}: not shown what is theirs" if told == "." and not shown else None


async def gone_through(app: Litestar, db: Database, world: World, role: str, row: str) -> list[str]:
    """Every line as `role`, who is to the gmina of this world what `row` is to Niepołomice."""
    found = [await wrong(app, db, line, replace(world), role, row) for line in EVERY_LINE]
    return [complaint for complaint in found if complaint]


@pytest.mark.thorough
@pytest.mark.parametrize("role", ROLES)
async def test_who_may_do_what(app: Litestar, db: Database, cast: Cast, role: str) -> None:
    world = in_niepolomice(db, cast, getattr(cast, role, None))
    complaints = await gone_through(app, db, world, role, role)
    assert not complaints, "\n".join(complaints)


@pytest.mark.thorough
@pytest.mark.parametrize("role", ELSEWHERE)
async def test_who_may_do_what_in_the_other_gmina(app: Litestar, db: Database, cast: Cast, role: str) -> None:
    world = in_skawina(db, cast, getattr(cast, role))
    complaints = await gone_through(app, db, world, role, ELSEWHERE[role])
    assert not complaints, "\n".join(complaints)


def first_who_may(line: Line, cast: Cast) -> Person:
    return next(
        getattr(cast, role) for role, may in zip(ROLES, line.may, strict=True) if may == "." and role != "nobody"
    )


SCOPED = [line for line in EVERY_LINE if line.scope and "." in line.may]


@pytest.mark.thorough
async def test_a_token_may_what_its_scopes_say_and_no_more(app: Litestar, db: Database, cast: Cast) -> None:
    """As somebody who may: without the scope not, with it alone they may."""
    world, complaints = in_niepolomice(db, cast, None), []
    for line in SCOPED:
        who = first_who_may(line, cast)
        needed = frozenset(line.scope.split())
        lacking = [(ALL_SCOPES - {scope}, "missing_scope") for scope in needed]
        for scopes, expected in (*lacking, (needed, ".")):
            path, body = await line.send(replace(world, who=who))
            async with visiting(app, db, who, scopes=scopes) as client:
                answer = await ask(client, line, path, body)
            found = answer.json().get("code") if answer.status_code == 403 else kind(answer, line)
            if found != expected:
                complaints.append(f"{line.route} with {sorted(scopes)}: {found}, not {expected}")
    assert not complaints, "\n".join(complaints)


def test_every_operation_that_is_not_public_asks_for_a_scope() -> None:
    silent = {line.route for line in EVERY_LINE if " /api/" in line.route and line.may != PUBLIC and not line.scope}
    assert silent == set()
    reading = {line.route for line in SCOPED if line.scope.endswith(":read") and not line.route.startswith("GET")}
    assert reading == set(), "a scope to read changes something"


BY_PROGRAMS = {"POST /newsletter/one-click/{key}/{secret}", "POST /webhooks/stripe"}
"""Sent without a cookie: by whoever has the mail (RFC 8058), where the seal in the address says who may; by Stripe, which
signs."""
FORMS = [
    line
    for line in EVERY_LINE
    if line.route.startswith("POST /") and " /api/" not in line.route and line.route not in BY_PROGRAMS
]


@pytest.mark.thorough
async def test_every_form_needs_its_token(app: Litestar, db: Database, cast: Cast) -> None:
    """A page elsewhere that posts in a person's name gets nowhere: no token, a made-up one, another's."""
    world, complaints = in_niepolomice(db, cast, None), []
    for line in FORMS:
        who = first_who_may(line, cast) if "." in line.may[1:] else cast.member
        path, body = await line.send(replace(world, who=who))
        assert isinstance(body, dict)
        async with visiting(app, db, who) as client, visiting(app, db, None) as other:
            await client.get("/accessibility")
            await other.get("/accessibility")
            for forged in ({}, {"_csrf_token": "x" * 128}, {"_csrf_token": other.cookies["csrf"]}):
                answer = await client.post(path, data={**body, **forged})
                if answer.status_code != 403:
                    complaints.append(f"{line.route} with {forged}: {answer.status_code}")
    assert not complaints, "\n".join(complaints)


@pytest.mark.thorough
async def test_a_page_takes_no_token_and_the_api_no_cookie(app: Litestar, db: Database, cast: Cast) -> None:
    world, complaints = in_niepolomice(db, cast, None), []
    for line in EVERY_LINE:
        if line.may[0] == ".":
            continue
        who = first_who_may(line, cast) if "." in line.may[1:] else cast.member
        path, body = await line.send(replace(world, who=who))
        async with visiting(app, db, who) as client:
            if path.startswith("/api/"):
                del client.headers["authorization"]
            else:
                del client.cookies["session"]
            found = kind(await ask(client, line, path, body), line)
        if found != "s" and line.may != NEVER:
            complaints.append(f"{line.route}: {found}, not s")
    assert not complaints, "\n".join(complaints)
