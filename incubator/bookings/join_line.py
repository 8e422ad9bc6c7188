"""Wait for a time that is taken."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from incubator.bookings.draft import wish_of
from incubator.bookings.offer_next import ANSWERED, FREE
from incubator.bookings.place import StandingChanged
from incubator.bookings.rules import check
from incubator.bookings.views import BookingView
from incubator.bookings.waitlist import WaitlistView, wish_for
from incubator.db.engine import Tx
from incubator.db.history import record
from incubator.kernel.errors import N_, Conflict, TooMany
from incubator.kernel.ids import uuid7
from incubator.kernel.period import Period
from incubator.people.actor import Actor
from incubator.places.queries import space_to_book

MOST = 20
"""Wishes of one person at a time; whoever waits for everything waits for nothing."""


class AlreadyInLine(Conflict):
    """The person waits for this very time already, or holds an offer of it."""

    code = "already_in_line"
    sentence = N_("You are already on the waiting list for this time.")


@dataclass(eq=False)
class FreeNow(Conflict):
    """Nothing to wait for."""

    code = "free_now"
    sentence = N_("This time is free: you can book it now.")
    space_id: UUID
    period: Period


@dataclass(eq=False)
class TooManyWishes(TooMany):
    code = "too_many_wishes"
    sentence = N_("You can wait for at most {most} times at once.")
    most: int


# Two statements, as one that waited would count what it saw before; and who was erased, or left the
# organisation, since the asker was read waits for nothing.
LOCK = """
SELECT id FROM account
WHERE id = $1 AND erased_at IS NULL AND ($2::uuid IS NULL OR EXISTS (
    SELECT FROM membership WHERE organisation_id = $2 AND account_id = $1 FOR KEY SHARE
)) FOR NO KEY UPDATE
"""
COUNT = "SELECT count(*) FROM waitlist_entry WHERE account_id = $1 AND state = 'waiting' AND lower(period) > $2"
JOIN = """
INSERT INTO waitlist_entry (id, space_id, account_id, organisation_id, period, title, state, created_at, changed_at)
VALUES ($1, $2, $3, $4, tstzrange($5, $6), $7, 'waiting', $8, $8)
ON CONFLICT DO NOTHING RETURNING id
"""
IS_FREE = f"SELECT {FREE} FROM waitlist_entry AS entry JOIN space ON space.id = entry.space_id WHERE entry.id = $1"


async def join_line(
    tx: Tx,
    *,
    actor: Actor,
    space_id: UUID,
    period: Period,
    organisation_id: UUID | None = None,
    title: str = "",
    now: datetime,
) -> WaitlistView:
    """The wish, at the end of the line. When the time becomes free, the first in line is sent a hold.

    Raises FreeNow, AlreadyInLine, TooManyWishes, StandingChanged, NotAMember, NoSuchSpace and what the rules raise;
    then the transaction has to be rolled back.
    """
    space = await space_to_book(tx, space_id=space_id, span=period)
    check(wish_of(actor=actor, space=space, organisation_id=organisation_id, period=period, now=now), space)
    if await tx.fetchval(LOCK, actor.account_id, organisation_id) is None:
        raise StandingChanged()
    await tx.execute(f"{ANSWERED} AND waitlist_entry.account_id = $2", now, actor.account_id)
    if await tx.fetchval(COUNT, actor.account_id, now) >= MOST:
        raise TooManyWishes(MOST)
    entry_id = uuid7()
    said = (space_id, actor.account_id, organisation_id, period.start, period.end, title, now)
    if await tx.fetchval(JOIN, entry_id, *said) is None:
        raise AlreadyInLine()
    if await tx.fetchval(IS_FREE, entry_id):
        raise FreeNow(space_id, period)
    await _noted(tx, entry_id, space_id, period, space.gmina_id, by=actor.account_id, now=now)
    return await wish_for(tx, actor=actor, entry_id=entry_id, now=now)


async def put_in_line(tx: Tx, *, booking: BookingView, now: datetime) -> bool:
    """Whoever asked for this time, was refused, and may have it after all: as if they had joined. Whether they wait
    now: not for what has begun, nor where they left the house or the organisation."""
    account_id, organisation_id, period = booking.account_id, booking.organisation_id, booking.period
    if period.start <= now or await tx.fetchval(LOCK, account_id, organisation_id) is None:
        return False
    said = (booking.space_id, account_id, organisation_id, period.start, period.end, booking.title, now)
    entry_id = uuid7()
    if await tx.fetchval(JOIN, entry_id, *said) is not None:
        await _noted(tx, entry_id, booking.space_id, period, booking.gmina_id, by=None, now=now)
    return True


async def _noted(
    tx: Tx, entry_id: UUID, space_id: UUID, period: Period, gmina_id: UUID, *, by: UUID | None, now: datetime
) -> None:
    await record(
        tx,
        now=now,
        actor_id=by,
        verb="join_line",
        subject_kind="waitlist_entry",
        subject_id=entry_id,
        gmina_id=gmina_id,
        after={"space_id": str(space_id), "start": period.start, "end": period.end},
    )
