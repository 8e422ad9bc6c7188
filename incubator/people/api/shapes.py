"""What people look like in JSON: requests here, answers are the views."""

from typing import Annotated, Literal
from uuid import UUID

import msgspec
from msgspec import Meta

from incubator.people.details import OrganisationDetails
from incubator.people.views import InvitationView, MemberView, OrganisationView, TokenView
from incubator.web.bodies import Body, Line, OptionalLine
from incubator.web.cursors import read_cursor, write_cursor

Email = Annotated[str, Meta(max_length=254, description="An e-mail address.")]
MemberRole = Literal["owner", "member"]


class Profile(Body, frozen=True):
    """One's own name, language and home gmina."""

    name: Line
    locale: Literal["pl", "en"]
    gmina_id: UUID | None = None


class NoticeChoice(Body, frozen=True):
    """About one kind of thing: whether mails carry invitations for calendars, and how long before it begins there is
    a reminder."""

    invitations: bool
    reminders: Literal["none", "hour", "day", "both"]


class NoticeChoices(Body, frozen=True):
    """What mails one would like besides those that tell what has happened."""

    bookings: NoticeChoice
    meetings: NoticeChoice
    sessions: NoticeChoice


class OrganisationBody(Body, frozen=True):
    """All that is said of an organisation. NIP, REGON and KRS are numbers with or without dashes;
    `pkd` is a class such as 62.01.Z of the edition 2007 or 2025."""

    name: Line
    kind: Literal["startup", "company", "ngo", "public"]
    gmina_id: UUID
    nip: OptionalLine | None = None
    regon: OptionalLine | None = None
    krs: OptionalLine | None = None
    pkd: OptionalLine | None = None
    pkd_edition: Literal[2007, 2025] | None = None

    def details(self) -> OrganisationDetails:
        return OrganisationDetails(**msgspec.structs.asdict(self))


class NewInvitation(Body, frozen=True):
    email: Email
    role: MemberRole = "member"


class NewMemberRole(Body, frozen=True):
    role: MemberRole


class NewToken(Body, frozen=True):
    """`days` is how long the token lives."""

    name: Line
    scopes: Annotated[list[Line], Meta(min_length=1, max_length=20)]
    days: Annotated[int, Meta(ge=1, le=366)] = 90


class MadeToken(msgspec.Struct, frozen=True):
    """`secret` is what goes behind "Bearer"; it is said now and never again."""

    token: TokenView
    secret: str


class Tokens(msgspec.Struct, frozen=True):
    items: list[TokenView]
    next: str | None = None


class Organisations(msgspec.Struct, frozen=True):
    items: list[OrganisationView]
    next: str | None = None


class Members(msgspec.Struct, frozen=True):
    items: list[MemberView]
    next: str | None = None


class Invitations(msgspec.Struct, frozen=True):
    items: list[InvitationView]
    next: str | None = None


def after_id(cursor: str | None) -> UUID | None:
    """The last identifier seen, of lists that go by it alone. Raises BadCursor."""
    seen = read_cursor(cursor, str)
    return seen[1] if seen else None


def next_of(found: list[UUID], limit: int) -> str | None:
    """The cursor behind the first `limit` of `found`, which holds one more where there are more."""
    return write_cursor("", found[limit - 1]) if len(found) > limit else None
