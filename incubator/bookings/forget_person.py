"""End what a person, or an organisation, has coming, when they leave the house for good.

No window stops it, for nobody can be kept; of what was paid for, that goes back which the price list says. Lines are left first, so that what becomes free is not
offered to who is leaving.
"""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from incubator.bookings.give_back_price import by_steps
from incubator.bookings.settle import settle
from incubator.bookings.states import ALLOWED, State
from incubator.bookings.tell import News, tell
from incubator.bookings.tell_another import by_colleague
from incubator.bookings.views import VIEW, BookingView, view_of
from incubator.db.engine import Tx
from incubator.people.actor import Actor

CANCELLABLE = sorted(state for state, following in ALLOWED.items() if State.CANCELLED in following)
# What was booked in an organisation's name stays the organisation's; a hold is not booked yet. The room of a larger
# thing is that thing's: a session of the gmina keeps it when the coordinator leaves.
OWN = """account_id = $1 AND part_of IS NULL AND (organisation_id IS NULL OR state = 'held' AND organisation_id IN (
    SELECT organisation_id FROM membership WHERE account_id = $1
))"""
ITS = "organisation_id = $1"
COMING = "SELECT id FROM booking WHERE {whose} AND upper(period) > $2 AND state = ANY($3::text[]) ORDER BY id"
# Not narrowed by what the asker was known to belong to: COMING is, by what stands now.
LOCKED = f"{VIEW} WHERE booking.id = $1 FOR UPDATE OF booking"
LEAVE_LINE = "UPDATE waitlist_entry SET state = 'left', changed_at = $2 WHERE {whose} AND state = $3"
EMPTY = (
    (
        "UPDATE booking SET title = '', note = '', reason = ''"
        " WHERE account_id = $1 AND organisation_id IS NULL AND (part_of IS NULL OR part_of IN (SELECT id FROM meeting))"
    ),
    "UPDATE series SET title = '' WHERE account_id = $1 AND organisation_id IS NULL",
    "UPDATE waitlist_entry SET title = '' WHERE account_id = $1 AND organisation_id IS NULL",
)


async def forget_person(tx: Tx, *, actor: Actor, now: datetime) -> None:
    """Cancel the person's coming bookings, leave every line, and empty what they wrote. Rows stay,
    so that sums do."""
    key = actor.account_id
    await _end(tx, line="account_id = $1", bookings=OWN, key=key, actor=actor, telling=(), now=now)
    for statement in EMPTY:
        await tx.execute(statement, key)


async def wind_up(tx: Tx, *, actor: Actor, organisation_id: UUID, members: Collection[UUID], now: datetime) -> None:
    """Cancel an organisation's coming bookings and leave every line; those of its members who booked
    them are told."""
    await _end(tx, line=ITS, bookings=ITS, key=organisation_id, actor=actor, telling=members, now=now)


async def _end(
    tx: Tx, *, line: str, bookings: str, key: UUID, actor: Actor, telling: Collection[UUID], now: datetime
) -> None:
    await tx.execute(LEAVE_LINE.format(whose=line), key, now, "waiting")
    for row in await tx.fetch(COMING.format(whose=bookings), key, now, CANCELLABLE):
        settled = await _cancel(tx, booking_id=row["id"], actor=actor, now=now)
        if settled is not None and settled.account_id in telling and settled.account_id != actor.account_id:
            # By now nobody belongs to the organisation: who did is told as of a booking of their own.
            what = News.CALLED_OFF if by_colleague(actor, settled) else News.CANCELLED
            await tell(tx, view=replace(settled, organisation_id=None), what=what, now=now)
    await tx.execute(LEAVE_LINE.format(whose=line), key, now, "offered")


async def _cancel(tx: Tx, *, booking_id: UUID, actor: Actor, now: datetime) -> BookingView | None:
    """None where somebody settled it while we waited for its lock."""
    row = await tx.fetchrow(LOCKED, booking_id)
    assert row is not None
    booking = view_of(row)
    if State.CANCELLED not in ALLOWED[booking.state]:
        return None
    by, back = actor.account_id, await by_steps(tx, booking=booking, now=now)
    return await settle(
        tx, booking=booking, to=State.CANCELLED, verb="cancel", actor_id=by, reason="", back=back, now=now
    )
