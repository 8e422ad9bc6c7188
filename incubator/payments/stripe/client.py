"""The one line to Stripe. Every call goes through `Stripe.ask`, which refuses to be used inside a transaction
and says in three words what came of it: an answer, `NotNow`, `Unsure` or `Declined`."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TypeVar

import stripe
from stripe import HTTPXClient, StripeClient

from incubator.db.engine import within_transaction

T = TypeVar("T")

API_VERSION = "2026-10-28.endive"
"""What our parameters and readers were written for; the webhook endpoint at Stripe has to name the same."""
PATIENCE = 10.0
"""Seconds that one request may take."""
RETRIES = 2
KEPT = timedelta(hours=20)
"""Stripe forgets an idempotency key after a day. What is older is looked for before it is asked for."""


class NotNow(Exception):
    """Ask again later, under the same key: the line broke, Stripe is busy, or our key is being changed."""


class Unsure(Exception):
    """Stripe failed in the midst and keeps that answer under the key, so nobody knows whether it was done."""


class Declined(Exception):
    """Stripe will not, and will say the same again. `about` is the parameter that it does not like."""

    def __init__(self, reason: str, *, code: str, about: str) -> None:
        super().__init__(reason)
        self.reason, self.code, self.about = reason, code, about


@dataclass(frozen=True, slots=True)
class Stripe:
    """An open line. The key stays out of everything that is printed."""

    client: StripeClient = field(repr=False)
    http: HTTPXClient = field(repr=False)

    async def ask(self, call: Callable[[StripeClient], Awaitable[T]]) -> T:
        """What `call` answers. Raises NotNow, Unsure, Declined."""
        assert not within_transaction(), "nothing outside is called while a transaction is open"
        try:
            return await call(self.client)
        except stripe.StripeError as error:
            raise _meant(error) from None

    async def close(self) -> None:
        close: Callable[[], Awaitable[None]] = self.http.close_async
        await close()


def open_stripe(key: str, *, address: str = "", patience: float = PATIENCE, retries: int = RETRIES) -> Stripe:
    """A line to Stripe, or to what answers at `address` in its place."""
    http = HTTPXClient(timeout=patience)
    client = StripeClient(
        key,
        stripe_version=API_VERSION,
        http_client=http,
        max_network_retries=retries,
        base_addresses={"api": address} if address else None,
    )
    return Stripe(client, http)


def _meant(error: stripe.StripeError) -> Exception:
    status, headers = error.http_status or 0, error.headers or {}
    said = error.user_message or type(error).__name__
    if status >= 500 and headers.get("idempotent-replayed") == "true":
        return Unsure(said)
    # 401: the key is wrong or was rolled, which its keeper mends; nothing was done meanwhile.
    if status in {0, 401, 409, 429} or status >= 500:
        return NotNow(f"{type(error).__name__} {status or ''}".strip())
    told = error.error  # of some kinds of error the SDK knows the code only here
    return Declined(said, code=(told.code if told else None) or "", about=(told.param if told else None) or "")
