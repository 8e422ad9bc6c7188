"""Sessions as those may see them who ask: the one place where rows are narrowed."""

from uuid import UUID

import asyncpg
import msgspec

from incubator.db.engine import Tx
from incubator.exchanges.views import SessionView
from incubator.kernel.errors import N_, NotFound
from incubator.people.actor import Actor
from incubator.programmes.queries import may_run, must_run


class NoSuchSession(NotFound):
    """No session with this identifier, or it is still a draft and the asker does not run it."""

    code = "no_such_session"
    sentence = N_("There is no such session.")


ROOM = "booking.state IN ('confirmed', 'checked_in', 'completed', 'no_show')"
"""The booking of a session's room stands."""
JOINED = f"""
FROM session JOIN session_seats AS seats ON seats.session_id = session.id
LEFT JOIN gmina ON gmina.id = session.gmina_id
LEFT JOIN booking ON booking.id = session.booking_id AND {ROOM}
LEFT JOIN space ON space.id = booking.space_id LEFT JOIN incubator ON incubator.id = booking.incubator_id
"""
_OWN = [
    "id",
    "kind",
    "state",
    "title_pl",
    "title_en",
    "summary_pl",
    "summary_en",
    "about_pl",
    "about_en",
    "audience_pl",
    "audience_en",
    "terms_pl",
    "terms_en",
    "language",
    "topics",
    "mode",
    "place",
    "online_url",
    "interpreter",
    "access_note_pl",
    "access_note_en",
    "official_name",
    "official_role",
    "funder_marks",
    "gmina_id",
    "series_id",
    "occurrence",
    "edition_id",
    "opens_at",
    "closes_at",
    "minimum",
    "decide_at",
    "decided_at",
    "priority_for",
    "priority_until",
    "priority_edition_id",
    "offer_hours",
    "most_each",
    "draws_seats",
    "checks_out",
    "presence_percent",
    "published_at",
    "cancelled_at",
    "reason",
    "changed_at",
    "sequence",
    "version",
]
WHERE = """lower(session.period) AS start, upper(session.period) AS "end", space.name_pl AS space_name_pl,
    space.name_en AS space_name_en, incubator.name AS incubator_name, incubator.town,
    gmina.slug AS gmina_slug, gmina.name AS gmina_name, seats.capacity, seats.taken"""
SESSION = f"""
SELECT {", ".join(f"session.{name}" for name in _OWN)}, {WHERE}, booking.id AS booking_id,
    session.booking_id IS NOT NULL AND booking.id IS NULL AND session.state <> 'cancelled'
        AND session.room_asked_at IS NULL AS room_lost,
    (
        SELECT asked.space_id FROM booking AS asked WHERE asked.id = session.booking_id AND asked.state = 'awaiting_approval'
    ) AS asked_space_id,
    booking.space_id, space.slug AS space_slug, incubator.slug AS incubator_slug, incubator.street,
    coalesce(session.step_free, space.step_free) AS step_free,
    coalesce(session.induction_loop, space.induction_loop) AS induction_loop,
    coalesce(session.accessible_wc, space.accessible_wc) AS accessible_wc
{JOINED}
"""
# Each "true" or a condition: [$1 administrator, $2 office, $3 gminas that the asker coordinates].
RUNS = "($1 OR CASE WHEN session.gmina_id IS NULL THEN $2 ELSE session.gmina_id = ANY($3::uuid[]) END)"


async def session_by_id(tx: Tx, *, session_id: UUID, lock: bool = False) -> SessionView:
    """Whoever asks; with `lock`, nobody else changes it meanwhile. Raises NoSuchSession."""
    tail = "FOR NO KEY UPDATE OF session" if lock else ""
    row = await tx.fetchrow(f"{SESSION} WHERE session.id = $1 {tail}", session_id)
    if row is None:
        raise NoSuchSession()
    return session_of(row)


async def session_to_show(tx: Tx, *, reader: Actor | None, session_id: UUID) -> SessionView:
    """As the reader may see it: drafts, how to join online, and what room is asked for are for those who run it. Raises NoSuchSession."""
    found = await session_by_id(tx, session_id=session_id)
    if runs(reader, found.gmina_id):
        return found
    if not found.public:
        raise NoSuchSession()
    return msgspec.structs.replace(found, online_url="", asked_space_id=None)


async def session_to_run(tx: Tx, *, actor: Actor, session_id: UUID, lock: bool = False) -> SessionView:
    """For the gmina's coordinator, of the metropolis the office's, or the administrator. Raises NoSuchSession,
    also for the draft of another, NotYours."""
    found = await session_by_id(tx, session_id=session_id, lock=lock)
    if not found.public and not may_run(actor, found.gmina_id):
        raise NoSuchSession()
    must_run(actor, found.gmina_id)
    return found


def runs(reader: Actor | None, gmina_id: UUID | None) -> bool:
    """Whether the reader, if anybody is signed in, runs sessions of this gmina."""
    return reader is not None and may_run(reader, gmina_id)


def session_of(row: asyncpg.Record) -> SessionView:
    return SessionView(**row)
