"""Stripe's own books of an account."""

from collections.abc import AsyncIterator
from datetime import datetime

import msgspec
from stripe.params import BalanceTransactionListParams

from incubator.payments.stripe.client import Stripe
from incubator.payments.stripe.seen import AccountSeen, PayoutSeen, TransactionSeen


async def transactions(
    stripe: Stripe, *, account: str, start: datetime, end: datetime
) -> AsyncIterator[TransactionSeen]:
    """What was booked from `start` to before `end`, newest first. Raises NotNow, Declined."""
    told: BalanceTransactionListParams = {
        "created": {"gte": int(start.timestamp()), "lt": int(end.timestamp())},
        "limit": 100,
    }
    async for one in _listed(stripe, account, told):
        yield one


async def transactions_of_payout(stripe: Stripe, *, account: str, payout_id: str) -> AsyncIterator[TransactionSeen]:
    """What a payout is made of, itself among it. Raises NotNow, Declined."""
    async for one in _listed(stripe, account, {"payout": payout_id, "limit": 100}):
        yield one


async def _listed(stripe: Stripe, account: str, told: BalanceTransactionListParams) -> AsyncIterator[TransactionSeen]:
    while True:
        found = await stripe.ask(
            lambda line: line.v1.balance_transactions.list_async(told, {"stripe_account": account})
        )
        for one in found.data:
            yield msgspec.convert(one.to_dict(), TransactionSeen)
        if not found.has_more:
            return
        told["starting_after"] = found.data[-1].id


async def retrieve_account(stripe: Stripe, account: str) -> AccountSeen:
    """Whether it may take payments. Raises NotNow, Declined."""
    found = await stripe.ask(lambda line: line.v1.accounts.retrieve_async(account))
    return msgspec.convert(found.to_dict(), AccountSeen)


async def retrieve_payout(stripe: Stripe, *, account: str, payout_id: str) -> PayoutSeen:
    """Raises NotNow, Declined."""
    found = await stripe.ask(lambda line: line.v1.payouts.retrieve_async(payout_id, None, {"stripe_account": account}))
    return msgspec.convert(found.to_dict(), PayoutSeen)
