"""The room of a meeting: a booking made by the rules of its space, that is part of the meeting."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from incubator.bookings.draft import Order, draft, wish_of
from incubator.bookings.rules import check
from incubator.bookings.views import BookingView
from incubator.db.engine import Tx
from incubator.kernel.errors import N_, Conflict, Invalid
from incubator.kernel.period import Period
from incubator.mentoring.order import MeetingOrder
from incubator.mentoring.views import MeetingView
from incubator.people.actor import Actor
from incubator.places.queries import SpaceToBook
from incubator.web.i18n import translator


class RoomElsewhere(Invalid):
    """A space that is no room, or of another incubator than the meeting."""

    code = "room_elsewhere"
    sentence = N_("Choose a room of the incubator in which you meet.")


class RoomNeedsApproval(Invalid):
    """A meeting is firm at once, and such a room is not."""

    code = "room_needs_approval"
    sentence = N_("This room needs an approval first. Choose another one for the meeting.")


class RoomTaken(Conflict):
    """The mentor would be free, the room is not; nothing was written."""

    code = "room_taken"
    sentence = N_("The room is already taken at this time. Choose another room or time, or meet without one.")


class NoRoomFree(Conflict):
    """No room that would do is free at this time."""

    code = "no_room_free"
    sentence = N_("No fitting room is free at this time. Choose another time, or meet without a room.")


TITLE = N_("Mentor meeting: {name}")
# Rooms that would do, smallest first; those that are visibly taken are left out, the statement judges. The index
# of the exclusion constraint answers what overlaps. $1 incubator, $2 people, $3 start, $4 end in seconds, $5 now.
ROOMS = """
SELECT space.id FROM space JOIN incubator ON incubator.id = space.incubator_id AND incubator.status = 'open'
WHERE space.incubator_id = $1 AND space.kind = 'room' AND space.retired_at IS NULL AND NOT space.needs_approval
    AND space.capacity >= $2 AND NOT EXISTS (
        SELECT FROM space_resource JOIN occupancy USING (resource_id)
        WHERE space_resource.space_id = space.id AND slot && int8range(
            (space_resource.resource_id << 33) + $3::bigint, (space_resource.resource_id << 33) + $4::bigint
        )
            AND (expires_at IS NULL OR expires_at > $5)
    )
ORDER BY space.capacity, space.resource_id IS NULL, space.position, space.slug LIMIT 20
"""


async def fitting_rooms(tx: Tx, *, incubator_id: UUID, people: int, period: Period, now: datetime) -> list[UUID]:
    """Rooms of the incubator for so many people, the smallest first; not yet judged by their rules."""
    seconds = int(period.start.timestamp()), int(period.end.timestamp())
    rows = await tx.fetch(ROOMS, incubator_id, people, *seconds, now)
    return [row["id"] for row in rows]


def booked_in(
    *, actor: Actor, meeting: MeetingView, order: MeetingOrder, space: SpaceToBook, now: datetime
) -> BookingView:
    """The booking of the room as it will be. Raises RoomElsewhere, RoomNeedsApproval and what the rules of
    the space raise."""
    if space.kind != "room" or space.incubator_id != order.incubator_id:
        raise RoomElsewhere()
    if space.needs_approval:
        raise RoomNeedsApproval()
    wish = wish_of(
        actor=actor,
        space=space,
        organisation_id=order.organisation_id,
        period=order.period,
        attendees=order.people,
        now=now,
    )
    check(wish, space)
    wanted = Order(
        space_id=space.id,
        period=order.period,
        organisation_id=order.organisation_id,
        title=title_of(meeting, actor.locale),
        attendees=order.people,
        outright=True,
    )
    return replace(draft(actor=actor, space=space, order=wanted, now=now), part_of=meeting.id, quota_id=None)


def title_of(meeting: MeetingView, locale: str) -> str:
    """What the room's booking is called: in the language of who asked for it."""
    return translator(locale).gettext(TITLE).format(name=meeting.mentor_name)[:200]
