"""Owe what a quote says, for something."""

from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.kernel.errors import N_, Invalid
from incubator.ledger.states import Account, EntryKind
from incubator.payments.locked import as_it_stands
from incubator.payments.posting import post
from incubator.payments.tell import note, write_to_payer
from incubator.payments.views import ChargeView, Priced

# The row of the counter stays locked until the end: numbers of a gmina are given one after another.
NUMBER = """
INSERT INTO charge_counter (gmina_id, last) VALUES ($1, 1)
ON CONFLICT (gmina_id) DO UPDATE SET last = charge_counter.last + 1 RETURNING last
"""
THERE = "SELECT id FROM charge WHERE subject_kind = $1 AND subject_id = $2 AND quote_id = $3"
PAYER = """
SELECT coalesce((SELECT name FROM organisation WHERE id = $2), (SELECT name FROM account WHERE id = $1), '')
"""
ADD = """
INSERT INTO charge (gmina_id, incubator_id, subject_kind, subject_id, quote_id, account_id, organisation_id, payer, text_pl,
    text_en, number, net, vat, deposit, paid, refunded, back_net, back_vat, written_off, deposit_back, deposit_kept,
    deposit_reason, state, reason, due_at, lapses, reminders, created_at, version)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, 0, 0, 0, 0, 0, 0, 0, '', 'open', '', $15, $16, 0, $17, 1)
ON CONFLICT (subject_kind, subject_id, quote_id) DO NOTHING RETURNING id
"""


class NothingOwed(Invalid):
    """A quote that comes to nothing is not charged."""

    code = "nothing_owed"
    sentence = N_("This costs nothing, so there is nothing to pay.")


async def owe(
    tx: Tx,
    *,
    quote_id: UUID,
    quote: Priced,
    subject_kind: str,
    subject_id: UUID,
    account_id: UUID | None,
    organisation_id: UUID | None,
    due_at: datetime,
    now: datetime,
    ask: bool = True,
    lapses: bool = False,
    text: tuple[str, str] | None = None,
) -> ChargeView:
    """Charge who made it, or the organisation they made it for. With `ask` they are written how to pay by
    transfer. `text` says in Polish and English what it is for, where the lines do not say when. The same quote
    for the same thing is owed once: done again, the same charge is given back. With `lapses`, what it is for is given
    up when it is not paid by `due_at`. Raises NothingOwed."""
    if quote.amount.gross + quote.deposit <= 0:
        raise NothingOwed()
    subject = (subject_kind, subject_id, quote_id)
    there: UUID | None = await tx.fetchval(THERE, *subject)
    if there is None:
        there = await _add(tx, quote, subject, (account_id, organisation_id), text, (due_at, lapses), now)
        if there is not None:
            return await _begin(tx, there, now=now, by=account_id, ask=ask)
    return await as_it_stands(tx, charge_id=there or await tx.fetchval(THERE, *subject))


async def _add(
    tx: Tx,
    quote: Priced,
    subject: tuple[str, UUID, UUID],
    party: tuple[UUID | None, UUID | None],
    text: tuple[str, str] | None,
    due: tuple[datetime, bool],
    now: datetime,
) -> UUID | None:
    number = await tx.fetchval(NUMBER, quote.gmina_id)
    payer = await tx.fetchval(PAYER, *party)
    texts = text or (_text([line.text_pl for line in quote.lines]), _text([line.text_en for line in quote.lines]))
    sums = (quote.amount.net, quote.amount.vat, quote.deposit)
    place = (quote.gmina_id, quote.incubator_id)
    made: UUID | None = await tx.fetchval(ADD, *place, *subject, *party, payer, *texts, number, *sums, *due, now)
    return made


async def _begin(tx: Tx, charge_id: UUID, *, now: datetime, by: UUID | None, ask: bool) -> ChargeView:
    charge = await as_it_stands(tx, charge_id=charge_id)
    owed = (Account.RECEIVABLE, charge.gross), (Account.REVENUE, -charge.net), (Account.VAT_DUE, -charge.vat)
    await post(tx, charge, EntryKind.CHARGE, *owed, at=now, by=by)
    left = (Account.RECEIVABLE, charge.deposit), (Account.DEPOSITS, -charge.deposit)
    await post(tx, charge, EntryKind.DEPOSIT_CHARGED, *left, at=now, by=by)
    after = {"number": charge.number, "gross": charge.gross, "deposit": charge.deposit}
    await note(tx, charge, "owe", by=by, now=now, after=after)
    if ask:
        await write_to_payer(tx, charge, "please_pay", now=now, amount=charge.to_pay)
    return charge


def _text(lines: list[str]) -> str:
    """What it is for: the first line, and that there are more."""
    return f"{lines[0]} (+{len(lines) - 1})" if len(lines) > 1 else "".join(lines)
