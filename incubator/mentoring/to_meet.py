"""A mentor as the rules of meetings look at them. What was read may be remembered: the statement that books
asks whether the mentor's version and the rulebook (public holidays) still stand (docs/decisions/0010)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

import asyncpg
import msgspec

from incubator.db.engine import Tx
from incubator.mentoring.reach import NoSuchMentor
from incubator.mentoring.rules import Hours


@dataclass(frozen=True, slots=True, kw_only=True)
class MentorToMeet:
    """A mentor with rules, hours and what taking them takes."""

    id: UUID
    slug: str
    name: str
    account_id: UUID
    gmina_id: UUID
    resource_id: int
    state: str
    languages: tuple[str, ...]
    online_link: str
    lengths: tuple[int, ...]
    grid_minutes: int
    break_minutes: int
    lead_minutes: int
    horizon_days: int
    cancel_minutes: int
    topics: tuple[str, ...]
    weekly: tuple[Hours, ...]
    days: tuple[Hours, ...]
    holidays: frozenset[date]
    version: int
    rulebook: int

    @property
    def pause(self) -> timedelta:
        """Kept free after each meeting."""
        return timedelta(minutes=self.break_minutes)


HOURS = """(
    SELECT json_agg(json_build_object('opens', opens, 'closes', closes, 'incubator_id', incubator_id, 'online', online,
        'audience', audience, 'programme_id', programme_id, {more}) ORDER BY {order}, opens)
    FROM {table} WHERE mentor_id = mentor.id
)::text"""
READ = f"""
SELECT mentor.id, mentor.slug, mentor.name, account_id, gmina_id, resource_id, state, languages, online_link, lengths,
    grid_minutes, break_minutes, lead_minutes, horizon_days, cancel_minutes, mentor.version,
    ARRAY(SELECT topic_slug FROM mentor_topic WHERE mentor_id = mentor.id ORDER BY topic_slug) AS topics,
    {HOURS.format(more="'weekday', weekday", order="weekday", table="mentor_hours")} AS weekly,
    {HOURS.format(more="'day', day", order="day", table="mentor_exception")} AS days,
    (SELECT version FROM rulebook) AS rulebook
FROM mentor
"""
HOLIDAYS = "SELECT array_agg(day) FROM public_holiday"
MOST = 5_000
_kept: dict[UUID, MentorToMeet] = {}


def kept_mentor(*, mentor_id: UUID) -> MentorToMeet | None:
    """What this process read of the mentor before, if it did. Good for nothing but to be tried."""
    return _kept.get(mentor_id)


def forget_mentors() -> None:
    """As if this process had just begun: for one that goes on to another database."""
    _kept.clear()


async def mentor_to_meet(tx: Tx, *, mentor_id: UUID) -> MentorToMeet:
    """The mentor as they are now. Raises NoSuchMentor, also of one who has retired."""
    found = await _read(tx, await tx.fetch(f"{READ} WHERE mentor.id = $1 AND state <> 'retired'", mentor_id))
    if not found:
        _kept.pop(mentor_id, None)
        raise NoSuchMentor()
    return found[0]


async def mentor_by_slug(tx: Tx, *, slug: str) -> MentorToMeet:
    """Raises NoSuchMentor."""
    found = await _read(tx, await tx.fetch(f"{READ} WHERE mentor.slug = $1 AND state <> 'retired'", slug))
    if not found:
        raise NoSuchMentor()
    return found[0]


async def mentor_of(tx: Tx, *, account_id: UUID) -> MentorToMeet | None:
    """The mentor that this person is, if they are one."""
    found = await _read(tx, await tx.fetch(f"{READ} WHERE mentor.account_id = $1 AND state <> 'retired'", account_id))
    return found[0] if found else None


# $1 topic; $2 language and $3 gmina may be null.
FOR_TOPIC = f"""
{READ} WHERE state = 'active' AND EXISTS (SELECT FROM mentor_topic WHERE mentor_id = mentor.id AND topic_slug = $1)
    AND ($2::text IS NULL OR $2 = ANY(languages)) AND ($3::uuid IS NULL OR gmina_id = $3)
ORDER BY mentor.slug LIMIT 200
"""


async def mentors_for(
    tx: Tx, *, topic: str, language: str | None = None, gmina_id: UUID | None = None
) -> list[MentorToMeet]:
    """Everybody who can be asked about the topic, in that language, of that gmina."""
    return await _read(tx, await tx.fetch(FOR_TOPIC, topic, language, gmina_id))


async def _read(tx: Tx, rows: Sequence[asyncpg.Record]) -> list[MentorToMeet]:
    # Holidays first would be of an older snapshot than the rulebook read with the mentor: then the
    # version would promise more than was read.
    holidays = frozenset(await tx.fetchval(HOLIDAYS) or ()) if rows else frozenset()
    found = [_mentor(row, holidays) for row in rows]
    if len(_kept) + len(found) > MOST:
        _kept.clear()
    _kept.update({one.id: one for one in found})
    return found


def _mentor(row: asyncpg.Record, holidays: frozenset[date]) -> MentorToMeet:
    given = dict(row)
    for name in ("languages", "lengths", "topics"):
        given[name] = tuple(given[name])
    for name in ("weekly", "days"):
        given[name] = tuple(msgspec.json.decode(given[name] or "[]", type=list[Hours]))
    return MentorToMeet(**given, holidays=holidays)
