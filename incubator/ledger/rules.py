"""What an entry has to be. Pure."""

from collections.abc import Iterable, Sequence
from typing import Protocol
from uuid import UUID

from incubator.ledger.states import Account


class Posted(Protocol):
    @property
    def account(self) -> Account: ...
    @property
    def amount(self) -> int: ...
    @property
    def account_id(self) -> UUID | None: ...
    @property
    def organisation_id(self) -> UUID | None: ...


def balances(postings: Sequence[Posted]) -> bool:
    """Two postings at least, none of nothing, and together they come to nothing."""
    return len(postings) >= 2 and all(one.amount for one in postings) and not sum(one.amount for one in postings)


def names_parties(postings: Iterable[Posted]) -> bool:
    """Each posting says whose it is where its account has parties, and nowhere else."""
    return all(
        ((one.account_id is None) + (one.organisation_id is None) == 1) == one.account.has_parties
        and (one.account.has_parties or (one.account_id is None and one.organisation_id is None))
        for one in postings
    )


Key = tuple[str, int, UUID | None, UUID | None]


def alike(these: Iterable[Key], those: Iterable[Key]) -> bool:
    """The same postings, in whatever order."""
    return sorted(these, key=repr) == sorted(those, key=repr)
