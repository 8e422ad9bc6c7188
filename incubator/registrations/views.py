"""What is shown of registrations, on a page and as JSON alike."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from incubator.kernel.period import Period
from incubator.registrations.states import SEATED, StallWish, State


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketView:
    """A seat in somebody's name. `code` is what its QR code says. `minutes` is what counts as attended. `stall_wish`
    says what who waits would like: a stall, and which."""

    id: UUID
    registration_id: UUID
    name: str
    email: str = ""
    stall_id: UUID | None = None
    stall_number: str | None = None
    stall_wish: StallWish = StallWish.NONE
    wished_stall_id: UUID | None = None
    wished_stall_number: str | None = None
    live: bool = True
    code: str
    checked_in_at: datetime | None = None
    checked_out_at: datetime | None = None
    minutes: int | None = None
    evidence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionFacts:
    """What a registration shows of its session."""

    id: UUID
    gmina_id: UUID | None
    gmina_name: str | None
    state: str
    kind: str
    title_pl: str
    title_en: str
    period: Period
    mode: str
    place: str
    space_name_pl: str | None
    space_name_en: str | None
    incubator_name: str | None
    street: str | None
    town: str | None
    online_url: str
    reason: str
    too_few: bool
    checks_out: bool
    sequence: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RegistrationView:
    """Somebody's seats at a session. `place` counts those ahead in the line, and oneself, while one waits."""

    id: UUID
    session: SessionFacts
    account_id: UUID | None
    organisation_id: UUID | None
    organisation_name: str | None
    name: str
    email: str
    locale: str
    gmina_id: UUID | None
    state: State
    seats: int
    walk_in: bool = False
    priority: bool
    offered_until: datetime | None
    credit_id: UUID | None = None
    told: int
    created_at: datetime
    place: int | None = None
    version: int = 1
    tickets: tuple[TicketView, ...] = ()

    @property
    def seated(self) -> bool:
        """Whether the seats are theirs, if only until the offer lapses."""
        return self.state in SEATED

    @property
    def session_id(self) -> UUID:
        return self.session.id
