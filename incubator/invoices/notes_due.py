"""Issue accounting notes, for what no invoice tells of: what was charged outside the scope of the tax, and what of a
deposit was kept. They are numbered of their own and are not sent to KSeF.

Whatever moves a charge, what its notes come to is brought to what is kept of it: the first note says it, one after a
refund says by how much it became less.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import msgspec

from incubator.db.engine import Tx
from incubator.db.history import record
from incubator.invoices.document import Address, Buyer
from incubator.invoices.issuing import Number
from incubator.invoices.note_document import NoteDocument, NoteKind, NoteLine
from incubator.invoices.outside import KEPT
from incubator.invoices.parties import buyer_of, seller_on, unit_that_issues
from incubator.invoices.tell import tell_of_note
from incubator.kernel.ids import uuid7
from incubator.kernel.money import Vat
from incubator.kernel.period import WARSAW
from incubator.payments.locked import as_it_stands
from incubator.payments.views import ChargeView
from incubator.pricing.keep_quote import kept_quote

MOST = 200
DUE = f"""
WITH {KEPT}, said AS (
    SELECT charge_id, kind, sum(amount)::bigint AS total, max(turn) AS turn FROM accounting_note GROUP BY charge_id, kind
), wanted AS (
    SELECT id, gmina_id, 'out_of_scope' AS kind, outside AS total FROM kept
    UNION ALL SELECT id, gmina_id, 'deposit', deposit_kept FROM kept
), seller AS (
    SELECT DISTINCT gmina_id FROM invoice_seller WHERE from_day <= $2
)
SELECT wanted.id, wanted.kind, wanted.total - coalesce(said.total, 0) AS amount, coalesce(said.total, 0) AS before,
    coalesce(turn, 0) + 1 AS turn
FROM wanted JOIN seller USING (gmina_id) LEFT JOIN said ON charge_id = wanted.id AND said.kind = wanted.kind
WHERE wanted.total <> coalesce(said.total, 0) AND ($1::uuid[] IS NULL OR wanted.id = ANY($1))
ORDER BY wanted.id, wanted.kind LIMIT $3
"""
# All are locked before the first number is taken; who moves one of them goes first.
LOCK = "SELECT id FROM charge WHERE id = ANY($1::uuid[]) ORDER BY id FOR UPDATE SKIP LOCKED"
NEXT = """
INSERT INTO note_series (gmina_id, incubator_id, year, prefix, last, last_on)
SELECT $1, id, extract(year FROM $3::date)::integer, 'NK/' || code, 1, $3 FROM incubator WHERE id = $2
ON CONFLICT (gmina_id, incubator_id, year) DO UPDATE
    SET last = note_series.last + 1, last_on = greatest(note_series.last_on, excluded.last_on)
RETURNING prefix, year, last AS n, last_on AS issued_on
"""
KEEP = """
INSERT INTO accounting_note (id, gmina_id, incubator_id, year, n, number, kind, turn, charge_id, account_id,
    organisation_id, issued_on, amount, document, created_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14::text::jsonb, $15)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """By so much the notes of a kind about a charge have to change; `before` is what they come to."""

    id: UUID
    kind: str
    amount: int
    before: int
    turn: int


async def notes_due(tx: Tx, *, now: datetime) -> None:
    """Comes round. A gmina that has not said how it names itself waits."""
    today = now.astimezone(WARSAW).date()
    found = await tx.fetch(DUE, None, today, MOST)
    locked = [row["id"] for row in await tx.fetch(LOCK, [row["id"] for row in found])]
    for row in await tx.fetch(DUE, locked, today, MOST) if locked else ():
        await _note(tx, Due(**row), now)


async def _note(tx: Tx, due: Due, now: datetime) -> None:
    charge = await as_it_stands(tx, charge_id=due.id)
    document = await _document(tx, charge, due, now)
    today = now.astimezone(WARSAW).date()
    row = await tx.fetchrow(NEXT, charge.gmina_id, charge.incubator_id, today)
    assert row is not None, "a charge is of an incubator"
    key, number = uuid7(), Number(**row)
    await _keep(tx, key, number, charge, due, document, now)
    await record(
        tx,
        now=now,
        actor_id=None,
        verb="issue_note",
        subject_kind="charge",
        subject_id=charge.id,
        gmina_id=charge.gmina_id,
        after={"number": str(number), "kind": due.kind, "amount": due.amount},
    )
    await tell_of_note(tx, charge=charge, number=str(number), day=number.issued_on, note_id=key, now=now)


async def _keep(
    tx: Tx, key: UUID, number: Number, charge: ChargeView, due: Due, document: NoteDocument, now: datetime
) -> None:
    account = None if charge.organisation_id else charge.account_id
    place, party = (charge.gmina_id, charge.incubator_id), (account, charge.organisation_id)
    numbered = (number.year, number.n, str(number))
    told = msgspec.json.encode(document).decode()
    about = (due.kind, due.turn, charge.id)
    await tx.execute(KEEP, key, *place, *numbered, *about, *party, number.issued_on, due.amount, told, now)


async def _document(tx: Tx, charge: ChargeView, due: Due, now: datetime) -> NoteDocument:
    account = None if charge.organisation_id else charge.account_id
    named = await buyer_of(tx, account_id=account, organisation_id=charge.organisation_id)
    return NoteDocument(
        seller=await seller_on(tx, gmina_id=charge.gmina_id, day=now.astimezone(WARSAW).date()),
        unit=await unit_that_issues(tx, incubator_id=charge.incubator_id),
        buyer=named[0] if named else Buyer(name=charge.payer, address=Address(line1="")),
        title=charge.title,
        lines=await _lines(tx, charge, due),
        before=due.before,
    )


async def _lines(tx: Tx, charge: ChargeView, due: Due) -> tuple[NoteLine, ...]:
    if due.kind == NoteKind.DEPOSIT:
        return (NoteLine(text_pl=f"Zatrzymana kaucja: {charge.deposit_reason}", amount=due.amount),)
    quote = await kept_quote(tx, quote_id=charge.quote_id)
    lines = tuple(
        NoteLine(text_pl=one.text_pl, amount=one.amount.gross)
        for one in quote.lines
        if one.vat is Vat.OUT_OF_SCOPE and one.amount.gross
    )
    if sum(line.amount for line in lines) == due.amount:
        return lines
    whole = ", ".join(line.text_pl for line in lines)
    return (NoteLine(text_pl=f"{whole} (zwrot)" if due.before else whole, amount=due.amount),)
