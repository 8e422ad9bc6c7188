"""Copies of an issue: listed once, claimed one at a time by whichever worker, settled. Each step is committed before
the next begins."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from incubator.db.engine import Tx
from incubator.newsletter.bounce import note_bounce
from incubator.newsletter.counts import CHOSEN
from incubator.newsletter.rules import TRIES, pause
from incubator.newsletter.smtp import Outcome
from incubator.newsletter.states import Copy

PAGE = 2_000


@dataclass(frozen=True, slots=True)
class Claimed:
    """A copy that is this worker's to hand over; nobody else will, whatever happens."""

    issue_id: UUID
    subscription_id: UUID
    email: str
    locale: str
    tries: int
    bounces: int


# Whoever confirmed before it started; the primary key lets nobody be listed twice.
LOCK = "SELECT id FROM newsletter_issue WHERE id = $1 FOR NO KEY UPDATE"
QUEUE = f"""
WITH issue AS (SELECT * FROM newsletter_issue WHERE id = $1 AND state = 'sending' AND queued_at IS NULL),
page AS (
    SELECT own.id FROM newsletter_subscription AS own, issue
    WHERE own.state = 'confirmed' AND own.confirmed_at <= issue.started_at
        AND (issue.queued_after IS NULL OR own.id > issue.queued_after)
        AND {CHOSEN.format(own="own", gminas="issue.to_gmina_ids", interests="issue.to_interests")}
    ORDER BY own.id LIMIT $3
),
listed AS (
    INSERT INTO newsletter_delivery (issue_id, subscription_id, state, tries, next_at, bounced, error)
    SELECT $1, id, 'waiting', 0, $2, false, '' FROM page ON CONFLICT DO NOTHING
)
UPDATE newsletter_issue SET queued_after = coalesce((SELECT id FROM page ORDER BY id DESC LIMIT 1), newsletter_issue.queued_after),
    queued_at = CASE WHEN (SELECT count(*) FROM page) < $3 THEN $2 END
FROM issue WHERE newsletter_issue.id = issue.id RETURNING newsletter_issue.queued_at IS NULL
"""
# Who unsubscribed since they were listed gets none: asked at this very moment.
CLAIM = """
WITH next AS (
    SELECT issue_id, subscription_id FROM newsletter_delivery
    WHERE issue_id = $1 AND state = 'waiting' AND next_at <= $2
    ORDER BY next_at, subscription_id LIMIT 1 FOR NO KEY UPDATE SKIP LOCKED
)
UPDATE newsletter_delivery AS delivery SET at = $2, tries = tries + 1,
    state = CASE WHEN own.state = 'confirmed' THEN 'handing' ELSE 'skipped' END
FROM next JOIN newsletter_subscription AS own ON own.id = next.subscription_id
WHERE delivery.issue_id = next.issue_id AND delivery.subscription_id = next.subscription_id
RETURNING delivery.issue_id, delivery.subscription_id, own.email, own.locale, delivery.tries, own.bounces, delivery.state
"""
SETTLE = """
UPDATE newsletter_delivery SET state = $3, error = $4, at = $5, next_at = $6
WHERE issue_id = $1 AND subscription_id = $2 AND state = 'handing'
"""
WELL = "UPDATE newsletter_subscription SET bounces = 0 WHERE id = $1"
LOST = "UPDATE newsletter_delivery SET state = 'unknown' WHERE state = 'handing' AND at < $1"
LEFT = "SELECT EXISTS (SELECT FROM newsletter_delivery WHERE issue_id = $1 AND state IN ('waiting', 'handing'))"


async def list_copies(tx: Tx, *, issue_id: UUID, now: datetime) -> bool:
    """Write down the next page of who gets it; whether there may be more."""
    await tx.execute(LOCK, issue_id)
    return bool(await tx.fetchval(QUEUE, issue_id, now, PAGE))


async def claim_copy(tx: Tx, *, issue_id: UUID, at: datetime) -> Claimed | None:
    """The next one that may go by now; none when none waits."""
    while True:
        row = await tx.fetchrow(CLAIM, issue_id, at)
        if row is None:
            return None
        if row["state"] == Copy.HANDING:
            return Claimed(*list(row)[:-1])


async def settle_copy(tx: Tx, *, copy: Claimed, outcome: Outcome, at: datetime) -> None:
    """Note what came of it. What was refused for now waits longer each time, and fails after the last."""
    state, next_at = outcome.state, at
    if state == Copy.WAITING:
        state, next_at = (Copy.WAITING, at + pause(copy.tries)) if copy.tries < TRIES else (Copy.FAILED, at)
    await tx.execute(SETTLE, copy.issue_id, copy.subscription_id, state, outcome.error, at, next_at)
    if outcome.status is not None:
        await note_bounce(
            tx, issue_id=copy.issue_id, subscription_id=copy.subscription_id, status=outcome.status, now=at
        )
    elif state == Copy.SENT and copy.bounces:
        await tx.execute(WELL, copy.subscription_id)


async def give_up_lost(tx: Tx, *, now: datetime, after: timedelta) -> None:
    """Copies whose worker died while handing them over: whether they arrived nobody knows, so they are not sent again."""
    await tx.execute(LOST, now - after)


async def any_left(tx: Tx, *, issue_id: UUID) -> bool:
    return bool(await tx.fetchval(LEFT, issue_id))
