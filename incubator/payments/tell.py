"""Write to who owes, in the transaction that there is something to tell of."""

from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.db.history import record
from incubator.mail.post import post
from incubator.payments.queries_bank import bank_account_on
from incubator.payments.rules import title_of
from incubator.payments.views import ChargeView
from incubator.people.addressee import Addressee, addressees
from incubator.web.amounts import zloty
from incubator.web.letters import letter

OWNERS = """
SELECT email, name, locale FROM account JOIN membership ON account_id = account.id
WHERE organisation_id = $1 AND role = 'owner' AND email IS NOT NULL ORDER BY account.id
"""
INSTEAD = """
SELECT number FROM charge WHERE subject_kind = $1 AND subject_id = $2 AND id < $3 AND state = 'cancelled'
    AND reason = 'moved' ORDER BY id DESC LIMIT 1
"""


async def write_to_payer(tx: Tx, charge: ChargeView, what: str, *, now: datetime, amount: int = 0) -> int:
    """Post the letter `what` about the charge to who made it, or to the owners of the organisation; how many
    it went to. `amount` is what the letter is about."""
    account = await bank_account_on(tx, gmina_id=charge.gmina_id, now=now)
    to = await payers(tx, charge)
    before = await instead_of(tx, charge)
    for one in to:
        told = letter(
            f"payments/mail/{what}.txt",
            one.locale,
            name=one.name,
            charge=charge,
            what=(charge.text_en if one.locale == "en" else "") or charge.text_pl,
            amount=zloty(amount, one.locale),
            to_pay=zloty(charge.to_pay, one.locale),
            account=account,
            instead="" if before is None else title_of(before),
        )
        await post(tx, to=one.email, subject=told.subject, text=told.text, now=now)
    return len(to)


async def note(tx: Tx, charge: ChargeView, verb: str, *, by: UUID | None, now: datetime, after: object = None) -> None:
    """The history of a charge."""
    await record(
        tx,
        now=now,
        actor_id=by,
        verb=verb,
        subject_kind="charge",
        subject_id=charge.id,
        gmina_id=charge.gmina_id,
        after=after,
    )


async def instead_of(tx: Tx, charge: ChargeView) -> int | None:
    """The number of the charge that it takes the place of."""
    before: int | None = await tx.fetchval(INSTEAD, charge.subject_kind, charge.subject_id, charge.id)
    return before


async def payers(tx: Tx, charge: ChargeView) -> list[Addressee]:
    """Who is written to of it: who made it, or the owners of the organisation."""
    if charge.account_id is not None:
        return await addressees(tx, account_id=charge.account_id, organisation_id=charge.organisation_id)
    return [Addressee(**row) for row in await tx.fetch(OWNERS, charge.organisation_id)]
