"""Pages and API of the newsletter, from outside: forms, links in mails, one-click leaving."""

from collections.abc import Callable
from typing import Any

import httpx

from incubator.db.engine import Database, statement, transaction
from incubator.newsletter.links import manage_path, stop_path
from tests.browsing import post_form
from tests.cast import Cast, acting
from tests.newsletter.cast import last_link, put_issue, put_readers, scheduled

Visit = Callable[..., httpx.AsyncClient]
FORM = {"form": "subscribe", "version": "0", "email": "anna@example.com", "consent": "yes", "locale": "en"}


async def states(db: Database) -> list[str]:
    async with statement(db) as tx:
        return [row["state"] for row in await tx.fetch("SELECT state FROM newsletter_subscription ORDER BY id")]


async def test_asking_on_the_page_leads_to_a_mail_and_its_button_confirms(db: Database, visit: Visit) -> None:
    client = visit()
    answer = await post_form(client, "/newsletter", FORM)
    assert (answer.status_code, answer.headers["location"]) == (303, "/newsletter/asked")
    async with statement(db) as tx:
        path = await last_link(tx, "anna@example.com", r"/newsletter/confirm/\S+")
    for _ in range(2):  # a mail program looks at it first
        assert (await client.get(path)).status_code == 200
    assert await states(db) == ["pending"]
    answer = await post_form(client, path, {})
    assert answer.headers["location"].startswith("/newsletter/manage/")
    assert await states(db) == ["confirmed"]
    page = await client.get(answer.headers["location"])
    assert "anna@example.com" in page.text


async def test_the_answer_does_not_tell_who_reads(db: Database, visit: Visit, cast: Cast) -> None:
    async with transaction(db) as tx:
        await put_readers(tx, "reader@example.com")
    client = visit()
    answers = []
    for email in ("reader@example.com", "new@example.com", cast.member.email):
        answer = await client.post(
            "/api/newsletter/subscriptions", json={"email": email, "consent": True, "choice": {}}
        )
        answers.append((answer.status_code, answer.content))
        page = await post_form(client, "/newsletter", {**FORM, "email": email})
        answers.append((page.status_code, page.headers["location"]))
    assert len(set(answers)) == 2
    async with statement(db) as tx:
        assert await tx.fetchval("SELECT count(DISTINCT recipient) FROM mail") == 3


async def test_asking_too_often_is_refused_for_known_and_unknown_alike(db: Database, visit: Visit) -> None:
    async with transaction(db) as tx:
        await put_readers(tx, "reader@example.com")
    client = visit()
    for email in ("reader@example.com", "new@example.com"):
        wish = {"email": email, "consent": True, "choice": {}}
        codes = [(await client.post("/api/newsletter/subscriptions", json=wish)).status_code for _ in range(6)]
        assert codes == [202] * 5 + [429]


async def test_what_was_typed_is_shown_again_with_the_reason(visit: Visit) -> None:
    client = visit()
    answer = await post_form(client, "/newsletter?lang=en", {**FORM, "consent": "", "interests": "calls"})
    assert answer.status_code == 422
    assert "Please agree to the words" in answer.text and 'value="anna@example.com"' in answer.text
    assert 'value="calls" checked' in answer.text


async def test_one_click_leaves_without_cookie_token_or_sign_in(db: Database, visit: Visit) -> None:
    """RFC 8058: the mail program sends this by itself."""
    async with transaction(db) as tx:
        [key] = await put_readers(tx, "anna@example.com")
    client, path = visit(), stop_path(key)
    shown = await client.get(path)
    assert shown.status_code == 200 and await states(db) == ["confirmed"]
    assert "set-cookie" not in shown.headers
    for _ in range(2):
        answer = await client.post(path, data={"List-Unsubscribe": "One-Click"})
        assert answer.status_code == 200
    assert await states(db) == ["unsubscribed"]
    assert (await client.post(path[:-1] + ("A" if path[-1] != "A" else "B"))).status_code == 404
    # The link of one's choices is another: who has only this one cannot see the address.
    assert (await client.get(path.replace("one-click", "manage"))).status_code == 404


async def test_choices_by_link_need_the_form_of_the_page(db: Database, visit: Visit, cast: Cast) -> None:
    async with transaction(db) as tx:
        [key] = await put_readers(tx, "anna@example.com")
    client, path = visit(), manage_path(key)
    form = {"form": "choose", "version": "1", "locale": "en", "gmina_ids": str(cast.skawina)}
    assert (await client.post(path, data=form)).status_code == 403
    assert (await post_form(client, path, form)).status_code == 303
    assert (await post_form(client, path, form)).status_code == 412
    assert (await post_form(client, path, {**form, "version": "2", "gmina_ids": "x"})).status_code == 422
    assert (await post_form(client, path, {"form": "leave", "version": "2"})).status_code == 303
    assert await states(db) == ["unsubscribed"]


async def test_my_newsletter_by_page_and_api(db: Database, visit: Visit, cast: Cast) -> None:
    client = visit(cast.member)
    assert (await client.get("/api/me/newsletter")).status_code == 404
    answer = await client.put("/api/me/newsletter", json={"choice": {"interests": ["calls"]}, "consent": True})
    assert answer.status_code == 200 and answer.json()["how"] == "account"
    got = await client.get("/api/me/newsletter")
    assert got.headers["etag"] == '"1"' and got.json()["interests"] == ["calls"]
    answer = await post_form(client, "/me/newsletter", {"form": "choose", "version": "1", "locale": "en"})
    assert answer.status_code == 303
    assert (await client.get("/api/me/newsletter")).json()["locale"] == "en"
    assert (await client.delete("/api/me/newsletter")).status_code == 204
    assert (await client.delete("/api/me/newsletter")).status_code == 404


async def test_an_issue_is_put_together_on_its_page(db: Database, visit: Visit, cast: Cast) -> None:
    client = visit(cast.coordinator)
    start = {"form": "start", "version": "0", "title_pl": "Wieści", "gmina_id": str(cast.niepolomice)}
    path = (await post_form(client, "/desk/newsletter", start)).headers["location"]

    async def do(form: str, **fields: Any) -> int:
        async with statement(db) as tx:
            version = await tx.fetchval("SELECT version FROM newsletter_issue")
        return (await post_form(client, path, {"form": form, "version": str(version), **fields})).status_code

    assert await do("add_text", text_pl="# Raz\n\n<b>x</b>") == 303
    assert await do("add_text", text_pl="Dwa", text_en="Two") == 303
    assert await do("up", at="1") == 303
    assert await do("text", at="1", text_pl="Raz, lepiej") == 303
    for at in ("7", "-1", "x", "²"):
        assert await do("remove", at=at) == 422
    assert await do("schedule", when="then", send_at="wczoraj") == 422
    assert await do("schedule", when="then", send_at="2020-01-01T10:00") == 422
    assert await do("discard") == 422
    async with statement(db) as tx:
        texts = await tx.fetch("SELECT text_pl FROM newsletter_part ORDER BY position")
    assert [row["text_pl"] for row in texts] == ["Dwa", "Raz, lepiej"]
    preview = await client.get(f"{path}/preview?lang=en")
    assert preview.text.count("<h1>") == 1 and "Raz, lepiej" in preview.text
    assert await do("try") == 303
    assert await do("schedule", when="then", send_at="2026-09-20T08:00") == 303
    page = await client.get(f"{path}?lang=en")
    assert "Withdraw it" in page.text and "Add the text" not in page.text
    assert await do("withdraw") == 303
    assert await do("discard", sure="yes") == 303


async def test_an_issue_by_the_api(db: Database, visit: Visit, cast: Cast) -> None:
    client = visit(cast.office)
    made = await client.post("/api/newsletter/desk/issues", json={"details": {"title_pl": "Wieści"}})
    assert made.status_code == 201
    path = made.headers["location"]
    etag = {"If-Match": (await client.get(path)).headers["etag"]}
    parts = {"parts": [{"text_pl": "Dzień dobry"}]}
    assert (await client.put(f"{path}/parts", json=parts)).status_code == 422
    answer = await client.put(f"{path}/parts", json=parts, headers=etag)
    assert answer.status_code == 200
    assert (await client.put(f"{path}/parts", json=parts, headers=etag)).status_code == 412
    etag = {"If-Match": answer.headers["etag"]}
    for bad in ({"text_pl": "\x00"}, {"text_pl": 7}, {"session_id": "x"}, {"other": 1}):
        assert (await client.put(f"{path}/parts", json={"parts": [bad]}, headers=etag)).status_code in {400, 422}
    assert (
        await client.post(f"{path}/schedule", json={"send_at": "2026-09-20T08:00:00"}, headers=etag)
    ).status_code == 422
    answer = await client.post(f"{path}/schedule", json={"send_at": "2026-09-20T08:00:00Z"}, headers=etag)
    assert answer.json()["issue"]["state"] == "scheduled"


async def test_nobody_but_who_writes_it_sees_what_did_not_go_out(db: Database, visit: Visit, cast: Cast) -> None:
    actor = await acting(db, cast.office)
    async with transaction(db) as tx:
        key = await put_issue(tx, actor)
    for who in (None, cast.member, cast.coordinator):
        assert (await visit(who).get(f"/newsletter/{key}")).status_code == 404
        assert (await visit(who).get(f"/api/newsletter/issues/{key}")).status_code == 404


async def test_an_issue_on_its_way_says_for_whom_it_is(db: Database, visit: Visit, cast: Cast) -> None:
    key = await scheduled(db, cast.office, to_gmina_ids=[cast.skawina], to_interests=["calls"])
    page = (await visit(cast.office).get(f"/desk/newsletter/{key}?lang=en")).text
    told = page[page.index("For readers of:") :].partition("</p>")[0]
    assert "Skawina" in told and "Niepołomice" not in told and "calls" in told.lower()
