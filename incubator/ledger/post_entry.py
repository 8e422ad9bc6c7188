"""Post an entry, once."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.kernel.errors import N_, Conflict
from incubator.ledger.rules import alike, balances, names_parties
from incubator.ledger.states import EntryKind
from incubator.ledger.views import Posting

# Whichever rule is in the way: of two who take an entry back at once, the later may meet either of two.
ADD = """
WITH made AS (
    INSERT INTO entry (gmina_id, kind, subject_kind, subject_id, number, size, at, by_id, reverses)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
    ON CONFLICT DO NOTHING RETURNING id
), posted AS (
    INSERT INTO posting (entry_id, account, amount, account_id, organisation_id)
    SELECT made.id, given.* FROM made, unnest($10::text[], $11::bigint[], $12::uuid[], $13::uuid[]) AS given
)
SELECT id FROM made
"""
THERE = """
SELECT id, gmina_id FROM entry WHERE subject_kind = $1 AND subject_id = $2 AND kind = $3 AND number = $4
"""
POSTED = "SELECT account, amount, account_id, organisation_id FROM posting WHERE entry_id = $1"


class PostedOtherwise(Conflict):
    """The deed was posted before, with other amounts."""

    code = "posted_otherwise"
    sentence = N_("This was posted to the ledger before, with other amounts.")


async def post_entry(
    tx: Tx,
    *,
    gmina_id: UUID,
    kind: EntryKind,
    subject_kind: str,
    subject_id: UUID,
    postings: Iterable[Posting],
    at: datetime,
    by: UUID | None,
    number: int = 1,
    reverses: UUID | None = None,
) -> UUID:
    """Add an entry to the gmina's books. Postings of nothing are left out; the rest must come to nothing
    together. What was posted before under the same subject, kind and number is not posted again: its
    entry is given back. Raises PostedOtherwise where that has other postings."""
    told = [one for one in postings if one.amount]
    if not balances(told) or not names_parties(told):
        raise ValueError("an entry balances, and names the party where the account has parties")
    columns = ([one.account.value for one in told], [one.amount for one in told])
    parties = ([one.account_id for one in told], [one.organisation_id for one in told])
    entry: UUID | None = await tx.fetchval(
        ADD, gmina_id, kind, subject_kind, subject_id, number, len(told), at, by, reverses, *columns, *parties
    )
    return entry or await _posted_before(tx, told, gmina_id, (subject_kind, subject_id, kind, number))


async def _posted_before(tx: Tx, told: Sequence[Posting], gmina_id: UUID, where: tuple[str, UUID, str, int]) -> UUID:
    entry = await tx.fetchrow(THERE, *where)
    assert entry is not None, "it was in the way a moment ago, and nothing is ever taken away"
    there = [tuple(row) for row in await tx.fetch(POSTED, entry["id"])]
    asked = [(one.account.value, one.amount, one.account_id, one.organisation_id) for one in told]
    if entry["gmina_id"] != gmina_id or not alike(there, asked):
        raise PostedOtherwise()
    found: UUID = entry["id"]
    return found
