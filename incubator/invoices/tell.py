"""Write to whom an invoice is for that it was issued, in the transaction that issues it."""

from datetime import datetime

from incubator.db.engine import Tx
from incubator.invoices.views import InvoiceView
from incubator.mail.post import post
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
