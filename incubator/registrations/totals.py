"""What exchange comes to in a span of time, for each gmina and for the office. Counts alone, of everybody: who shows
them asks which of them may be shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.kernel.period import Period


@dataclass(frozen=True, slots=True, kw_only=True)
class ExchangeTotal:
    """Of the sessions that begin in the span and were announced: how many were `held`, of which kinds; `called_off`;
    `ahead` are not over. Of those held: `places` where their number was limited, seats `registered`, tickets that
    `came` (walk-ins too) with their `minutes`, and certificates that stand."""

    gmina_id: UUID | None
    held: int = 0
    called_off: int = 0
    ahead: int = 0
    workshop: int = 0
    meetup: int = 0
    lecture: int = 0
    consultation: int = 0
    market: int = 0
    demo_day: int = 0
    places: int = 0
    registered: int = 0
    came: int = 0
    minutes: int = 0
    certificates: int = 0


KINDS = ("workshop", "meetup", "lecture", "consultation", "market", "demo_day")
# $1, $2 the span; $3 now; $4 gminas, NULL: every one and the office.
TOTALS = f"""
WITH these AS MATERIALIZED (
    SELECT id, gmina_id, kind, state, state = 'published' AND upper(period) <= $3 AS held, capacity
    FROM session JOIN session_seats ON session_id = id
    WHERE published_at IS NOT NULL AND lower(period) >= $1 AND lower(period) < $2
        AND ($4::uuid[] IS NULL OR gmina_id = ANY($4))
),
registered AS (
    SELECT session_id, sum(seats) AS registered FROM registration
    WHERE session_id IN (SELECT id FROM these WHERE held) AND state = 'registered' AND NOT walk_in GROUP BY 1
),
there AS (
    SELECT session_id, count(*) AS came, sum(minutes) AS minutes FROM ticket
    WHERE session_id IN (SELECT id FROM these WHERE held) AND live AND (checked_in_at IS NOT NULL OR minutes > 0)
    GROUP BY 1
),
certified AS (
    SELECT session_id, count(*) AS certificates FROM session_certificate
    WHERE session_id IN (SELECT id FROM these WHERE held) AND revoked_at IS NULL GROUP BY 1
)
SELECT gmina_id, (count(*) FILTER (WHERE held))::int AS held,
    (count(*) FILTER (WHERE these.state = 'cancelled'))::int AS called_off,
    (count(*) FILTER (WHERE these.state = 'published' AND NOT held))::int AS ahead,
    {", ".join(f"(count(*) FILTER (WHERE held AND kind = '{kind}'))::int AS {kind}" for kind in KINDS)},
    coalesce(sum(capacity) FILTER (WHERE held), 0)::int AS places,
    {", ".join(f"coalesce(sum({name}), 0)::int AS {name}" for name in ("registered", "came", "minutes", "certificates"))}
FROM these LEFT JOIN registered ON registered.session_id = id LEFT JOIN there ON there.session_id = id
LEFT JOIN certified ON certified.session_id = id GROUP BY gmina_id
"""


async def exchange_totals(
    tx: Tx, *, gmina_ids: Sequence[UUID] | None, span: Period, now: datetime
) -> dict[UUID | None, ExchangeTotal]:
    """By gmina; those of the office under None. Without `gmina_ids`, of everybody."""
    rows = await tx.fetch(TOTALS, span.start, span.end, now, None if gmina_ids is None else list(gmina_ids))
    return {row["gmina_id"]: ExchangeTotal(**row) for row in rows}
