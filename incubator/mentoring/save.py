"""Write a changed meeting down, with its history and the versions: the step that all verbs share."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from incubator.bookings.settle import settle as settle_booking
from incubator.bookings.states import ALLOWED
from incubator.bookings.states import State as RoomState
from incubator.bookings.views import VIEW as BOOKING
from incubator.bookings.views import BookingView
from incubator.bookings.views import view_of as booking_of
from incubator.credits.draw import give_back as give_credit_back
from incubator.db.engine import Tx
from incubator.db.history import record_of
from incubator.db.versions import bump
from incubator.mentoring.aid import take_meeting_back
from incubator.mentoring.clock import month_of
from incubator.mentoring.facts import facts
from incubator.mentoring.states import Side, State
from incubator.mentoring.views import MeetingView
from incubator.occupancy.release import release

SAVE = """
UPDATE meeting SET mentor_id = $2, period = tstzrange($3, $4), state = $5, mode = $6, incubator_id = $7,
    booking_id = $8, programme_id = $9, credit_id = $10, draws_policy = $11, contract_id = $12, drawn_minutes = $13,
    stands_in_for = $14, reason = $15, cancelled_by_side = $16, changed_at = $17, sequence = sequence + 1
WHERE id = $1
"""


async def save(
    tx: Tx, *, before: MeetingView, after: MeetingView, verb: str, actor_id: UUID | None, now: datetime
) -> MeetingView:
    """The meeting as it is kept now; its record (what both sides confirm) is not written here."""
    await tx.execute(
        SAVE,
        after.id,
        after.mentor_id,
        after.period.start,
        after.period.end,
        after.state,
        after.mode,
        after.incubator_id,
        after.booking_id,
        after.programme_id,
        after.credit_id,
        after.draws_policy,
        after.contract_id,
        after.drawn_minutes,
        after.stands_in_for,
        after.reason,
        after.cancelled_by_side,
        now,
    )
    await note(tx, before=before, after=after, verb=verb, actor_id=actor_id, now=now)
    return replace(after, changed_at=now, sequence=before.sequence + 1)


async def note(
    tx: Tx, *, before: MeetingView, after: MeetingView, verb: str, actor_id: UUID | None, now: datetime
) -> None:
    """History and versions of a change."""
    await record_of(
        tx, "meeting", after, verb=verb, actor_id=actor_id, now=now, before=facts(before), after=facts(after)
    )
    await bump(tx, {before.mentor_id, after.mentor_id, after.account_id, after.organisation_id}, [after.id])


async def called_off(
    tx: Tx, *, meeting: MeetingView, side: Side, reason: str, actor_id: UUID | None, now: datetime
) -> MeetingView:
    """The meeting, cancelled: mentor and room are free again, and what was drawn and the aid in it are given
    back. The caller has it locked and knows that it may be."""
    await release(tx, subject_id=meeting.id)
    await give_back(tx, meeting=meeting)
    await _let_room_go(tx, meeting, actor_id, reason, now)
    after = replace(meeting, state=State.CANCELLED, reason=reason, cancelled_by_side=side.value)
    cancelled = await save(tx, before=meeting, after=after, verb="cancel", actor_id=actor_id, now=now)
    await take_meeting_back(tx, meeting=cancelled, by=actor_id, now=now)
    return cancelled


async def room_of(tx: Tx, *, meeting: MeetingView) -> BookingView | None:
    """The booking of the meeting's room, locked; None where it has none, or it was called off."""
    row = await tx.fetchrow(f"{BOOKING} WHERE booking.id = $1 FOR UPDATE OF booking", meeting.booking_id)
    booking = booking_of(row) if row else None
    return booking if booking and RoomState.CANCELLED in ALLOWED[booking.state] else None


async def _let_room_go(tx: Tx, meeting: MeetingView, actor_id: UUID | None, reason: str, now: datetime) -> None:
    booking = await room_of(tx, meeting=meeting) if meeting.booking_id else None
    if booking is not None:
        await settle_booking(
            tx, booking=booking, to=RoomState.CANCELLED, verb="cancel", actor_id=actor_id, reason=reason, now=now
        )


async def give_back(tx: Tx, *, meeting: MeetingView) -> None:
    """Return what the meeting drew: to the startup and to the mentor."""
    await give_startup_back(tx, meeting=meeting)
    await give_mentor_back(tx, meeting=meeting)


async def give_startup_back(tx: Tx, *, meeting: MeetingView) -> None:
    if meeting.credit_id is not None:
        await give_credit_back(tx, credit_id=meeting.credit_id, amount=meeting.drawn_minutes)
    if meeting.draws_policy:
        await tx.execute(
            "UPDATE mentoring_use SET minutes = minutes - $4 WHERE gmina_id = $1 AND holder_id = $2 AND starts = $3",
            meeting.gmina_id,
            meeting.holder_id,
            month_of(meeting.period.start),
            meeting.drawn_minutes,
        )


async def give_mentor_back(tx: Tx, *, meeting: MeetingView) -> None:
    if meeting.contract_id is not None:
        await tx.execute(
            "UPDATE mentor_contract SET used_minutes = used_minutes - $2 WHERE id = $1",
            meeting.contract_id,
            meeting.drawn_minutes,
        )
