"""What a page offers to do with a meeting; the verbs themselves decide."""

from datetime import datetime

from incubator.mentoring.clock import may_still_cancel
from incubator.mentoring.queries import at_desk, side_of
from incubator.mentoring.recording import WAIT
from incubator.mentoring.states import HAPPENED, Side, State
from incubator.mentoring.views import MeetingView
from incubator.people.actor import Actor

MISSED_BY_OTHER = {Side.MENTOR: State.MISSED_BY_STARTUP, Side.STARTUP: State.MISSED_BY_MENTOR}
"""What a side may say of the other's absence."""


def offers_of(actor: Actor, meeting: MeetingView, *, now: datetime) -> set[str]:
    """The names of what may be done now by `actor`."""
    side, coming = side_of(actor, meeting), meeting.state == State.BOOKED and now < meeting.period.start
    in_time = may_still_cancel(meeting.period, cancel_minutes=meeting.cancel_minutes, now=now)
    free = side != Side.STARTUP or in_time or at_desk(actor, meeting)
    open_ = meeting.locked_at is None and meeting.state != State.CANCELLED and now >= meeting.period.start
    waited = now >= meeting.period.start + WAIT
    sides = {Side.MENTOR: meeting.mentor_confirmed_at, Side.STARTUP: meeting.startup_confirmed_at}
    offers = {
        "cancel": coming and free,
        "move": coming and free,
        "late": coming and not free,
        "record": open_ and side != Side.COORDINATOR,
        "confirm": open_ and meeting.state in HAPPENED and side in sides and sides[side] is None,
        "missed": open_ and side in MISSED_BY_OTHER and meeting.state != MISSED_BY_OTHER[side] and waited,
        "settle": open_ and side == Side.COORDINATOR and now >= meeting.period.end,
        "note": side != Side.COORDINATOR,
    }
    return {name for name, offer in offers.items() if offer}
