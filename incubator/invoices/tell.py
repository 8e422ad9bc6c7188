"""Write to whom an invoice is for that it was issued, in the transaction that issues it."""

from datetime import date, datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.invoices.views import InvoiceView
from incubator.mail.post import post
from incubator.payments.views import ChargeView
from incubator.web.letters import letter

READERS = """
SELECT email, name, locale FROM account WHERE email IS NOT NULL AND (
    id = $1 OR id IN (SELECT account_id FROM membership WHERE organisation_id = $2 AND role = 'owner')
) ORDER BY id
"""


async def tell(tx: Tx, *, invoice: InvoiceView, now: datetime) -> None:
    """Post `templates/mail/issued.txt` to the person, or to the owners of the organisation."""
    for reader in await tx.fetch(READERS, invoice.account_id, invoice.organisation_id):
        told = letter("invoices/mail/issued.txt", reader["locale"], name=reader["name"], invoice=invoice)
        await post(tx, to=reader["email"], subject=told.subject, text=told.text, now=now)


async def tell_of_note(tx: Tx, *, charge: ChargeView, number: str, day: date, note_id: UUID, now: datetime) -> None:
    """Post `templates/mail/noted.txt` to the same."""
    account = None if charge.organisation_id else charge.account_id
    told: dict[str, object] = {"number": number, "day_of": day, "incubator": charge.incubator_name, "note_id": note_id}
    told["company"] = charge.payer if charge.organisation_id else ""
    for reader in await tx.fetch(READERS, account, charge.organisation_id):
        mail = letter("invoices/mail/noted.txt", reader["locale"], name=reader["name"], **told)
        await post(tx, to=reader["email"], subject=mail.subject, text=mail.text, now=now)
