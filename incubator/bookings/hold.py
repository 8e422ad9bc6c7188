"""Hold a space for somebody, or book it outright: the act that everything else follows from."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from incubator.bookings.expire import expire_overdue
from incubator.bookings.place import SlotTaken, place
from incubator.bookings.rules import Wish, check
from incubator.bookings.states import State
from incubator.bookings.views import BookingView
from incubator.db.engine import Tx
from incubator.kernel.errors import N_, Forbidden
from incubator.kernel.ids import uuid7
from incubator.kernel.period import Period
from incubator.people.actor import Actor
from incubator.places.queries import SpaceToBook, space_to_book


@dataclass(eq=False)
class NotAMember(Forbidden):
    code = "not_a_member"
    sentence = N_("You can only book for organisations that you belong to.")


async def hold(
    tx: Tx,
    *,
    actor: Actor,
    space_id: UUID,
    period: Period,
    organisation_id: UUID | None = None,
    title: str = "",
    note: str = "",
    attendees: int | None = None,
    outright: bool = False,
    series: tuple[UUID, int] | None = None,
    now: datetime,
) -> BookingView:
    """Hold the space for `hold_minutes`, or with `outright` book it at once: confirmed, or awaiting
    approval where the space asks for one.

    `tx` may be a bare connection. Raises SlotTaken, QuotaSpent, NotAMember, NoSuchSpace and what
    the rules raise.
    """
    space = await space_to_book(tx, space_id=space_id, span=period)
    wish = _wish(actor, space, organisation_id, period, attendees, now)
    check(wish, space)
    booking = _booking(
        actor,
        space,
        organisation_id,
        period,
        now,
        title=title,
        note=note,
        attendees=attendees,
        outright=outright,
        series=series,
    )
    if await place(tx, booking=booking, space=space, actor_id=actor.account_id, now=now):
        return booking
    # Perhaps what stands in the way is a hold that has lapsed and was not tidied up yet.
    if await expire_overdue(tx, now=now, resource_ids=space.resource_ids) and await place(
        tx, booking=booking, space=space, actor_id=actor.account_id, now=now
    ):
        return booking
    raise SlotTaken(space_id, period)


def _wish(
    actor: Actor,
    space: SpaceToBook,
    organisation_id: UUID | None,
    period: Period,
    attendees: int | None,
    now: datetime,
) -> Wish:
    if organisation_id is None:
        return Wish(period, now, "person", actor.gmina_id == space.gmina_id, attendees)
    own = actor.organisations.get(organisation_id)
    if own is None:
        raise NotAMember()
    return Wish(period, now, own.kind, own.gmina_id == space.gmina_id, attendees)


def first_state(space: SpaceToBook, *, outright: bool) -> State:
    """What a new booking of this space is at first."""
    if not outright:
        return State.HELD
    return State.AWAITING_APPROVAL if space.needs_approval else State.CONFIRMED


def _booking(
    actor: Actor, space: SpaceToBook, organisation_id: UUID | None, period: Period, now: datetime, **said: Any
) -> BookingView:
    state = first_state(space, outright=said.pop("outright"))
    series_id, occurrence = said.pop("series") or (None, None)
    own = actor.organisations.get(organisation_id) if organisation_id else None
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
        organisation_id=organisation_id,
        organisation_name=own.name if own else None,
        period=period,
        state=state,
        hold_expires_at=now + timedelta(minutes=space.hold_minutes) if state == State.HELD else None,
        quota_id=space.quota_id,
        series_id=series_id,
        occurrence=occurrence,
        reason="",
        checked_in_at=None,
        created_at=now,
        changed_at=now,
        sequence=0,
        cancel_minutes=space.cancel_minutes,
        **said,
    )
