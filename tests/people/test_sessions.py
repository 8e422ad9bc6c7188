"""A session is made by signing in, by nothing else, and ends when it should."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import httpx
import pytest

from incubator.db.engine import Database, statement, transaction
from incubator.kernel.ids import digest, new_secret
from incubator.people import passwords
from incubator.people.passwords import hash_password
from incubator.people.set_password import set_password
from incubator.people.sign_in_by_password import WrongPassword, sign_in_by_password
from tests.browsing import post_form
from tests.cast import Cast, Person, acting
from tests.conftest import Clockwork

Visit = Callable[..., httpx.AsyncClient]
PASSWORD = "three right words"


async def with_password(db: Database, person: Person) -> None:
    kept = await hash_password(PASSWORD)
    async with statement(db) as tx:
        await tx.execute("UPDATE account SET password_hash = $2 WHERE id = $1", person.id, kept)


async def another_browser(db: Database, visit: Visit, person: Person, clock: Clockwork) -> httpx.AsyncClient:
    """Signed in just now."""
    browser, secret = visit(), new_secret()
    async with statement(db) as tx:
        await tx.execute(
            "INSERT INTO web_session (token_hash, account_id, user_agent, created_at, expires_at)"
            " VALUES ($1, $2, '', $3, $4)",
            digest(secret),
            person.id,
            clock.now,
            clock.now + timedelta(days=1),
        )
    browser.cookies["session"] = secret
    return browser


async def is_in(browser: httpx.AsyncClient) -> bool:
    return (await browser.get("/me")).status_code == 200


def session_of(answer: httpx.Response) -> str:
    assert answer.status_code == 303, answer.text[:300]
    return answer.cookies["session"]


async def by_link(browser: httpx.AsyncClient, db: Database, person: Person, **said: str) -> httpx.Response:
    await post_form(browser, "/sign-in", {"email": person.email, **said})
    async with statement(db) as tx:
        text = await tx.fetchval("SELECT text FROM mail WHERE recipient = $1 ORDER BY id DESC LIMIT 1", person.email)
    found = re.search(r"https?://[^/]+(/sign-in/\S+)", text)
    assert found
    return await post_form(browser, found[1])


async def by_password(browser: httpx.AsyncClient, db: Database, person: Person) -> httpx.Response:
    await with_password(db, person)
    return await post_form(browser, "/sign-in/password", {"email": person.email, "password": PASSWORD})


@pytest.mark.parametrize("enter", [by_link, by_password])
@pytest.mark.parametrize("planted", ["made up", "somebody else's"])
async def test_the_session_after_signing_in_is_never_one_that_was_there_before(
    visit: Visit, cast: Cast, db: Database, enter: Callable[..., httpx.Response], planted: str
) -> None:
    """Else who puts a cookie into a browser would be whoever signs in there (session fixation)."""
    before = new_secret() if planted == "made up" else cast.stranger.cookie
    browser, attacker = visit(), visit()
    browser.cookies["session"] = attacker.cookies["session"] = before
    got = session_of(await enter(browser, db, cast.member))  # type: ignore[misc]
    assert got not in {before, cast.member.cookie} and len(got) == 43
    answer = await attacker.get("/me")
    assert cast.member.email not in answer.text and answer.is_redirect == (planted == "made up")
    browser.cookies.clear()
    browser.cookies["session"] = got
    assert cast.member.email in (await browser.get("/me")).text


@pytest.mark.parametrize("enter", [by_link, by_password])
async def test_each_signing_in_makes_a_session_of_its_own(
    visit: Visit, cast: Cast, db: Database, enter: Callable[..., httpx.Response]
) -> None:
    got = [session_of(await enter(visit(), db, cast.member)) for _ in range(3)]  # type: ignore[misc]
    assert len({*got, cast.member.cookie}) == 4
    async with statement(db) as tx:
        kept = await tx.fetch("SELECT token_hash FROM web_session WHERE account_id = $1", cast.member.id)
    assert {bytes(row["token_hash"]) for row in kept} == {digest(each) for each in (*got, cast.member.cookie)}


async def test_a_refused_signing_in_gives_no_session(visit: Visit, cast: Cast, db: Database) -> None:
    await with_password(db, cast.member)
    for path, form in (
        ("/sign-in/password", {"email": cast.member.email, "password": "wrong words here"}),
        ("/sign-in", {"email": cast.member.email}),
        (f"/sign-in/{new_secret()}", {}),
    ):
        assert "session" not in (await post_form(visit(), path, form)).cookies


async def test_signing_out_ends_this_session_and_no_other(
    visit: Visit, cast: Cast, db: Database, clock: Clockwork
) -> None:
    here, there = visit(cast.member), await another_browser(db, visit, cast.member, clock)
    left = await post_form(here, "/sign-out")
    assert left.status_code == 303 and 'session=""' in left.headers["set-cookie"].replace("session=;", 'session="";')
    assert not await is_in(visit(cast.member)), "the cookie itself is worth nothing any more"
    assert await is_in(there)


async def test_signing_out_everywhere_ends_all_and_elsewhere_all_others(
    visit: Visit, cast: Cast, db: Database, clock: Clockwork
) -> None:
    here, there = visit(cast.member), await another_browser(db, visit, cast.member, clock)
    assert (await post_form(here, "/me/sessions/others/end")).status_code == 303
    assert await is_in(here) and not await is_in(there)
    there = await another_browser(db, visit, cast.member, clock)
    gone = await post_form(there, "/me/sessions/all/end")
    assert gone.status_code == 303
    assert "signed out in every browser" in (await there.get(f"{gone.headers['location']}?lang=en")).text
    assert not await is_in(visit(cast.member)) and not await is_in(there)
    assert await is_in(visit(cast.colleague))


@pytest.mark.parametrize("path", ["/me/password", "/me/password/drop"])
async def test_another_password_or_none_ends_all_other_sessions(
    visit: Visit, cast: Cast, db: Database, clock: Clockwork, path: str
) -> None:
    await with_password(db, cast.member)
    here, there = await another_browser(db, visit, cast.member, clock), visit(cast.member)
    assert (await post_form(here, path, {"password": "other right words"})).status_code == 303
    assert await is_in(here) and not await is_in(there)
    old = await post_form(visit(), "/sign-in/password", {"email": cast.member.email, "password": PASSWORD})
    assert old.status_code == 401


async def test_a_password_that_is_changed_while_it_is_checked_lets_nobody_in(
    visit: Visit, cast: Cast, db: Database, clock: Clockwork, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Checking takes long; whoever knows the old one must not come in after all others were sent out."""
    await with_password(db, cast.member)
    own = await another_browser(db, visit, cast.member, clock)
    actor = await acting(db, cast.member)
    async with transaction(db) as tx:
        key = await tx.fetchval("SELECT id FROM web_session WHERE token_hash = $1", digest(own.cookies["session"]))
    actor = replace(actor, session_id=key)

    async def changed_meanwhile(kept: str | None, password: str) -> bool:
        right = await passwords.is_password(kept, password)
        await set_password(db, actor=actor, password="other right words", now=clock.now)
        return right

    monkeypatch.setattr("incubator.people.sign_in_by_password.is_password", changed_meanwhile)
    with pytest.raises(WrongPassword):
        await sign_in_by_password(
            db, email=cast.member.email, password=PASSWORD, next_path="/", client="x", user_agent="", now=clock.now
        )
    async with statement(db) as tx:
        assert await tx.fetchval("SELECT count(*) FROM web_session WHERE account_id = $1", cast.member.id) == 1
