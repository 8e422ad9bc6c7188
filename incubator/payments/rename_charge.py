"""Say anew what a charge is for, where the thing is elsewhere now and costs the same."""

from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.payments.locked import as_it_stands
from incubator.payments.tell import note

RENAME = """
UPDATE charge SET text_pl = $3, text_en = $4, quote_id = coalesce($5, quote_id), version = version + 1
WHERE subject_kind = $1 AND subject_id = $2 AND state <> 'cancelled' AND reason = ''
    AND (text_pl, text_en, quote_id) <> ($3, $4, coalesce($5, quote_id))
RETURNING id
"""


async def rename_charge(
    tx: Tx,
    *,
    subject_kind: str,
    subject_id: UUID,
    text: tuple[str, str],
    quote_id: UUID | None = None,
    by: UUID | None,
    now: datetime,
) -> None:
    """Of what stands of the subject; `text` in Polish and English, and the quote of the same sums that says by which
    lines."""
    for row in await tx.fetch(RENAME, subject_kind, subject_id, *text, quote_id):
        charge = await as_it_stands(tx, charge_id=row["id"])
        await note(tx, charge, "rename", by=by, now=now, after={"text_pl": charge.text_pl, "text_en": charge.text_en})
