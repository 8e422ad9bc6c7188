"""A session as the rules of registering look at it. What was read may be remembered: the statement that registers
asks whether the session's version still stands (docs/decisions/0010)."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import asyncpg
import msgspec

from incubator.db.engine import Tx
from incubator.exchanges.queries import NoSuchSession
from incubator.kernel.period import Period
from incubator.registrations.views import SessionFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked of who registers: a text, one of the choices (by its position), or yes_no."""

    id: UUID
    kind: str
    text_pl: str
    text_en: str
    choices_pl: tuple[str, ...]
    choices_en: tuple[str, ...]
    required: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionToRegister:
    """A session that was announced, with its rules."""

    facts: SessionFacts
    opens_at: datetime | None
    closes_at: datetime | None
    priority_for: str
    priority_until: datetime | None
    priority_edition_id: UUID | None
    offer_hours: int
    most_each: int
    draws_seats: bool
    stalls: frozenset[UUID]
    questions: tuple[Question, ...]
    version: int

    @property
    def id(self) -> UUID:
        return self.facts.id

    @property
    def period(self) -> Period:
        return self.facts.period

    @property
    def closes(self) -> datetime:
        """When registering ends: as the organiser said, else when the session begins."""
        return self.closes_at or self.period.start


FACTS = """session.gmina_id, gmina.name AS gmina_name, session.state, session.kind, session.title_pl,
    session.title_en, session.period, session.mode, session.place, space.name_pl AS space_name_pl,
    space.name_en AS space_name_en, incubator.name AS incubator_name, incubator.street, incubator.town,
    session.online_url, session.reason,
    coalesce(session.decided_at = session.cancelled_at, false) AS too_few, session.checks_out, session.sequence"""
JOINED = """
LEFT JOIN gmina ON gmina.id = session.gmina_id
LEFT JOIN booking ON booking.id = session.booking_id
    AND booking.state IN ('confirmed', 'checked_in', 'completed', 'no_show')
LEFT JOIN space ON space.id = booking.space_id LEFT JOIN incubator ON incubator.id = booking.incubator_id
"""
QUESTIONS = """(
        SELECT json_agg(json_build_object('id', id, 'kind', kind, 'text_pl', text_pl, 'text_en', text_en,
            'choices_pl', choices_pl, 'choices_en', choices_en, 'required', required) ORDER BY position)
        FROM session_question WHERE session_id = {session}
    )::text"""
READ = f"""
SELECT session.id, {FACTS}, opens_at, closes_at, priority_for, priority_until, priority_edition_id, offer_hours,
    most_each, draws_seats, session.version,
    ARRAY(SELECT id FROM session_stall WHERE session_id = session.id) AS stalls,
    {QUESTIONS.format(session="session.id")} AS questions
FROM session {JOINED} WHERE session.id = $1 AND session.state <> 'draft' AND session.published_at IS NOT NULL
"""
NAMES = tuple(SessionFacts.__dataclass_fields__)
MOST = 2_000
_kept: dict[UUID, SessionToRegister] = {}


def kept_session(*, session_id: UUID) -> SessionToRegister | None:
    """What this process read of the session before, if it did. Good for nothing but to be tried."""
    return _kept.get(session_id)


def forget_sessions() -> None:
    """As if this process had just begun: for one that goes on to another database."""
    _kept.clear()


async def session_to_register(tx: Tx, *, session_id: UUID) -> SessionToRegister:
    """As it is now. Raises NoSuchSession, also of a draft."""
    row = await tx.fetchrow(READ, session_id)
    if row is None:
        _kept.pop(session_id, None)
        raise NoSuchSession()
    found = _session(row)
    if len(_kept) >= MOST:
        _kept.clear()
    _kept[session_id] = found
    return found


async def questions_of(tx: Tx, *, session_id: UUID) -> tuple[Question, ...]:
    """What is asked of who registers, of a draft too."""
    return _questions(await tx.fetchval(f"SELECT {QUESTIONS.format(session='$1')}", session_id))


def facts_of(row: asyncpg.Record) -> SessionFacts:
    """`row` has the columns of FACTS, and the session's identifier as `session_id` or `id`."""
    given = {name: row[name] for name in NAMES if name not in {"id", "period"}}
    period = Period(row["period"].lower, row["period"].upper)
    return SessionFacts(id=row.get("session_id") or row["id"], period=period, **given)


def _session(row: asyncpg.Record) -> SessionToRegister:
    rules = ("opens_at", "closes_at", "priority_for", "priority_until", "priority_edition_id")
    return SessionToRegister(
        facts=facts_of(row),
        **{name: row[name] for name in rules},
        offer_hours=row["offer_hours"],
        most_each=row["most_each"],
        draws_seats=row["draws_seats"],
        stalls=frozenset(row["stalls"]),
        questions=_questions(row["questions"]),
        version=row["version"],
    )


def _questions(told: str | None) -> tuple[Question, ...]:
    return tuple(msgspec.json.decode(told, type=list[Question])) if told else ()
