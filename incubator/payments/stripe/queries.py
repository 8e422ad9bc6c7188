"""Who sees what of Stripe: a payer their own checkouts, a coordinator what is of their gmina's account."""

from uuid import UUID

from incubator.db.engine import Tx
from incubator.kernel.errors import N_, NotFound
from incubator.payments.stripe.compare import Kind
from incubator.payments.stripe.states import PayoutState, State
from incubator.payments.stripe.views import (
    AccountView,
    CheckoutView,
    DayView,
    DifferenceView,
    PayoutView,
    StrangeView,
    StripeDesk,
)
from incubator.people.actor import Actor


class NoSuchCheckout(NotFound):
    """There is none, or it is somebody else's."""

    code = "no_such_checkout"
    sentence = N_("There is no such payment.")


class NoSuchDay(NotFound):
    """A day of another gmina, or none."""

    code = "no_such_stripe_day"
    sentence = N_("This day was not compared with Stripe.")


CHECKOUT = """
SELECT checkout.id, state, amount, text, CASE WHEN unwanted_at IS NULL THEN url END AS url, expires_at, paid_at, method,
    back, gmina.name AS gmina_name
FROM checkout JOIN gmina ON gmina.id = gmina_id WHERE checkout.id = $1 AND account_id = $2
"""
ACCOUNT = "SELECT account, charges_since, asked_at, error, version FROM stripe_account WHERE gmina_id = $1"
DAYS = "SELECT id, day, done_at, error FROM stripe_day WHERE gmina_id = $1 ORDER BY day DESC, id LIMIT 31"
DIFFERENCES = """
SELECT day_id, kind, what, source, theirs, ours FROM stripe_difference WHERE day_id = ANY ($1) ORDER BY kind, what, id
"""
STRANGE = """
SELECT stripe_id, account, type, received_at, error FROM stripe_event
WHERE error <> '' AND (
    account IN (SELECT account FROM stripe_account WHERE gmina_id = $1 UNION SELECT account FROM checkout WHERE gmina_id = $1)
    OR $2 AND error = 'UnknownAccount')
ORDER BY received_at DESC, id LIMIT 50
"""
FAILED = """
SELECT count(*) FROM stripe_refund JOIN checkout ON checkout.id = checkout_id
WHERE gmina_id = $1 AND stripe_refund.state = 'failed'
"""
UNANSWERED = "SELECT count(*) FROM checkout WHERE gmina_id = $1 AND state IN ('open', 'paid') AND error <> ''"
PAYOUTS = """
SELECT id, stripe_id, amount, state, arrives_on, sent_at, made_of, error FROM stripe_payout
WHERE gmina_id = $1 ORDER BY sent_at DESC, id DESC LIMIT 20
"""
DAY_OF_GMINA = "SELECT EXISTS (SELECT FROM stripe_day WHERE id = $1 AND gmina_id = $2)"


async def own_checkout(tx: Tx, *, actor: Actor, checkout_id: UUID) -> CheckoutView:
    """Raises NoSuchCheckout."""
    row = await tx.fetchrow(CHECKOUT, checkout_id, actor.account_id)
    if row is None:
        raise NoSuchCheckout()
    return CheckoutView(**{**row, "state": State(row["state"])})


async def stripe_desk(tx: Tx, *, actor: Actor, gmina_id: UUID) -> StripeDesk:
    """For who coordinates the gmina, which the page has seen to."""
    account = await tx.fetchrow(ACCOUNT, gmina_id)
    days = await tx.fetch(DAYS, gmina_id)
    differences: dict[UUID, list[DifferenceView]] = {row["id"]: [] for row in days}
    for row in await tx.fetch(DIFFERENCES, list(differences)):
        told = {name: row[name] for name in ("what", "source", "theirs", "ours")}
        differences[row["day_id"]].append(DifferenceView(kind=Kind(row["kind"]), **told))
    strange = await tx.fetch(STRANGE, gmina_id, actor.is_administrator)
    return StripeDesk(
        account=AccountView(**account) if account else None,
        days=tuple(DayView(**row, differences=tuple(differences[row["id"]])) for row in days),
        strange=tuple(StrangeView(**row) for row in strange),
        payouts=tuple(
            PayoutView(**{**row, "state": PayoutState(row["state"])}) for row in await tx.fetch(PAYOUTS, gmina_id)
        ),
        failed_refunds=await tx.fetchval(FAILED, gmina_id),
        unanswered=await tx.fetchval(UNANSWERED, gmina_id),
    )


async def day_of_gmina(tx: Tx, *, day_id: UUID, gmina_id: UUID) -> None:
    """Raises NoSuchDay."""
    if not await tx.fetchval(DAY_OF_GMINA, day_id, gmina_id):
        raise NoSuchDay()
