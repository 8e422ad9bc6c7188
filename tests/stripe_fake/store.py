"""What the fake knows, in one SQLite file: killed and started again, it knows the same."""

import json
import secrets
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

Thing = dict[str, Any]
SCHEMA = """
CREATE TABLE IF NOT EXISTS thing (n INTEGER PRIMARY KEY, account TEXT, kind TEXT, id TEXT UNIQUE, body TEXT);
CREATE TABLE IF NOT EXISTS answer (account TEXT, key TEXT, asked TEXT, status INTEGER, body BLOB, at INTEGER, PRIMARY KEY (account, key));
CREATE TABLE IF NOT EXISTS delivery (event TEXT PRIMARY KEY, tries INTEGER, done INTEGER);
CREATE INDEX IF NOT EXISTS thing_kind ON thing (kind, account, n);
CREATE INDEX IF NOT EXISTS session_open ON thing (body ->> 'expires_at') WHERE kind = 'checkout.session' AND body ->> 'status' = 'open';
CREATE INDEX IF NOT EXISTS answer_at ON answer (at);
CREATE INDEX IF NOT EXISTS delivery_waiting ON delivery (done) WHERE done = 0;
"""


@dataclass(frozen=True, slots=True)
class Kept:
    """The answer that was given under an idempotency key."""

    asked: str
    status: int
    body: bytes


class Store:
    def __init__(self, path: str, clock: Callable[[], float]) -> None:
        self.db = sqlite3.connect(path, isolation_level=None)
        self.db.execute("PRAGMA journal_mode = WAL")
        self.db.execute("PRAGMA synchronous = OFF")  # what the kernel has outlives a killed process
        self.db.executescript(SCHEMA)
        self.clock = clock

    @property
    def now(self) -> int:
        return int(self.clock())

    @contextmanager
    def deed(self) -> Iterator[None]:
        """All or nothing."""
        self.db.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self.db.execute("ROLLBACK")
            raise
        self.db.execute("COMMIT")

    def put(self, account: str, kind: str, prefix: str, /, **body: Any) -> Thing:
        """A new thing, with an id of its own."""
        made = {
            "id": f"{prefix}_{secrets.token_hex(12)}",
            "object": kind,
            "created": self.now,
            "livemode": False,
            **body,
        }
        self.db.execute(
            "INSERT INTO thing (account, kind, id, body) VALUES (?, ?, ?, ?)",
            (account, kind, made["id"], json.dumps(made)),
        )
        return made

    def change(self, thing: Thing, **values: Any) -> Thing:
        thing.update(values)
        self.db.execute("UPDATE thing SET body = ? WHERE id = ?", (json.dumps(thing), thing["id"]))
        return thing

    def find(self, account: str, kind: str, key: str) -> Thing | None:
        row = self.db.execute(
            "SELECT body FROM thing WHERE account = ? AND kind = ? AND id = ?", (account, kind, key)
        ).fetchone()
        return json.loads(row[0]) if row else None

    def every(self, kind: str, account: str | None = None) -> list[Thing]:
        """Newest first, as Stripe lists them."""
        rows = self.db.execute(
            "SELECT body FROM thing WHERE kind = ? AND account = coalesce(?, account) ORDER BY n DESC", (kind, account)
        )
        return [json.loads(row[0]) for row in rows]

    def owner(self, key: str) -> str:
        """The account that has the thing."""
        (account,) = self.db.execute("SELECT account FROM thing WHERE id = ?", (key,)).fetchone()
        return account

    def kept(self, account: str, key: str) -> Kept | None:
        """Keys are forgotten after a day."""
        self.db.execute("DELETE FROM answer WHERE at <= ?", (self.now - 86_400,))
        row = self.db.execute(
            "SELECT asked, status, body FROM answer WHERE account = ? AND key = ?", (account, key)
        ).fetchone()
        return Kept(*row) if row else None

    def keep(self, account: str, key: str, kept: Kept) -> None:
        self.db.execute(
            "INSERT INTO answer VALUES (?, ?, ?, ?, ?, ?)",
            (account, key, kept.asked, kept.status, kept.body, self.now),
        )
