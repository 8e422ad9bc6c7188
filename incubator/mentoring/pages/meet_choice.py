"""What can be chosen on the way to a meeting, and what it would draw."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from incubator.db.engine import Tx
from incubator.kernel.period import Period
from incubator.mentoring.left import Left, left_of, programmes_of
from incubator.mentoring.offered import ANYBODY, Seeker
from incubator.mentoring.pages.week_strip import read_start, ways_at
from incubator.mentoring.room import fitting_rooms
from incubator.mentoring.to_meet import MentorToMeet
from incubator.people.actor import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """A room that looks free, with how many it holds."""

    id: UUID
    name_pl: str
    name_en: str
    capacity: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """How one can meet at the time: online where `incubator_id` is empty."""

    incubator_id: UUID | None
    name: str
    rooms: tuple[Room, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Payer:
    """For whom, and what is left to them of mentor time; a private person has no id."""

    organisation_id: UUID | None
    name: str
    left: Left


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetChoice:
    """A time, and what is open about it."""

    period: Period
    ways: tuple[Way, ...]
    payers: tuple[Payer, ...]


NAMES = "SELECT id, name FROM incubator WHERE id = ANY($1::uuid[])"
ROOMS = """
SELECT id, name_pl, name_en, capacity FROM space WHERE id = ANY($1::uuid[]) ORDER BY capacity, position, slug
"""


async def seeker_for(tx: Tx, actor: object, now: datetime) -> Seeker:
    """For whom the picker shows times: with the programmes of the person and of all their organisations."""
    if not isinstance(actor, Actor):
        return ANYBODY
    programmes = await programmes_of(tx, holder_ids=[*actor.organisations, actor.account_id], now=now)
    return Seeker(for_organisation=bool(actor.organisations), programmes=programmes)


async def choice_for(
    tx: Tx, *, mentor: MentorToMeet, actor: Actor, typed: Mapping[str, str], now: datetime
) -> MeetChoice | None:
    """None where no time was chosen."""
    start, minutes = read_start(typed.get("start", "")), typed.get("minutes", "")
    if start is None or not (minutes.isascii() and minutes.isdigit() and 1 <= int(minutes[:5]) <= 1440):
        return None
    period = Period(start, start + timedelta(minutes=int(minutes[:5])))
    seeker = await seeker_for(tx, actor, now)
    times = await ways_at(tx, mentor=mentor, period=period, seeker=seeker, now=now)
    places = dict.fromkeys(time.incubator_id for time in times if time.incubator_id is not None)
    names = {row["id"]: row["name"] for row in await tx.fetch(NAMES, list(places))}
    ways = [Way(incubator_id=key, name=names[key], rooms=await _rooms(tx, key, period, now)) for key in places]
    online = [Way(incubator_id=None, name="", rooms=())] if any(time.online for time in times) else []
    return MeetChoice(period=period, ways=(*ways, *online), payers=await _payers(tx, mentor, actor, period))


async def _rooms(tx: Tx, incubator_id: UUID, period: Period, now: datetime) -> tuple[Room, ...]:
    ids = await fitting_rooms(tx, incubator_id=incubator_id, people=1, period=period, now=now)
    return tuple(Room(**row) for row in await tx.fetch(ROOMS, ids))


async def _payers(tx: Tx, mentor: MentorToMeet, actor: Actor, period: Period) -> tuple[Payer, ...]:
    keys: list[tuple[UUID | None, str]] = [(own.id, own.name) for own in actor.organisations.values()]
    return tuple(
        [
            Payer(
                organisation_id=key,
                name=name,
                left=await left_of(
                    tx, gmina_id=mentor.gmina_id, account_id=actor.account_id, organisation_id=key, period=period
                ),
            )
            for key, name in [*keys, (None, "")]
        ]
    )
