"""Announce a session: a draft that its makers see, with its seats and its room."""

from datetime import datetime
from uuid import UUID

from asyncpg import Range

from incubator.bookings.room_of import Needed, take_room
from incubator.db.engine import Tx
from incubator.exchanges.details import SessionDetails, When, Where
from incubator.exchanges.queries import session_by_id
from incubator.exchanges.rules import Plan, check, check_where, period_of
from incubator.exchanges.views import SessionView
from incubator.kernel.errors import N_, Invalid
from incubator.kernel.ids import uuid7
from incubator.kernel.period import Period
from incubator.people.actor import Actor
from incubator.people.telling import tell
from incubator.places.saving import insert
from incubator.programmes.queries import edition_by_id, must_run


class SessionOver(Invalid):
    code = "session_over"
    sentence = N_("This time is already over: announce a session that is to come.")


SEATS = "INSERT INTO session_seats (session_id, capacity, taken, open) VALUES ($1, $2, 0, false)"
ROOM = """
UPDATE session SET booking_id = $2, room_asked_at = (
    SELECT $3::timestamptz FROM booking WHERE id = $2 AND state = 'awaiting_approval'
) WHERE id = $1
"""


async def announce(
    tx: Tx,
    *,
    actor: Actor,
    gmina_id: UUID | None,
    details: SessionDetails,
    when: When,
    where: Where,
    capacity: int | None,
    series: tuple[UUID, int] | None = None,
    now: datetime,
) -> SessionView:
    """A draft of the gmina, or of the metropolis where there is none; `capacity` None: as many as like to come.
    `series` is the series it belongs to and its turn in it. The metropolis has no rooms: the gmina of one is asked for it,
    and its coordinator answers at the desk of bookings.

    Raises NotYours, SessionOver, the refusals of `rules`, NoSuchEdition and, of the room, what take_room raises.
    """
    must_run(actor, gmina_id)
    period = period_of(when.start, when.end)
    if period.end <= now:
        raise SessionOver()
    must_be_somewhere(where)
    must_fit(details, period, gmina_id, capacity)
    await must_know_editions(tx, details)
    key = uuid7()
    columns: dict[str, object] = {"gmina_id": gmina_id, "state": "draft", "period": Range(period.start, period.end)}
    columns |= {"mode": where.mode, "place": where.place, "online_url": where.online_url}
    columns |= {"series_id": series[0], "occurrence": series[1]} if series else {}
    columns |= {"created_by": actor.account_id, "created_at": now, "changed_at": now, "reason": ""}
    await insert(tx, "session", details, id=key, **columns, sequence=0, version=1)
    await tx.execute(SEATS, key, capacity)
    if where.space_id is not None:
        needed = needed_for(key, gmina_id=gmina_id, period=period, title=details.title_pl, people=capacity)
        booking = await take_room(tx, actor=actor, needed=needed, space_id=where.space_id, now=now)
        await tx.execute(ROOM, key, booking, now)
    after = {"kind": details.kind, "start": period.start, "end": period.end, "capacity": capacity}
    await tell(tx, actor, now, "announce", of=("session", key), gmina_id=gmina_id, after=after)
    return await session_by_id(tx, session_id=key)


def needed_for(key: UUID, *, gmina_id: UUID | None, period: Period, title: str, people: int | None) -> Needed:
    """A room for a session."""
    return Needed(part_of=key, gmina_id=gmina_id, period=period, title=title, people=people, asked=gmina_id is None)


def must_fit(details: SessionDetails, period: Period, gmina_id: UUID | None, capacity: int | None) -> None:
    """`capacity` None: no limit, or not what is changed. Raises the refusals of `rules`."""
    check(
        Plan(
            kind=details.kind,
            period=period,
            opens_at=details.opens_at,
            closes_at=details.closes_at,
            capacity=capacity,
            minimum=details.minimum,
            decide_at=details.decide_at,
            priority_for=details.priority_for,
            priority_until=details.priority_until,
            has_edition=details.priority_edition_id is not None,
            has_gmina=gmina_id is not None,
            official_role=details.official_role,
        )
    )


def must_be_somewhere(where: Where) -> None:
    """Raises NoWhere."""
    has_room = where.space_id is not None
    check_where(mode=where.mode, has_room=has_room, place=where.place, online_url=where.online_url)


async def must_know_editions(tx: Tx, details: SessionDetails) -> None:
    """Raises NoSuchEdition."""
    for key in {details.edition_id, details.priority_edition_id} - {None}:
        assert key is not None
        await edition_by_id(tx, edition_id=key)
