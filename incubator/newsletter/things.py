"""The sessions and calls that an issue may tell of: those that everybody may see."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.exchanges.listing import BRIEF, Wanted, sessions_on
from incubator.exchanges.views import SessionBrief
from incubator.newsletter.views import View

MOST = 100


class CallBrief(View, frozen=True):
    """The call of an edition; open from `opens_at` until `closes_at`."""

    edition_id: UUID
    title_pl: str
    title_en: str
    intro_pl: str
    intro_en: str
    opens_at: datetime
    closes_at: datetime
    path: str


SESSIONS = f"{BRIEF} WHERE session.id = ANY($1::uuid[]) AND session.state = 'published'"
CALL = """
SELECT edition.id AS edition_id, programme.name_pl || ': ' || edition.name_pl AS title_pl,
    coalesce(nullif(programme.name_en, ''), programme.name_pl) || ': ' || coalesce(nullif(edition.name_en, ''), edition.name_pl)
        AS title_en,
    call.intro_pl, call.intro_en, call.opens_at, call.closes_at, '/programmes/' || programme.slug || '/' || edition.slug AS path
FROM call JOIN edition ON edition.id = call.edition_id JOIN programme ON programme.id = edition.programme_id
WHERE call.published_at IS NOT NULL AND edition.state <> 'draft' AND programme.state <> 'draft'
"""
CALLS = f"{CALL} AND edition.id = ANY($1::uuid[])"
CALLS_AHEAD = f"{CALL} AND call.closes_at > $1 ORDER BY call.closes_at, edition.id LIMIT $2"


async def sessions_told(tx: Tx, keys: Iterable[UUID]) -> dict[UUID, SessionBrief]:
    """Those of them that are public."""
    return {row["id"]: SessionBrief(**row) for row in await tx.fetch(SESSIONS, list(keys))}


async def calls_told(tx: Tx, keys: Iterable[UUID]) -> dict[UUID, CallBrief]:
    """Those of them that are public."""
    return {row["edition_id"]: CallBrief(**row) for row in await tx.fetch(CALLS, list(keys))}


async def sessions_ahead(tx: Tx, *, now: datetime) -> list[SessionBrief]:
    """To choose from."""
    return await sessions_on(tx, wanted=Wanted(since=now), limit=MOST)


async def calls_ahead(tx: Tx, *, now: datetime) -> list[CallBrief]:
    """To choose from: open ones and those that open later."""
    return [CallBrief(**row) for row in await tx.fetch(CALLS_AHEAD, now, MOST)]
