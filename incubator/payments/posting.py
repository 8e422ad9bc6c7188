"""What becomes of a charge, as postings of the ledger."""

from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.ledger.post_entry import post_entry
from incubator.ledger.states import Account, EntryKind
from incubator.ledger.views import Posting
from incubator.payments.states import THROUGH_STRIPE, Method
from incubator.payments.views import ChargeView

POSTED = "SELECT count(*) FROM entry WHERE subject_kind = 'charge' AND subject_id = $1 AND kind = $2"


def of(charge: ChargeView, account: Account, amount: int) -> Posting:
    """A posting of the charge's party: the organisation, else the person."""
    if not account.has_parties:
        return Posting(account=account, amount=amount)
    if charge.organisation_id is not None:
        return Posting(account=account, amount=amount, organisation_id=charge.organisation_id)
    return Posting(account=account, amount=amount, account_id=charge.account_id)


def money_at(method: Method) -> Account:
    """Where money that came this way lies."""
    if method in THROUGH_STRIPE:
        return Account.STRIPE
    return Account.PREPAID if method == Method.CREDIT else Account.BANK


async def post(
    tx: Tx,
    charge: ChargeView,
    kind: EntryKind,
    *moved: tuple[Account, int],
    at: datetime,
    by: UUID | None,
    subject: tuple[str, UUID] | None = None,
    number: int = 1,
) -> UUID | None:
    """Post what `moved`; nothing where nothing did. The subject is the charge where no other is named."""
    postings = [of(charge, account, amount) for account, amount in moved if amount]
    if not postings:
        return None
    subject_kind, subject_id = subject or ("charge", charge.id)
    return await post_entry(
        tx,
        gmina_id=charge.gmina_id,
        kind=kind,
        subject_kind=subject_kind,
        subject_id=subject_id,
        postings=postings,
        at=at,
        by=by,
        number=number,
    )


async def next_number(tx: Tx, charge: ChargeView, kind: EntryKind) -> int:
    """The number of the next entry of a kind that a charge may see more than once; under its lock."""
    posted: int = await tx.fetchval(POSTED, charge.id, kind)
    return posted + 1
