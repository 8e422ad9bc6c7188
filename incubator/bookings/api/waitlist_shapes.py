"""What the waiting list looks like in JSON."""

from datetime import datetime
from uuid import UUID

import msgspec

from incubator.bookings.api.shapes import Place, incubator_of, space_of
from incubator.bookings.waitlist import WaitlistView
from incubator.web.bodies import Body, Moment, OptionalLine


class NewWish(Body, frozen=True):
    """A time that is taken, and for whom it is wanted."""

    space_id: UUID
    start: Moment
    end: Moment
    organisation_id: UUID | None = None
    title: OptionalLine = ""


class WaitlistEntry(msgspec.Struct, frozen=True, kw_only=True):
    """A wish for a taken time. `state` is waiting, offered, taken, lapsed, left or passed; `place` is
    that in line while it waits. `booking_id` is the hold that was offered: confirm it in time."""

    id: UUID
    space: Place
    incubator: Place
    gmina_id: UUID
    account_id: UUID
    account_name: str
    organisation_id: UUID | None
    organisation_name: str | None
    start: datetime
    end: datetime
    title: str
    state: str
    place: int | None
    booking_id: UUID | None
    created_at: datetime


class Waitlist(msgspec.Struct, frozen=True):
    """Wishes; never more than one answer holds."""

    items: list[WaitlistEntry]


def wish_json(view: WaitlistView, locale: str = "en") -> WaitlistEntry:
    return WaitlistEntry(
        id=view.id,
        space=space_of(view, locale),
        incubator=incubator_of(view),
        gmina_id=view.gmina_id,
        account_id=view.account_id,
        account_name=view.account_name,
        organisation_id=view.organisation_id,
        organisation_name=view.organisation_name,
        start=view.period.start,
        end=view.period.end,
        title=view.title,
        state=view.state.value,
        place=view.place,
        booking_id=view.booking_id,
        created_at=view.created_at,
    )
