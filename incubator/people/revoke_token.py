"""Revoke an API token: from this moment on it lets nobody in."""

from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.db.history import record
from incubator.kernel.errors import N_, NotFound
from incubator.people.actor import Actor


class NoSuchToken(NotFound):
    """None, revoked, or somebody else's."""

    code = "no_such_token"
    sentence = N_("There is no such token of yours.")


REVOKE = """
UPDATE api_token SET revoked_at = $3 WHERE id = $1 AND account_id = $2 AND revoked_at IS NULL RETURNING id
"""


async def revoke_token(tx: Tx, *, actor: Actor, token_id: UUID, now: datetime) -> None:
    """One of the asker's own. Raises NoSuchToken."""
    if await tx.fetchval(REVOKE, token_id, actor.account_id, now) is None:
        raise NoSuchToken()
    key = actor.account_id
    before = {"token_id": token_id}
    await record(tx, now=now, actor_id=key, verb="revoke_token", subject_kind="account", subject_id=key, before=before)
