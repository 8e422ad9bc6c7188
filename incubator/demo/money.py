"""Payments of the demonstration: what startups owe for rooms at LAS, what came by transfer, what goes back."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import asyncpg

from incubator.db.engine import Tx
from incubator.demo.settle_in import coordinator_of
from incubator.demo.world import World
from incubator.kernel.money import Vat, of_gross
from incubator.kernel.period import WARSAW
from incubator.ledger.check_books import check_books
from incubator.payments.cancel_charge import ALL_BACK, cancel_charge
from incubator.payments.check_charges import check_charges
from incubator.payments.import_bank_file import import_bank_file, preview_bank_file
from incubator.payments.match_certain import match_certain
from incubator.payments.match_payment import match_payment, record_transfer
from incubator.payments.owe import owe
from incubator.payments.plan_refund import give_back_surplus
from incubator.payments.queries_bank import bank_lines
from incubator.payments.read_bank_file import read_bank_file
from incubator.payments.remind_due import remind_due
from incubator.payments.return_deposit import return_deposit
from incubator.payments.set_bank_account import set_bank_account
from incubator.payments.states import LineState
from incubator.payments.views import ChargeView
from incubator.payments.write_off import write_off
from incubator.people.actor import Actor
from incubator.pricing.keep_quote import keep_quote
from incubator.pricing.states import Category
from incubator.pricing.views import Quote, QuoteLine

GMINA, VENUE = "niepolomice", "las"
ACCOUNTS = {
    "niepolomice": ("72109010140000071219812870", "Gmina Niepołomice"),
    "wieliczka": ("22114020040000300201355380", "Gmina Wieliczka"),
}
BOOKED = """
SELECT booking.id, booking.account_id, booking.organisation_id, lower(period) AS starts, space.name_pl, space.name_en
FROM booking JOIN space ON space.id = space_id WHERE booking.incubator_id = $1 AND booking.organisation_id IS NOT NULL
    AND booking.state IN ('confirmed', 'completed') AND lower(period) BETWEEN $2 AND $3
    AND NOT EXISTS (SELECT FROM charge WHERE subject_kind = 'booking' AND subject_id = booking.id)
ORDER BY booking.organisation_id = $4 DESC, lower(period), booking.id LIMIT $5
"""
LIST = "SELECT id FROM price_list WHERE incubator_id = $1 AND state = 'published' ORDER BY in_force_from LIMIT 1"
# Grosz with tax, the deposit, how many days ago it was owed, and within how many days it is due.
WISHES: tuple[tuple[int, int, int, int], ...] = (
    (14_000, 0, 2, 14),
    (36_000, 100_000, 30, 14),
    (7_500, 0, 24, 7),
    (22_000, 0, 20, 14),
    (48_000, 100_000, 28, 14),
    (14_000, 0, 26, 14),
    (9_000, 0, 40, 7),
    (28_000, 0, 3, 14),
    (12_000, 0, 45, 7),
)


async def pay_for_rooms(tx: Tx, world: World, *, now: datetime) -> None:
    desk = world.actor(coordinator_of(GMINA))
    await _say_accounts(tx, world, now - timedelta(days=50))
    owed = await _owe(tx, world, now)
    _coming, held, late, paid, settled, cancelled, lost, named, surplus = owed
    await _read_the_bank(tx, desk, world, (held, paid, settled, cancelled, surplus), named, now - timedelta(days=10))
    await _settle(tx, desk, settled, cancelled, lost, surplus, late, now)
    await remind_due(tx, now=now - timedelta(hours=2))
    await check_books(tx, now=now - timedelta(hours=5))
    await check_charges(tx, now=now - timedelta(hours=5))


async def _settle(
    tx: Tx,
    desk: Actor,
    settled: ChargeView,
    cancelled: ChargeView,
    lost: ChargeView,
    surplus: ChargeView,
    late: ChargeView,
    now: datetime,
) -> None:
    """A deposit of which some stays, a booking that the house called off, one that nobody pays, one paid too much,
    and one paid in part."""
    then = now - timedelta(days=4)
    reason = "Uszkodzony ekran projekcyjny"
    await return_deposit(tx, actor=desk, charge_id=settled.id, keep=25_000, reason=reason, seen=None, now=then)
    by, left, then = desk.account_id, timedelta(days=9), now - timedelta(days=3)
    await cancel_charge(tx, charge_id=cancelled.id, steps=ALL_BACK, left=left, reason="by_house", by=by, now=then)
    await give_back_surplus(tx, actor=desk, charge_id=surplus.id, seen=None, now=now - timedelta(days=2))
    await write_off(tx, actor=desk, charge_id=lost.id, seen=None, now=now - timedelta(days=1))
    then = now - timedelta(hours=20)
    await record_transfer(
        tx,
        actor=desk,
        charge_id=late.id,
        amount=3_000,
        received_on=then.astimezone(WARSAW).date(),
        reference="WB 161/2026",
        seen=None,
        now=then,
    )


async def _say_accounts(tx: Tx, world: World, when: datetime) -> None:
    for gmina, (number, holder) in ACCOUNTS.items():
        await set_bank_account(
            tx,
            actor=world.actor(coordinator_of(gmina)),
            gmina_id=world.built.gminas[gmina],
            number=number,
            holder=holder,
            nip="",
            valid_from=when.astimezone(WARSAW).date(),
            now=when,
        )


async def _owe(tx: Tx, world: World, now: datetime) -> list[ChargeView]:
    """Of bookings at LAS, first those of Puszcza Robotics."""
    span = (now - timedelta(days=30), now + timedelta(days=30))
    puszcza = world.organisation("Puszcza Robotics")
    rows = await tx.fetch(BOOKED, world.incubator(VENUE), *span, puszcza, len(WISHES))
    assert len(rows) == len(WISHES)
    return [await owe_for(tx, world, row, wish, now) for row, wish in zip(rows, WISHES, strict=True)]


async def owe_for(
    tx: Tx, world: World, row: asyncpg.Record, wish: tuple[int, int, int, int], now: datetime
) -> ChargeView:
    """What is owed for a booking at LAS: see WISHES."""
    gross, deposit, ago, within = wish
    when = now - timedelta(days=ago)
    day = row["starts"].astimezone(WARSAW)
    amount = of_gross(gross, Vat.STANDARD)
    line = QuoteLine(
        kind="space",
        text_pl=f"{row['name_pl']}, {day:%d.%m.%Y}",
        text_en=f"{row['name_en'] or row['name_pl']}, {day:%d.%m.%Y}",
        quantity=Decimal(1),
        unit="piece",
        price=gross,
        vat=Vat.STANDARD,
        amount=amount,
        market=amount,
    )
    quote = Quote(
        gmina_id=world.built.gminas[GMINA],
        incubator_id=world.incubator(VENUE),
        list_id=await tx.fetchval(LIST, world.incubator(VENUE)),
        category=Category.COMMERCIAL,
        stated="gross",
        lines=(line,),
        deposit=deposit,
    )
    subject: dict[str, Any] = {"subject_kind": "booking", "subject_id": row["id"]}
    party: dict[str, Any] = {"account_id": row["account_id"], "organisation_id": row["organisation_id"]}
    kept = await keep_quote(tx, quote=quote, **subject, **party, now=when)
    due_at = when + timedelta(days=within)
    return await owe(tx, quote_id=kept, quote=quote, **subject, **party, due_at=due_at, now=when)


async def _read_the_bank(
    tx: Tx, desk: Actor, world: World, paid: Sequence[ChargeView], named: ChargeView, when: datetime
) -> None:
    """A file of the bank: transfers with their titles, the last of them too large, one that only names the payer, and
    one for something else."""
    gmina_id, more = world.built.gminas[GMINA], (0,) * (len(paid) - 1) + (5_000,)
    rows = [(charge.total + extra, charge.payer, charge.title) for charge, extra in zip(paid, more, strict=True)]
    rows += [(named.total, named.payer, "za salę"), (6_150, "Jan Wiewióra", "opłata za psa")]
    day = when.astimezone(WARSAW).date().isoformat()
    lines = [f"{day};{amount / 100:.2f};{payer};{title}" for amount, payer, title in rows]
    found = read_bank_file("\n".join(["Data;Kwota;Nadawca;Tytuł", *lines]).encode())
    seen = await preview_bank_file(tx, actor=desk, gmina_id=gmina_id, found=found, now=when)
    await import_bank_file(tx, actor=desk, import_id=seen.id, now=when)
    await match_certain(tx, actor=desk, gmina_id=gmina_id, now=when)
    for line in await bank_lines(tx, gmina_id=gmina_id, state=LineState.WAITING):
        if line.title == paid[-1].title:
            await match_payment(tx, actor=desk, line_id=line.id, charge_id=paid[-1].id, now=when)
