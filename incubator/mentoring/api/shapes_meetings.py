"""What meetings look like in JSON."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

import msgspec
from msgspec import Meta

from incubator.kernel.period import Period
from incubator.mentoring.offered import FreeTime
from incubator.mentoring.order import MeetingOrder
from incubator.mentoring.queries import link_for
from incubator.mentoring.views import MeetingView
from incubator.people.actor import Actor
from incubator.web.bodies import Body, Line, Moment, OptionalLine, Paragraphs, Slug

Mode = Literal["in_person", "online"]
Minutes = Annotated[int, Meta(ge=0, le=1440)]
People = Annotated[int, Meta(ge=1, le=10_000)]


class Meeting(msgspec.Struct, frozen=True, kw_only=True):
    """A meeting as those see it whom it concerns. Times are in UTC; `sequence` grows with each change and is the
    ETag. `room_state` is the state of the booking of its room. `drawn_minutes` come off a programme's credit
    (`credit_id`), or off the month (`draws_policy`); they do not change with what the record says."""

    id: UUID
    mentor_id: UUID
    mentor_slug: str
    mentor_name: str
    gmina_id: UUID
    account_id: UUID
    account_name: str
    organisation_id: UUID | None
    organisation_name: str | None
    start: datetime
    end: datetime
    state: str
    mode: str
    incubator_id: UUID | None
    online_link: str
    booking_id: UUID | None
    space_id: UUID | None
    room_state: str | None
    topic: str | None
    question: str
    credit_id: UUID | None
    draws_policy: bool
    drawn_minutes: int
    stands_in_for: UUID | None
    reason: str
    cancelled_by: str | None
    cancel_until: datetime
    minutes: int | None
    outcome: str
    mentor_confirmed_at: datetime | None
    startup_confirmed_at: datetime | None
    settled_reason: str
    locked_at: datetime | None
    created_at: datetime
    changed_at: datetime
    sequence: int


class Meetings(msgspec.Struct, frozen=True):
    """A page of meetings; `next` goes into `after` for the one that follows."""

    items: list[Meeting]
    next: str | None


class NewMeeting(Body, frozen=True):
    """A wish: online, or in person at `incubator_id`; with a room (`space_id`, or `any_room` that fits `people`) or
    without."""

    mentor_id: UUID
    start: Moment
    end: Moment
    mode: Mode
    incubator_id: UUID | None = None
    space_id: UUID | None = None
    any_room: bool = False
    people: People = 2
    organisation_id: UUID | None = None
    topic: Slug | None = None
    question: Paragraphs = ""

    def order(self, period: Period) -> MeetingOrder:
        return MeetingOrder(
            mentor_id=self.mentor_id,
            period=period,
            mode=self.mode,
            incubator_id=self.incubator_id,
            space_id=self.space_id,
            any_room=self.any_room,
            people=self.people,
            organisation_id=self.organisation_id,
            topic_slug=self.topic,
            question=self.question,
        )


class AnyMentor(Body, frozen=True):
    """A wish for whoever is free first: `incubator_id` for meetings there, `online` for those, neither for either."""

    topic: Slug
    minutes: Annotated[int, Meta(ge=15, le=120)]
    language: Literal["pl", "en", "uk", "de", "fr", "es"] | None = None
    gmina_id: UUID | None = None
    incubator_id: UUID | None = None
    online: bool = False
    any_room: bool = False
    people: People = 2
    organisation_id: UUID | None = None
    question: Paragraphs = ""


class MeetingTime(Body, frozen=True):
    """Another time."""

    start: Moment
    end: Moment


class MeetingReason(Body, frozen=True):
    """Why; the mentor and the coordinator have to say."""

    reason: OptionalLine = ""


class MeetingRecord(Body, frozen=True):
    """How long it took and what came of it, as both will read it. With `confirm`, one's own yes to that."""

    minutes: Minutes
    outcome: Paragraphs = ""
    confirm: bool = False


class Settlement(Body, frozen=True):
    """How a coordinator closes a record; `minutes` where it took place."""

    state: Literal["took_place", "missed_by_startup", "missed_by_mentor"]
    reason: Line
    minutes: Minutes = 0


class Note(Body, frozen=True):
    """One's own note, which nobody else reads."""

    text: Paragraphs


class MentorTime(msgspec.Struct, frozen=True, kw_only=True):
    """A time at which a mentor can be met: at `incubator_id` and, or, online. `for_programme`: only by those who
    have mentor time of that programme."""

    start: datetime
    end: datetime
    incubator_id: UUID | None
    online: bool
    for_programme: UUID | None


def meeting_json(view: MeetingView, reader: Actor) -> Meeting:
    """The link is for those who meet."""
    given: dict[str, Any] = {
        name: getattr(view, name) for name in Meeting.__struct_fields__ if hasattr(view, name) and name != "online_link"
    }
    return Meeting(
        **given,
        start=view.period.start,
        end=view.period.end,
        topic=view.topic_slug,
        cancelled_by=view.cancelled_by_side,
        online_link=link_for(reader, view),
    )


def time_json(time: FreeTime) -> MentorTime:
    return MentorTime(
        start=time.period.start,
        end=time.period.end,
        incubator_id=time.incubator_id,
        online=time.online,
        for_programme=time.for_programme,
    )
