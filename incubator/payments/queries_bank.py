"""The account that a gmina is paid on, and the lines of its bank."""

from datetime import date, datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.kernel.period import WARSAW
from incubator.payments.reading import LINE, line_of
from incubator.payments.views import BankAccountView, BankLineView

ACCOUNTS = """
SELECT id, gmina_id, iban, holder, nip, valid_from FROM bank_account WHERE gmina_id = $1 ORDER BY valid_from DESC
"""
IN_FORCE = """
SELECT id, gmina_id, iban, holder, nip, valid_from FROM bank_account
WHERE gmina_id = $1 AND valid_from <= $2 ORDER BY valid_from DESC LIMIT 1
"""
LINES = f"""
SELECT {LINE} FROM bank_line WHERE gmina_id = $1 AND ($2::text IS NULL OR state = $2)
    AND ($3::date IS NULL OR (booked_on, id) < ($3, $4::uuid))
ORDER BY booked_on DESC, id DESC LIMIT $5
"""
ONE = f"SELECT {LINE} FROM bank_line WHERE id = $1 FOR UPDATE"


async def bank_account_on(tx: Tx, *, gmina_id: UUID, now: datetime) -> BankAccountView | None:
    """Where the gmina is paid on this day; None where it has not said."""
    day: date = now.astimezone(WARSAW).date()
    row = await tx.fetchrow(IN_FORCE, gmina_id, day)
    return BankAccountView(**row) if row is not None else None


async def bank_accounts(tx: Tx, *, gmina_id: UUID) -> list[BankAccountView]:
    """All that the gmina was, is and will be paid on, the latest first."""
    return [BankAccountView(**row) for row in await tx.fetch(ACCOUNTS, gmina_id)]


async def bank_lines(
    tx: Tx, *, gmina_id: UUID, state: str | None, after: tuple[date, UUID] | None = None, limit: int = 50
) -> list[BankLineView]:
    """Transfers that came in, the latest first."""
    day, key = after or (None, None)
    return [line_of(row) for row in await tx.fetch(LINES, gmina_id, state, day, key, limit)]


async def locked_line(tx: Tx, *, line_id: UUID) -> BankLineView | None:
    row = await tx.fetchrow(ONE, line_id)
    return line_of(row) if row is not None else None
