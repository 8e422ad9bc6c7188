"""The history of what people run: every change is a deed of somebody, or of the house itself."""

from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.db.history import record
from incubator.people.actor import Actor


async def tell(
    tx: Tx,
    actor: Actor | None,
    now: datetime,
    verb: str,
    *,
    of: tuple[str, UUID],
    gmina_id: UUID | None,
    before: object = None,
    after: object = None,
) -> None:
    """Write that `actor` did `verb` to `of` (what it is, its identifier), in the same transaction. None: the house itself,
    or somebody who has no account."""
    kind, key = of
    await record(
        tx,
        now=now,
        actor_id=actor.account_id if actor else None,
        verb=verb,
        subject_kind=kind,
        subject_id=key,
        gmina_id=gmina_id,
        before=before,
        after=after,
    )
