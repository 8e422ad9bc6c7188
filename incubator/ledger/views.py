"""What is posted and what is shown of it. Amounts are grosz; debit is positive."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from incubator.ledger.states import Account, EntryKind


@dataclass(frozen=True, slots=True)
class Party:
    """Whose it is: one of both."""

    account_id: UUID | None = None
    organisation_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Posting:
    """`amount` is never 0. The party, where the account has parties, is one of both."""

    account: Account
    amount: int
    account_id: UUID | None = None
    organisation_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PostingView:
    account: str
    amount: int
    account_id: UUID | None
    organisation_id: UUID | None
    party: str
    """The name; empty where there is no party, or it was erased."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryView:
    id: UUID
    gmina_id: UUID
    gmina_name: str
    kind: EntryKind
    subject_kind: str
    subject_id: UUID
    reverses: UUID | None
    reversed: bool
    at: datetime
    by: str
    postings: tuple[PostingView, ...]

    @property
    def turnover(self) -> int:
        """What moved: the sum of its debits."""
        return sum(one.amount for one in self.postings if one.amount > 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """What moved on an account in a period, and where it stands: `opening` + `debit` − `credit` = `closing`."""

    account: Account
    opening: int
    debit: int
    credit: int
    closing: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthBalance:
    """What moved on an account in a month, of which the days from `first` to `last` count, and where it stands:
    `opening` + `debit` − `credit` = `closing`."""

    first: date
    last: date
    account: Account
    opening: int
    debit: int
    credit: int
    closing: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyBalance:
    """What a party owes (`receivable`), left as deposits (`deposits`, in credit, so negative), paid ahead (`prepaid`)."""

    account_id: UUID | None
    organisation_id: UUID | None
    name: str
    receivable: int
    deposits: int
    prepaid: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementLine:
    """A posting of a party, and how its account stands after it."""

    entry_id: UUID
    kind: EntryKind
    at: datetime
    account: Account
    amount: int
    balance: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Days in Warsaw, both counted."""

    first: date
    last: date
