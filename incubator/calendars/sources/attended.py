"""Sessions of knowledge exchange that somebody registered for, and what became of that."""

from datetime import datetime
from uuid import UUID

import msgspec

from incubator.calendars.feed import Source, Telling
from incubator.calendars.queries import Subjects
from incubator.calendars.session_entry import session_entry
from incubator.calendars.venues import Venues, venues
from incubator.calendars.write import Entry, Status
from incubator.db.engine import Tx
from incubator.exchanges.queries import SESSION, session_by_id, session_of
from incubator.exchanges.views import SessionView
from incubator.kernel.errors import N_
from incubator.kernel.uids import sequence_at
from incubator.registrations.views import RegistrationView
from incubator.web.i18n import Translator

BY_PERSON, BY_ORGANISATION = "registration.account_id = $1", "registration.organisation_id = $1"
BY_ONESELF = f"{BY_PERSON} AND registration.organisation_id IS NULL"
"""Who registers for an organisation goes there themself."""

# Of several for one session the one that goes furthest. What was given up is told of for a while.
REGISTERED = """
SELECT session_id, state, last FROM (
    SELECT DISTINCT ON (session_id) session_id, state, changed_at, max(changed_at) OVER (PARTITION BY session_id) AS last
    FROM registration WHERE {whose} AND {which} AND NOT walk_in
    ORDER BY session_id, array_position('{{registered,offered,waiting,turned_away,cancelled}}', state), changed_at DESC
) AS furthest
WHERE state IN ('registered', 'offered', 'waiting', 'turned_away') OR state = 'cancelled' AND changed_at >= $2
"""
SESSIONS = f"""
{SESSION} WHERE session.id = ANY($1::uuid[]) AND lower(session.period) < $3 AND upper(session.period) > $2
    AND (session.state = 'published' OR session.cancelled_at >= $4)
ORDER BY lower(session.period), session.id
"""
CHANGED_AT = "SELECT changed_at FROM registration WHERE id = $1"
SAID = {
    "registered": (Status.CONFIRMED, "{title}"),
    "offered": (Status.TENTATIVE, N_("Confirm your seat: {title}")),
    "waiting": (Status.TENTATIVE, N_("Waiting list: {title}")),
    "turned_away": (Status.CANCELLED, "{title}"),
    "cancelled": (Status.CANCELLED, N_("Not going: {title}")),
    "lapsed": (Status.CANCELLED, N_("Not going: {title}")),
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
        stands = {row["session_id"]: (row["state"], row["last"]) for row in rows}
        span = telling.window.span
        found = await telling.tx.fetch(SESSIONS, list(stands), span.start, span.end, since)
        places = await venues(telling.tx)
        texts, address = telling.texts, telling.address
        return [(row["id"], _entry(session_of(row), *stands[row["id"]], places, texts, address)) for row in found]

    return told


async def attended_one(tx: Tx, *, registration: RegistrationView, texts: Translator, address: str) -> Entry:
    """As a feed of who registered tells it, for who has no account too."""
    session = await session_by_id(tx, session_id=registration.session_id)
    changed_at = await tx.fetchval(CHANGED_AT, registration.id)
    return _entry(session, registration.state, changed_at, await venues(tx), texts, address)


def _entry(
    session: SessionView, state: str, changed_at: datetime, places: Venues, texts: Translator, address: str
) -> Entry:
    """How to join online is told to who has a seat."""
    if state != "registered":
        session = msgspec.structs.replace(session, online_url="")
    last = max(session.changed_at, changed_at)
    entry = session_entry(session, texts, address, places)._replace(
        changed_at=last, sequence=sequence_at(last, session.sequence)
    )
    if entry.status == Status.CANCELLED:
        return entry
    status, title = SAID[state]
    return entry._replace(free=False, status=status, summary=texts.gettext(title).format(title=entry.summary))
