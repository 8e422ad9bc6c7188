"""What the pages of Stripe show."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from incubator.payments.stripe.compare import Kind
from incubator.payments.stripe.states import PayoutState, State


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckoutView:
    """A checkout as who pays sees it. `amount` is in grosz; `url` is Stripe's page, while one can pay there;
    `back` is the path of what is owed."""

    id: UUID
    state: State
    amount: int
    text: str
    url: str | None
    expires_at: datetime
    paid_at: datetime | None
    method: str | None
    back: str
    gmina_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountView:
    """The gmina's account at Stripe. `charges_since` is empty while it takes no payments; `error` says why, if
    Stripe does."""

    account: str
    charges_since: datetime | None
    asked_at: datetime | None
    error: str
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DifferenceView:
    """In grosz; None is not there at all. `source` is Stripe's number of the thing."""

    kind: Kind
    what: str
    source: str
    theirs: int | None
    ours: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DayView:
    """A day that was compared, or is going to be."""

    id: UUID
    day: date
    done_at: datetime | None
    error: str
    differences: tuple[DifferenceView, ...]

    @property
    def alike(self) -> bool:
        """Both books say the same of it."""
        return self.done_at is not None and not self.error and not self.differences


@dataclass(frozen=True, slots=True, kw_only=True)
class StrangeView:
    """Something that Stripe told and that was not understood."""

    stripe_id: str
    account: str
    type: str
    received_at: datetime
    error: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PayoutView:
    """Money that went to the gmina's bank. `made_of` is what its transactions come to, once Stripe can say so; `error`
    why it came back. Grosz."""

    id: UUID
    stripe_id: str
    amount: int
    state: PayoutState
    arrives_on: date
    sent_at: datetime
    made_of: int | None
    error: str

    @property
    def differs(self) -> bool:
        return self.made_of is not None and self.made_of != self.amount


@dataclass(frozen=True, slots=True, kw_only=True)
class StripeDesk:
    """How payments through Stripe stand in a gmina. `strange` is what was not understood of its account; for
    administrators also of accounts that no gmina has."""

    account: AccountView | None
    days: tuple[DayView, ...]
    strange: tuple[StrangeView, ...]
    payouts: tuple[PayoutView, ...]
    failed_refunds: int
    unanswered: int
