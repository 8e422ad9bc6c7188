"""A creating request that is sent again with the same `Idempotency-Key` gets the same answer, and is
done once. The key, the deed and the answer are one transaction (draft-ietf-httpapi-idempotency-key).
"""

import hashlib
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec
from litestar import Request, Response

from incubator.db.engine import Database, Tx, attempt
from incubator.kernel.errors import N_, Invalid

Made = tuple[object, str]
"""What was made, and where it is found from now on."""

CLAIM = """
INSERT INTO idempotent_answer (account_id, key, request_hash, status) VALUES ($1, $2, $3, 0)
ON CONFLICT DO NOTHING RETURNING key
"""
FOUND = "SELECT request_hash, status, location, body FROM idempotent_answer WHERE account_id = $1 AND key = $2"
KEEP = "UPDATE idempotent_answer SET status = 201, location = $3, body = $4 WHERE account_id = $1 AND key = $2"


class KeyReused(Invalid):
    """The key came before, with another request."""

    code = "idempotency_key_reused"
    sentence = N_("This Idempotency-Key was used before for another request.")


class BadKey(Invalid):
    """A key that is empty or too long."""

    code = "idempotency_key_invalid"
    sentence = N_("An Idempotency-Key has 1 to 200 printable characters.")


async def created(
    request: Request[Any, Any, Any],
    db: Database,
    account_id: UUID,
    make: Callable[[Tx], Awaitable[Made]],
    *,
    one_statement: bool = False,
    quickly: Callable[[], Awaitable[Made | None]] | None = None,
) -> Response[Any]:
    """201 with what `make` made. With an `Idempotency-Key`, made once and answered alike each time.

    `one_statement` promises that `make` opens a transaction itself where it needs one, so that
    without a key none is opened around it. Without a key `quickly` is tried first; where it gives
    None it has done nothing, and `make` has to.
    """
    key = request.headers.get("idempotency-key")
    if key is not None:
        fingerprint = await _fingerprint(request, key)
        body, location = await attempt(db, lambda tx: _once(tx, account_id, key, fingerprint, make))
    else:
        made = await quickly() if quickly is not None else None
        body, location = _encoded(await attempt(db, make, bare=one_statement) if made is None else made)
    return Response(body, status_code=201, media_type="application/json", headers={"Location": location})


async def forget_answers(tx: Tx, *, now: datetime) -> None:
    """Answers are kept for a day; then a key may come again."""
    await tx.execute("DELETE FROM idempotent_answer WHERE created_at < $1", now - timedelta(days=1))


async def forget_answers_of(tx: Tx, *, account_id: UUID) -> None:
    """Delete what was answered to one account: it may hold what that person wrote."""
    await tx.execute("DELETE FROM idempotent_answer WHERE account_id = $1", account_id)


async def _once(
    tx: Tx, account_id: UUID, key: str, fingerprint: bytes, make: Callable[[Tx], Awaitable[Made]]
) -> tuple[bytes, str]:
    # A second request with the key waits here for the first one's commit, then finds its answer.
    if await tx.fetchval(CLAIM, account_id, key, fingerprint) is None:
        found = await tx.fetchrow(FOUND, account_id, key)
        if found is None or found["request_hash"] != fingerprint:
            raise KeyReused()
        return found["body"], found["location"]
    body, location = _encoded(await make(tx))
    await tx.execute(KEEP, account_id, key, location, body)
    return body, location


async def _fingerprint(request: Request[Any, Any, Any], key: str) -> bytes:
    if not (1 <= len(key) <= 200 and key.isprintable()):
        raise BadKey()
    path, query = request.url.path, request.url.query
    told = hashlib.sha256(f"{request.method} {path}{f'?{query}' if query else ''}\n".encode())
    told.update(await request.body())
    return told.digest()


def _encoded(made: Made) -> tuple[bytes, str]:
    return msgspec.json.encode(made[0]), made[1]
