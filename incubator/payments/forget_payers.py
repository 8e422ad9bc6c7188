"""Names and accounts of payers go once the law on accounting asks for them no more: five years after the end of the
year (ustawa o rachunkowości, art. 74 ust. 2). Amounts, days and numbers stay, and tell of nobody."""

from datetime import date, datetime

from incubator.db.engine import Tx
from incubator.kernel.period import WARSAW, local_midnight

YEARS = 5
# What is still owed is kept for as long as it is.
CHARGES = """
UPDATE charge SET payer = '', deposit_reason = CASE WHEN deposit_reason = '' THEN '' ELSE '-' END
WHERE created_at < $1 AND state <> 'open' AND (payer <> '' OR deposit_reason NOT IN ('', '-'))
"""
LINES = """
UPDATE bank_line SET payer = '', iban = '', title = '', forgotten_at = $2 WHERE booked_on < $1 AND forgotten_at IS NULL
"""


async def forget_payers(tx: Tx, *, now: datetime) -> None:
    """Comes round each night; there is something to do at the turn of the year."""
    first = date(now.astimezone(WARSAW).year - YEARS, 1, 1)
    await tx.execute(CHARGES, local_midnight(first))
    await tx.execute(LINES, first, now)
