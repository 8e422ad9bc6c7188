"""What is told about a subscription and about an issue: bodies of requests, forms and arguments of verbs alike."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from msgspec import Meta

from incubator.newsletter.interests import Interest
from incubator.web.bodies import Body, Line, Moment, OptionalLine, Paragraphs

Locale = Literal["pl", "en"]
Gminas = Annotated[list[UUID], Meta(max_length=100)]
Interests = Annotated[list[Interest], Meta(max_length=20)]


class Choice(Body, frozen=True):
    """What somebody likes to get: in which language, of which gminas (none: of all), about what (none: everything)."""

    locale: Locale = "pl"
    gmina_ids: Gminas = []
    interests: Interests = []


class IssueDetails(Body, frozen=True):
    """What an issue is called and for whom it is: who chose one of the gminas (none: all) and of the interests. An
    issue of a gmina goes to who reads of that gmina, whatever is said here."""

    title_pl: Line
    title_en: OptionalLine = ""
    to_gmina_ids: Gminas = []
    to_interests: Interests = []


class Part(Body, frozen=True):
    """A part of an issue: a text in Markdown (in English too, where it is given), or a session, or the call of an
    edition. One of the three."""

    text_pl: Paragraphs = ""
    text_en: Paragraphs = ""
    session_id: UUID | None = None
    edition_id: UUID | None = None


MOST_PARTS = 40
Parts = Annotated[list[Part], Meta(max_length=MOST_PARTS)]


class Sending(Body, frozen=True):
    """When it goes out; without a time, at once."""

    send_at: Moment | None = None


def moment_of(sending: Sending, now: datetime) -> datetime:
    return sending.send_at or now
