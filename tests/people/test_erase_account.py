"""Erasure: nothing that names the person or lets them in is left."""

from collections.abc import Callable
from typing import Any

import httpx
import pytest

from incubator.db.engine import Database, Tx, statement, transaction
from incubator.people.create_admin import create_admin
from incubator.people.elsewhere import Elsewhere
from incubator.people.erase_account import ERASED_NAME, NotConfirmed, erase_account
from incubator.people.standing import LastOwner
from incubator.people.withdraw_role import LastAdministrator
from tests.browsing import post_form
from tests.cast import Cast, Person, acting
from tests.conftest import NOW

Visit = Callable[..., httpx.AsyncClient]


async def erase(db: Database, who: Person, elsewhere: Elsewhere | None = None) -> None:
    actor = await acting(db, who)
    async with transaction(db) as tx:
        await erase_account(tx, actor=actor, confirmation=who.email, elsewhere=elsewhere or Elsewhere(), now=NOW)


async def everywhere(tx: Tx, words: str) -> list[str]:
    """Tables in which some row says `words`."""
    tables = [row["tablename"] for row in await tx.fetch("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")]
    return [
        name
        for name in tables
        if await tx.fetchval(f"SELECT EXISTS (SELECT FROM {name} AS t WHERE t::text ILIKE '%' || $1 || '%')", words)
    ]


async def test_erased_person_is_named_nowhere_and_let_in_nowhere(visit: Visit, cast: Cast, db: Database) -> None:
    client = visit(cast.member)
    await post_form(visit(), "/sign-in", {"email": cast.member.email})
    path = f"/api/organisations/{cast.rival}/invitations"
    await visit(cast.stranger).post(path, json={"email": cast.member.email})
    await client.post("/api/tokens", json={"name": "x", "scopes": ["me"]}, headers={"idempotency-key": "k"})

    refused = await post_form(client, "/me/erase", {"confirmation": "somebody@example.com"})
    assert refused.status_code == 422 and 'role="alert"' in refused.text
    gone = await post_form(client, "/me/erase", {"confirmation": "Member@example.com"})
    assert (gone.status_code, gone.headers["location"]) == (303, "/sign-in/erased")

    assert (await visit(cast.member).get("/api/me")).status_code == 401
    assert (await visit(cast.member).get("/me")).status_code in {302, 303}
    async with statement(db) as tx:
        assert await everywhere(tx, cast.member.email) == []
        row = await tx.fetchrow("SELECT * FROM account WHERE id = $1", cast.member.id)
        assert (row["name"], row["email"], row["erased_at"]) == (ERASED_NAME, None, NOW)
        assert await tx.fetchval("SELECT count(*) FROM history WHERE verb = 'erase'") == 1


async def test_owner_of_others_hands_over_first_and_one_alone_closes_the_house(cast: Cast, db: Database) -> None:
    with pytest.raises(LastOwner):
        await erase(db, cast.owner)
    await erase(db, cast.stranger)
    async with statement(db) as tx:
        assert await tx.fetchval("SELECT closed_at FROM organisation WHERE id = $1", cast.rival) == NOW
        assert await tx.fetchval("SELECT erased_at FROM account WHERE id = $1", cast.owner.id) is None


async def test_last_administrator_stays(cast: Cast, db: Database) -> None:
    with pytest.raises(LastAdministrator):
        await erase(db, cast.administrator)


async def test_other_features_end_what_is_coming_and_their_refusal_undoes_all(cast: Cast, db: Database) -> None:
    called: list[str] = []

    async def leave(tx: Tx, *, actor: Any, now: object) -> None:
        called.append(await tx.fetchval("SELECT email FROM account WHERE id = $1", actor.account_id))

    async def refuse(tx: Tx, *, actor: Any, now: object) -> None:
        raise NotConfirmed()

    with pytest.raises(NotConfirmed):
        await erase(db, cast.member, Elsewhere(on_erasure=(("a", leave), ("b", refuse))))
    async with statement(db) as tx:
        assert await tx.fetchval("SELECT email FROM account WHERE id = $1", cast.member.id) == cast.member.email
    await erase(db, cast.member, Elsewhere(on_erasure=(("a", leave),)))
    assert called == [cast.member.email] * 2


async def test_address_of_an_erased_account_can_join_anew(visit: Visit, cast: Cast, db: Database) -> None:
    await erase(db, cast.member)
    async with transaction(db) as tx:
        key = await create_admin(tx, email=cast.member.email, name="Again", now=NOW)
    assert key != cast.member.id
