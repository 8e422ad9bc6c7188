"""What the jobs of Stripe work with: the line to it, and who is told."""

from dataclasses import dataclass

from incubator.kernel.errors import N_, Unavailable
from incubator.payments.stripe.client import NotNow, Stripe
from incubator.payments.stripe.tells import Listeners

OPEN_CHECKOUT = "open_checkout"
ASK_CHECKOUT = "ask_checkout"
END_CHECKOUT = "end_checkout"
WORK_EVENT = "work_stripe_event"
SEND_REFUND = "send_refund"
ASK_REFUND = "ask_refund"
ASK_ACCOUNT = "ask_stripe_account"
RECONCILE = "reconcile_stripe_day"


class StripeOff(Unavailable):
    """No key is set: one pays by transfer."""

    code = "stripe_off"
    sentence = N_("Payments by card and BLIK are not set up here. Please pay by transfer.")


@dataclass(frozen=True, slots=True)
class Till:
    """Without a line Stripe is off. `address` is the house's own, where people come back to. `secrets` sign what
    Stripe sends; more than one while they are being changed."""

    stripe: Stripe | None
    listeners: Listeners
    address: str
    secrets: tuple[str, ...] = ()

    @property
    def on(self) -> bool:
        return self.stripe is not None

    @property
    def line(self) -> Stripe:
        """Raises NotNow where Stripe is off: what waits is done once it is on again."""
        if self.stripe is None:
            raise NotNow("Stripe is off")
        return self.stripe

    async def close(self) -> None:
        if self.stripe is not None:
            await self.stripe.close()
