"""Until when a booking that is paid first is kept for who pays. Pure."""

from datetime import datetime, timedelta
from enum import StrEnum


class PayBy(StrEnum):
    """By card, BLIK or Przelewy24, or by a bank transfer."""

    ONLINE = "online"
    TRANSFER = "transfer"


ONLINE_WITHIN = timedelta(hours=1)
AT_LEAST = timedelta(minutes=30)
A_TRANSFER_TAKES = timedelta(days=3)
"""A bank's two working days, and a night: what begins sooner is hardly paid in time by a transfer."""
AFTER_CHECKOUT = timedelta(minutes=5)
"""What Stripe tells at the very end of a checkout is heard a little later."""


def pay_until(*, pay_by: PayBy, due_days: int, begins: datetime, now: datetime) -> datetime:
    """An hour for who pays online, `due_days` for a transfer; never past its beginning, but for half an hour."""
    wanted = now + (ONLINE_WITHIN if pay_by == PayBy.ONLINE else timedelta(days=due_days))
    return max(min(wanted, begins), now + AT_LEAST)


def transfer_is_late(*, begins: datetime, now: datetime) -> bool:
    """Whether a transfer would hardly arrive before it begins."""
    return begins < now + A_TRANSFER_TAKES
