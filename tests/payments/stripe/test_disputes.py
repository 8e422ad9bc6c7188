"""Payments that the bank of who paid takes back, or asks about: told once, booked as Stripe books them."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest

from incubator.db.engine import attempt, statement
from incubator.ledger.states import Account
from incubator.payments.cancel_charge import ALL_BACK, cancel_charge
from incubator.payments.queries import charge_for, due_refunds
from incubator.payments.queries_disputes import disputes_at_desk, disputes_of
from incubator.payments.stripe.reconcile import reconcile_due
from incubator.payments.stripe.states import DISPUTE_HEIGHT, DisputeState, dispute_moved
from incubator.payments.waits_at_desk import waits_at_desk
from tests.cast import acting
from tests.payments.stripe.shop import Shop
from tests.payments.stripe.sold import begun, books, line, sold, till
from tests.stripe_fake.disputes import FEE
from tests.stripe_fake.payments import fee_of
from tests.stripe_fake.post import Way

__all__ = ["line", "till"]
PRICE = 12_300
KEPT = fee_of("card", PRICE)
MAILS = "SELECT subject, text FROM mail WHERE recipient = $1 AND text LIKE '%/desk/charges/%' ORDER BY id"


async def letters(shop: Shop) -> list[Any]:
    async with statement(shop.db) as tx:
        return await tx.fetch(MAILS, shop.cast.coordinator.email)


async def differences(shop: Shop) -> list[tuple[Any, ...]]:
    """What is listed the next morning."""
    shop.now += timedelta(days=1)
    await attempt(shop.db, lambda tx: reconcile_due(tx, now=shop.now))
    await shop.work()
    async with statement(shop.db) as tx:
        return [tuple(row) for row in await tx.fetch("SELECT kind, what, theirs, ours FROM stripe_difference")]


async def stands(shop: Shop, charge: UUID) -> DisputeState | None:
    actor = await acting(shop.db, shop.cast.member)
    async with statement(shop.db) as tx:
        return (await charge_for(tx, actor=actor, charge_id=charge)).dispute


async def test_a_dispute_that_is_lost_is_told_booked_and_written_off(till: Shop, line: httpx.AsyncClient) -> None:
    charge, intent = await sold(till, line)
    key = till.fake.dispute(intent)["id"]
    await till.hear(line)
    assert await stands(till, charge) is DisputeState.OPEN
    there = await books(till)
    assert (there[Account.DISPUTED], there[Account.FEES]) == (PRICE, KEPT + FEE)
    (told,) = await letters(till)
    assert f"/desk/charges/{charge}" in told["text"] and "2026" in told["text"]
    async with statement(till.db) as tx:
        (shown,) = await disputes_of(tx, charge_id=charge)
        assert [one.id for one in await disputes_at_desk(tx, gmina_id=till.cast.niepolomice)] == [shown.id]
        assert await disputes_at_desk(tx, gmina_id=till.cast.skawina) == []
    assert (shown.taken, shown.fee, shown.due_at) == (PRICE, FEE, till.now + timedelta(days=7))
    desk = await acting(till.db, till.cast.coordinator)
    async with statement(till.db) as tx:
        (waits,) = await waits_at_desk(tx, actor=desk, now=till.now)
    assert (waits.disputes, waits.evidence_by, waits.late) == (1, shown.due_at, 0)
    till.fake.decide(key, won=False)
    await till.hear(line)
    there = await books(till)
    assert (there[Account.WRITE_OFFS], there.get(Account.DISPUTED)) == (PRICE, None)
    assert await stands(till, charge) is DisputeState.LOST
    assert len(await letters(till)) == 2
    assert await differences(till) == []


async def test_a_dispute_that_is_won_brings_the_money_again(till: Shop, line: httpx.AsyncClient) -> None:
    charge, intent = await sold(till, line)
    key = till.fake.dispute(intent)["id"]
    till.fake.decide(key, won=True)
    await till.hear(line)
    there = await books(till)
    assert there.get(Account.DISPUTED) is None and there[Account.FEES] == KEPT + FEE
    assert await stands(till, charge) is DisputeState.WON
    assert await differences(till) == []


async def test_what_was_lost_can_be_won_on_appeal(till: Shop, line: httpx.AsyncClient) -> None:
    charge, intent = await sold(till, line)
    key = till.fake.dispute(intent)["id"]
    for won in (False, True):
        till.fake.decide(key, won=won)
        await till.hear(line)
    there = await books(till)
    assert (there.get(Account.DISPUTED), there.get(Account.WRITE_OFFS)) == (None, None)
    assert await stands(till, charge) is DisputeState.WON
    assert await differences(till) == []


async def test_a_bank_that_only_asks_takes_nothing(till: Shop, line: httpx.AsyncClient) -> None:
    charge, intent = await sold(till, line)
    asked = till.fake.dispute(intent, inquiry=True)["id"]
    await till.hear(line)
    assert Account.DISPUTED not in await books(till)
    till.fake.escalate(asked)
    await till.hear(line)
    assert (await books(till))[Account.DISPUTED] == PRICE
    assert len(await letters(till)) == 1, "it is open all the while"
    assert await stands(till, charge) is DisputeState.OPEN


async def test_an_inquiry_that_ends_is_won_and_costs_nothing(till: Shop, line: httpx.AsyncClient) -> None:
    charge, intent = await sold(till, line)
    till.fake.decide(till.fake.dispute(intent, inquiry=True)["id"], won=True)
    await till.hear(line)
    assert await stands(till, charge) is DisputeState.WON
    assert (await books(till))[Account.FEES] == KEPT


@pytest.mark.parametrize("seed", range(6))
async def test_every_order_of_events_ends_alike(till: Shop, line: httpx.AsyncClient, seed: int) -> None:
    """The dispute may be told before the payment, twice, late, or not at all until the next morning."""
    _, session = await begun(till)
    paid = till.fake.pay(session, "card")
    key = till.fake.dispute(paid["payment_intent"])["id"]
    till.fake.decide(key, won=seed % 2 == 0)
    for turn in range(3):
        await till.hear(line, Way(seed=seed * 10 + turn, doubled=0.5, late=0.4, lost=0.2, shuffled=True))
    await till.come_round(after=timedelta(hours=3))
    assert await differences(till) == []
    there = await books(till)
    assert there.get(Account.DISPUTED) is None
    assert there.get(Account.WRITE_OFFS, 0) == (0 if seed % 2 == 0 else PRICE)
    states = [told["subject"] for told in await letters(till)]
    assert len(states) == len(set(states)) and states


async def test_what_nobody_told_is_found_the_next_morning(till: Shop, line: httpx.AsyncClient) -> None:
    charge, intent = await sold(till, line)
    till.fake.dispute(intent)
    await till.fake.deliver(line, way=Way(lost=1))
    assert await differences(till) == []
    assert await stands(till, charge) is DisputeState.OPEN
    assert len(await letters(till)) == 1


async def test_a_dispute_of_a_payment_that_is_not_ours_is_shown_and_not_booked(
    till: Shop, line: httpx.AsyncClient
) -> None:
    _, intent = await sold(till, line)
    async with statement(till.db) as tx:
        await tx.execute("UPDATE checkout SET account = 'acct_else'")
    till.fake.dispute(intent)
    await till.hear(line)
    assert await till.strange() == ["Dispute", "Dispute"]
    async with statement(till.db) as tx:
        assert await tx.fetchval("SELECT count(*) FROM stripe_dispute") == 0
    assert ("only_there", "dispute", -PRICE - FEE, None) in await differences(till)


async def test_two_workers_write_a_dispute_once(till: Shop, line: httpx.AsyncClient) -> None:
    _, intent = await sold(till, line)
    till.fake.dispute(intent)
    for _ in range(2):
        await till.hear(line, Way(doubled=1, shuffled=True))
    assert (await books(till))[Account.DISPUTED] == PRICE
    assert len(await letters(till)) == 1


def test_states_only_climb() -> None:
    for state in DisputeState:
        for then in DisputeState:
            moved = dispute_moved(state, then)
            assert moved is None or DISPUTE_HEIGHT[moved] > DISPUTE_HEIGHT[state]


async def test_the_pages_say_that_it_is_disputed(
    till: Shop, line: httpx.AsyncClient, visit: Callable[..., httpx.AsyncClient]
) -> None:
    charge, intent = await sold(till, line)
    key = till.fake.dispute(intent)["id"]
    await till.hear(line)
    desk = visit(till.cast.coordinator)
    for page in (f"/desk/charges/{charge}?lang=en", "/desk/payments?which=disputed&lang=en"):
        assert "disputed" in (await desk.get(page)).text
    assert "du_" in (await desk.get(f"/desk/charges/{charge}?lang=en")).text
    payer = visit(till.cast.member)
    assert "disputed" in (await payer.get(f"/payments/{charge}?lang=en")).text
    till.fake.decide(key, won=False)
    await till.hear(line)
    said = (await payer.get(f"/payments/{charge}?lang=en")).text
    assert "taken back by the bank" in said and "disputed" not in said


async def test_a_persons_export_holds_what_their_bank_disputed(
    till: Shop, line: httpx.AsyncClient, visit: Callable[..., httpx.AsyncClient]
) -> None:
    _, intent = await sold(till, line)
    till.fake.dispute(intent)
    await till.hear(line)
    told = (await visit(till.cast.member).get("/api/me/export")).json()
    assert [(one["amount"], one["state"]) for one in told["disputes"]] == [(PRICE, "open")]
    assert (await visit(till.cast.colleague).get("/api/me/export")).json()["disputes"] == []


async def test_a_refund_of_what_is_disputed_says_so(
    till: Shop, line: httpx.AsyncClient, visit: Callable[..., httpx.AsyncClient]
) -> None:
    """Stripe gives nothing back then; by transfer they could get it twice."""
    charge, intent = await sold(till, line)
    till.fake.dispute(intent)
    await till.hear(line)
    told: dict[str, Any] = {
        "steps": ALL_BACK,
        "left": timedelta(days=1),
        "reason": "cancelled",
        "by": None,
        "now": till.now,
    }
    await attempt(till.db, lambda tx: cancel_charge(tx, charge_id=charge, **told))
    await till.work()
    async with statement(till.db) as tx:
        (due,) = await due_refunds(tx, gmina_id=till.cast.niepolomice)
    assert due.disputed and due.refund.method == "transfer"
    assert "could get it twice" in (await visit(till.cast.coordinator).get("/desk/payments?lang=en")).text
