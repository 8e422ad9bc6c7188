"""Say who speaks at a session."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from asyncpg import ForeignKeyViolationError

from incubator.db.engine import Tx
from incubator.exchanges.details import SpeakerLine
from incubator.exchanges.saving import said_anew, session_to_change
from incubator.exchanges.views import SessionInFull
from incubator.kernel.errors import N_, Invalid
from incubator.people.actor import Actor


class NoSuchSpeaker(Invalid):
    """A mentor that is none."""

    code = "no_such_speaker"
    sentence = N_("There is no such mentor. Leave the mentor out, or choose another one.")


@dataclass(frozen=True, slots=True)
class MentorChoice:
    """A mentor who can be named as a speaker."""

    id: UUID
    name: str


# Of the gmina, of every one where the office holds the session; and who speaks already, wherever they are from.
MENTORS = """
SELECT id, name FROM mentor
WHERE state <> 'retired' AND ($1::uuid IS NULL OR gmina_id = $1)
    OR id IN (SELECT mentor_id FROM session_speaker WHERE session_id = $2)
ORDER BY translate(lower(name), 'ąćęłńóśźż', 'acelnoszz'), id
"""
ADD = """
INSERT INTO session_speaker (session_id, position, name, role_pl, role_en, mentor_id) VALUES ($1, $2, $3, $4, $5, $6)
"""


async def set_speakers(
    tx: Tx, *, actor: Actor, session_id: UUID, speakers: list[SpeakerLine], seen: int | None = None, now: datetime
) -> SessionInFull:
    """In this order, instead of those before. Raises NoSuchSession, NotYours, ChangedMeanwhile, SessionCalledOff,
    NoSuchSpeaker."""
    found = await session_to_change(tx, actor=actor, session_id=session_id, seen=seen)
    await put_speakers(tx, session_id=session_id, speakers=speakers)
    return await said_anew(tx, actor=actor, session=found, what="speakers", count=len(speakers), now=now)


async def mentors_to_choose(tx: Tx, *, session_id: UUID, gmina_id: UUID | None) -> list[MentorChoice]:
    """The caller has asked who runs the session."""
    return [MentorChoice(**row) for row in await tx.fetch(MENTORS, gmina_id, session_id)]


async def put_speakers(tx: Tx, *, session_id: UUID, speakers: list[SpeakerLine]) -> None:
    """Raises NoSuchSpeaker."""
    await tx.execute("DELETE FROM session_speaker WHERE session_id = $1", session_id)
    rows = [
        (session_id, n, one.name, one.role_pl, one.role_en, one.mentor_id) for n, one in enumerate(speakers, start=1)
    ]
    try:
        await tx.executemany(ADD, rows)
    except ForeignKeyViolationError:
        raise NoSuchSpeaker() from None
