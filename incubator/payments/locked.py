"""A charge under a lock, for whoever changes it. Locks are taken in one order: checkout, charge, line of the bank."""

from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.kernel.errors import N_, NotFound
from incubator.payments.reading import CHARGE, FROM, charge_of
from incubator.payments.stripe.end_checkout import call_off_checkouts
from incubator.payments.views import ChargeView
from incubator.people.actor import Actor
from incubator.web.etags import must_be_current

LOCKED = f"SELECT {CHARGE} FROM {FROM} WHERE charge.id = $1 FOR UPDATE OF charge"
NOW_OWED = f"SELECT {CHARGE} FROM {FROM} WHERE charge.id = $1"
SETTLE = """
UPDATE charge SET state = $2, paid_at = CASE WHEN $2 = 'open' THEN NULL WHEN $2 = 'paid' THEN coalesce(paid_at, $3)
    ELSE paid_at END, version = version + 1
WHERE id = $1
"""


class NoSuchCharge(NotFound):
    """No charge, or one that who asks may not know of."""

    code = "no_such_charge"
    sentence = N_("There is no such payment.")


async def locked(tx: Tx, *, charge_id: UUID) -> ChargeView:
    """Raises NoSuchCharge."""
    row = await tx.fetchrow(LOCKED, charge_id)
    if row is None:
        raise NoSuchCharge()
    return charge_of(row)


async def locked_to_settle(tx: Tx, *, charge_id: UUID, now: datetime) -> ChargeView:
    """The charge before less is owed of it: what is open at Stripe would take too much, and is called off. Raises
    NoSuchCharge."""
    await call_off_checkouts(tx, charge_id=charge_id, now=now)
    charge = await locked(tx, charge_id=charge_id)
    # Again, for one that was begun while this waited for the charge.
    await call_off_checkouts(tx, charge_id=charge_id, now=now)
    return charge


async def locked_at_desk(tx: Tx, *, actor: Actor, charge_id: UUID, seen: int | None = None) -> ChargeView:
    """For a coordinator of its gmina. Raises NoSuchCharge, ChangedMeanwhile."""
    charge = await locked(tx, charge_id=charge_id)
    if charge.gmina_id not in actor.coordinates and not actor.is_administrator:
        raise NoSuchCharge()
    must_be_current(charge.version, seen)
    return charge


async def as_it_stands(tx: Tx, *, charge_id: UUID) -> ChargeView:
    """The charge after what was done to it in this transaction."""
    row = await tx.fetchrow(NOW_OWED, charge_id)
    assert row is not None
    return charge_of(row)


async def set_state(tx: Tx, *, charge_id: UUID, state: str, now: datetime) -> ChargeView:
    await tx.execute(SETTLE, charge_id, state, now)
    return await as_it_stands(tx, charge_id=charge_id)
