"""What is shown of sessions, on a page and as JSON alike."""

from datetime import datetime
from uuid import UUID

import msgspec

from incubator.kernel.period import Period


class View(msgspec.Struct, kw_only=True, frozen=True):
    """Something to show; never changed, never saved."""


class SessionView(View, frozen=True):
    """A session. `gmina_id` is who holds it; none: the office of the metropolis. Where it has a room of ours,
    `space_id` and what follows say which; `room_lost` says that its room was called off and no other found yet.
    `asked_space_id` is a room that a session of the metropolis asked a gmina for, told to those who run it.
    `capacity` is how many seats there are (none: no limit), `taken` how many are taken or offered. What is said
    of access is the organiser's word or, where there is none, what is known of the room. `online_url` is empty
    but for those who run the session or are registered."""

    id: UUID
    kind: str
    state: str
    title_pl: str
    title_en: str
    summary_pl: str
    summary_en: str
    about_pl: str
    about_en: str
    audience_pl: str
    audience_en: str
    terms_pl: str
    terms_en: str
    language: str
    topics: list[str]
    start: datetime
    end: datetime
    mode: str
    place: str
    online_url: str
    booking_id: UUID | None
    room_lost: bool
    asked_space_id: UUID | None
    space_id: UUID | None
    space_slug: str | None
    space_name_pl: str | None
    space_name_en: str | None
    incubator_slug: str | None
    incubator_name: str | None
    street: str | None
    town: str | None
    step_free: bool | None
    induction_loop: bool | None
    accessible_wc: bool | None
    interpreter: bool | None
    access_note_pl: str
    access_note_en: str
    official_name: str
    official_role: str
    funder_marks: str
    gmina_id: UUID | None
    gmina_slug: str | None
    gmina_name: str | None
    series_id: UUID | None
    occurrence: int | None
    edition_id: UUID | None
    opens_at: datetime | None
    closes_at: datetime | None
    minimum: int | None
    decide_at: datetime | None
    decided_at: datetime | None
    priority_for: str
    priority_until: datetime | None
    priority_edition_id: UUID | None
    offer_hours: int
    most_each: int
    draws_seats: bool
    checks_out: bool
    presence_percent: int | None
    capacity: int | None
    taken: int
    published_at: datetime | None
    cancelled_at: datetime | None
    reason: str
    changed_at: datetime
    sequence: int
    version: int

    @property
    def period(self) -> Period:
        return Period(self.start, self.end)

    @property
    def free(self) -> int | None:
        """Seats that nobody has; None where there is no limit."""
        return None if self.capacity is None else self.capacity - self.taken

    @property
    def public(self) -> bool:
        """Whether everybody may know of it: it was announced, though perhaps called off since."""
        return self.published_at is not None


class SpeakerView(View, frozen=True):
    """Who speaks; a mentor of ours has a page at /mentors/{mentor_slug}."""

    name: str
    role_pl: str
    role_en: str
    mentor_id: UUID | None
    mentor_slug: str | None


class QuestionView(View, frozen=True):
    """What is asked of each who registers: `text`, one of the `choices`, or yes or no."""

    id: UUID
    kind: str
    text_pl: str
    text_en: str
    choices_pl: list[str]
    choices_en: list[str]
    required: bool


class StallView(View, frozen=True):
    """A numbered place of a market day, and whether somebody has it."""

    id: UUID
    number: str
    about_pl: str
    about_en: str
    taken: bool


class MaterialView(View, frozen=True):
    """What is given out: a link (`url`), or a file to be fetched from the address of the material. Not `public`:
    for who was registered."""

    id: UUID
    title_pl: str
    title_en: str
    url: str | None
    media_type: str
    file_name: str
    size: int | None
    public: bool


class AnswerView(View, frozen=True):
    """A question that was asked at the session and what was answered."""

    id: UUID
    question: str
    answer: str
    answered_by: str
    published_at: datetime


class SessionInFull(View, frozen=True):
    """A session with all that is said of it."""

    session: SessionView
    speakers: list[SpeakerView]
    questions: list[QuestionView]
    stalls: list[StallView]
    materials: list[MaterialView]
    answers: list[AnswerView]

    @property
    def version(self) -> int:
        return self.session.version


class SessionBrief(View, frozen=True):
    """A session in a list."""

    id: UUID
    kind: str
    state: str
    title_pl: str
    title_en: str
    summary_pl: str
    summary_en: str
    language: str
    topics: list[str]
    start: datetime
    end: datetime
    mode: str
    place: str
    space_name_pl: str | None
    space_name_en: str | None
    incubator_name: str | None
    town: str | None
    gmina_slug: str | None
    gmina_name: str | None
    series_id: UUID | None
    capacity: int | None
    taken: int
    opens_at: datetime | None
    closes_at: datetime | None
