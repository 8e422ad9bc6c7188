"""Where things are: `/dav/` says who one is, `/dav/<account>/` is that person, and below it their calendars. Pure."""

from dataclasses import dataclass
from functools import cached_property
from urllib.parse import unquote
from uuid import UUID

PREFIX = "/dav"
PERSONAL, ORGANISATION = "personal", "organisation"


@dataclass(frozen=True, slots=True)
class Root:
    """Where a client begins that knows the server alone."""

    @property
    def href(self) -> str:
        return f"{PREFIX}/"


@dataclass(frozen=True, slots=True)
class Home:
    """A person, and the home of their calendars."""

    account_id: UUID

    @property
    def href(self) -> str:
        return f"{PREFIX}/{self.account_id}/"


@dataclass(frozen=True)
class Collection:
    """A calendar: one's own, or that of an organisation that one belongs to (`key`, else the account's). Where it is is
    worked out once: the addresses of all its things begin so."""

    account_id: UUID
    kind: str
    key: UUID

    @property
    def home(self) -> Home:
        return Home(self.account_id)

    @cached_property
    def href(self) -> str:
        name = PERSONAL if self.kind == PERSONAL else f"{ORGANISATION}-{self.key}"
        return f"{PREFIX}/{self.account_id}/{name}/"


@dataclass(frozen=True, slots=True)
class Resource:
    """One thing of a calendar: a booking, a series, a meeting, a session."""

    collection: Collection
    subject_id: UUID

    @property
    def href(self) -> str:
        return f"{self.collection.href}{self.subject_id}.ics"


Place = Root | Home | Collection | Resource


def place_at(path: str) -> Place | None:
    """What is at a decoded path, with or without a slash at its end: a mount adds one; None where nothing can be."""
    parts = [part for part in path.removeprefix(PREFIX).split("/") if part]
    try:
        match parts:
            case []:
                return Root()
            case [account]:
                return Home(UUID(account))
            case [account, calendar]:
                return _collection(UUID(account), calendar)
            case [account, calendar, name] if name.endswith(".ics"):
                collection = _collection(UUID(account), calendar)
                return collection and Resource(collection, UUID(name.removesuffix(".ics")))
            case _:
                return None
    except ValueError:
        return None


def resource_at(href: str, *, within: Collection) -> Resource | None:
    """A resource of this very calendar, by what a client calls it: a path, or a whole address."""
    _, scheme, rest = href.partition("://")
    path = f"/{rest.partition('/')[2]}" if scheme else href
    found = place_at(unquote(path)) if path.startswith(f"{PREFIX}/") else None
    return found if isinstance(found, Resource) and found.collection == within else None


def _collection(account_id: UUID, name: str) -> Collection | None:
    if name == PERSONAL:
        return Collection(account_id, PERSONAL, account_id)
    kind, _, key = name.partition("-")
    return Collection(account_id, ORGANISATION, UUID(key)) if kind == ORGANISATION else None
