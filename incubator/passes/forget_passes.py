"""End the passes of who leaves the house, or of an organisation that is closed: what waits to be paid is called off, and
what is not drawn is given back, for nobody keeps money for what nobody can use.

After what was booked has been called off, which returns what it drew."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from incubator.db.engine import Tx
from incubator.passes.give_back_pass import give_back_left
from incubator.passes.go_live import go_live
from incubator.passes.lapse import withdraw
from incubator.passes.queries import pass_as_it_is
from incubator.passes.settle_pass import locked_pass
from incubator.passes.states import PassState
from incubator.payments.locked import locked_to_settle
from incubator.payments.states import ChargeState
from incubator.people.actor import Actor

STANDING = """
SELECT id FROM pass_bought WHERE (account_id = $1 OR organisation_id = $1) AND state IN ('ordered', 'active', 'given_back') ORDER BY id
"""
GOOD = frozenset({PassState.ACTIVE, PassState.GIVEN_BACK})
"""States in which a pass can be drawn on while anything is left of it."""


async def forget_passes(tx: Tx, *, actor: Actor, now: datetime) -> None:
    """For an erasure."""
    await _end(tx, actor.account_id, actor, now)


async def wind_up_passes(
    tx: Tx, *, actor: Actor, organisation_id: UUID, members: Collection[UUID], now: datetime
) -> None:
    """For the end of an organisation."""
    await _end(tx, organisation_id, actor, now)


async def _end(tx: Tx, holder_id: UUID, actor: Actor, now: datetime) -> None:
    """Of one that was given back before, what has been returned to it since."""
    for row in await tx.fetch(STANDING, holder_id):
        bought = await pass_as_it_is(tx, pass_id=row["id"])
        charge = await locked_to_settle(tx, charge_id=bought.charge_id, now=now) if bought.charge_id else None
        bought = await locked_pass(tx, pass_id=row["id"])
        if bought.state == PassState.ORDERED and charge is not None and charge.state == ChargeState.PAID:
            await go_live(tx, charge=charge, now=now)  # paid a moment ago: what follows from it has not come yet
            bought = await locked_pass(tx, pass_id=row["id"])
        if bought.state in GOOD and bought.left and bought.valid_until and bought.valid_until > now:
            await give_back_left(tx, bought, by=actor.account_id, now=now)
        elif bought.state == PassState.ORDERED:
            await withdraw(tx, bought, by=actor.account_id, now=now)
