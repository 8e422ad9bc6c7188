"""What is shown of mentors, on a page and as JSON alike. What is not for the public has views of its own."""

from datetime import date
from uuid import UUID

from incubator.mentoring.details import ContractTerms, MeetingRules
from incubator.places.views import View


class TopicView(View, frozen=True):
    """What one can ask a mentor about; `retired` ones are chosen no more."""

    slug: str
    name_pl: str
    name_en: str
    position: int = 0
    retired: bool = False
    version: int = 1


class TopicName(View, frozen=True):
    """A topic in a mentor's profile."""

    slug: str
    name_pl: str
    name_en: str


class MeetingPlace(View, frozen=True):
    """An incubator where a mentor can be met."""

    slug: str
    name: str


class EditionName(View, frozen=True):
    """An edition of a programme that the mentor is with."""

    programme_slug: str
    edition_slug: str
    programme_pl: str
    programme_en: str
    edition_pl: str
    edition_en: str


class WeekView(View, frozen=True):
    """A stretch of the mentor's week. The programme is named where it is published."""

    weekday: int
    opens: str
    closes: str
    incubator_id: UUID | None
    incubator_slug: str | None
    incubator_name: str | None
    online: bool
    audience: str
    programme_id: UUID | None
    programme_pl: str | None
    programme_en: str | None


class MentorBrief(View, frozen=True):
    """A mentor in the directory; `state` is active or paused."""

    id: UUID
    slug: str
    name: str
    headline_pl: str
    headline_en: str
    languages: list[str]
    topics: list[TopicName]
    state: str
    gmina_slug: str
    gmina_name: str
    places: list[MeetingPlace]
    online: bool
    portrait: str | None

    @property
    def initials(self) -> str:
        """Two letters that stand in for a portrait."""
        words = [word for word in self.name.split() if word[0].isalpha()]
        return "".join(word[0] for word in (words[:1] + words[-1:] if len(words) > 1 else words)).upper() or "?"


class MentorView(MentorBrief, frozen=True):
    """A mentor's profile."""

    gmina_id: UUID
    about_pl: str
    about_en: str
    programmes: list[EditionName]
    week: list[WeekView]
    rules: MeetingRules
    version: int


class ExceptionDay(View, frozen=True):
    """A day to come that is not as its weekday; without hours the mentor cannot be met."""

    day: date
    hours: list[WeekView]


class ContractView(View, frozen=True):
    """A contract and what of its budget is used."""

    id: UUID
    terms: ContractTerms
    used_minutes: int
    left_minutes: int
    version: int


class MentorPrivately(View, frozen=True):
    """What the mentor and their coordinator see besides the profile."""

    profile: MentorView
    email: str | None
    online_link: str
    exceptions: list[ExceptionDay]
    contracts: list[ContractView]


class MentorAtDesk(View, frozen=True):
    """A mentor in the coordinator's list; minutes are those of contracts that run today, none where
    the mentor is a volunteer."""

    id: UUID
    slug: str
    name: str
    state: str
    email: str | None
    gmina_id: UUID
    budget_minutes: int | None
    used_minutes: int | None


class PolicyView(View, frozen=True):
    """The policy of a gmina; version 0 where none was ever set."""

    gmina_id: UUID
    gmina_slug: str
    gmina_name: str
    organisation_minutes: int | None
    person_minutes: int | None
    version: int
