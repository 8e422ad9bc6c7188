"""The pages of people: what they show, what their forms do, and to whom."""

import json
import re
from collections.abc import Callable
from datetime import timedelta

import httpx
import pytest

from incubator.db.engine import Database, statement, transaction
from tests.browsing import post_form
from tests.cast import Cast, Person
from tests.conftest import Clockwork

Visit = Callable[..., httpx.AsyncClient]


async def fresh(db: Database, clock: Clockwork) -> None:
    """Everybody has just signed in."""
    async with transaction(db) as tx:
        await tx.execute("UPDATE web_session SET created_at = $1, seen_at = $1", clock.now)


@pytest.mark.parametrize("path", ["/me", "/me/erase", "/me/export", "/organisations/new"])
async def test_stranger_is_led_to_sign_in_and_back(visit: Visit, cast: Cast, path: str) -> None:
    answer = await visit().get(f"{path}?a=b")
    assert answer.status_code in {302, 303}
    assert answer.headers["location"] == f"/sign-in?next={path}%3Fa%3Db"


@pytest.mark.parametrize("locale", ["pl", "en"])
async def test_pages_open_in_both_languages(visit: Visit, cast: Cast, locale: str) -> None:
    client = visit(cast.administrator)
    for path in ("/me", "/me/erase", "/organisations/new", "/admin/people", f"/organisations/{cast.acme}"):
        answer = await client.get(path, params={"lang": locale})
        assert answer.status_code == 200, path
        assert answer.text.count("<h1") == 1 and f'<html lang="{locale}"' in answer.text
    for path in ("/sign-in", "/sign-in/sent", "/sign-in/erased"):
        assert (await visit().get(path, params={"lang": locale})).status_code == 200


async def test_profile_is_saved_and_its_language_is_used_from_then_on(visit: Visit, cast: Cast) -> None:
    client = visit(cast.member)
    form = {"name": "Zażółć <b>", "locale": "pl", "gmina_id": str(cast.skawina)}
    assert (await post_form(client, "/me", form)).headers["location"] == "/me"
    text = (await client.get("/me")).text
    assert '<html lang="pl"' in text and "Zażółć &lt;b&gt;" in text
    refused = await post_form(client, "/me", {**form, "name": ""})
    assert refused.status_code == 422 and 'role="alert"' in refused.text


async def test_password_is_set_in_the_first_minutes_and_ends_other_sessions(
    visit: Visit, cast: Cast, db: Database, clock: Clockwork
) -> None:
    await fresh(db, clock)
    async with transaction(db) as tx:
        await tx.execute(
            "INSERT INTO web_session (token_hash, account_id, user_agent, expires_at) VALUES ('\\x00', $1, '', $2)",
            cast.member.id,
            clock.now + timedelta(days=1),
        )
    client = visit(cast.member)
    weak = await post_form(client, "/me/password", {"password": "short"})
    assert weak.status_code == 422 and 'role="alert"' in weak.text
    assert (await post_form(client, "/me/password", {"password": "three right words"})).status_code == 303
    async with statement(db) as tx:
        kept = await tx.fetchval("SELECT password_hash FROM account WHERE id = $1", cast.member.id)
        assert kept.startswith("$argon2id$")
        assert await tx.fetchval("SELECT count(*) FROM web_session WHERE account_id = $1", cast.member.id) == 1
        assert await tx.fetchval("SELECT count(*) FROM mail WHERE recipient = $1", cast.member.email) == 1
    clock.now += timedelta(minutes=16)
    assert (await post_form(client, "/me/password/drop")).status_code == 403


async def test_sessions_are_listed_and_ended_by_their_owner_alone(
    visit: Visit, cast: Cast, db: Database, clock: Clockwork
) -> None:
    async with transaction(db) as tx:
        key = await tx.fetchval(
            "INSERT INTO web_session (token_hash, account_id, user_agent, expires_at)"
            " VALUES ('\\x00', $1, 'Mozilla/5.0 (X11; Linux) Firefox/140', $2) RETURNING id",
            cast.member.id,
            clock.now + timedelta(days=1),
        )
    await fresh(db, clock)
    client = visit(cast.member)
    assert "Firefox, Linux" in (await client.get("/me")).text
    await post_form(visit(cast.stranger), f"/me/sessions/{key}/end")
    assert "Firefox, Linux" in (await client.get("/me")).text
    await post_form(client, f"/me/sessions/{key}/end")
    assert "Firefox, Linux" not in (await client.get("/me")).text
    left = await post_form(client, "/me/sessions/all/end")
    assert left.headers["location"] == "/sign-in"
    assert (await visit(cast.member).get("/me")).status_code in {302, 303}


async def test_last_seen_moves_every_five_minutes(visit: Visit, cast: Cast, db: Database, clock: Clockwork) -> None:
    await fresh(db, clock)
    seen = []
    for minutes in (0, 3, 3):
        clock.now += timedelta(minutes=minutes)
        await visit(cast.member).get("/me")
        async with statement(db) as tx:
            seen.append(await tx.fetchval("SELECT seen_at FROM web_session WHERE account_id = $1", cast.member.id))
    assert seen[0] == seen[1] and seen[2] == clock.now


async def test_token_made_on_the_page_is_shown_once(visit: Visit, cast: Cast) -> None:
    client = visit(cast.member)
    made = await post_form(client, "/me/tokens", {"name": "screen", "scopes": ["me", "bookings:read"], "days": "30"})
    found = re.search(r"<code>([\w-]{43})</code>", made.text)
    assert made.status_code == 200 and found
    assert found[1] not in (await client.get("/me")).text
    program = visit()
    program.headers["authorization"] = f"Bearer {found[1]}"
    assert (await program.get("/api/me")).status_code == 200
    nothing = await post_form(client, "/me/tokens", {"name": "screen"})
    assert nothing.status_code == 422 and 'value="screen"' in nothing.text


async def test_organisation_is_founded_changed_and_shown_by_forms(visit: Visit, cast: Cast) -> None:
    client = visit(cast.resident)
    form = {"name": "Nowa", "kind": "ngo", "gmina_id": str(cast.skawina), "nip": "1111111111"}
    refused = await post_form(client, "/organisations/new", form)
    assert refused.status_code == 422 and 'value="1111111111"' in refused.text
    made = await post_form(client, "/organisations/new", {**form, "nip": ""})
    path = made.headers["location"]
    assert "Nowa" in (await client.get(path)).text
    edited = {**form, "nip": "", "name": "Nowsza", "version": "1"}
    assert (await post_form(client, f"{path}/edit", edited)).status_code == 303
    stale = await post_form(client, f"{path}/edit", edited)
    assert stale.status_code == 412 and 'role="alert"' in stale.text


async def test_invitation_by_forms_from_mail_to_member(visit: Visit, cast: Cast, db: Database) -> None:
    owner, path = visit(cast.owner), f"/organisations/{cast.acme}"
    assert (await post_form(owner, f"{path}/invitations", {"email": "x"})).status_code == 422
    assert (await post_form(owner, f"{path}/invitations", {"email": cast.resident.email})).status_code == 303
    async with statement(db) as tx:
        text = await tx.fetchval("SELECT text FROM mail WHERE recipient = $1", cast.resident.email)
    found = re.search(r"http://[^/]+(/invitations/\S+)", text)
    assert found
    assert f"/sign-in?next={found[1]}" in (await visit().get(found[1])).text
    assert cast.stranger.email in (await visit(cast.stranger).get(found[1])).text
    client = visit(cast.resident)
    action = re.search(r'action="(/me/invitations/[^"]+/accept)"', (await client.get(found[1])).text)
    assert action and action[1] in (await client.get("/me")).text
    assert (await post_form(client, action[1])).headers["location"] == path
    assert (await visit().get(found[1])).status_code == 410


@pytest.mark.parametrize(
    ("name", "expected"), [("member", 403), ("coordinator", 403), ("stranger", 404), ("other_coordinator", 404)]
)
async def test_only_owners_use_the_forms_of_an_organisation(visit: Visit, cast: Cast, name: str, expected: int) -> None:
    who: Person = getattr(cast, name)
    client, path = visit(who), f"/organisations/{cast.acme}"
    acts = [
        await client.get(f"{path}/edit"),
        await post_form(client, f"{path}/close"),
        await post_form(client, f"{path}/invitations", {"email": "new@example.com"}),
        await post_form(client, f"{path}/members/{cast.colleague.id}/role", {"role": "owner"}),
        await post_form(client, f"{path}/members/{cast.colleague.id}/remove"),
    ]
    assert [act.status_code for act in acts] == [expected] * len(acts)


async def test_last_owner_is_told_on_the_page(visit: Visit, cast: Cast) -> None:
    client = visit(cast.owner)
    answer = await post_form(client, f"/organisations/{cast.acme}/members/{cast.owner.id}/remove")
    assert answer.status_code == 409 and 'role="alert"' in answer.text


async def test_administrator_gives_and_withdraws_roles(visit: Visit, cast: Cast, db: Database) -> None:
    client = visit(cast.administrator)
    form = {"email": cast.resident.email, "role": "coordinator", "gmina_id": str(cast.skawina)}
    assert (await post_form(client, "/admin/people/roles", form)).status_code == 303
    assert (await post_form(client, "/admin/people/roles", form)).status_code == 409
    for wrong in ({"gmina_id": ""}, {"email": "nobody@example.com"}, {"role": "king"}):
        assert (await post_form(client, "/admin/people/roles", {**form, **wrong})).status_code in {404, 422}
    assert "Resident" in (await client.get("/admin/people", params={"q": "RESIDENT@"})).text
    async with statement(db) as tx:
        grant = await tx.fetchval("SELECT id FROM role_grant WHERE account_id = $1", cast.resident.id)
        own = await tx.fetchval("SELECT id FROM role_grant WHERE account_id = $1", cast.administrator.id)
    assert (await post_form(client, f"/admin/people/roles/{grant}/withdraw")).status_code == 303
    async with statement(db) as tx:
        told = [
            tuple(row) for row in await tx.fetch("SELECT recipient, subject, text FROM mail ORDER BY created_at, id")
        ]
    assert [who for who, _, _ in told] == [cast.resident.email] * 2, "who was given a role, and lost it, reads so"
    assert "Skawina" in told[0][1] and told[0][2].rstrip().endswith("/desk")
    assert told[1][1].startswith(("You no longer have the role", "Nie masz już roli"))
    assert (await post_form(client, f"/admin/people/roles/{grant}/withdraw")).status_code == 404
    assert (await post_form(client, f"/admin/people/roles/{own}/withdraw")).status_code == 409


@pytest.mark.parametrize("name", ["member", "owner", "coordinator", "office"])
async def test_roles_are_the_administrators_matter(visit: Visit, cast: Cast, name: str) -> None:
    client = visit(getattr(cast, name))
    assert (await client.get("/admin/people")).status_code == 403
    form = {"email": cast.resident.email, "role": "office"}
    assert (await post_form(client, "/admin/people/roles", form)).status_code == 403
    assert (await post_form(client, f"/admin/people/roles/{cast.acme}/withdraw")).status_code == 403


async def test_export_holds_what_is_kept_and_no_secret(visit: Visit, cast: Cast) -> None:
    answer = await visit(cast.member).get("/me/export")
    assert "attachment" in answer.headers["content-disposition"]
    told = json.loads(answer.text)
    assert told["account"][0]["email"] == cast.member.email
    assert [each["name"] for each in told["organisations"]] == ["Acme"]
    assert len(told["sessions"]) == 1 and len(told["api_tokens"]) == 1
    assert "hash" not in answer.text and cast.stranger.email not in answer.text
    assert (await visit(cast.member).get("/api/me/export")).json()["account"] == told["account"]
