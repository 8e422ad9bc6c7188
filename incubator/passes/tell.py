"""Write to who bought a pass, in the transaction that there is something to tell of."""

from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.mail.post import post
from incubator.passes.views import PassView
from incubator.people.addressee import addressees
from incubator.web.amounts import zloty
from incubator.web.letters import letter

BY = "SELECT bought_by FROM pass_bought WHERE id = $1"


async def tell(tx: Tx, bought: PassView, what: str, *, now: datetime, amount: int = 0) -> None:
    """Post the letter `what` to who bought it, or once they left the organisation to its owners."""
    account_id: UUID = await tx.fetchval(BY, bought.id)
    for one in await addressees(tx, account_id=account_id, organisation_id=bought.organisation_id):
        told = letter(
            f"passes/mail/{what}.txt",
            one.locale,
            name=one.name,
            bought=bought,
            what=(bought.name_en if one.locale == "en" else "") or bought.name_pl,
            amount=zloty(amount, one.locale),
        )
        await post(tx, to=one.email, subject=told.subject, text=told.text, now=now)
