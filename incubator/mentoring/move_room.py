"""Another time for the room of a meeting: the same room where it is free, else another that fits."""

from contextlib import suppress
from datetime import datetime
from uuid import UUID

from incubator.bookings.move_part import move_part
from incubator.bookings.place import SlotTaken
from incubator.bookings.rules import Wish, check
from incubator.bookings.views import BookingView
from incubator.db.engine import Tx
from incubator.kernel.errors import Forbidden, Invalid, NotFound
from incubator.mentoring.order import in_room
from incubator.mentoring.room import NoRoomFree, fitting_rooms
from incubator.mentoring.views import MeetingView
from incubator.places.queries import space_to_book

HOLDER = """
SELECT coalesce(organisation.kind, 'person') AS kind, coalesce(organisation.gmina_id, account.gmina_id) AS gmina_id
FROM account LEFT JOIN organisation ON organisation.id = $2 WHERE account.id = $1
"""


async def move_room(tx: Tx, *, meeting: MeetingView, room: BookingView, actor_id: UUID, now: datetime) -> MeetingView:
    """`meeting` has its new time already. Raises NoRoomFree."""
    assert meeting.incubator_id is not None
    others = await fitting_rooms(
        tx, incubator_id=meeting.incubator_id, people=room.attendees or 2, period=meeting.period, now=now
    )
    for space_id in dict.fromkeys([room.space_id, *others]):
        with suppress(SlotTaken, Invalid, Forbidden, NotFound):
            async with tx.transaction():
                moved = await _into(tx, meeting, room, space_id, actor_id, now)
            return in_room(meeting, moved)
    raise NoRoomFree()


async def _into(
    tx: Tx, meeting: MeetingView, room: BookingView, space_id: UUID, actor_id: UUID, now: datetime
) -> BookingView:
    space = await space_to_book(tx, space_id=space_id, span=meeting.period)
    holder = await tx.fetchrow(HOLDER, meeting.account_id, meeting.organisation_id)
    assert holder is not None
    is_local = holder["gmina_id"] == space.gmina_id
    check(Wish(meeting.period, now, holder["kind"], is_local, room.attendees), space)
    return await move_part(tx, booking=room, space=space, period=meeting.period, actor_id=actor_id, now=now)
