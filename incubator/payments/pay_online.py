"""Pay a charge by card, BLIK or Przelewy24."""

from datetime import datetime, timedelta
from uuid import UUID

from incubator.db.engine import Tx
from incubator.kernel.errors import N_, Conflict
from incubator.payments.locked import locked
from incubator.payments.queries import charge_for
from incubator.payments.stripe.tells import Begins
from incubator.payments.stripe.till import Till
from incubator.payments.stripe.want_checkout import (
    ACCOUNT,
    LEAST,
    MOST,
    SHORTEST,
    NotConnected,
    NotPayableOnline,
    Order,
    want_checkout,
)
from incubator.payments.under_way import paying_until
from incubator.payments.views import ChargeView
from incubator.people.actor import Actor

OPEN_FOR = timedelta(hours=2)
ITS_PAYER = "SELECT account_id FROM checkout WHERE id = $1"
EMAIL = "SELECT email FROM account WHERE id = $1"


class NothingToPay(Conflict):
    """It is paid, or was called off."""

    code = "nothing_to_pay"
    sentence = N_("Nothing is to be paid here any more.")


class TooLateToPay(Conflict):
    """Its time is over: what it is for is given up, or will be in a moment."""

    code = "too_late_to_pay"
    sentence = N_("The time to pay this is over, and what it was for is given back to others.")


class AnotherPays(Conflict):
    """A checkout is for who began it alone, and there is one at a time."""

    code = "another_pays"
    sentence = N_(
        "Somebody else has begun to pay this by card or BLIK. If they do not finish, you can two hours after they began."
    )


async def pay_online(tx: Tx, *, till: Till, actor: Actor, charge_id: UUID, locale: str, now: datetime) -> UUID:
    """The checkout by which what is outstanding can be paid; the one that is open, if one is. Raises NoSuchCharge,
    NothingToPay, TooLateToPay, AnotherPays, StripeOff, NotConnected, NotPayableOnline."""
    until = _open_until(await charge_for(tx, actor=actor, charge_id=charge_id), now)
    for on_begins in till.listeners.begins:
        await on_begins(tx, told=Begins(charge_id=charge_id, until=until), now=now)
    charge = await locked(tx, charge_id=charge_id)
    if not charge.to_pay:
        raise NothingToPay()
    if charge.lapses and charge.due_at <= now and await paying_until(tx, charge_id=charge_id) is None:
        raise TooLateToPay()
    order = Order(
        charge_id=charge.id,
        gmina_id=charge.gmina_id,
        account_id=actor.account_id,
        amount=charge.to_pay,
        text=f"{charge.text_en if locale == 'en' else charge.text_pl} ({charge.title})",
        locale=locale,
        email=await tx.fetchval(EMAIL, actor.account_id) or "",
        back=f"/payments/{charge.id}",
    )
    checkout_id = await want_checkout(tx, till=till, order=order, until=until, now=now)
    if await tx.fetchval(ITS_PAYER, checkout_id) != actor.account_id:
        raise AnotherPays()
    return checkout_id


def _open_until(charge: ChargeView, now: datetime) -> datetime:
    """What is given up when it is not paid in time is not kept longer by beginning to pay late: no longer than the
    shortest checkout takes."""
    longest = now + OPEN_FOR
    return min(longest, max(charge.due_at, now + SHORTEST)) if charge.lapses else longest


async def must_be_payable_online(tx: Tx, *, gmina_id: UUID, amount: int) -> None:
    """Whether a checkout could be had for it, if Stripe is on. Raises NotConnected, NotPayableOnline."""
    if not LEAST <= amount <= MOST:
        raise NotPayableOnline(amount)
    if await tx.fetchval(ACCOUNT, gmina_id) is None:
        raise NotConnected()


async def takes_cards(tx: Tx, *, till: Till, gmina_id: UUID) -> bool:
    """Whether the gmina can be paid so."""
    return till.on and await tx.fetchval(ACCOUNT, gmina_id) is not None
