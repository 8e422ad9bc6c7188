"""What is shown of the newsletter, on a page and as JSON alike. Never an address but one's own."""

from datetime import datetime
from uuid import UUID

import msgspec


class View(msgspec.Struct, kw_only=True, frozen=True):
    """Something to show; never changed, never saved."""


class SubscriptionView(View, frozen=True):
    """One's own subscription. `words` is the version of the words that were agreed to, `how` where."""

    id: UUID
    email: str
    locale: str
    gmina_ids: list[UUID]
    interests: list[str]
    state: str
    words: str
    how: str
    asked_at: datetime
    confirmed_at: datetime | None
    version: int


class PartView(View, frozen=True):
    """A part of an issue; `title_pl` and `title_en` name the session or the call, `gone` says that it is not public
    any more and will be left out."""

    position: int
    kind: str
    text_pl: str
    text_en: str
    session_id: UUID | None
    edition_id: UUID | None
    title_pl: str = ""
    title_en: str = ""
    gone: bool = False


class Counts(View, frozen=True):
    """Copies of an issue by what became of them; `unknown`: a worker died while handing them over, they are not sent
    again. `left` and `bounced`: who got it and has unsubscribed since, or whose mailbox is gone."""

    waiting: int = 0
    sent: int = 0
    failed: int = 0
    skipped: int = 0
    unknown: int = 0
    left: int = 0
    bounced: int = 0


class IssueBrief(View, frozen=True):
    """An issue in a list. `gmina_id` is whose it is; none: the metropolis office's."""

    id: UUID
    gmina_id: UUID | None
    gmina_name: str | None
    title_pl: str
    title_en: str
    state: str
    send_at: datetime | None
    started_at: datetime | None
    created_at: datetime
    version: int


class IssueView(View, frozen=True):
    """An issue for those who write it. `readers` is how many would get it if it went out now."""

    issue: IssueBrief
    to_gmina_ids: list[UUID]
    to_interests: list[str]
    parts: list[PartView]
    counts: Counts
    readers: int

    @property
    def version(self) -> int:
        return self.issue.version


class LetterView(View, frozen=True):
    """An issue as it reads in one language: `html` is safe to show, `text` is what mails say in plain text."""

    locale: str
    subject: str
    text: str
    html: str


class ArchivedIssue(View, frozen=True):
    """An issue that went out, as everybody may read it."""

    id: UUID
    gmina_name: str | None
    started_at: datetime
    letters: list[LetterView]
