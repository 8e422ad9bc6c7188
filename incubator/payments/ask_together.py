"""Ask for several charges of one payer in one letter, with a table and the sum."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.mail.post import post
from incubator.payments.locked import as_it_stands
from incubator.payments.queries_bank import bank_account_on
from incubator.payments.rules import title_of
from incubator.payments.tell import instead_of, payers, write_to_payer
from incubator.payments.views import ChargeView
from incubator.people.addressee import Addressee
from incubator.web.amounts import zloty
from incubator.web.letters import letter


@dataclass(frozen=True, slots=True)
class Row:
    """What is paid under a title: as wide as the others of the table."""

    title: str
    amount: str
    what: str


async def ask_together(tx: Tx, *, charge_ids: Sequence[UUID], now: datetime) -> None:
    """They are of one payer and one gmina. A single one is asked for as ever; for none nobody is written to."""
    charges = [await as_it_stands(tx, charge_id=key) for key in charge_ids]
    if len(charges) == 1:
        await write_to_payer(tx, charges[0], "please_pay", now=now, amount=charges[0].to_pay)
    elif charges:
        instead = [number for one in charges if (number := await instead_of(tx, one)) is not None]
        for to in await payers(tx, charges[0]):
            await _write(tx, to, charges, [title_of(number) for number in instead], now)


async def _write(tx: Tx, to: Addressee, charges: Sequence[ChargeView], instead: list[str], now: datetime) -> None:
    amounts = [zloty(one.to_pay, to.locale) for one in charges]
    width = max(map(len, amounts))
    what = [(one.text_en if to.locale == "en" else "") or one.text_pl for one in charges]
    rows = [Row(one.title, amount.rjust(width), text) for one, amount, text in zip(charges, amounts, what, strict=True)]
    told = letter(
        "payments/mail/please_pay_all.txt",
        to.locale,
        name=to.name,
        first=charges[0],
        rows=rows,
        total=zloty(sum(one.to_pay for one in charges), to.locale),
        due_at=min(one.due_at for one in charges),
        deposit=any(one.deposit for one in charges),
        account=await bank_account_on(tx, gmina_id=charges[0].gmina_id, now=now),
        instead=", ".join(instead),
    )
    await post(tx, to=to.email, subject=told.subject, text=told.text, now=now)
