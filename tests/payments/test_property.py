"""Whatever is done with charges in whatever order, the books are right, and nobody gives back more than came."""

from datetime import timedelta
from uuid import UUID

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from incubator.db.engine import Database, Tx
from incubator.kernel.errors import Refusal
from incubator.ledger.check_books import check_books
from incubator.ledger.queries import balances_at
from incubator.ledger.states import Account
from incubator.payments.cancel_charge import cancel_charge
from incubator.payments.check_charges import check_charges
from incubator.payments.finish_refund import finish_refund, refund_done
from incubator.payments.locked import locked
from incubator.payments.plan_refund import give_back_surplus
from incubator.payments.queries import payments_of, refunds_of
from incubator.payments.return_deposit import return_deposit
from incubator.payments.rules import Step
from incubator.payments.settle_charge import settle_charge
from incubator.payments.states import Method
from incubator.payments.unmatch import unmatch
from incubator.payments.write_off import write_off
from incubator.people.actor import Actor
from tests.cast import Cast, acting
from tests.moments import NOW
from tests.payments.money import by_card, charged

STEPS = (Step(timedelta(days=7), 100), Step(timedelta(days=1), 37))
DEEDS = ("pay", "pay", "pay_by_card", "unmatch", "cancel", "deposit", "give_back", "send", "write_off")
WISHES = st.lists(
    st.tuples(st.sampled_from(DEEDS), st.integers(0, 1), st.integers(1, 20_000), st.integers(0, 9)), max_size=14
)


async def _do(tx: Tx, cast: Cast, desk: Actor, deed: str, key: UUID, amount: int, turn: int) -> None:
    told = {"actor": desk, "charge_id": key, "now": NOW}
    if deed in ("pay", "pay_by_card"):
        method = Method.TRANSFER if deed == "pay" else Method.CARD
        day = NOW.date()
        await settle_charge(
            tx,
            charge_id=key,
            method=method,
            amount=amount,
            received_on=day,
            reference=await by_card(tx, cast, key, amount) if method == Method.CARD else "",
            now=NOW,
            fee=turn if method == Method.CARD else 0,
        )
    elif deed == "unmatch":
        for one in (await payments_of(tx, charge_id=key))[:1]:
            await unmatch(tx, payment_id=one.id, seen=None, **told)
    elif deed == "cancel":
        left = timedelta(days=turn)
        await cancel_charge(tx, charge_id=key, steps=STEPS, left=left, reason="by_holder", by=None, now=NOW)
    elif deed == "deposit":
        await return_deposit(tx, keep=turn * 100, reason="x" if turn else "", seen=None, **told)
    elif deed == "give_back":
        await give_back_surplus(tx, seen=None, **told)
    elif deed == "write_off":
        await write_off(tx, seen=None, **told)
    else:
        for refund in (await refunds_of(tx, charge_id=key))[:1]:
            gone = {"refund_id": refund.id, "done_on": NOW.date(), "reference": "", "now": NOW}
            if refund.method == Method.CARD:
                await finish_refund(tx, by=None, **gone)
            else:
                await refund_done(tx, actor=desk, **gone)


# Paid by card and called off: it goes back the way it came.
@example(wishes=[("pay_by_card", 0, 9_566, 3), ("cancel", 0, 1, 9), ("send", 0, 1, 0)], deposit=0)
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(wishes=WISHES, deposit=st.sampled_from([0, 900, 5_000]))
async def test_the_books_are_right_whatever_is_done(
    db: Database, cast: Cast, wishes: list[tuple[str, int, int, int]], deposit: int
) -> None:
    desk = await acting(db, cast.coordinator)
    async with db.pool.acquire() as tx:
        whole = tx.transaction()
        await whole.start()
        keys = [(await charged(tx, cast, net=net, deposit=deposit)).id for net in (7_777, 10_000)]
        for deed, which, amount, turn in wishes:
            try:
                async with tx.transaction():
                    await _do(tx, cast, desk, deed, keys[which], amount, turn)
            except Refusal:
                continue
        await tx.execute("SET CONSTRAINTS ALL IMMEDIATE")
        assert await check_books(tx, now=NOW) == {}
        assert await check_charges(tx, now=NOW) == {}
        await _money_is_where_it_is(tx, cast, keys)
        await whole.rollback()


async def _money_is_where_it_is(tx: Tx, cast: Cast, keys: list[UUID]) -> None:
    """By hand: what came less what was sent is at the bank and with Stripe."""
    came = sent = 0
    for key in keys:
        charge = await locked(tx, charge_id=key)
        assert 0 <= charge.refunded <= charge.paid
        came += sum(one.amount for one in await payments_of(tx, charge_id=key) if one.withdrawn_at is None)
        sent += sum(one.amount for one in await refunds_of(tx, charge_id=key) if one.state == "done")
    stands = await balances_at(tx, gmina_id=cast.niepolomice, at=NOW + timedelta(days=1))
    assert stands[Account.BANK] + stands[Account.STRIPE] + stands[Account.FEES] == came - sent
