"""The room of a meeting of a programme: a booking that is part of the meeting, and goes where it goes."""

from datetime import datetime
from uuid import UUID

from incubator.bookings import room_of
from incubator.bookings.room_of import Needed
from incubator.db.engine import Tx
from incubator.participation.views import ProgrammeMeetingView
from incubator.people.actor import Actor

# Who has to come to a required meeting: one of each participant at least.
TO_COME = "SELECT count(*)::int FROM participation WHERE edition_id = $1 AND state IN ('admitted', 'active')"
SET = "UPDATE programme_meeting SET booking_id = $2 WHERE id = $1"


async def take_room(
    tx: Tx, *, actor: Actor, meeting: ProgrammeMeetingView, gmina_id: UUID | None, space_id: UUID, now: datetime
) -> None:
    """Book it for the meeting. Raises what room_of.take_room raises."""
    needed = await _needed(tx, meeting, gmina_id)
    booking = await room_of.take_room(tx, actor=actor, needed=needed, space_id=space_id, now=now)
    await tx.execute(SET, meeting.id, booking)


async def move_room(
    tx: Tx,
    *,
    actor: Actor,
    before: ProgrammeMeetingView,
    after: ProgrammeMeetingView,
    gmina_id: UUID | None,
    space_id: UUID | None,
    now: datetime,
) -> None:
    """The room goes with the meeting, another is taken, or it is given back. What has begun keeps its room and may
    be put right. Raises what room_of.move_room raises; then nothing of the move is kept."""
    if space_id == before.space_id and (space_id is None or before.period == after.period or before.start <= now):
        return
    needed = await _needed(tx, after, gmina_id)
    booking = await room_of.move_room(
        tx, actor=actor, needed=needed, booking_id=before.booking_id, space_id=space_id, now=now
    )
    await tx.execute(SET, after.id, booking)


async def leave_room(tx: Tx, *, actor: Actor, meeting: ProgrammeMeetingView, now: datetime) -> None:
    """The room is free again for others."""
    await room_of.leave_room(tx, actor_id=actor.account_id, booking_id=meeting.booking_id, now=now)
    await tx.execute(SET, meeting.id, None)


async def _needed(tx: Tx, meeting: ProgrammeMeetingView, gmina_id: UUID | None) -> Needed:
    """For as many as it has to hold, where that is known."""
    people = (await tx.fetchval(TO_COME, meeting.edition_id) or None) if meeting.required else None
    return Needed(part_of=meeting.id, gmina_id=gmina_id, period=meeting.period, title=meeting.name_pl, people=people)
