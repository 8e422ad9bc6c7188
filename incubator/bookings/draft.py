"""A booking before it is put down: the wish that the rules look at, and what it will be."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from incubator.bookings.pay_rules import PayBy
from incubator.bookings.rules import Wish
from incubator.bookings.states import State
from incubator.bookings.views import BookingView
from incubator.kernel.errors import N_, Forbidden
from incubator.kernel.ids import uuid7
from incubator.kernel.period import Period
from incubator.people.actor import Actor
from incubator.places.queries import SpaceToBook


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What somebody asks to book. `series` is the series it belongs to and its turn in it; `extras` are of the price
    list, and with `full_price` no lower price is asked for. `pay_by` says how it is paid where that comes first."""

    space_id: UUID
    period: Period
    organisation_id: UUID | None = None
    title: str = ""
    note: str = ""
    attendees: int | None = None
    outright: bool = False
    series: tuple[UUID, int] | None = None
    extras: tuple[UUID, ...] = ()
    full_price: bool = False
    pay_by: PayBy | None = None


@dataclass(eq=False)
class NotAMember(Forbidden):
    code = "not_a_member"
    sentence = N_("You can only book for organisations that you belong to.")


def wish_of(
    *,
    actor: Actor,
    space: SpaceToBook,
    organisation_id: UUID | None,
    period: Period,
    attendees: int | None = None,
    now: datetime,
) -> Wish:
    """What the rules look at. Raises NotAMember."""
    if organisation_id is None:
        return Wish(period, now, "person", actor.gmina_id == space.gmina_id, attendees)
    own = actor.organisations.get(organisation_id)
    if own is None:
        raise NotAMember()
    return Wish(period, now, own.kind, own.gmina_id == space.gmina_id, attendees)


def draft(*, actor: Actor, space: SpaceToBook, order: Order, now: datetime) -> BookingView:
    """The booking as it will be: held for the space's `hold_minutes`; `outright` it is confirmed, or
    awaits approval where the space asks for one."""
    state = _first_state(space, order.outright)
    own = actor.organisations.get(order.organisation_id) if order.organisation_id else None
    series_id, occurrence = order.series or (None, None)
    return BookingView(
        id=uuid7(),
        space_id=space.id,
        space_slug=space.slug,
        space_name_pl=space.name_pl,
        space_name_en=space.name_en,
        incubator_id=space.incubator_id,
        incubator_slug=space.incubator_slug,
        incubator_name=space.incubator_name,
        gmina_id=space.gmina_id,
        account_id=actor.account_id,
        account_name=actor.name,
        organisation_id=order.organisation_id,
        organisation_name=own.name if own else None,
        period=order.period,
        state=state,
        title=order.title,
        note=order.note,
        attendees=order.attendees,
        hold_expires_at=now + timedelta(minutes=space.hold_minutes) if state == State.HELD else None,
        quota_id=space.quota_id,
        credit_id=None,
        part_of=None,
        series_id=series_id,
        occurrence=occurrence,
        reason="",
        checked_in_at=None,
        created_at=now,
        changed_at=now,
        sequence=0,
        cancel_minutes=space.cancel_minutes,
    )


def _first_state(space: SpaceToBook, outright: bool) -> State:
    if not outright:
        return State.HELD
    return State.AWAITING_APPROVAL if space.needs_approval else State.CONFIRMED
