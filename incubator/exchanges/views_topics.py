"""What is shown of topics that people ask for, on a page and as JSON alike."""

from datetime import date, datetime
from uuid import UUID

from incubator.exchanges.views import View


class TopicView(View, frozen=True):
    """A topic that somebody asks a gmina for, or the metropolis where there is none. `session_id` is the session
    that it became, once that is published. `supporters` would like it too; the reader is one, or asked for it
    themself (`own`), or neither. `asked_by` is told to who runs things there alone."""

    id: UUID
    gmina_id: UUID | None
    gmina_slug: str | None
    gmina_name: str | None
    title: str
    about: str
    state: str
    session_id: UUID | None
    session_title_pl: str | None
    session_title_en: str | None
    official_name: str
    official_role: str
    answer_by: date | None
    reason: str
    supporters: int
    supported: bool
    own: bool
    asked_by: str | None
    opened_at: datetime | None
    created_at: datetime
    version: int


class NoteView(View, frozen=True):
    """The answer to a topic, or what followed it."""

    id: UUID
    kind: str
    text: str
    signed: str
    published_at: datetime


class TopicInFull(View, frozen=True):
    """A topic with what was answered."""

    topic: TopicView
    notes: list[NoteView]
