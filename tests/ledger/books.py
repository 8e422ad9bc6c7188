"""Entries to post in tests."""

from datetime import datetime
from uuid import UUID, uuid4

from incubator.db.engine import Tx
from incubator.ledger.post_entry import post_entry
from incubator.ledger.states import Account, EntryKind
from incubator.ledger.views import Posting
from tests.moments import NOW


def owing(amount: int, *, account: UUID | None = None, organisation: UUID | None = None) -> list[Posting]:
    """A party owes `amount`, all of it income."""
    return [
        Posting(account=Account.RECEIVABLE, amount=amount, account_id=account, organisation_id=organisation),
        Posting(account=Account.REVENUE, amount=-amount),
    ]


def paying(amount: int, *, account: UUID | None = None, organisation: UUID | None = None) -> list[Posting]:
    return [
        Posting(account=Account.BANK, amount=amount),
        Posting(account=Account.RECEIVABLE, amount=-amount, account_id=account, organisation_id=organisation),
    ]


async def posted(
    tx: Tx,
    gmina: UUID,
    postings: list[Posting],
    *,
    kind: EntryKind = EntryKind.CHARGE,
    subject: UUID | None = None,
    at: datetime = NOW,
    number: int = 1,
) -> UUID:
    return await post_entry(
        tx,
        gmina_id=gmina,
        kind=kind,
        subject_kind="booking",
        subject_id=subject or uuid4(),
        postings=postings,
        at=at,
        by=None,
        number=number,
    )
