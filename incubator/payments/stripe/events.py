"""Events as they come in: proven to be Stripe's by their signature, and read as far as we look."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import msgspec
import stripe

from incubator.kernel.errors import N_, Refusal
from incubator.payments.stripe.seen import moment_of


class NotOfStripe(Refusal):
    """The signature does not fit, or is too old: somebody else sent it. 400, as Stripe expects."""

    code = "not_of_stripe"
    sentence = N_("This message is not signed as Stripe signs.")


class Data(msgspec.Struct, frozen=True):
    object: dict[str, Any]


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """`account` is empty where the event is about the platform itself."""

    id: str
    type: str
    created: int
    data: Data
    account: str = ""
    api_version: str | None = None

    @property
    def at(self) -> datetime:
        return moment_of(self.created)


def verified(body: bytes, *, signature: str, secrets: Iterable[str]) -> Event:
    """The event in `body`, signed with one of `secrets` within the last five minutes. Raises NotOfStripe."""
    if not any(_signed(body, signature, secret) for secret in secrets):
        raise NotOfStripe()
    try:
        return msgspec.json.decode(body, type=Event)
    except msgspec.MsgspecError:
        raise NotOfStripe() from None


def _signed(body: bytes, signature: str, secret: str) -> bool:
    try:
        stripe.WebhookSignature.verify_header(body, signature, secret, stripe.Webhook.DEFAULT_TOLERANCE)
    except (stripe.SignatureVerificationError, ValueError, TypeError):  # a header or body that is no text
        return False
    return True
