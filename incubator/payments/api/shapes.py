"""What of payments is said in JSON alone."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar.params import QueryParameter

from incubator.db.engine import Tx
from incubator.payments.queries import payments_of, refunds_of
from incubator.payments.views import BankAccountView, ChargeView, PaymentView, RefundView
from incubator.people.guards import administrator, coordinator, scope, signed_in
from incubator.web.bodies import Body, Line, OptionalLine
from incubator.web.problems import problems

READ: dict[str, Any] = {
    "guards": [signed_in, scope("payments:read")],
    "responses": problems(401, 403, 404, 422),
}
DESK_READ: dict[str, Any] = {**READ, "guards": [coordinator, scope("payments:read")]}
DESK: dict[str, Any] = {
    "guards": [coordinator, scope("payments:write")],
    "responses": problems(401, 403, 404, 409, 412, 422),
}
BANK: dict[str, Any] = {
    "guards": [coordinator, scope("payments:write")],
    "responses": problems(401, 403, 404, 409, 410, 413, 422),
}
"""What carries no version."""
PAY: dict[str, Any] = {
    "guards": [signed_in, scope("payments:write")],
    "responses": problems(401, 403, 404, 409, 422, 503),
}
HOUSE: dict[str, Any] = {
    "guards": [administrator, scope("payments:write")],
    "responses": problems(401, 403, 404, 409, 422),
}
HOUSE_READ: dict[str, Any] = {**READ, "guards": [administrator, scope("payments:read")]}
Limit = Annotated[int, QueryParameter(ge=1, le=100, description="How many to give at most.")]
Grosz = Annotated[int, msgspec.Meta(ge=0, le=10_000_000_000)]


class Charges(msgspec.Struct, kw_only=True):
    """A page of charges; `next` goes on."""

    items: list[ChargeView]
    next: str | None


class ChargeInFull(msgspec.Struct, kw_only=True):
    """A charge with what came and what goes back. `title` is what to write in a transfer to `pay_to`, where the
    gmina has said where it is paid."""

    charge: ChargeView
    title: str
    pay_to: BankAccountView | None
    payments: list[PaymentView]
    refunds: list[RefundView]

    @property
    def version(self) -> int:
        return self.charge.version


class CameBody(Body, frozen=True):
    """A transfer that was seen on the bank's statement."""

    amount: Grosz
    received_on: date
    reference: OptionalLine = ""


class DepositBody(Body, frozen=True):
    """`keep` grosz stay with the gmina, for a `reason`."""

    keep: Grosz = 0
    reason: OptionalLine = ""


class MatchBody(Body, frozen=True):
    """What a transfer was for; without `amount` all that is left of it."""

    charge_id: UUID
    amount: Grosz | None = None


class AsideBody(Body, frozen=True):
    aside: bool


class AccountBody(Body, frozen=True):
    """`number` is that of a Polish account; it counts from `valid_from` on."""

    number: Line
    holder: Line
    valid_from: date
    nip: OptionalLine = ""


class StripeAccountBody(Body, frozen=True):
    """`account` is what Stripe calls it: acct_ and letters and digits."""

    account: Line


class RemindersBody(Body, frozen=True):
    """From `valid_from` on: so many days before it is due, after, and after for the last time."""

    valid_from: date
    before_days: Annotated[int, msgspec.Meta(ge=1, le=60)]
    late_days: Annotated[int, msgspec.Meta(ge=1, le=180)]
    last_days: Annotated[int, msgspec.Meta(ge=2, le=365)]


class SentBody(Body, frozen=True):
    done_on: date
    reference: OptionalLine = ""


async def in_full(tx: Tx, charge: ChargeView, pay_to: BankAccountView | None) -> ChargeInFull:
    return ChargeInFull(
        charge=charge,
        title=charge.title,
        pay_to=pay_to,
        payments=await payments_of(tx, charge_id=charge.id),
        refunds=await refunds_of(tx, charge_id=charge.id),
    )
