"""The books month by month, as a treasurer asks for them: where each account stood, what moved, where it stands."""

from collections.abc import Iterator
from datetime import date, timedelta
from uuid import UUID

from incubator.db.engine import Tx
from incubator.ledger.queries import as_period, balances
from incubator.ledger.states import Account
from incubator.ledger.views import MonthBalance, Span

MOVED = """
SELECT date_trunc('month', at AT TIME ZONE 'Europe/Warsaw')::date AS month, account,
    coalesce(sum(amount) FILTER (WHERE amount > 0), 0)::bigint AS debit,
    coalesce(-sum(amount) FILTER (WHERE amount < 0), 0)::bigint AS credit
FROM entry JOIN posting ON entry_id = entry.id WHERE gmina_id = $1 AND at >= $2 AND at < $3 GROUP BY 1, 2
"""


async def months_of(tx: Tx, *, gmina_id: UUID, span: Span) -> list[MonthBalance]:
    """Each month in the days of `span`, the first and the last as far as they are in it, and in it each account that
    holds something or moved."""
    period = as_period(span)
    rows = await tx.fetch(MOVED, gmina_id, period.start, period.end)
    moved = {(row["month"], row["account"]): (row["debit"], row["credit"]) for row in rows}
    stood = {one.account: one.opening for one in await balances(tx, gmina_id=gmina_id, span=span)}
    told: list[MonthBalance] = []
    for first, last in _months(span):
        for account in Account:
            opening, (debit, credit) = stood[account], moved.get((first.replace(day=1), account.value), (0, 0))
            stood[account] = opening + debit - credit
            if opening or debit or credit:
                told.append(
                    MonthBalance(
                        first=first,
                        last=last,
                        account=account,
                        opening=opening,
                        debit=debit,
                        credit=credit,
                        closing=stood[account],
                    )
                )
    return told


def _months(span: Span) -> Iterator[tuple[date, date]]:
    """The first and the last day of each, within the span."""
    first, end = span.first, max(span.first, span.last)
    while first <= end:
        following = (first.replace(day=28) + timedelta(days=4)).replace(day=1)
        yield first, min(end, following - timedelta(days=1))
        first = following
