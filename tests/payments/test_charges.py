"""What is owed, what comes, what goes back: each with what the ledger says of it."""

import asyncio
from datetime import date, timedelta
from uuid import UUID, uuid4

import asyncpg
import pytest

from incubator.db.engine import Database, Tx, attempt, statement, transaction
from incubator.kernel.errors import Refusal
from incubator.ledger.check_books import check_books
from incubator.ledger.queries import balances_at
from incubator.ledger.states import Account
from incubator.payments.cancel_charge import ALL_BACK, cancel_charge
from incubator.payments.check_charges import check_charges
from incubator.payments.finish_refund import (
    NoSuchRefund,
    NotThatDay,
    RefundedByStripe,
    RefundOver,
    finish_refund,
    refund_came_back,
    refund_done,
)
from incubator.payments.locked import NoSuchCharge, locked
from incubator.payments.match_payment import NotToBePaid, WrongAmount, record_transfer
from incubator.payments.owe import NothingOwed, owe
from incubator.payments.plan_refund import MoreThanCame, NothingTooMuch, give_back_surplus, plan_refund
from incubator.payments.queries import charge_at_desk, charge_for, charges_at_desk, own_charges, payments_of, refunds_of
from incubator.payments.return_deposit import KeptTooMuch, NoDepositHeld, return_deposit
from incubator.payments.rules import Step
from incubator.payments.set_bank_account import set_bank_account
from incubator.payments.settle_charge import SETTLED, settle_charge
from incubator.payments.states import ChargeState, Method, Why
from incubator.payments.tell import write_to_payer
from incubator.payments.unmatch import NoSuchPayment, PaymentStays, unmatch
from incubator.payments.views import ChargeView
from incubator.payments.write_off import NothingOutstanding, write_off
from incubator.web.etags import ChangedMeanwhile
from tests.cast import Cast, acting
from tests.moments import NOW
from tests.payments.money import DUE, by_card, charged, quoted

TODAY = NOW.date()


async def stands(tx: Tx, cast: Cast) -> dict[Account, int]:
    """The accounts of Niepołomice that hold something; the books are right."""
    assert await check_books(tx, now=NOW) == {}
    assert await check_charges(tx, now=NOW) == {}
    told = await balances_at(tx, gmina_id=cast.niepolomice, at=NOW + timedelta(days=900))
    return {account: amount for account, amount in told.items() if amount}


async def paying(tx: Tx, charge: ChargeView, amount: int, **how: object) -> ChargeView:
    told = {"method": Method.TRANSFER, "reference": "", "received_on": TODAY, "now": NOW, **how}
    return await settle_charge(tx, charge_id=charge.id, amount=amount, **told)  # type: ignore[arg-type]


async def test_what_is_owed_is_income_tax_and_a_deposit(db: Database, cast: Cast) -> None:
    async with transaction(db) as tx:
        charge = await charged(tx, cast, net=10_000, deposit=50_000)
        assert (charge.gross, charge.owed, charge.outstanding, charge.to_pay) == (12_300, 62_300, 62_300, 62_300)
        assert (charge.payer, charge.text_pl, charge.title) == ("Acme", "Sala L, 2 godziny", "INK 0000013")
        assert await stands(tx, cast) == {
            Account.RECEIVABLE: 62_300,
            Account.REVENUE: -10_000,
            Account.VAT_DUE: -2_300,
            Account.DEPOSITS: -50_000,
        }


async def test_who_owes_is_written_how_to_pay(db: Database, cast: Cast) -> None:
    async with transaction(db) as tx:
        charge = await charged(tx, cast)
        mail = await tx.fetchrow("SELECT recipient, subject, text FROM mail")
        assert mail["recipient"] == cast.member.email
        assert mail["subject"] == "To pay: 123.00 zł for Room L, 2 hours"
        assert f"/payments/{charge.id}" in mail["text"] and "has not said yet" in mail["text"]


async def test_a_mail_about_paying_names_the_page_once_and_first_where_time_is_short(db: Database, cast: Cast) -> None:
    desk, number = await acting(db, cast.coordinator), "61 1090 1014 0000 0712 1981 2874"
    account = {"gmina_id": cast.niepolomice, "holder": "Gmina", "nip": "526-104-08-28", "number": number}
    async with transaction(db) as tx:
        for known in (False, True):
            if known:
                await set_bank_account(tx, **account, valid_from=TODAY, actor=desk, now=NOW)
            for lapses in (False, True):
                charge = await charged(tx, cast, lapses=lapses)
                for what in ("please_pay", "came", "overdue"):
                    await tx.execute("DELETE FROM mail")
                    await write_to_payer(tx, charge, what, now=NOW, amount=100)
                    text: str = await tx.fetchval("SELECT text FROM mail")
                    assert text.count(f"/payments/{charge.id}") == 1, text
                    by_transfer = "How to pay by transfer" if known else "not said yet on which account"
                    assert (text.index("/payments/") < text.index(by_transfer)) == lapses
                    assert "\n\n\n" not in text


async def test_the_same_quote_for_the_same_thing_is_owed_once(db: Database, cast: Cast) -> None:
    told = {
        "quote_id": uuid4(), "quote": quoted(cast), "subject_kind": "booking", "subject_id": uuid4(),
        "account_id": cast.member.id, "organisation_id": None, "due_at": DUE, "now": NOW,
    }  # fmt: skip
    made = await asyncio.gather(*(attempt(db, lambda tx: owe(tx, **told)) for _ in range(8)))  # type: ignore[arg-type]
    async with statement(db) as tx:
        assert len({one.id for one in made}) == 1
        assert await tx.fetchval("SELECT count(*) FROM charge") == 1
        assert await tx.fetchval("SELECT count(*) FROM mail") == 1
        assert (await stands(tx, cast))[Account.RECEIVABLE] == 12_300


async def test_what_costs_nothing_is_not_owed(db: Database, cast: Cast) -> None:
    async with transaction(db) as tx:
        with pytest.raises(NothingOwed):
            await charged(tx, cast, net=0)


async def test_numbers_of_a_gmina_follow_each_other_and_are_its_own(db: Database, cast: Cast) -> None:
    made = await asyncio.gather(*(attempt(db, lambda tx: charged(tx, cast)) for _ in range(12)))
    assert sorted(one.number for one in made) == list(range(1, 13))
    async with transaction(db) as tx:
        assert (await charged(tx, cast, skawina=True)).number == 1


async def test_a_charge_is_paid_once_all_has_come_and_what_follows_is_asked_for(db: Database, cast: Cast) -> None:
    async with transaction(db) as tx:
        charge = await charged(tx, cast)
        half = await paying(tx, charge, 10_000)
        assert (half.state, half.outstanding, half.paid_at) == (ChargeState.OPEN, 2_300, None)
        assert await tx.fetchval("SELECT count(*) FROM pgqueuer WHERE entrypoint = $1", SETTLED) == 0
        whole = await paying(tx, charge, 2_300)
        assert (whole.state, whole.outstanding, whole.paid_at) == (ChargeState.PAID, 0, NOW)
        assert await tx.fetchval("SELECT count(*) FROM pgqueuer WHERE entrypoint = $1", SETTLED) == 1
        assert await stands(tx, cast) == {Account.BANK: 12_300, Account.REVENUE: -10_000, Account.VAT_DUE: -2_300}


async def test_what_stripe_kept_is_a_fee_and_the_money_lies_with_stripe(db: Database, cast: Cast) -> None:
    async with transaction(db) as tx:
        charge = await charged(tx, cast)
        told = {"method": Method.BLIK, "reference": "pi_1", "fee": 200}
        first = await paying(tx, charge, 12_300, **told)
        again = await paying(tx, charge, 12_300, **told)
        assert (first.paid, again.paid) == (12_300, 12_300), "one reference is one payment"
        there = await stands(tx, cast)
        assert (there[Account.STRIPE], there[Account.FEES]) == (12_100, 200)


async def test_too_much_is_shown_and_given_back(db: Database, cast: Cast) -> None:
    desk = await acting(db, cast.coordinator)
    async with transaction(db) as tx:
        charge = await paying(tx, await charged(tx, cast), 15_000)
        assert (charge.state, charge.surplus) == (ChargeState.PAID, 2_700)
        told = {"actor": desk, "charge_id": charge.id, "now": NOW}
        with pytest.raises(ChangedMeanwhile):
            await give_back_surplus(tx, seen=charge.version - 1, **told)
        charge = await give_back_surplus(tx, seen=charge.version, **told)
        assert (charge.surplus, charge.refunded) == (0, 2_700)
        with pytest.raises(NothingTooMuch):
            await give_back_surplus(tx, seen=None, **told)
        assert (await stands(tx, cast))[Account.RECEIVABLE] == -2_700, "the gmina owes it until it is sent"
        (refund,) = await refunds_of(tx, charge_id=charge.id)
        done = {"actor": desk, "refund_id": refund.id, "reference": "P 7", "now": NOW}
        with pytest.raises(NotThatDay):
            await refund_done(tx, done_on=date(9999, 12, 31), **done)
        await refund_done(tx, done_on=TODAY, **done)
        assert await stands(tx, cast) == {Account.BANK: 12_300, Account.REVENUE: -10_000, Account.VAT_DUE: -2_300}
        with pytest.raises(RefundOver):
            await refund_done(tx, done_on=TODAY, **done)


async def test_what_came_through_stripe_goes_back_through_stripe_and_by_transfer_where_it_comes_back(
    db: Database, cast: Cast
) -> None:
    desk = await acting(db, cast.coordinator)
    async with transaction(db) as tx:
        charge = await charged(tx, cast)
        reference = await by_card(tx, cast, charge.id, 13_000)
        charge = await paying(tx, charge, 13_000, method=Method.CARD, reference=reference)
        charge = await give_back_surplus(tx, actor=desk, charge_id=charge.id, seen=None, now=NOW)
        (refund,) = await refunds_of(tx, charge_id=charge.id)
        assert (refund.state, await tx.fetchval("SELECT amount FROM stripe_refund")) == ("sent", 700)
        by_hand = {"actor": desk, "refund_id": refund.id, "done_on": TODAY, "reference": "", "now": NOW}
        with pytest.raises(RefundedByStripe):
            await refund_done(tx, **by_hand)
        await finish_refund(tx, refund_id=refund.id, done_on=TODAY, reference="", by=None, now=NOW)
        assert (await stands(tx, cast))[Account.STRIPE] == 12_300
        back = await refund_came_back(tx, refund_id=refund.id, now=NOW)
        assert (back.state, (await stands(tx, cast))[Account.STRIPE]) == ("due", 13_000)
        with pytest.raises(RefundOver):
            await refund_came_back(tx, refund_id=refund.id, now=NOW)
        await refund_done(tx, **by_hand)
        there = await stands(tx, cast)
        assert (there[Account.STRIPE], there[Account.BANK]) == (13_000, -700)


async def paid_too_late(tx: Tx, cast: Cast) -> ChargeView:
    """Cancelled, and then 12,300 came."""
    charge = await charged(tx, cast)
    told = {"steps": ALL_BACK, "left": timedelta(0), "reason": "not_in_time", "by": None, "now": NOW}
    await cancel_charge(tx, charge_id=charge.id, **told)  # type: ignore[arg-type]
    return await paying(tx, charge, 12_300)


async def test_many_refunds_at_once_never_give_back_more_than_came(db: Database, cast: Cast) -> None:
    async with transaction(db) as tx:
        charge = await paid_too_late(tx, cast)

    async def back(tx: Tx) -> object:
        under_lock = await locked(tx, charge_id=charge.id)
        return await plan_refund(tx, under_lock, amount=5_000, why=Why.CANCELLED, by=None, now=NOW)

    told = await asyncio.gather(*(attempt(db, back) for _ in range(10)), return_exceptions=True)
    assert [type(one) for one in told].count(MoreThanCame) == 8
    async with statement(db) as tx:
        assert await tx.fetchval("SELECT refunded FROM charge WHERE id = $1", charge.id) == 10_000


async def test_the_database_lets_no_more_go_back_than_came_whoever_forgets_the_lock(db: Database, cast: Cast) -> None:
    async with transaction(db) as tx:
        charge = await paid_too_late(tx, cast)
        payment = (await payments_of(tx, charge_id=charge.id))[0]

    async def back(tx: Tx) -> None:
        await tx.execute(
            "INSERT INTO refund (gmina_id, charge_id, payment_id, method, amount, why, state, reference, version)"
            " VALUES ($1, $2, $3, 'transfer', 5000, 'overpaid', 'due', '', 1)",
            charge.gmina_id,
            charge.id,
            payment.id,
        )

    told = await asyncio.gather(*(attempt(db, back) for _ in range(10)), return_exceptions=True)
    refused = [one for one in told if isinstance(one, asyncpg.CheckViolationError)]
    assert len(refused) == 8
    assert {one.constraint_name for one in refused} == {"charge_refunds_within_payments"}


async def test_of_what_is_paid_for_and_stands_nothing_goes_back(db: Database, cast: Cast) -> None:
    async with transaction(db) as tx:
        charge = await paying(tx, await charged(tx, cast), 13_000)
        under_lock = await locked(tx, charge_id=charge.id)
        with pytest.raises(MoreThanCame):
            await plan_refund(tx, under_lock, amount=701, why=Why.OVERPAID, by=None, now=NOW)


KEPT = (
    "UPDATE charge SET paid = 1",
    "UPDATE charge SET refunded = 1",
    "UPDATE charge SET net = net + 1",
    "UPDATE charge SET number = 77",
    "UPDATE charge SET earns = 'prepaid'",
    "UPDATE charge SET quote_id = uuidv7()",
    "DELETE FROM charge",
    "UPDATE payment SET amount = 1",
    "UPDATE payment SET received_on = '2020-01-01', withdrawn_at = now()",
    "DELETE FROM payment",
    "UPDATE refund SET amount = 1",
    "UPDATE refund SET state = 'due', done_on = NULL",
    "DELETE FROM refund",
)


@pytest.mark.parametrize("deed", KEPT)
async def test_what_adds_up_is_changed_by_nobody(db: Database, cast: Cast, deed: str) -> None:
    async with transaction(db) as tx:
        charge = await paying(tx, await charged(tx, cast), 13_000)
        desk = await acting(db, cast.coordinator)
        await give_back_surplus(tx, actor=desk, charge_id=charge.id, seen=None, now=NOW)
        (refund,) = await refunds_of(tx, charge_id=charge.id)
        await refund_done(tx, actor=desk, refund_id=refund.id, done_on=TODAY, reference="", now=NOW)
    async with statement(db) as tx:
        with pytest.raises(asyncpg.IntegrityConstraintViolationError):
            await tx.execute(deed)


async def test_the_triggers_of_money_are_there_and_switched_on(db: Database) -> None:
    async with statement(db) as tx:
        there = await tx.fetch(
            "SELECT tgname, tgrelid::regclass::text AS on FROM pg_trigger WHERE NOT tgisinternal AND tgenabled = 'O'"
            " AND tgrelid = ANY(ARRAY['charge', 'payment', 'refund', 'bank_line', 'bank_account']::regclass[])"
        )
    assert {tuple(row) for row in there} == {
        ("charge_is_kept", "charge"),
        ("payment_counts", "payment"),
        ("refund_counts", "refund"),
        ("bank_line_is_kept", "bank_line"),
        ("bank_account_is_kept", "bank_account"),
    }


STEPS = (Step(timedelta(days=7), 100), Step(timedelta(days=1), 50))


async def cancelling(tx: Tx, charge: ChargeView, left: timedelta) -> ChargeView:
    told = {"steps": STEPS, "left": left, "reason": "by_holder", "by": None, "now": NOW}
    return await cancel_charge(tx, charge_id=charge.id, **told)  # type: ignore[arg-type]


async def test_who_cancels_in_time_gets_all_of_it_back(db: Database, cast: Cast) -> None:
    async with transaction(db) as tx:
        charge = await paying(tx, await charged(tx, cast, deposit=5_000), 17_300)
        charge = await cancelling(tx, charge, timedelta(days=8))
        assert (charge.state, charge.owed, charge.refunded, charge.surplus) == (ChargeState.CANCELLED, 0, 17_300, 0)
        again = await cancelling(tx, charge, timedelta(days=8))
        assert again == charge, "cancelled before, nothing changes"
        assert await stands(tx, cast) == {Account.BANK: 17_300, Account.RECEIVABLE: -17_300}


async def test_who_cancels_late_gets_a_share_back_and_the_whole_deposit(db: Database, cast: Cast) -> None:
    async with transaction(db) as tx:
        charge = await paying(tx, await charged(tx, cast, deposit=5_000), 17_300)
        charge = await cancelling(tx, charge, timedelta(days=2))
        assert (charge.state, charge.owed, charge.refunded) == (ChargeState.CANCELLED, 6_150, 11_150)
        assert await stands(tx, cast) == {
            Account.BANK: 17_300,
            Account.RECEIVABLE: -11_150,
            Account.REVENUE: -5_000,
            Account.VAT_DUE: -1_150,
        }


async def test_who_cancels_late_without_having_paid_owes_the_rest(db: Database, cast: Cast) -> None:
    async with transaction(db) as tx:
        charge = await cancelling(tx, await charged(tx, cast, deposit=5_000), timedelta(days=2))
        assert (charge.state, charge.owed, charge.to_pay) == (ChargeState.OPEN, 6_150, 6_150)
        charge = await paying(tx, charge, 6_150)
        assert charge.state == ChargeState.PAID
        await stands(tx, cast)


async def test_what_was_never_paid_is_simply_gone_when_all_goes_back(db: Database, cast: Cast) -> None:
    async with transaction(db) as tx:
        told = {"steps": ALL_BACK, "left": timedelta(-5), "reason": "not_in_time", "by": None, "now": NOW}
        charge = await cancel_charge(tx, charge_id=(await charged(tx, cast)).id, **told)  # type: ignore[arg-type]
        assert (charge.state, charge.owed) == (ChargeState.CANCELLED, 0)
        assert await refunds_of(tx, charge_id=charge.id) == []
        assert await stands(tx, cast) == {}
        late = await paying(tx, charge, 12_300, method=Method.P24, reference="pi_9")
        assert (late.state, late.surplus) == (ChargeState.CANCELLED, 12_300), "money that came late is shown"
        desk = await acting(db, cast.coordinator)
        with pytest.raises(NotToBePaid):
            await record_transfer(
                tx, actor=desk, charge_id=charge.id, amount=1, received_on=TODAY, reference="", seen=None, now=NOW
            )
        assert (await stands(tx, cast))[Account.RECEIVABLE] == -12_300


async def test_what_came_before_the_rest_was_written_off_goes_back_too(db: Database, cast: Cast) -> None:
    desk = await acting(db, cast.coordinator)
    async with transaction(db) as tx:
        charge = await paying(tx, await charged(tx, cast, deposit=5_000), 4_000)
        await write_off(tx, actor=desk, charge_id=charge.id, seen=None, now=NOW)
        told = {"steps": ALL_BACK, "left": timedelta(1), "reason": "cancelled", "by": desk.account_id, "now": NOW}
        charge = await cancel_charge(tx, charge_id=charge.id, **told)  # type: ignore[arg-type]
        assert (charge.state, charge.owed, charge.refunded, charge.written_off) == (ChargeState.CANCELLED, 0, 4_000, 0)
        assert await stands(tx, cast) == {Account.BANK: 4_000, Account.RECEIVABLE: -4_000}


async def test_a_deposit_goes_back_whole_or_but_for_a_part_with_a_reason(db: Database, cast: Cast) -> None:
    desk = await acting(db, cast.coordinator)
    async with transaction(db) as tx:
        charge = await charged(tx, cast, deposit=50_000)
        told = {"actor": desk, "charge_id": charge.id, "now": NOW, "seen": None}
        with pytest.raises(NoDepositHeld):
            await return_deposit(tx, keep=0, reason="", **told)
        await paying(tx, charge, 62_300)
        for keep, reason in ((50_001, "x"), (-1, "x"), (100, " "), (0, "x")):
            with pytest.raises(KeptTooMuch):
                await return_deposit(tx, keep=keep, reason=reason, **told)
        charge = await return_deposit(tx, keep=12_000, reason="Zbita szyba", **told)
        assert (charge.deposit_back, charge.deposit_kept, charge.refunded) == (38_000, 12_000, 38_000)
        with pytest.raises(NoDepositHeld):
            await return_deposit(tx, keep=0, reason="", **told)
        assert await stands(tx, cast) == {
            Account.BANK: 62_300,
            Account.RECEIVABLE: -38_000,
            Account.REVENUE: -22_000,
            Account.VAT_DUE: -2_300,
        }
        text = await tx.fetchval("SELECT text FROM mail ORDER BY created_at DESC, id DESC LIMIT 1")
        assert "Zbita szyba" in text and "380.00" in text


async def test_many_who_return_a_deposit_at_once_return_it_once(db: Database, cast: Cast) -> None:
    desk = await acting(db, cast.coordinator)
    async with transaction(db) as tx:
        charge = await paying(tx, await charged(tx, cast, deposit=50_000), 62_300)
    told = {"actor": desk, "charge_id": charge.id, "keep": 0, "reason": "", "seen": None, "now": NOW}
    made = await asyncio.gather(
        *(attempt(db, lambda tx: return_deposit(tx, **told)) for _ in range(8)),  # type: ignore[arg-type]
        return_exceptions=True,
    )
    assert [type(one) for one in made].count(NoDepositHeld) == 7


async def test_what_will_not_come_is_written_off_and_comes_after_all(db: Database, cast: Cast) -> None:
    desk = await acting(db, cast.coordinator)
    async with transaction(db) as tx:
        charge = await paying(tx, await charged(tx, cast, deposit=5_000), 2_300)
        told = {"actor": desk, "charge_id": charge.id, "seen": None, "now": NOW}
        charge = await write_off(tx, **told)
        assert (charge.state, charge.written_off, charge.deposit_back) == (ChargeState.WRITTEN_OFF, 10_000, 5_000)
        assert (await stands(tx, cast))[Account.WRITE_OFFS] == 10_000
        with pytest.raises(NothingOutstanding):
            await write_off(tx, **told)
        charge = await paying(tx, charge, 4_000)
        assert (charge.state, charge.written_off, charge.outstanding) == (ChargeState.WRITTEN_OFF, 6_000, 0)
        charge = await paying(tx, charge, 6_000)
        assert (charge.state, charge.written_off, charge.outstanding) == (ChargeState.PAID, 0, 0)
        assert await stands(tx, cast) == {Account.BANK: 12_300, Account.REVENUE: -10_000, Account.VAT_DUE: -2_300}


async def test_what_was_paid_before_the_rest_was_written_off_is_owed_again_when_it_was_somebody_elses(
    db: Database, cast: Cast
) -> None:
    desk = await acting(db, cast.coordinator)
    told = {"actor": desk, "seen": None, "now": NOW}
    async with transaction(db) as tx:
        charge = await paying(tx, await charged(tx, cast), 5_000)
        await write_off(tx, charge_id=charge.id, **told)
        (payment,) = await payments_of(tx, charge_id=charge.id)
        charge = await unmatch(tx, charge_id=charge.id, payment_id=payment.id, **told)
        assert (charge.state, charge.written_off, charge.outstanding) == (ChargeState.OPEN, 7_300, 5_000)
        assert charge.to_pay == 5_000
        assert (await stands(tx, cast))[Account.RECEIVABLE] == 5_000
        charge = await paying(tx, charge, 2_000)
        assert (charge.state, charge.written_off, charge.to_pay) == (ChargeState.OPEN, 7_300, 3_000)
        charge = await paying(tx, charge, 3_000)
        assert (charge.state, charge.written_off, charge.outstanding) == (ChargeState.WRITTEN_OFF, 7_300, 0)
        charge = await paying(tx, charge, 7_301)
        assert (charge.state, charge.written_off, charge.outstanding) == (ChargeState.PAID, 0, -1)
        assert Account.WRITE_OFFS not in await stands(tx, cast)


@pytest.mark.parametrize(("amount", "left"), [(5_000, 7_300), (12_300, 0), (12_500, 0)])
async def test_what_was_written_off_is_so_again_when_what_came_for_it_was_somebody_elses(
    db: Database, cast: Cast, amount: int, left: int
) -> None:
    desk = await acting(db, cast.coordinator)
    told = {"actor": desk, "seen": None, "now": NOW}
    async with transaction(db) as tx:
        charge = await charged(tx, cast)
        await write_off(tx, charge_id=charge.id, **told)
        charge = await paying(tx, charge, amount)
        assert charge.written_off == left
        (payment,) = await payments_of(tx, charge_id=charge.id)
        await tx.execute("DELETE FROM mail")
        charge = await unmatch(tx, charge_id=charge.id, payment_id=payment.id, **told)
        assert (charge.state, charge.written_off, charge.outstanding) == (ChargeState.WRITTEN_OFF, 12_300, 0)
        assert await tx.fetchval("SELECT count(*) FROM mail") == 0, "nobody is asked for what was given up"
        assert (await stands(tx, cast))[Account.WRITE_OFFS] == 12_300


async def test_a_transfer_that_was_somebody_elses_is_taken_back(db: Database, cast: Cast) -> None:
    desk = await acting(db, cast.coordinator)
    async with transaction(db) as tx:
        charge = await paying(tx, await charged(tx, cast, due_at=NOW), 12_300)
        (payment,) = await payments_of(tx, charge_id=charge.id)
        told = {"actor": desk, "charge_id": charge.id, "now": NOW, "seen": None}
        with pytest.raises(NoSuchPayment):
            await unmatch(tx, payment_id=uuid4(), **told)
        charge = await unmatch(tx, payment_id=payment.id, **told)
        assert (charge.state, charge.outstanding, charge.paid_at) == (ChargeState.OPEN, 12_300, None)
        assert charge.due_at == NOW + timedelta(days=7), "there is time to find out"
        assert (await stands(tx, cast))[Account.RECEIVABLE] == 12_300
        with pytest.raises(PaymentStays):
            await unmatch(tx, payment_id=payment.id, **told)
        assert (await paying(tx, charge, 12_300)).state == ChargeState.PAID
        await stands(tx, cast)


async def test_a_payment_of_which_some_went_back_stays(db: Database, cast: Cast) -> None:
    desk = await acting(db, cast.coordinator)
    async with transaction(db) as tx:
        charge = await paying(tx, await charged(tx, cast), 12_400)
        await give_back_surplus(tx, actor=desk, charge_id=charge.id, seen=None, now=NOW)
        (payment,) = await payments_of(tx, charge_id=charge.id)
        with pytest.raises(PaymentStays):
            await unmatch(tx, actor=desk, charge_id=charge.id, payment_id=payment.id, seen=None, now=NOW)


async def test_only_the_coordinator_of_the_gmina_touches_its_charges(db: Database, cast: Cast) -> None:
    async with transaction(db) as tx:
        charge = await paying(tx, await charged(tx, cast, deposit=500), 12_900)
        mine = await charged(tx, cast)
        other, own = await acting(db, cast.other_coordinator), await acting(db, cast.member)
        desk = await acting(db, cast.coordinator)
        await give_back_surplus(tx, actor=desk, charge_id=charge.id, seen=None, now=NOW)
        (refund,) = await refunds_of(tx, charge_id=charge.id)
        (payment,) = await payments_of(tx, charge_id=charge.id)
        for who in (other, own):
            told = {"actor": who, "charge_id": charge.id, "seen": None, "now": NOW}
            with pytest.raises(NoSuchCharge):
                await return_deposit(tx, keep=0, reason="", **told)
            with pytest.raises(NoSuchCharge):
                await unmatch(tx, payment_id=payment.id, **told)
            with pytest.raises(NoSuchCharge):
                await give_back_surplus(tx, **told)
            with pytest.raises(NoSuchCharge):
                await write_off(tx, **{**told, "charge_id": mine.id})
            with pytest.raises(NoSuchRefund):
                await refund_done(tx, actor=who, refund_id=refund.id, done_on=TODAY, reference="", now=NOW)
            with pytest.raises(NoSuchCharge):
                await charge_at_desk(tx, actor=who, charge_id=charge.id)


async def test_a_transfer_seen_at_the_bank_is_written_down(db: Database, cast: Cast) -> None:
    desk = await acting(db, cast.coordinator)
    async with transaction(db) as tx:
        charge = await charged(tx, cast)
        told = {"actor": desk, "charge_id": charge.id, "reference": "WB 17", "now": NOW}
        for amount in (0, -1, 2**62):
            with pytest.raises(WrongAmount):
                await record_transfer(tx, amount=amount, received_on=TODAY, seen=None, **told)
        with pytest.raises(NotThatDay):
            await record_transfer(tx, amount=1, received_on=TODAY + timedelta(days=2), seen=None, **told)
        charge = await record_transfer(tx, amount=12_300, received_on=TODAY, seen=charge.version, **told)
        assert charge.state == ChargeState.PAID
        (payment,) = await payments_of(tx, charge_id=charge.id)
        assert (payment.reference, payment.received_on) == ("WB 17", TODAY)


async def test_a_charge_is_seen_by_who_made_it_the_owners_and_the_desk(db: Database, cast: Cast) -> None:
    async with transaction(db) as tx:
        charge = await charged(tx, cast)
        for who in (cast.member, cast.owner, cast.coordinator, cast.administrator):
            assert (await charge_for(tx, actor=await acting(db, who), charge_id=charge.id)).id == charge.id
        for who in (cast.colleague, cast.resident, cast.stranger, cast.office, cast.other_coordinator):
            with pytest.raises(NoSuchCharge):
                await charge_for(tx, actor=await acting(db, who), charge_id=charge.id)
        assert [one.id for one in await own_charges(tx, actor=await acting(db, cast.owner))] == [charge.id]
        assert await own_charges(tx, actor=await acting(db, cast.colleague)) == []


async def test_who_left_sees_no_more_what_their_organisation_pays(db: Database, cast: Cast) -> None:
    """As it is with what they booked for it. Once nobody belongs to it, who made it is left to pay."""
    async with transaction(db) as tx:
        charge = await charged(tx, cast)
        await tx.execute("DELETE FROM membership WHERE account_id = $1", cast.member.id)
        actor = await acting(db, cast.member)
        with pytest.raises(NoSuchCharge):
            await charge_for(tx, actor=actor, charge_id=charge.id)
        assert await own_charges(tx, actor=actor) == []
        await tx.execute("DELETE FROM membership WHERE organisation_id = $1", cast.acme)
        assert [one.id for one in await own_charges(tx, actor=actor)] == [charge.id]


async def test_the_desk_finds_what_is_late_and_what_came_too_much(db: Database, cast: Cast) -> None:
    async with transaction(db) as tx:
        late = await charged(tx, cast, due_at=NOW - timedelta(days=1))
        coming = await charged(tx, cast)
        much = await paying(tx, await charged(tx, cast, deposit=100), 20_000)
        await charged(tx, cast, skawina=True)

        async def found(which: str) -> list[UUID]:
            told = {"gmina_id": cast.niepolomice, "which": which, "now": NOW}
            return [one.id for one in await charges_at_desk(tx, **told)]  # type: ignore[arg-type]

        assert await found("overdue") == [late.id]
        assert await found("open") == [late.id, coming.id]
        assert await found("surplus") == await found("deposit") == await found("paid") == [much.id]
        assert set(await found("all")) == {late.id, coming.id, much.id}
        assert await found("written_off") == await found("cancelled") == []


SABOTAGE = {
    "paid 12301, payments come to 12300": "UPDATE charge SET paid = paid + 1",
    "outstanding, the ledger says": "UPDATE charge SET written_off = 5",
    "of 400 held, the ledger says 500": "UPDATE charge SET deposit_back = 100 WHERE deposit > 0",
    "open, and nothing outstanding": "UPDATE charge SET state = 'open'",
    "is not there": "DELETE FROM payment",
}


@pytest.mark.parametrize("fault", SABOTAGE)
async def test_charges_that_do_not_add_up_are_found(db: Database, cast: Cast, fault: str) -> None:
    async with transaction(db) as tx:
        await paying(tx, await charged(tx, cast, deposit=500), 12_300)
        await paying(tx, await charged(tx, cast), 12_300)
    async with transaction(db) as tx:
        assert await check_charges(tx, now=NOW) == {}
        await tx.execute("SET LOCAL session_replication_role = replica")
        await tx.execute(SABOTAGE[fault])
        wrong = await check_charges(tx, now=NOW)
        assert any(fault in told for told in wrong[cast.niepolomice]), wrong


async def test_a_race_of_a_payment_and_a_cancellation_loses_no_grosz(db: Database, cast: Cast) -> None:
    for _ in range(6):
        async with transaction(db) as tx:
            charge = await charged(tx, cast)

        async def pays(tx: Tx, charge: ChargeView = charge) -> object:
            return await paying(tx, charge, 12_300)

        async def gives_up(tx: Tx, charge: ChargeView = charge) -> object:
            return await cancelling(tx, charge, timedelta(days=9))

        told = await asyncio.gather(attempt(db, pays), attempt(db, gives_up), return_exceptions=True)
        assert [one for one in told if isinstance(one, BaseException) and not isinstance(one, Refusal)] == []
        async with statement(db) as tx:
            after = await locked(tx, charge_id=charge.id)
            assert after.state == ChargeState.CANCELLED
            assert after.refunded + after.surplus == 12_300
            await stands(tx, cast)
