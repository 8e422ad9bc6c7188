"""Whether what is asked for can be paid online at all."""

from incubator.bookings.pay_rules import PayBy
from incubator.payments.stripe.want_checkout import NotConnected
from incubator.people.forms import Ask


def must_be_on(request: Ask, pay_by: PayBy | None) -> None:
    """Raises NotConnected."""
    if pay_by == PayBy.ONLINE and not request.app.state.till.on:
        raise NotConnected()
