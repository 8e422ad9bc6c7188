"""API tokens: made, shown once, used, revoked."""

from collections.abc import Callable
from datetime import timedelta

import httpx

from incubator.db.engine import Database, statement, transaction
from incubator.kernel.clock import system_clock
from incubator.web.idempotency import forget_answers
from tests.cast import Cast
from tests.conftest import Clockwork

Visit = Callable[..., httpx.AsyncClient]


def bearing(visit: Visit, secret: str) -> httpx.AsyncClient:
    client = visit()
    client.headers["authorization"] = f"Bearer {secret}"
    return client


async def test_token_is_shown_once_and_kept_hashed(visit: Visit, cast: Cast, db: Database, clock: Clockwork) -> None:
    owner = visit(cast.member)
    made = await owner.post("/api/tokens", json={"name": "screen", "scopes": ["me"], "days": 1})
    assert made.status_code == 201
    secret = made.json()["secret"]
    assert (await bearing(visit, secret).get("/api/me")).json()["email"] == cast.member.email
    listed = (await owner.get("/api/tokens")).text
    assert "screen" in listed and secret not in listed
    async with statement(db) as tx:
        rows = await tx.fetch("SELECT token_hash::text || name AS all FROM api_token")
        assert not any(secret in row["all"] for row in rows)
        assert await tx.fetchval("SELECT used_at FROM api_token WHERE name = 'screen'") == clock.now
    clock.now += timedelta(days=1)
    assert (await bearing(visit, secret).get("/api/me")).status_code == 401


async def test_same_key_gives_the_same_token_and_no_secret_is_kept_for_it(
    visit: Visit, cast: Cast, db: Database
) -> None:
    client, key = visit(cast.member), {"idempotency-key": "k"}
    wish = {"name": "x", "scopes": ["me"]}
    first = await client.post("/api/tokens", json=wish, headers=key)
    again = await client.post("/api/tokens", json=wish, headers=key)
    assert first.json() == again.json()
    async with statement(db) as tx:
        kept = await tx.fetchval("SELECT body FROM idempotent_answer")
    assert first.json()["secret"].encode() not in kept
    assert (await bearing(visit, first.json()["secret"]).get("/api/me")).status_code == 200


async def test_a_key_that_was_forgotten_makes_another_token(visit: Visit, cast: Cast, db: Database) -> None:
    client, key = visit(cast.member), {"idempotency-key": "k"}
    wish = {"name": "x", "scopes": ["me"]}
    first = await client.post("/api/tokens", json=wish, headers=key)
    async with transaction(db) as tx:
        await forget_answers(tx, now=system_clock() + timedelta(days=2))
    second = await client.post("/api/tokens", json=wish, headers=key)
    assert second.status_code == 201, second.text
    assert first.json()["secret"] != second.json()["secret"]
    for made in (first, second):
        assert (await bearing(visit, made.json()["secret"]).get("/api/me")).status_code == 200


async def test_the_key_of_another_token_gives_no_secret(visit: Visit, cast: Cast) -> None:
    client, key = visit(cast.member), {"idempotency-key": "k"}
    made = await client.post("/api/tokens", json={"name": "a", "scopes": ["me", "tokens"]})
    other = bearing(visit, made.json()["secret"])
    wish = {"name": "x", "scopes": ["me"]}
    first = await client.post("/api/tokens", json=wish, headers=key)
    refused = await other.post("/api/tokens", json=wish, headers=key)
    assert (refused.status_code, refused.json()["code"]) == (409, "token_asked_by_another")
    assert "secret" not in refused.json()
    assert (await client.post("/api/tokens", json=wish, headers=key)).json() == first.json()
    # Whose key it is, is a matter of the account: a stranger's is another.
    stranger = await visit(cast.stranger).post("/api/tokens", json=wish, headers=key)
    assert stranger.status_code == 201 and stranger.json()["secret"] != first.json()["secret"]


async def test_token_hands_on_only_what_it_may_itself(visit: Visit, cast: Cast) -> None:
    made = await visit(cast.member).post("/api/tokens", json={"name": "x", "scopes": ["me", "tokens"]})
    child = bearing(visit, made.json()["secret"])
    refused = await child.post("/api/tokens", json={"name": "y", "scopes": ["bookings:write"]})
    assert (refused.status_code, refused.json()["code"]) == (422, "unknown_scope")
    for wish in ({"scopes": ["nonsense"]}, {"scopes": []}, {"days": 0}, {"days": 367}, {"name": " "}):
        answer = await child.post("/api/tokens", json={"name": "y", "scopes": ["me"], **wish})
        assert answer.status_code == 422, wish


async def test_revoked_token_lets_nobody_in(visit: Visit, cast: Cast) -> None:
    made = (await visit(cast.member).post("/api/tokens", json={"name": "x", "scopes": ["me"]})).json()
    path = f"/api/tokens/{made['token']['id']}"
    assert (await visit(cast.stranger).delete(path)).json()["code"] == "no_such_token"
    assert (await visit(cast.coordinator).delete(path)).status_code == 404
    assert (await visit(cast.member).delete(path)).status_code == 204
    assert (await bearing(visit, made["secret"]).get("/api/me")).json()["code"] == "unknown_token"
    assert (await visit(cast.member).delete(path)).status_code == 404


async def test_nobody_piles_up_tokens(visit: Visit, cast: Cast, db: Database) -> None:
    async with statement(db) as tx:
        await tx.execute(
            "INSERT INTO api_token (token_hash, account_id, name, expires_at)"
            " SELECT int4send(n), $1, 'x', now() FROM generate_series(1, 49) AS n",
            cast.member.id,
        )
    answer = await visit(cast.member).post("/api/tokens", json={"name": "x", "scopes": ["me"]})
    assert (answer.status_code, answer.json()["code"]) == (409, "too_many_tokens")
