"""What of a pass is earned, and what goes back. Pure."""

from datetime import date, datetime, timedelta

from incubator.kernel.money import Amount, part
from incubator.kernel.period import WARSAW, local_midnight

GIVE_BACK_DAYS = 14
"""After the day on which it is paid, to the end of the last of them (ustawa o prawach konsumenta, art. 27)."""


def earned(net: int, *, drawn: int, of: int) -> int:
    """What of the net price is earned once so much is drawn: rounded as a whole, so that all drawn is all of it, however
    often somebody drew."""
    return part(net, drawn, of)


def left_of(price: Amount, *, drawn: int, of: int) -> Amount:
    """What of the price stands for what is not drawn, net and tax each by itself."""
    return Amount(price.net - part(price.net, drawn, of), price.vat - part(price.vat, drawn, of))


def last_day_to_give_back(live_at: datetime) -> date:
    """In Warsaw; to its end who bought it may give it back."""
    return live_at.astimezone(WARSAW).date() + timedelta(days=GIVE_BACK_DAYS)


def give_back_until(live_at: datetime) -> datetime:
    """The first moment at which who bought it may give it back no more."""
    return local_midnight(last_day_to_give_back(live_at) + timedelta(days=1))


def may_give_back(*, live_at: datetime, drawn: int, a_person: bool, now: datetime) -> bool:
    """Whether who bought it may still do it without the desk: an organisation while nothing is drawn; a private person
    also what is left, for consumers pay what they used (the same law, art. 35)."""
    return (a_person or not drawn) and now < give_back_until(live_at)
