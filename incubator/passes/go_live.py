"""A pass is good from the day on which it is paid."""

from datetime import date, datetime, timedelta
from uuid import UUID

from incubator.credits.grant_credit import days, put_credit
from incubator.credits.holder import Holder
from incubator.db.engine import Tx
from incubator.invoices.invoice_charge import invoice_paid
from incubator.kernel.ids import uuid7
from incubator.kernel.period import WARSAW
from incubator.passes.queries import pass_as_it_is
from incubator.passes.settle_pass import locked_pass, note
from incubator.passes.states import PassState
from incubator.passes.tell import tell
from incubator.passes.views import PassView
from incubator.payments.views import ChargeView

BEGIN = """
UPDATE pass_bought SET state = 'active', credit_id = $2, live_at = $3, version = version + 1 WHERE id = $1
"""


async def go_live(tx: Tx, *, charge: ChargeView, now: datetime) -> None:
    """What follows when the charge is paid: the credit, the letter, the invoice. Told again, as where a payment was
    withdrawn and came again, the pass is as good as it was."""
    bought = await locked_pass(tx, pass_id=charge.subject_id)
    if bought.state == PassState.ORDERED:
        paid = charge.paid_at or now
        await begin(tx, bought, day=paid.astimezone(WARSAW).date(), by=None, now=now)
    await invoice_paid(tx, charge=charge, now=now)


async def begin(tx: Tx, bought: PassView, *, day: date, by: UUID | None, now: datetime) -> PassView:
    """From that day on it can be drawn on. For who has it locked."""
    key = uuid7()
    await put_credit(
        tx,
        key=key,
        holder=Holder(organisation_id=bought.organisation_id, account_id=bought.account_id),
        kind=bought.kind,
        gmina_id=bought.gmina_id,
        source_id=bought.id,
        names=(bought.name_pl, bought.name_en),
        valid=days(day, day + timedelta(days=bought.valid_days - 1)),
        amount=bought.amount,
        now=now,
    )
    await tx.execute(BEGIN, bought.id, key, now)
    live = await pass_as_it_is(tx, pass_id=bought.id)
    await note(tx, live, "begin_pass", by=by, now=now)
    await tell(tx, live, "live", now=now)
    return live
