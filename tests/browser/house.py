"""The whole demonstration behind a real port, for a browser to visit."""

import asyncio
import socket
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import uvicorn
from litestar import Litestar

from incubator.app import create_app
from incubator.db.engine import Database, open_database, transaction
from incubator.demo.load import load
from incubator.kernel.ids import digest, uuid7
from incubator.settings import Settings
from incubator.web.links import seal_with

NOW = datetime(2026, 9, 9, 9, 40, tzinfo=UTC)
"""A Wednesday, 11:40 in Warsaw: some bookings are over, some go on, some come."""

LINK, INVITATION = "link-of-a-newcomer-" + "x" * 24, "invitation-of-a-newcomer-" + "x" * 18
"""Secrets as a mail would bring them."""


@dataclass(slots=True)
class House:
    """`sessions` are the cookies of who has signed in so far."""

    address: str
    db: Database
    sessions: dict[str, str] = field(default_factory=dict)


@asynccontextmanager
async def open_house(database_url: str, folder: Path) -> AsyncIterator[House]:
    """The service over the empty, migrated database at `database_url`, furnished. Its clock stands
    still at NOW, so that a day looks the same whenever the tests run. A gmina that is connected takes cards; nothing
    answers in the place of Stripe, and none is connected until a test says so."""
    with socket.socket() as port:
        port.bind(("127.0.0.1", 0))
        port.listen()
        settings = Settings(
            database_url=database_url,
            secret_key="b" * 32,
            data_dir=folder,
            port=port.getsockname()[1],
            demo=True,
            stripe_key="sk_test_house",
            stripe_address="http://127.0.0.1:9",
        )
        app = create_app(settings, clock=lambda: NOW)
        seal_with(settings.secret_key)
        async with open_database(database_url, pool_size=4) as db:
            await load(db, size="small", now=NOW)
            await _letters(db)
            async with _serving(app, port):
                yield House(settings.address, db)


@asynccontextmanager
async def _serving(app: Litestar, port: socket.socket) -> AsyncIterator[None]:
    """In a thread of its own, where it leaves Ctrl-C to pytest and answers whatever the tests do."""
    server = uvicorn.Server(uvicorn.Config(app, log_config=None, access_log=False, ws="none"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [port]}, daemon=True)
    thread.start()
    try:
        while not server.started:
            assert thread.is_alive(), "the service did not start"
            await asyncio.sleep(0.01)
        yield
    finally:
        server.should_exit = True
        await asyncio.to_thread(thread.join)


async def _letters(db: Database) -> None:
    """A link and an invitation for somebody who has no account yet."""
    async with transaction(db) as tx:
        await tx.execute(
            "INSERT INTO sign_in_link (token_hash, email, next_path, expires_at) VALUES ($1, 'ewa@example.com', '/', $2)",
            digest(LINK),
            NOW + timedelta(minutes=20),
        )
        await tx.execute(
            "INSERT INTO invitation (id, organisation_id, email, role, token_hash, invited_by, expires_at)"
            " SELECT $1, organisation_id, 'ewa@example.com', 'member', $2, account_id, $3"
            " FROM membership WHERE role = 'owner' ORDER BY organisation_id LIMIT 1",
            uuid7(),
            digest(INVITATION),
            NOW + timedelta(days=7),
        )
