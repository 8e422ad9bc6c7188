"""Signing in by link and by password, as a browser meets it."""

import re
from collections.abc import Callable
from datetime import timedelta

import httpx
import pytest
from argon2 import Type
from litestar import Litestar

from incubator.db.engine import Database, statement
from incubator.people import passwords
from tests.browsing import post_form
from tests.cast import Cast
from tests.conftest import HASHER, Clockwork

Visit = Callable[..., httpx.AsyncClient]


async def link_to(db: Database, email: str) -> str:
    """The path of the newest link that was mailed to `email`."""
    async with statement(db) as tx:
        text = await tx.fetchval("SELECT text FROM mail WHERE recipient = $1 ORDER BY id DESC LIMIT 1", email)
    found = re.search(r"http://[^/]+(/sign-in/\S+)", text)
    assert found
    return found[1]


async def test_mailed_link_signs_in_once(visit: Visit, cast: Cast, db: Database) -> None:
    browser = visit()
    answer = await post_form(browser, "/sign-in", {"email": "Member@Example.com", "next": "/bookings?when=past"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in/sent")
    assert (await browser.get("/sign-in/sent")).status_code == 200

    path = await link_to(db, "member@example.com")
    entered = await post_form(browser, path)
    assert (entered.status_code, entered.headers["location"]) == (303, "/bookings?when=past")
    cookie = entered.headers["set-cookie"]
    assert "HttpOnly" in cookie and "SameSite=lax" in cookie and "session=" in cookie
    assert (await post_form(visit(), path)).status_code == 410


async def test_opening_the_link_any_number_of_times_does_not_burn_it(visit: Visit, cast: Cast, db: Database) -> None:
    browser = visit()
    await post_form(browser, "/sign-in", {"email": cast.member.email})
    path = await link_to(db, cast.member.email)
    for _ in range(3):
        opened = await visit().get(path)
        assert opened.status_code == 200 and cast.member.email in opened.text
        assert opened.headers["referrer-policy"] == "strict-origin-when-cross-origin"
    assert (await post_form(browser, path)).status_code == 303


async def test_link_is_over_after_twenty_minutes(visit: Visit, cast: Cast, db: Database, clock: Clockwork) -> None:
    browser = visit()
    await post_form(browser, "/sign-in", {"email": cast.member.email})
    path = await link_to(db, cast.member.email)
    clock.now += timedelta(minutes=20)
    assert (await browser.get(path)).status_code == 410
    assert (await post_form(browser, path)).status_code == 410


async def test_newcomer_gives_a_name_and_gets_an_account(visit: Visit, cast: Cast, db: Database) -> None:
    browser = visit()
    await post_form(browser, "/sign-in", {"email": "new@example.com"})
    path = await link_to(db, "new@example.com")
    assert 'name="name"' in (await browser.get(path)).text
    nameless = await post_form(browser, path, {"name": "  "})
    assert nameless.status_code == 422 and 'role="alert"' in nameless.text
    assert (await post_form(browser, path, {"name": "Zażółć  Gęślą"})).status_code == 303
    async with statement(db) as tx:
        assert await tx.fetchval("SELECT name FROM account WHERE email = 'new@example.com'") == "Zażółć Gęślą"


async def test_known_and_unknown_addresses_get_one_answer_and_one_mail_each(
    visit: Visit, cast: Cast, db: Database
) -> None:
    answers = []
    for email in (cast.member.email, "nobody@example.com"):
        browser = visit()
        answers.append(await post_form(browser, "/sign-in", {"email": email}))
        async with statement(db) as tx:
            assert await tx.fetchval("SELECT count(*) FROM mail WHERE recipient = $1", email) == 1
    assert answers[0].status_code == answers[1].status_code
    assert answers[0].content == answers[1].content
    assert answers[0].headers["location"] == answers[1].headers["location"]


def test_passwords_are_kept_with_the_work_of_rfc_9106() -> None:
    """The second of its recommended options: argon2id, 64 MiB, three times over, in four lanes."""
    assert (HASHER.type, HASHER.memory_cost, HASHER.time_cost, HASHER.parallelism) == (Type.ID, 64 * 1024, 3, 4)
    assert (HASHER.hash_len, HASHER.salt_len) == (32, 16)
    assert HASHER.hash("x").startswith("$argon2id$v=19$m=65536,t=3,p=4$")


async def test_password_is_checked_with_the_same_work_for_everybody(
    visit: Visit, cast: Cast, db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with statement(db) as tx:
        kept = await passwords.hash_password("a right long password")
        await tx.execute("UPDATE account SET password_hash = $2 WHERE id = $1", cast.member.id, kept)
    work: list[str] = []
    hasher = passwords.HASHER

    class Counting:
        hash = staticmethod(hasher.hash)

        def verify(self, kept: str, password: str) -> bool:
            work.append(kept.rsplit("$", 2)[0])
            return hasher.verify(kept, password)

    monkeypatch.setattr(passwords, "HASHER", Counting())
    texts = set()
    for email in (cast.member.email, cast.stranger.email, "nobody@example.com"):
        answer = await post_form(visit(), "/sign-in/password", {"email": email, "password": "wrong and long enough"})
        assert answer.status_code == 401
        texts.add(re.sub(r"[\w.]+@example.com|value=\"[^\"]*\"|x-csrftoken.*", "", answer.text))
    assert len(work) == 3 and len(set(work)) == 1 and len(texts) == 1


async def test_right_password_signs_in_and_no_password_never_does(visit: Visit, cast: Cast, db: Database) -> None:
    async with statement(db) as tx:
        kept = await passwords.hash_password("a right long password")
        await tx.execute("UPDATE account SET password_hash = $2 WHERE id = $1", cast.member.id, kept)
    form = {"email": cast.member.email, "password": "a right long password", "next": "//evil.example"}
    entered = await post_form(visit(), "/sign-in/password", form)
    assert (entered.status_code, entered.headers["location"]) == (303, "/")
    nobodys = {"email": cast.stranger.email, "password": "nobody's password"}
    assert (await post_form(visit(), "/sign-in/password", nobodys)).status_code == 401


async def test_eleventh_password_for_one_address_has_to_wait(
    visit: Visit, cast: Cast, clock: Clockwork, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def never(kept: str | None, password: str) -> bool:
        return False

    monkeypatch.setattr("incubator.people.sign_in_by_password.is_password", never)
    browser = visit()
    form = {"email": cast.member.email, "password": "wrong"}
    statuses = [(await post_form(browser, "/sign-in/password", form)).status_code for _ in range(11)]
    assert statuses == [401] * 10 + [429]
    clock.now += timedelta(minutes=15)
    assert (await post_form(browser, "/sign-in/password", form)).status_code == 401


async def test_sixth_link_in_an_hour_has_to_wait_whoever_it_is(visit: Visit, cast: Cast, db: Database) -> None:
    for email in (cast.member.email, "nobody@example.com"):
        browser = visit()
        statuses = [(await post_form(browser, "/sign-in", {"email": email})).status_code for _ in range(6)]
        assert statuses == [303] * 5 + [429]
        async with statement(db) as tx:
            assert await tx.fetchval("SELECT count(*) FROM mail WHERE recipient = $1", email) == 5


async def test_what_is_no_address_is_said_on_the_form_and_kept(visit: Visit) -> None:
    answer = await post_form(visit(), "/sign-in", {"email": "<b>ala</b>"})
    assert answer.status_code == 422
    assert "&lt;b&gt;ala&lt;/b&gt;" in answer.text and 'role="alert"' in answer.text


async def test_signing_out_ends_the_session_for_good(visit: Visit, cast: Cast, app: Litestar) -> None:
    browser = visit(cast.member)
    assert (await browser.get("/sign-in")).status_code == 303
    left = await post_form(browser, "/sign-out")
    assert (left.status_code, left.headers["location"]) == (303, "/")
    again = visit(cast.member)
    assert (await again.get("/sign-in")).status_code == 200


async def test_form_without_its_token_is_refused(visit: Visit, cast: Cast) -> None:
    assert (await visit().post("/sign-in", data={"email": cast.member.email})).status_code == 403


async def test_language_switch_is_remembered(visit: Visit) -> None:
    browser = visit()
    assert '<html lang="en"' in (await browser.get("/sign-in?lang=en")).text
    assert '<html lang="en"' in (await browser.get("/sign-in", headers={"accept-language": "pl"})).text


async def test_demonstration_door_is_not_there_on_a_real_server(visit: Visit) -> None:
    assert (await visit().get("/demo/sign-in/administrator")).status_code == 404
