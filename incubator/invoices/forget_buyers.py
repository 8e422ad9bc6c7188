"""Take people out of what is kept for invoices: whom they should name at once, the invoices when the law allows."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.people.actor import Actor

FORGET = "DELETE FROM invoice_buyer WHERE account_id = $1"
WIND_UP = "DELETE FROM invoice_buyer WHERE organisation_id = $1"
# The trigger that keeps invoices knows the same day.
EMPTY = """
UPDATE invoice SET forgotten_at = $1, document = jsonb_set(
    CASE WHEN document #> '{corrected,buyer}' IS NULL THEN document ELSE jsonb_set(document, '{corrected,buyer}', 'null') END,
    '{buyer}', '{"name": "", "address": {"line1": "", "line2": ""}}'
)
WHERE account_id IS NOT NULL AND forgotten_at IS NULL AND make_date(year + 7, 1, 1) <= $1::date
"""
NOTES = """
UPDATE accounting_note SET forgotten_at = $1,
    document = jsonb_set(document, '{buyer}', '{"name": "", "address": {"line1": "", "line2": ""}}')
WHERE account_id IS NOT NULL AND forgotten_at IS NULL AND make_date(year + 7, 1, 1) <= $1::date
"""
FILES = "DELETE FROM invoice_file USING invoice WHERE invoice.id = invoice_id AND forgotten_at IS NOT NULL"


async def forget_buyer(tx: Tx, *, actor: Actor, now: datetime) -> None:
    """For an erasure: whom new invoices would name. Those that were issued have to be kept."""
    await tx.execute(FORGET, actor.account_id)


async def wind_up_buyer(
    tx: Tx, *, actor: Actor, organisation_id: UUID, members: Collection[UUID], now: datetime
) -> None:
    """For the end of an organisation."""
    await tx.execute(WIND_UP, organisation_id)


async def forget_buyers(tx: Tx, *, now: datetime) -> None:
    """Name and address of people on invoices that no law asks to be kept any longer, with their files; the sums stay."""
    await tx.execute(EMPTY, now)
    await tx.execute(FILES)
    await tx.execute(NOTES, now)
