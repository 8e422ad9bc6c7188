"""A booking by its own name, as invitations tell of it: alone, or as a date of a series that no rule tells."""

from incubator.bookings.calendar_words import SAID, Where, said_for, title_of
from incubator.bookings.states import State
from incubator.bookings.views import BookingView
from incubator.mail.invitation import Happening, Method
from incubator.web.letters import link

TAKES_PLACE = frozenset({State.CONFIRMED, State.CHECKED_IN})
GIVEN_UP = frozenset({State.CANCELLED, State.DECLINED, State.EXPIRED})


def happening_of(view: BookingView, where: Where, locale: str) -> Happening:
    return Happening(
        uid=str(view.id),
        period=view.period,
        summary=title_of(view.state, view.title or where.space, locale),
        changed_at=view.changed_at,
        sequence=view.sequence,
        description=said_for(view.organisation_name, locale),
        location=where.location,
        url=link(f"/bookings/{view.id}"),
        tentative=view.state in SAID,
    )


def method_of(state: State, *, invited: bool) -> Method | None:
    if state in TAKES_PLACE:
        return Method.REQUEST
    if not invited:
        return None
    return Method.REQUEST if state in SAID else Method.CANCEL if state in GIVEN_UP else None
