"""What of a pass is earned, and what goes back. Pure."""

from datetime import datetime, timedelta

from incubator.kernel.money import Amount, part

GIVE_BACK_WITHIN = timedelta(days=14)
"""From the moment it is paid, for who bought it and has drawn nothing."""


def earned(net: int, *, drawn: int, of: int) -> int:
    """What of the net price is earned once so much is drawn: rounded as a whole, so that all drawn is all of it, however
    often somebody drew."""
    return part(net, drawn, of)


def left_of(price: Amount, *, drawn: int, of: int) -> Amount:
    """What of the price stands for what is not drawn, net and tax each by itself."""
    return Amount(price.net - part(price.net, drawn, of), price.vat - part(price.vat, drawn, of))


def may_give_back(*, live_at: datetime, drawn: int, now: datetime) -> bool:
    """Whether who bought it may still do it without the desk."""
    return not drawn and now < live_at + GIVE_BACK_WITHIN
