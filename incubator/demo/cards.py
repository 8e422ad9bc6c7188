"""What was paid by card and BLIK at LAS: with what Stripe took, paid out to the bank, and two payments that a bank
disputes."""

from datetime import datetime, timedelta

from incubator.db.engine import Tx
from incubator.demo.money import GMINA, VENUE, owe_for
from incubator.demo.world import World
from incubator.kernel.period import WARSAW, local_midnight
from incubator.ledger.check_books import check_books
from incubator.payments.by_stripe import LISTENERS
from incubator.payments.check_charges import check_charges
from incubator.payments.stripe.ask_payout import settle_payout
from incubator.payments.stripe.client import open_stripe
from incubator.payments.stripe.connect_account import connect_account, note_account
from incubator.payments.stripe.reconcile import Day, reconcile_due, write_day
from incubator.payments.stripe.seen import DisputeSeen, EvidenceSeen, Payment, PayoutSeen, SessionSeen, TransactionSeen
from incubator.payments.stripe.settle_checkout import settle_checkout
from incubator.payments.stripe.settle_dispute import settle_dispute
from incubator.payments.stripe.states import Fact
from incubator.payments.stripe.till import Till
from incubator.payments.stripe.want_checkout import Order, want_checkout
from incubator.payments.views import ChargeView

ACCOUNT = "acct_DemoNiepolomice"
ADMINISTRATOR = "administrator@demo.invalid"
# Of others than Puszcza Robotics, whose rooms are paid for by transfer; of as many as there are.
BOOKED = """
SELECT booking.id, booking.account_id, booking.organisation_id, lower(period) AS starts, space.name_pl, space.name_en
FROM booking JOIN space ON space.id = space_id WHERE booking.incubator_id = $1 AND booking.organisation_id IS NOT NULL
    AND booking.state IN ('confirmed', 'completed') AND lower(period) BETWEEN $2 AND $3 AND booking.organisation_id <> $4
    AND NOT EXISTS (SELECT FROM charge WHERE subject_kind = 'booking' AND subject_id = booking.id)
ORDER BY row_number() OVER (PARTITION BY booking.organisation_id ORDER BY lower(period), booking.id), lower(period), booking.id
LIMIT $5
"""
# Grosz with tax, what Stripe took, how it was paid, and how many days ago.
WISHES: tuple[tuple[int, int, str, int], ...] = (
    (18_000, 370, "card", 21),
    (9_000, 235, "card", 9),
    (24_000, 460, "blik", 9),
    (36_000, 730, "card", 3),
)
DISPUTE_FEE = 6_500


async def pay_by_card(tx: Tx, world: World, *, now: datetime) -> None:
    """The first is lost to its bank, the second is disputed still."""
    await connect_account(
        tx,
        actor=world.actor(ADMINISTRATOR),
        gmina_id=world.built.gminas[GMINA],
        account=ACCOUNT,
        now=now - timedelta(days=40),
    )
    await note_account(tx, account=ACCOUNT, charges=True, now=now - timedelta(days=40))
    span = (now - timedelta(days=30), now + timedelta(days=30))
    puszcza = world.organisation("Puszcza Robotics")
    rows = await tx.fetch(BOOKED, world.incubator(VENUE), *span, puszcza, len(WISHES))
    assert len(rows) == len(WISHES)
    for number, (row, (gross, fee, method, ago)) in enumerate(zip(rows, WISHES, strict=True)):
        when = now - timedelta(days=ago)
        charge = await owe_for(tx, world, row, (gross, 0, ago, 14), now)
        await _pay(tx, charge, number, Payment(charge=f"ch_demo{number}", method=method, fee=fee, at=when))
    await _dispute(tx, 0, opened=now - timedelta(days=18), now=now - timedelta(days=18))
    await _dispute(tx, 0, opened=now - timedelta(days=18), now=now - timedelta(days=6), status="lost")
    await _dispute(tx, 1, opened=now - timedelta(days=2), now=now - timedelta(days=2))
    await _pay_out(tx, "po_demo1", 20_000, sent=now - timedelta(days=7), now=now - timedelta(days=5), status="paid")
    await _pay_out(tx, "po_demo2", 20_000, sent=now - timedelta(days=1), now=now - timedelta(days=1))
    await _compare(tx, now - timedelta(days=3), [_came(3, now - timedelta(days=3))])
    await _compare(tx, now - timedelta(days=2), [_taken(1, now - timedelta(days=2)), _own(now - timedelta(days=2))])
    await check_books(tx, now=now - timedelta(hours=4))
    await check_charges(tx, now=now - timedelta(hours=4))


async def _pay(tx: Tx, charge: ChargeView, number: int, payment: Payment) -> None:
    """As its page at Stripe and the answers of Stripe would have it; nothing is called."""
    assert charge.account_id is not None
    till = Till(open_stripe("sk_demo"), LISTENERS, "")
    order = Order(
        charge_id=charge.id,
        gmina_id=charge.gmina_id,
        account_id=charge.account_id,
        amount=charge.total,
        text=charge.title,
        locale="pl",
        email="",
        back=f"/payments/{charge.id}",
    )
    then = payment.at + timedelta(hours=1)
    checkout_id = await want_checkout(tx, till=till, order=order, until=then, now=payment.at)
    seen = SessionSeen(
        id=f"cs_demo{number}",
        status="complete",
        payment_status="paid",
        amount_total=charge.total,
        currency="pln",
        expires_at=int(then.timestamp()),
        payment_intent=f"pi_demo{number}",
    )
    await settle_checkout(
        tx,
        checkout_id=checkout_id,
        account=ACCOUNT,
        seen=seen,
        fact=Fact.PAID,
        payment=payment,
        listeners=LISTENERS,
        now=payment.at,
    )
    await till.close()


async def _dispute(tx: Tx, number: int, *, opened: datetime, now: datetime, status: str = "needs_response") -> None:
    seen = DisputeSeen(
        id=f"du_demo{number}",
        status=status,
        amount=WISHES[number][0],
        currency="pln",
        created=int(opened.timestamp()),
        reason="fraudulent",
        payment_intent=f"pi_demo{number}",
        balance_transactions=[_taken(number, opened)],
        evidence_details=EvidenceSeen(due_by=int((opened + timedelta(days=9)).timestamp())),
    )
    await settle_dispute(tx, account=ACCOUNT, seen=seen, listeners=LISTENERS, now=now)


async def _pay_out(
    tx: Tx, stripe_id: str, amount: int, *, sent: datetime, now: datetime, status: str = "in_transit"
) -> None:
    seen = PayoutSeen(
        id=stripe_id,
        status=status,
        amount=amount,
        currency="pln",
        created=int(sent.timestamp()),
        arrival_date=int((sent + timedelta(days=2)).timestamp()),
    )
    await settle_payout(tx, account=ACCOUNT, seen=seen, listeners=LISTENERS, now=now)


async def _compare(tx: Tx, when: datetime, booked: list[TransactionSeen]) -> None:
    """The day on which `when` is, on the morning after it."""
    morning = when + timedelta(days=1)
    await reconcile_due(tx, now=morning)
    start = local_midnight(when.astimezone(WARSAW).date())
    day = Day(account=ACCOUNT, start=start, end=local_midnight(morning.astimezone(WARSAW).date()))
    day_id = await tx.fetchval(
        "SELECT id FROM stripe_day WHERE account = $1 AND day = $2", ACCOUNT, start.astimezone(WARSAW).date()
    )
    await write_day(tx, listeners=LISTENERS, day_id=day_id, day=day, booked=booked, now=morning)


def _came(number: int, when: datetime) -> TransactionSeen:
    gross, fee, *_ = WISHES[number]
    return _row(f"txn_demo{number}", "charge", gross, fee, when, source=f"ch_demo{number}")


def _taken(number: int, when: datetime) -> TransactionSeen:
    gross, *_ = WISHES[number]
    return _row(f"txn_demo{number}d", "adjustment", -gross, DISPUTE_FEE, when, category="dispute")


def _own(when: datetime) -> TransactionSeen:
    """What Stripe takes for an account by the month: nothing that the house knows of."""
    return _row("txn_demo_month", "stripe_fee", -900, 0, when)


def _row(
    key: str, kind: str, amount: int, fee: int, when: datetime, *, source: str | None = None, category: str = ""
) -> TransactionSeen:
    return TransactionSeen(
        id=key,
        type=kind,
        amount=amount,
        fee=fee,
        currency="pln",
        created=int(when.timestamp()),
        source=source,
        reporting_category=category,
    )
