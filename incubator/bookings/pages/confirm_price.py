"""What the page of a held time says of its price, with what is ticked and typed on it."""

from typing import Annotated, Any, Literal
from uuid import UUID

import msgspec
from msgspec import Meta

from incubator.bookings.charge import Chosen
from incubator.bookings.cost import Cost, cost_of
from incubator.bookings.pages.paying import asked_of
from incubator.bookings.views import BookingView
from incubator.db.engine import Tx
from incubator.payments.pay_online import takes_cards
from incubator.people.visit import Visit
from incubator.places.queries import capacity_of
from incubator.pricing.states import Per
from incubator.web.bodies import Body, OptionalLine, Paragraphs


class SayForm(Body, frozen=True):
    """What the booking is for. `agreed` is the tick at the terms."""

    title: OptionalLine = ""
    note: Paragraphs = ""
    attendees: Annotated[int, Meta(ge=1, le=10_000)] | None = None
    agreed: str = ""
    extras: list[UUID] = []
    full_price: str = ""
    pay_by: Literal["", "online", "transfer"] = ""


def said_in(form: SayForm) -> dict[str, str]:
    """What stands in the fields, to be shown again."""
    return {name: str(value or "") for name, value in msgspec.structs.asdict(form).items() if name != "extras"}


async def foreseen(
    tx: Tx, visit: Visit, booking: BookingView, *, typed: dict[str, str], chosen: list[UUID] | None
) -> dict[str, Any]:
    """What the page needs. With `chosen` what is typed counts; else the booking as it is."""
    people = int(typed["attendees"]) if typed.get("attendees", "").isdecimal() else None
    full = typed.get("full_price") == "yes"
    wish = None if chosen is None else Chosen(extras=tuple(chosen), people=people, full_price=full)
    cost = await cost_of(tx, actor=visit.actor, booking=booking, chosen=wish)
    unsaid = wish is not None and people is None and await capacity_of(tx, space_id=booking.space_id) > 1
    return {
        "cost": cost,
        "asked": await asked_of(tx, visit, booking, cost),
        "people_missing": unsaid and cost is not None and _counts_people(cost),
        "cards": await takes_cards(tx, till=visit.request.app.state.till, gmina_id=booking.gmina_id),
    }


def _counts_people(cost: Cost) -> bool:
    return any(one.per == Per.PERSON and one.id in cost.chosen for one in cost.extras)
