"""What bookings look like in JSON."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

import msgspec
from msgspec import Meta

from incubator.bookings.cancel import Refund
from incubator.bookings.pay_rules import PayBy
from incubator.bookings.tell import space_name
from incubator.bookings.views import BookingView, Placed
from incubator.web.bodies import Body, Line, Moment, OptionalLine, Paragraphs
from incubator.web.i18n import translator


class Place(msgspec.Struct, frozen=True):
    """A space or an incubator, by what people call it."""

    id: UUID
    slug: str
    name: str


class Booking(msgspec.Struct, frozen=True, kw_only=True):
    """A booking as its holder and its coordinator see it. Times are in UTC; `sequence` grows with
    each change and is the ETag."""

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
    state: str
    title: str
    note: str
    attendees: int | None
    hold_expires_at: datetime | None
    cancel_until: datetime
    series_id: UUID | None
    occurrence: int | None
    credit_id: UUID | None
    reason: str
    checked_in_at: datetime | None
    created_at: datetime
    changed_at: datetime
    sequence: int


class Bookings(msgspec.Struct, frozen=True):
    """A page of bookings; `next` goes into `after` for the one that follows."""

    items: list[Booking]
    next: str | None = None


Extras = Annotated[tuple[UUID, ...], Meta(max_length=50)]


class NewBooking(Body, frozen=True):
    """A wish. With `outright` it is booked in one step, else held until it is confirmed. `extras` are those of the
    price list; with `full_price` no lower price is asked for, and so no de minimis aid. Where one pays first, an
    outright booking is `awaiting_payment` and kept until `hold_expires_at`: for an hour when `pay_by` is "online", else
    for as long as the list gives a transfer."""

    space_id: UUID
    start: Moment
    end: Moment
    organisation_id: UUID | None = None
    title: OptionalLine = ""
    note: Paragraphs = ""
    attendees: Annotated[int, Meta(ge=1, le=10_000)] | None = None
    outright: bool = False
    extras: Extras = ()
    full_price: bool = False
    pay_by: PayBy | None = None


class Confirmation(Body, frozen=True):
    """What may still be said when a hold is confirmed; what is left out stays. `pay_by` says how it is paid where that
    comes first: "online" keeps it for an hour, a transfer for as long as the list gives."""

    title: OptionalLine | None = None
    note: Paragraphs | None = None
    attendees: Annotated[int, Meta(ge=1, le=10_000)] | None = None
    extras: Extras | None = None
    full_price: bool | None = None
    pay_by: PayBy | None = None


class Reason(Body, frozen=True):
    """Why, for the person who reads it."""

    reason: Line


class Cancellation(Body, frozen=True):
    """Why, which a coordinator has to say. With `refund` a coordinator chooses what goes back of the price: all, or by
    the steps of the price list, where its holder asked for that. A holder gets what the steps say."""

    reason: OptionalLine = ""
    refund: Refund = Refund.ALL


class NewTime(Body, frozen=True):
    """Another time, and another space if one is given."""

    start: Moment
    end: Moment
    space_id: UUID | None = None


class NewEnd(Body, frozen=True):
    end: Moment


def booking_json(view: BookingView, locale: str = "en") -> Booking:
    return Booking(
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
        state=view.state.value,
        title=view.title,
        note=view.note,
        attendees=view.attendees,
        hold_expires_at=view.hold_expires_at,
        cancel_until=view.cancel_until,
        series_id=view.series_id,
        occurrence=view.occurrence,
        credit_id=view.credit_id,
        reason=translator(locale).gettext(view.reason) if view.reason else "",
        checked_in_at=view.checked_in_at,
        created_at=view.created_at,
        changed_at=view.changed_at,
        sequence=view.sequence,
    )


def space_of(view: Placed, locale: str) -> Place:
    return Place(view.space_id, view.space_slug, space_name(view, locale))


def incubator_of(view: Placed) -> Place:
    return Place(view.incubator_id, view.incubator_slug, view.incubator_name)
