"""What people see of people: the same for the page and the JSON."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountView:
    """A person, as they see themselves."""

    id: UUID
    email: str
    name: str
    locale: str
    gmina_id: UUID | None
    gmina_name: str | None
    has_password: bool
    created_at: datetime
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionView:
    """A signed-in browser of one's own."""

    id: UUID
    user_agent: str
    created_at: datetime
    seen_at: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenView:
    """An API token without its secret, which nobody can see again."""

    id: UUID
    name: str
    scopes: list[str]
    created_at: datetime
    expires_at: datetime
    used_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationView:
    """`my_role` is the reader's: "owner", "member", or none for who only may look."""

    id: UUID
    name: str
    kind: str
    nip: str | None
    regon: str | None
    krs: str | None
    gmina_id: UUID
    gmina_name: str
    pkd: str | None
    pkd_edition: int | None
    my_role: str | None
    created_at: datetime
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberView:
    """`id` is the account's. The e-mail is for the organisation's own people alone."""

    id: UUID
    name: str
    email: str | None
    role: str
    joined_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationView:
    """An open invitation."""

    id: UUID
    organisation_id: UUID
    organisation_name: str
    email: str
    role: str
    invited_by: str
    created_at: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class GminaName:
    id: UUID
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleView:
    """A role that somebody was given, of a gmina where it is a coordinator's."""

    id: UUID
    role: str
    gmina_id: UUID | None
    gmina_name: str | None
    granted_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonView:
    """A person as the administrator sees them."""

    id: UUID
    name: str
    email: str
    roles: list[RoleView]
