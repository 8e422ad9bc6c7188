"""Make an API token. Its secret is shown once; what is stored is a digest."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from incubator.db.engine import Tx
from incubator.db.history import record
from incubator.kernel.errors import N_, Conflict, Invalid
from incubator.kernel.ids import digest
from incubator.people import rules
from incubator.people.actor import ALL_SCOPES, Actor
from incubator.people.guards import SignInFirst
from incubator.people.views import TokenView

LONGEST_DAYS = 366
MOST = 50


class UnknownScope(Invalid):
    """No scope, one that does not exist, or one that the asking token does not have itself."""

    code = "unknown_scope"
    sentence = N_("Please choose what the token may do, among what you may hand on.")


class BadTokenLife(Invalid):
    code = "bad_token_life"
    sentence = N_("A token lives 1 to 366 days.")


class TooManyTokens(Conflict):
    code = "too_many_tokens"
    sentence = N_("You have 50 tokens already. Revoke one that you no longer need.")


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenWish:
    """What is asked for."""

    name: str
    scopes: Sequence[str]
    days: int


# Two statements: one that waited for the lock would still count what it saw before it waited.
LOCK = "SELECT id FROM account WHERE id = $1 AND erased_at IS NULL FOR NO KEY UPDATE"
LIVE = "SELECT count(*) FROM api_token WHERE account_id = $1 AND revoked_at IS NULL"
MAKE = """
INSERT INTO api_token (token_hash, account_id, name, scopes, created_at, expires_at)
VALUES ($1, $2, $3, $4, $5, $6) RETURNING id, name, scopes, created_at, expires_at, used_at
"""


async def make_token(tx: Tx, *, actor: Actor, wish: TokenWish, secret: str, now: datetime) -> TokenView:
    """A token of the asker's that lets `secret` in. Raises NameMissing, UnknownScope, BadTokenLife,
    TooManyTokens, SignInFirst for who was erased meanwhile."""
    name = rules.name(wish.name)
    if not wish.scopes or not set(wish.scopes) <= actor.scopes & ALL_SCOPES:
        raise UnknownScope()
    if not 1 <= wish.days <= LONGEST_DAYS:
        raise BadTokenLife()
    if await tx.fetchval(LOCK, actor.account_id) is None:
        raise SignInFirst()
    if await tx.fetchval(LIVE, actor.account_id) >= MOST:
        raise TooManyTokens()
    ends = now + timedelta(days=wish.days)
    scopes = sorted(set(wish.scopes))
    row = await tx.fetchrow(MAKE, digest(secret), actor.account_id, name, scopes, now, ends)
    assert row is not None
    await _record(tx, actor=actor, token_id=row["id"], scopes=scopes, now=now)
    return TokenView(**row)


async def _record(tx: Tx, *, actor: Actor, token_id: UUID, scopes: list[str], now: datetime) -> None:
    await record(
        tx,
        now=now,
        actor_id=actor.account_id,
        verb="make_token",
        subject_kind="account",
        subject_id=actor.account_id,
        after={"token_id": token_id, "scopes": scopes},
    )
