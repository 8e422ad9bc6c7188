"""What is on: lists of sessions, for everybody and for who runs them."""

from datetime import datetime
from uuid import UUID

import msgspec

from incubator.db.engine import Tx
from incubator.exchanges.queries import JOINED, RUNS, WHERE
from incubator.exchanges.views import SessionBrief, SessionView
from incubator.people.actor import Actor

PAGE = 50


class Wanted(msgspec.Struct, kw_only=True, frozen=True):
    """Which sessions: those that end after `since` and start before `until`, of a gmina (its slug), a kind, a
    topic, a language. Empty fields ask for nothing."""

    gmina: str = ""
    kind: str = ""
    topic: str = ""
    language: str = ""
    since: datetime | None = None
    until: datetime | None = None


BRIEF = f"""
SELECT session.id, session.kind, session.state, session.title_pl, session.title_en, session.summary_pl,
    session.summary_en, session.language, session.topics, session.mode, session.place, session.series_id,
    session.opens_at, session.closes_at, {WHERE}
{JOINED}
"""
LIST = f"""
{BRIEF}
WHERE session.state = 'published' AND ($1 = '' OR gmina.slug = $1) AND ($2 = '' OR session.kind = $2)
    AND ($3 = '' OR $3 = ANY(session.topics)) AND ($4 = '' OR session.language = $4)
    AND ($5::timestamptz IS NULL OR upper(session.period) > $5)
    AND ($6::timestamptz IS NULL OR lower(session.period) < $6)
    AND ($7::timestamptz IS NULL OR (lower(session.period), session.id) > ($7, $8::uuid))
ORDER BY lower(session.period), session.id LIMIT $9
"""
RUN = f"""
{BRIEF}
WHERE {RUNS} AND CASE WHEN $5 THEN upper(session.period) > $4 ELSE upper(session.period) <= $4 END
ORDER BY CASE WHEN $5 THEN lower(session.period) END, CASE WHEN NOT $5 THEN lower(session.period) END DESC, session.id
LIMIT $6
"""
SERIES = f"{BRIEF} WHERE session.series_id = $1 ORDER BY session.occurrence"
OTHERS = f"""
{BRIEF} WHERE session.series_id = $1 AND session.id <> $2 AND session.state = 'published' AND lower(session.period) > $3
ORDER BY lower(session.period) LIMIT $4
"""
TOPICS = """
SELECT DISTINCT topic FROM session, unnest(topics) AS topic
WHERE session.state = 'published' AND upper(session.period) > $1 ORDER BY topic LIMIT 200
"""


async def sessions_on(
    tx: Tx, *, wanted: Wanted, after: tuple[datetime, UUID] | None = None, limit: int = PAGE
) -> list[SessionBrief]:
    """Published sessions in time, those after the row `after` (its start and identifier)."""
    start, key = after or (None, None)
    asked = (wanted.gmina, wanted.kind, wanted.topic, wanted.language, wanted.since, wanted.until)
    return [SessionBrief(**row) for row in await tx.fetch(LIST, *asked, start, key, limit)]


async def sessions_run(
    tx: Tx, *, actor: Actor, now: datetime, coming: bool = True, limit: int = 200
) -> list[SessionBrief]:
    """Those that the person runs, drafts and what was called off included: what comes, the next one first, or
    what is over, the latest first."""
    rows = await tx.fetch(RUN, actor.is_administrator, actor.is_office, list(actor.coordinates), now, coming, limit)
    return [SessionBrief(**row) for row in rows]


async def dates_of_series(tx: Tx, *, series_id: UUID) -> list[SessionBrief]:
    """All of them. The caller has asked who runs it."""
    return [SessionBrief(**row) for row in await tx.fetch(SERIES, series_id)]


async def other_dates(tx: Tx, *, session: SessionView, now: datetime, limit: int = 6) -> list[SessionBrief]:
    """The next ones of the same series, for everybody."""
    if session.series_id is None:
        return []
    return [SessionBrief(**row) for row in await tx.fetch(OTHERS, session.series_id, session.id, now, limit)]


async def topics_on(tx: Tx, *, now: datetime) -> list[str]:
    """What the coming sessions are about."""
    return [row["topic"] for row in await tx.fetch(TOPICS, now)]
