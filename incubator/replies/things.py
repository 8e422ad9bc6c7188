"""What an invitation was to, by its UID, as whoever answers it is told of it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from incubator.bookings.answer_link import ANSWER as TO_BOOKING
from incubator.bookings.booking_to_answer import booking_of_reader
from incubator.bookings.cannot_come import series_of_reader
from incubator.bookings.states import LIVE
from incubator.bookings.tell import space_name
from incubator.db.engine import Tx
from incubator.kernel.period import Period
from incubator.mentoring.answer_link import ANSWER as TO_MEETING
from incubator.mentoring.meeting_to_answer import meeting_of_reader
from incubator.mentoring.queries import side_of
from incubator.mentoring.states import Side
from incubator.mentoring.states import State as MeetingState
from incubator.registrations.cannot_come import registration_of_reader
from incubator.registrations.states import SEATED
from incubator.registrations.tell import link_to
from incubator.registrations.where import title_of
from incubator.web.letters import link


class Kind(StrEnum):
    BOOKING = "booking"
    SERIES = "series"
    MEETING = "meeting"
    SESSION = "session"


@dataclass(frozen=True, slots=True)
class Thing:
    kind: Kind
    id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Who was invited; `account_id` is None where they registered for a session without an account."""

    email: str
    name: str
    locale: str
    account_id: UUID | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A thing in a few words, and where its reader can look at it and call it off. `ahead`: there is something to call
    off, for it stands and is not over."""

    ahead: bool
    title: str
    period: Period | None
    link: str


KEY = r"([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})"
UIDS: Mapping[Kind, re.Pattern[str]] = {
    Kind.MEETING: re.compile(f"meeting-{KEY}@incubator"),
    Kind.SESSION: re.compile(f"session-{KEY}@incubator"),
    Kind.BOOKING: re.compile(KEY),
}
IS_SERIES = "SELECT EXISTS (SELECT FROM series WHERE id = $1)"
ACCOUNT = "SELECT id, name, locale FROM account WHERE email = lower($1)"
REGISTERED = """
SELECT name, locale FROM registration WHERE session_id = $1 AND lower(email) = lower($2) ORDER BY id DESC LIMIT 1
"""


async def thing_of(tx: Tx, *, uid: str) -> Thing | None:
    """As the features name theirs (their `invite.py`)."""
    for kind, shape in UIDS.items():
        if found := shape.fullmatch(uid):
            key = UUID(found[1])
            series = kind == Kind.BOOKING and await tx.fetchval(IS_SERIES, key)
            return Thing(Kind.SERIES if series else kind, key)
    return None


async def reader_of(tx: Tx, *, thing: Thing, email: str) -> Reader | None:
    """Nobody, where they are gone."""
    account = await tx.fetchrow(ACCOUNT, email)
    if account is not None:
        return Reader(email=email, name=account["name"], locale=account["locale"], account_id=account["id"])
    row = await tx.fetchrow(REGISTERED, thing.id, email) if thing.kind == Kind.SESSION else None
    return Reader(email=email, name=row["name"], locale=row["locale"], account_id=None) if row else None


async def told_of(tx: Tx, *, thing: Thing, to: Reader, now: datetime) -> Told:
    """Raises what says that it is not theirs to know of."""
    if thing.kind == Kind.SESSION:
        registration = await registration_of_reader(tx, session_id=thing.id, email=to.email)
        session = registration.session
        ahead = registration.state in SEATED and session.period.end > now
        return Told(ahead=ahead, title=title_of(session, to.locale), period=session.period, link=link_to(registration))
    assert to.account_id is not None, "only sessions are registered for without an account"
    if thing.kind == Kind.SERIES:
        _, series = await series_of_reader(tx, series_id=thing.id, account_id=to.account_id)
        title, ahead = series.title or space_name(series, to.locale), bool(series.to_come(now))
        return Told(ahead=ahead, title=title, period=None, link=link(f"/bookings/series/{thing.id}"))
    if thing.kind == Kind.MEETING:
        actor, meeting = await meeting_of_reader(tx, meeting_id=thing.id, account_id=to.account_id)
        who = meeting.holder_name if side_of(actor, meeting) == Side.MENTOR else meeting.mentor_name
        ahead = meeting.state == MeetingState.BOOKED and meeting.period.end > now
        way = TO_MEETING.to(thing.id, account_id=to.account_id)
        return Told(ahead=ahead, title=who, period=meeting.period, link=way)
    _, booking = await booking_of_reader(tx, booking_id=thing.id, account_id=to.account_id)
    title, ahead = booking.title or space_name(booking, to.locale), booking.state in LIVE and booking.period.end > now
    way = TO_BOOKING.to(thing.id, account_id=to.account_id)
    return Told(ahead=ahead, title=title, period=booking.period, link=way)
