"""An app that knows a person's API token, and nothing else."""

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import httpx
import pytest
from litestar import Litestar

from incubator.db.engine import Database, transaction
from incubator.kernel.ids import new_secret
from incubator.people.make_token import TokenWish, make_token
from tests.caldav.client import basic
from tests.calendars.conftest import book as book
from tests.calendars.conftest import subscribe as subscribe
from tests.cast import Person, acting
from tests.moments import NOW

Connect = Callable[..., Awaitable[httpx.AsyncClient]]
Token = Callable[..., Awaitable[str]]


@pytest.fixture
def token(db: Database) -> Token:
    """`token(who)`: the secret of a new API token of theirs."""

    async def act(who: Person, *, scopes: tuple[str, ...] = ("calendars:read",), days: int = 30) -> str:
        secret, actor = new_secret(), await acting(db, who)
        async with transaction(db) as tx:
            wish = TokenWish(name="Phone", scopes=scopes, days=days)
            await make_token(tx, actor=actor, wish=wish, secret=secret, now=NOW)
        return secret

    return act


@pytest.fixture
async def connect(app: Litestar, token: Token) -> AsyncIterator[Connect]:
    """`connect(who)`: a client with a new token of theirs."""
    clients: list[httpx.AsyncClient] = []

    async def act(who: Person, **said: Any) -> httpx.AsyncClient:
        secret = await token(who, **said)
        transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
        client = httpx.AsyncClient(transport=transport, base_url="http://testserver.local", headers=basic(secret))
        clients.append(client)
        return client

    yield act
    for client in clients:
        await client.aclose()
