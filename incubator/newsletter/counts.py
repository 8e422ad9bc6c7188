"""How many: who would get an issue, and what became of its copies. Numbers alone, never addresses."""

from collections.abc import Iterable
from uuid import UUID

from incubator.db.engine import Tx
from incubator.newsletter.views import Counts

# {own} is a subscription, {gminas} and {interests} what an issue is for; empty on either side means all.
CHOSEN = """
    (cardinality({gminas}) = 0 OR cardinality({own}.gmina_ids) = 0 OR {own}.gmina_ids && {gminas})
    AND (cardinality({interests}) = 0 OR cardinality({own}.interests) = 0 OR {own}.interests && {interests})
"""
READERS = f"""
SELECT count(*) FROM newsletter_subscription AS own WHERE own.state = 'confirmed'
    AND {CHOSEN.format(own="own", gminas="$1::uuid[]", interests="$2::text[]")}
"""
COUNTS = """
SELECT count(*) FILTER (WHERE delivery.state IN ('waiting', 'handing')) AS waiting,
    count(*) FILTER (WHERE delivery.state = 'sent') AS sent,
    count(*) FILTER (WHERE delivery.state = 'failed') AS failed,
    count(*) FILTER (WHERE delivery.state = 'skipped') AS skipped,
    count(*) FILTER (WHERE delivery.state = 'unknown') AS unknown,
    count(*) FILTER (WHERE own.state = 'unsubscribed' AND own.ended_at >= delivery.at
        AND delivery.state IN ('sent', 'unknown')) AS left,
    count(*) FILTER (WHERE delivery.bounced) AS bounced
FROM newsletter_delivery AS delivery JOIN newsletter_subscription AS own ON own.id = delivery.subscription_id
WHERE delivery.issue_id = $1
"""


async def readers_of(tx: Tx, *, gminas: Iterable[UUID], interests: Iterable[str]) -> int:
    """How many would get an issue for these."""
    return int(await tx.fetchval(READERS, list(gminas), list(interests)))


async def counts_of(tx: Tx, *, issue_id: UUID) -> Counts:
    row = await tx.fetchrow(COUNTS, issue_id)
    return Counts(**row) if row else Counts()
