"""What follows from being paid, or not in time; reminders; the account."""

import asyncio
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest

from incubator.db.engine import Database, Tx, attempt, transaction
from incubator.payments.cancel_charge import ALL_BACK, cancel_charge
from incubator.payments.enter_reminder_days import (
    LastReminderFirst,
    ReminderDaysKnown,
    ReminderDaysPast,
    enter_reminder_days,
)
from incubator.payments.hand_over import OVERDUE, HandOver, Subject
from incubator.payments.import_bank_file import import_bank_file, preview_bank_file
from incubator.payments.queries_bank import bank_account_on, bank_accounts
from incubator.payments.read_bank_file import read_bank_file
from incubator.payments.remind_due import remind_due
from incubator.payments.set_bank_account import (
    AccountFromTooEarly,
    AccountSaidAlready,
    NotAnAccount,
    NotANip,
    set_bank_account,
)
from incubator.payments.views import ChargeView, ReminderDaysView
from incubator.payments.write_off import write_off
from incubator.people.guards import NotYours
from tests.cast import Cast, acting
from tests.moments import MONDAY, NOW
from tests.payments.money import charged
from tests.payments.test_charges import paying

IBAN = "PL61109010140000071219812874"


@dataclass
class Heard:
    """A subject that keeps what it is told, and gives up what is not paid."""

    paid: list[UUID] = field(default_factory=list)
    overdue: list[UUID] = field(default_factory=list)

    async def on_paid(self, tx: Tx, *, charge: ChargeView, now: datetime) -> None:
        self.paid.append(charge.id)

    async def on_overdue(self, tx: Tx, *, charge: ChargeView, now: datetime) -> None:
        self.overdue.append(charge.id)
        told = {"steps": ALL_BACK, "left": timedelta(0), "reason": "not_in_time", "by": None, "now": now}
        await cancel_charge(tx, charge_id=charge.id, **told)  # type: ignore[arg-type]


def listening() -> tuple[Heard, HandOver]:
    heard = Heard()
    return heard, HandOver({"booking": Subject(paid=heard.on_paid, overdue=heard.on_overdue)})


async def test_what_is_paid_is_told_once(db: Database, cast: Cast) -> None:
    heard, hand_over = listening()
    async with transaction(db) as tx:
        charge = await charged(tx, cast)
        other = await charged(tx, cast)
        await paying(tx, charge, 12_300)
    for _ in range(3):  # a worker that was killed does it again
        await hand_over.tell_paid(db, subject_id=charge.id, now=NOW)
    await hand_over.tell_paid(db, subject_id=other.id, now=NOW)
    assert heard.paid == [charge.id], "and of what is not paid nothing"


async def test_many_workers_tell_it_once(db: Database, cast: Cast) -> None:
    heard, hand_over = listening()
    async with transaction(db) as tx:
        charge = await paying(tx, await charged(tx, cast), 12_300)
    await asyncio.gather(*(hand_over.tell_paid(db, subject_id=charge.id, now=NOW) for _ in range(6)))
    assert heard.paid == [charge.id]


async def test_what_is_not_paid_in_time_is_told_and_may_be_given_up(db: Database, cast: Cast) -> None:
    heard, hand_over = listening()
    later = NOW + timedelta(days=8)
    async with transaction(db) as tx:
        late = await charged(tx, cast)
        coming = await charged(tx, cast, due_at=later + timedelta(days=1))
        await paying(tx, await charged(tx, cast), 12_300)
    async with transaction(db) as tx:
        for _ in range(2):
            await hand_over.look_for_overdue(tx, now=later)
        assert await tx.fetchval("SELECT count(*) FROM pgqueuer WHERE entrypoint = $1", OVERDUE) == 1
    for key in (late.id, late.id, coming.id):
        await hand_over.tell_overdue(db, subject_id=key, now=later)
    assert heard.overdue == [late.id], "once it was cancelled it is late no more"


async def test_who_pays_while_it_is_given_up_gets_it_or_their_money(db: Database, cast: Cast) -> None:
    heard, hand_over = listening()
    later = NOW + timedelta(days=8)
    for _ in range(5):
        async with transaction(db) as tx:
            charge = await charged(tx, cast)

        async def pays(tx: Tx, charge: ChargeView = charge) -> ChargeView:
            return await paying(tx, charge, 12_300, now=later)

        paid, _ = await asyncio.gather(attempt(db, pays), hand_over.tell_overdue(db, subject_id=charge.id, now=later))
        given_up = charge.id in heard.overdue
        assert (paid.state, paid.surplus) == (("cancelled", 12_300) if given_up else ("paid", 0))


async def test_what_nobody_listens_for_is_left_alone(db: Database, cast: Cast) -> None:
    hand_over = HandOver({})
    async with transaction(db) as tx:
        charge = await paying(tx, await charged(tx, cast), 12_300)
        late = await charged(tx, cast)
        await hand_over.look_for_overdue(tx, now=NOW + timedelta(days=8))
        assert await tx.fetchval("SELECT count(*) FROM pgqueuer WHERE entrypoint = $1", OVERDUE) == 0
    await hand_over.tell_paid(db, subject_id=charge.id, now=NOW)
    await hand_over.tell_overdue(db, subject_id=late.id, now=NOW + timedelta(days=8))


async def test_who_owes_is_reminded_before_after_and_once_more(db: Database, cast: Cast) -> None:
    async with transaction(db) as tx:
        await tx.execute("UPDATE account SET locale = 'pl' WHERE id = $1", cast.member.id)
        charge = await charged(tx, cast, due_at=NOW + timedelta(days=14))
        await tx.execute("DELETE FROM mail")
        told = [day for day in range(30) if await remind_due(tx, now=NOW + timedelta(days=day))]
        assert told == [11, 21, 28], "three days before it is due, a week after, and another week later"
        subjects = [row["subject"] for row in await tx.fetch("SELECT subject FROM mail ORDER BY id")]
        assert subjects[0].startswith("Przypomnienie: 123,00 zł do zapłaty do")
        assert subjects[1] == subjects[2] and subjects[1].startswith("Czy to nie umknęło?")
        assert f"INK 000001{charge.title[-1]}" in charge.title


async def test_other_days_of_reminders_count_from_their_day_on(db: Database, cast: Cast) -> None:
    house, desk = await acting(db, cast.administrator), await acting(db, cast.coordinator)
    of_their_own = ReminderDaysView(
        valid_from=(NOW + timedelta(days=15)).date(), before_days=5, late_days=2, last_days=20
    )
    async with transaction(db) as tx:
        with pytest.raises(NotYours):
            await enter_reminder_days(tx, actor=desk, days=of_their_own, now=NOW)
        for wrong, refusal in (
            (replace(of_their_own, valid_from=MONDAY - timedelta(days=1)), ReminderDaysPast),
            (replace(of_their_own, last_days=2), LastReminderFirst),
        ):
            with pytest.raises(refusal):
                await enter_reminder_days(tx, actor=house, days=wrong, now=NOW)
        await enter_reminder_days(tx, actor=house, days=of_their_own, now=NOW)
        with pytest.raises(ReminderDaysKnown):
            await enter_reminder_days(tx, actor=house, days=of_their_own, now=NOW)
        await charged(tx, cast, due_at=NOW + timedelta(days=14))
        told = [day for day in range(40) if await remind_due(tx, now=NOW + timedelta(days=day))]
        assert told == [11, 16, 34]


async def test_who_has_paid_or_was_just_asked_is_not_reminded(db: Database, cast: Cast) -> None:
    async with transaction(db) as tx:
        await paying(tx, await charged(tx, cast), 12_300)
        soon = await charged(tx, cast, due_at=NOW + timedelta(days=4))
        assert await remind_due(tx, now=NOW + timedelta(days=2)) == 0
        assert await remind_due(tx, now=NOW + timedelta(days=10)) == 0, "a transfer may take its time"
        assert await remind_due(tx, now=NOW + timedelta(days=11)) == 1
        await tx.execute("UPDATE charge SET due_at = due_at + interval '30 days' WHERE id = $1", soon.id)
        assert await remind_due(tx, now=NOW + timedelta(days=33)) == 0


CHECKOUT = """
INSERT INTO checkout (charge_id, gmina_id, account, account_id, amount, text, locale, email, back, state, attempt, error, expires_at)
VALUES ($1, $2, 'acct_1', $3, 12300, 'Sala', 'pl', '', '/', 'wanted', 1, '', $4)
"""


async def test_who_is_paying_by_card_is_not_reminded_and_who_gave_it_up_is(db: Database, cast: Cast) -> None:
    late, lines = NOW + timedelta(days=15), "UPDATE checkout SET state = $1, unwanted_at = $2"
    async with transaction(db) as tx:
        charge = await charged(tx, cast)
        await tx.execute(CHECKOUT, charge.id, cast.niepolomice, cast.member.id, NOW)
        assert await remind_due(tx, now=late) == 0
        await tx.execute(lines, "wanted", late)
        assert await remind_due(tx, now=late) == 1, "it is being called off"
        await tx.execute("UPDATE charge SET reminders = 0")
        await tx.execute(lines, "expired", None)
        assert await remind_due(tx, now=late) == 1


async def test_whose_transfer_waits_to_be_counted_is_not_reminded(db: Database, cast: Cast) -> None:
    desk, late = await acting(db, cast.coordinator), NOW + timedelta(days=15)
    async with transaction(db) as tx:
        came, open_, elsewhere = await charged(tx, cast), await charged(tx, cast), await charged(tx, cast, skawina=True)
        assert elsewhere.number == came.number
        found = read_bank_file(f"Data;Kwota;Nadawca;Tytuł\n2026-09-07;1,00;Acme;{came.title}\n".encode())
        seen = await preview_bank_file(tx, actor=desk, gmina_id=cast.niepolomice, found=found, now=NOW)
        await import_bank_file(tx, actor=desk, import_id=seen.id, now=NOW)
        assert await remind_due(tx, now=late) == 2
        reminded = {row["id"] for row in await tx.fetch("SELECT id FROM charge WHERE reminders > 0")}
        assert reminded == {open_.id, elsewhere.id}


async def test_what_is_given_up_or_called_off_is_not_reminded(db: Database, cast: Cast) -> None:
    desk = await acting(db, cast.coordinator)
    async with transaction(db) as tx:
        lost, cancelled = await charged(tx, cast), await charged(tx, cast)
        await write_off(tx, actor=desk, charge_id=lost.id, seen=None, now=NOW)
        key, left = cancelled.id, timedelta(1)
        await cancel_charge(tx, charge_id=key, steps=ALL_BACK, left=left, reason="cancelled", by=None, now=NOW)
        assert await remind_due(tx, now=NOW + timedelta(days=30)) == 0


async def test_an_account_counts_from_its_day_until_a_later_one(db: Database, cast: Cast) -> None:
    desk = await acting(db, cast.coordinator)
    told = {
        "actor": desk,
        "gmina_id": cast.niepolomice,
        "holder": "Gmina Niepołomice",
        "nip": "526-104-08-28",
        "now": NOW,
    }
    async with transaction(db) as tx:
        assert await bank_account_on(tx, gmina_id=cast.niepolomice, now=NOW) is None
        first = await set_bank_account(tx, number="61 1090 1014 0000 0712 1981 2874", valid_from=MONDAY, **told)
        assert (first.iban, first.nip, first.shown) == (IBAN, "5261040828", "61 1090 1014 0000 0712 1981 2874")
        second = await set_bank_account(
            tx, number="PL27114020040000300201355387", valid_from=MONDAY + timedelta(days=9), **told
        )
        assert await bank_account_on(tx, gmina_id=cast.niepolomice, now=NOW + timedelta(days=8)) == first
        assert await bank_account_on(tx, gmina_id=cast.niepolomice, now=NOW + timedelta(days=9)) == second
        assert await bank_accounts(tx, gmina_id=cast.niepolomice) == [second, first]
        mails = await tx.fetch("SELECT recipient, text FROM mail")
        assert {row["recipient"] for row in mails} == {cast.coordinator.email}
        assert any("61 1090 1014" in row["text"] for row in mails)


async def test_an_account_that_is_none_or_of_another_is_refused(db: Database, cast: Cast) -> None:
    desk = await acting(db, cast.coordinator)
    told = {"actor": desk, "gmina_id": cast.niepolomice, "holder": "Gmina", "nip": "", "now": NOW, "valid_from": MONDAY}
    async with transaction(db) as tx:
        for number in (
            "",
            "61109010140000071219812875",
            "DE89370400440532013000",
            "٦١109010140000071219812874",
            "x" * 300,
        ):
            with pytest.raises(NotAnAccount):
                await set_bank_account(tx, number=number, **told)
        for nip in ("0000000000", "1111111111", "5261040829", "abc"):
            with pytest.raises(NotANip):
                await set_bank_account(tx, number=IBAN, **{**told, "nip": nip})
        with pytest.raises(AccountFromTooEarly):
            await set_bank_account(tx, number=IBAN, **{**told, "valid_from": MONDAY - timedelta(days=1)})
        await set_bank_account(tx, number=IBAN, **told)
        with pytest.raises(AccountSaidAlready):
            await set_bank_account(tx, number=IBAN, **told)
        for who in (cast.other_coordinator, cast.member):
            with pytest.raises(NotYours):
                await set_bank_account(tx, number=IBAN, **{**told, "actor": await acting(db, who)})


async def test_many_who_set_an_account_from_one_day_set_one(db: Database, cast: Cast) -> None:
    desk = await acting(db, cast.coordinator)
    told = {
        "gmina_id": cast.niepolomice,
        "number": IBAN,
        "holder": "Gmina",
        "nip": "",
        "valid_from": MONDAY,
        "now": NOW,
    }
    made = await asyncio.gather(
        *(attempt(db, lambda tx: set_bank_account(tx, actor=desk, **told)) for _ in range(8)),  # type: ignore[arg-type]
        return_exceptions=True,
    )
    assert [type(one) for one in made].count(AccountSaidAlready) == 7


async def test_a_subject_of_no_charge_is_nobody(db: Database, cast: Cast) -> None:
    from incubator.payments.locked import NoSuchCharge

    _, hand_over = listening()
    with pytest.raises(NoSuchCharge):
        await hand_over.tell_paid(db, subject_id=uuid4(), now=NOW)
