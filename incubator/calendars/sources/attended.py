"""Sessions of knowledge exchange that somebody registered for, and what became of that."""

from datetime import datetime
from uuid import UUID

import asyncpg
import msgspec

from incubator.calendars.feed import Source, Telling
from incubator.calendars.queries import Subjects
from incubator.calendars.session_entry import session_entry
from incubator.calendars.venues import Venues, venues
from incubator.calendars.write import Entry, Status
from incubator.db.engine import Tx
from incubator.exchanges.queries import SESSION, session_of
from incubator.kernel.errors import N_

BY_PERSON, BY_ORGANISATION = "registration.account_id = $1", "registration.organisation_id = $1"
BY_ONESELF = f"{BY_PERSON} AND registration.organisation_id IS NULL"
"""Who registers for an organisation goes there themself."""

# Of several for one session the one that goes furthest. What was given up is told of for a while.
REGISTERED = """
SELECT DISTINCT ON (session_id) session_id, state, changed_at FROM registration
WHERE {whose} AND {which} AND NOT walk_in
    AND (state IN ('registered', 'offered', 'waiting', 'turned_away') OR state = 'cancelled' AND changed_at >= $2)
ORDER BY session_id, array_position('{{registered,offered,waiting,turned_away,cancelled}}', state), changed_at DESC
"""
SESSIONS = f"""
{SESSION} WHERE session.id = ANY($1::uuid[]) AND lower(session.period) < $3 AND upper(session.period) > $2
    AND (session.state = 'published' OR session.cancelled_at >= $4)
ORDER BY lower(session.period), session.id
"""
SEAT = "SELECT EXISTS (SELECT FROM registration WHERE session_id = $1 AND account_id = $2 AND state = 'registered')"
SAID = {
    "registered": (Status.CONFIRMED, "{title}"),
    "offered": (Status.TENTATIVE, N_("Confirm your seat: {title}")),
    "waiting": (Status.TENTATIVE, N_("Waiting list: {title}")),
    "turned_away": (Status.CANCELLED, "{title}"),
    "cancelled": (Status.CANCELLED, N_("Not going: {title}")),
}


def attended(whose: str) -> Source:
    async def told(telling: Telling, subjects: Subjects) -> list[tuple[UUID, Entry]]:
        key, since = telling.standing.key, telling.window.cancelled_since
        if subjects is None:
            rows = await telling.tx.fetch(REGISTERED.format(whose=whose, which="true"), key, since)
        else:
            which = "session_id = ANY($3::uuid[])"
            rows = await telling.tx.fetch(REGISTERED.format(whose=whose, which=which), key, since, subjects)
        if not rows:
            return []
        stands = {row["session_id"]: (row["state"], row["changed_at"]) for row in rows}
        span = telling.window.span
        found = await telling.tx.fetch(SESSIONS, list(stands), span.start, span.end, since)
        places = await venues(telling.tx)
        return [(row["id"], _entry(telling, row, places, *stands[row["id"]])) for row in found]

    return told


async def has_seat(tx: Tx, *, account_id: UUID, session_id: UUID) -> bool:
    return bool(await tx.fetchval(SEAT, session_id, account_id))


def _entry(telling: Telling, row: asyncpg.Record, places: Venues, state: str, changed_at: datetime) -> Entry:
    """How to join online is told to who has a seat."""
    session = session_of(row)
    if state != "registered":
        session = msgspec.structs.replace(session, online_url="")
    entry = session_entry(session, telling.texts, telling.address, places)
    status, title = SAID[state]
    if entry.status == Status.CANCELLED:
        return entry
    return entry._replace(
        free=False,
        status=status,
        summary=telling.texts.gettext(title).format(title=entry.summary),
        changed_at=max(entry.changed_at, changed_at),
    )
