"""Take an entry back by its opposite."""

from datetime import datetime
from uuid import UUID

import asyncpg

from incubator.db.engine import Tx
from incubator.kernel.errors import N_, Conflict, NotFound
from incubator.ledger.post_entry import POSTED, post_entry
from incubator.ledger.states import Account, EntryKind
from incubator.ledger.views import Posting

ENTRY = "SELECT gmina_id, reverses FROM entry WHERE id = $1"


class NoSuchEntry(NotFound):
    """No entry, or one of another gmina's books."""

    code = "no_such_entry"
    sentence = N_("There is no such entry in the ledger.")


class ReversedAlready(Conflict):
    """An entry is taken back once, and what takes back is not taken back itself."""

    code = "entry_reversed"
    sentence = N_("This entry was taken back already.")


async def reverse_entry(tx: Tx, *, entry_id: UUID, at: datetime, by: UUID | None) -> UUID:
    """The entry that takes it back; done again, the same one. Raises NoSuchEntry, ReversedAlready."""
    entry = await tx.fetchrow(ENTRY, entry_id)
    if entry is None:
        raise NoSuchEntry()
    if entry["reverses"] is not None:
        raise ReversedAlready()
    opposite = [_opposite(row) for row in await tx.fetch(POSTED, entry_id)]
    return await post_entry(
        tx,
        gmina_id=entry["gmina_id"],
        kind=EntryKind.CORRECTION,
        subject_kind="entry",
        subject_id=entry_id,
        postings=opposite,
        at=at,
        by=by,
        reverses=entry_id,
    )


def _opposite(row: asyncpg.Record) -> Posting:
    return Posting(
        account=Account(row["account"]),
        amount=-row["amount"],
        account_id=row["account_id"],
        organisation_id=row["organisation_id"],
    )
