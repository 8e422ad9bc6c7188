"""One's API tokens. A token that makes others needs the scope "tokens", and hands on what it has."""

from typing import Annotated
from uuid import UUID

import msgspec
from litestar import Response, delete, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, QueryParameter

from incubator.db.engine import Tx, statement, transaction
from incubator.kernel.errors import N_, Conflict
from incubator.kernel.ids import derived_secret, digest, new_secret
from incubator.people.api.shapes import MadeToken, NewToken, Tokens, after_id, next_of
from incubator.people.guards import scope, signed_in
from incubator.people.make_token import TokenWish, make_token
from incubator.people.queries import tokens_of
from incubator.people.revoke_token import revoke_token
from incubator.people.views import TokenView
from incubator.people.visit import Visit
from incubator.web.cursors import Cursor
from incubator.web.idempotency import Made, created
from incubator.web.problems import problems


class AskedByAnother(Conflict):
    """The key made a token before, asked for by another token, and only that one gives its secret."""

    code = "token_asked_by_another"
    sentence = N_("This Idempotency-Key made a token that another token asked for: its secret is not said again.")


class _Kept(msgspec.Struct, frozen=True):
    """What is kept of an answer, for requests that come again: the secret is not, but what it is made of
    together with the secret of the token that asks."""

    token: TokenView
    salt: str
    secret_hash: bytes

    def secret(self, asking: str) -> str:
        """Raises AskedByAnother."""
        secret = derived_secret(asking, self.salt)
        if digest(secret) != self.secret_hash:
            raise AskedByAnother()
        return secret


@get(
    "/tokens",
    operation_id="listTokens",
    guards=[signed_in, scope("tokens")],
    responses=problems(401, 403, 422),
)
async def list_tokens(
    visit: NamedDependency[Visit], after: Cursor = None, limit: Annotated[int, QueryParameter(ge=1, le=100)] = 50
) -> Tokens:
    """One's tokens that are not revoked, without their secrets."""
    last = after_id(after)
    async with statement(visit.db) as tx:
        found = await tokens_of(tx, actor=visit.actor, after=last, limit=limit + 1)
    return Tokens(found[:limit], next_of([token.id for token in found], limit))


@post(
    "/tokens",
    operation_id="createToken",
    guards=[signed_in, scope("tokens")],
    responses=problems(401, 403, 409, 422),
)
async def create_token(visit: NamedDependency[Visit], data: JSONBody[NewToken]) -> Response[MadeToken]:
    """A new token. Its secret is in this answer alone, and in one to the same request with the same
    `Idempotency-Key` and token."""
    asking = visit.request.headers["authorization"].partition(" ")[2].strip()
    salt = new_secret()
    secret = derived_secret(asking, salt)
    wish = TokenWish(name=data.name, scopes=data.scopes, days=data.days)

    async def make(tx: Tx) -> Made:
        made = await make_token(tx, actor=visit.actor, wish=wish, secret=secret, now=visit.now)
        return _Kept(made, salt, digest(secret)), f"/api/tokens/{made.id}"

    answer = await created(visit.request, visit.db, visit.actor.account_id, make)
    kept = msgspec.json.decode(answer.content, type=_Kept)
    answer.content = msgspec.json.encode(MadeToken(kept.token, kept.secret(asking)))
    return answer


@delete(
    "/tokens/{token_id:uuid}",
    operation_id="revokeToken",
    guards=[signed_in, scope("tokens")],
    responses=problems(401, 403, 404),
)
async def revoke(visit: NamedDependency[Visit], token_id: FromPath[UUID]) -> None:
    """From now on it lets nobody in."""
    async with transaction(visit.db) as tx:
        await revoke_token(tx, actor=visit.actor, token_id=token_id, now=visit.now)


handlers = [list_tokens, create_token, revoke]
