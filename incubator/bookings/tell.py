"""Write to the holder of a booking what became of it, in the transaction in which it did."""

from datetime import datetime
from enum import StrEnum

from incubator.bookings.answer_link import ANSWER
from incubator.bookings.give_back_price import steps_of
from incubator.bookings.invite import invitations_to
from incubator.bookings.invite_one import TAKES_PLACE
from incubator.bookings.states import State
from incubator.bookings.views import BookingView, Placed
from incubator.db.engine import Tx
from incubator.mail.post import is_invited_to_any, post
from incubator.people.addressee import Addressee, addressees
from incubator.people.notices import About
from incubator.pricing.views_lists import StepView
from incubator.web.letters import letter


class News(StrEnum):
    """What there is to tell; each is a template in `templates/mail/`."""

    CONFIRMED = "confirmed"
    AWAITING_APPROVAL = "awaiting_approval"
    APPROVED = "approved"
    DECLINED = "declined"
    DECLINED_IN_LINE = "declined_in_line"
    CANCELLED = "cancelled"
    CALLED_OFF = "called_off"
    MOVED = "moved"
    OFFERED = "offered"
    PAID = "paid"
    NOT_PAID = "not_paid"
    PAID_LATE = "paid_late"
    OWN_CANCELLED = "own_cancelled"
    CHANGED = "changed"
    REMINDER = "reminder"


async def tell(tx: Tx, *, view: BookingView, what: News, now: datetime) -> None:
    """Post a mail to the person who booked, in their language, or to the owners of the organisation that
    they booked for and have left; nothing where they were erased. `tx` is in a transaction. A hold that
    its owner made is no news."""
    for to in await addressees(tx, account_id=view.account_id, organisation_id=view.organisation_id):
        await write(tx, to=to, view=view, what=what, now=now)


async def tell_calendar(tx: Tx, *, view: BookingView, what: News, now: datetime) -> None:
    """As `tell`, of what is no news for its readers: to those alone whose calendar has it from us."""
    for to in await addressees(tx, account_id=view.account_id, organisation_id=view.organisation_id):
        # A date of a series that no rule tells goes by its own name.
        names = [str(key) for key in (view.series_id, view.id) if key is not None]
        if About.BOOKINGS in to.invited_to and await is_invited_to_any(tx, to=to.email, uids=names):
            await write(tx, to=to, view=view, what=what, now=now)


async def write(tx: Tx, *, to: Addressee, view: BookingView, what: News, now: datetime) -> None:
    """Post the one mail of `tell` to somebody."""
    told = letter(
        f"bookings/mail/{what}.txt",
        to.locale,
        booking=view,
        name=to.name,
        space=space_name(view, to.locale),
        way_out=_way_out(view, to),
        steps=await _steps(tx, view),
        now=now,
    )
    invitations = [] if what == News.REMINDER else await invitations_to(tx, view=view, to=to)
    await post(tx, to=to.email, subject=told.subject, text=told.text, invitations=invitations, now=now)


async def _steps(tx: Tx, view: BookingView) -> tuple[StepView, ...]:
    """What goes back of the price of what is firm; none where it is not paid for, or comes back whole."""
    return await steps_of(tx, booking=view) if view.state == State.CONFIRMED else ()


def _way_out(view: BookingView, to: Addressee) -> str:
    """Where there is something to cancel, and it is the reader's to do."""
    if view.state not in TAKES_PLACE or view.part_of is not None or to.account_id is None:
        return ""
    return ANSWER.to(view.id, account_id=to.account_id)


def space_name(view: Placed, locale: str) -> str:
    """What the space is called in this language."""
    return view.space_name_pl if locale == "pl" else view.space_name_en or view.space_name_pl
