"""A booking keeps the price it was made at, owes it when it is firm, and is given it back when it is called off."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from incubator.aid.grant import AidCeiling, DeclarationNeeded
from incubator.bookings.approve import approve
from incubator.bookings.cancel import cancel
from incubator.bookings.charge import PeopleMissing
from incubator.bookings.check_in import check_in
from incubator.bookings.confirm import confirm
from incubator.bookings.decline import decline
from incubator.bookings.draft import Order
from incubator.bookings.hold import hold_order
from incubator.bookings.hold_together import hold_together
from incubator.bookings.place import SlotTaken
from incubator.bookings.place_together import open_counter
from incubator.bookings.reschedule import extend, reschedule
from incubator.bookings.views import BookingView
from incubator.credits.grant_credit import days
from incubator.db.engine import Database, attempt, statement, transaction
from incubator.kernel.period import Period
from incubator.ledger.check_books import check_books
from incubator.pricing.details import ExtraDetails
from incubator.pricing.publish_list import publish_list
from incubator.pricing.quote_of import NoSuchExtra
from incubator.pricing.states import Per
from tests.aid.cast import put_declaration, put_rate
from tests.cast import Cast, Person, acting, change
from tests.moments import NOW, tuesday
from tests.pricing.cast import a_draft, a_tariff, hourly, in_force
from tests.races import outcomes

TWO_HOURS = tuesday("10:00", "12:00")
RATES = (hourly("commercial", 10_000), hourly("incubated", 3_000), hourly("resident", 5_000), hourly("ngo", 0))
PLEASE_PAY = "SELECT text FROM mail WHERE subject LIKE 'To pay:%'"
NET = {"stated": "net", "startups_incubated": True}


async def priced(db: Database, cast: Cast, *, deposit: int = 0, extras: tuple[ExtraDetails, ...] = ()) -> None:
    """Rooms L and S at 100 zł net an hour, 30 for startups, 50 for residents; and what aid needs."""
    tariff = a_tariff(cast.room_l, cast.room_s, rates=RATES, deposit=deposit)
    await in_force(db, cast, tariff, extras=extras, **NET)
    async with transaction(db) as tx:
        await put_rate(tx)
        await put_declaration(tx, organisation=cast.acme, by=cast.owner.id)


async def book(db: Database, cast: Cast, who: Person, *, own: bool = False, **told: Any) -> BookingView:
    """For Acme, or with `own` for the person; outright unless told otherwise."""
    actor = await acting(db, who)
    order = Order(
        **{
            "space_id": cast.room_l,
            "period": TWO_HOURS,
            "organisation_id": None if own else cast.acme,
            "outright": True,
            **told,
        }
    )
    return await attempt(db, lambda tx: hold_order(tx, actor=actor, order=order, now=NOW), bare=True)


async def owed(db: Database, booking: BookingView) -> list[tuple[int, int, str]]:
    """What was charged for it: gross in the beginning, outstanding, state."""
    async with statement(db) as tx:
        rows = await tx.fetch(
            "SELECT net + vat AS gross, outstanding, state FROM charge WHERE subject_id = $1 ORDER BY id", booking.id
        )
        assert await check_books(tx, now=NOW) == {}
    return [tuple(row) for row in rows]


async def aid(db: Database, booking: BookingView) -> list[int]:
    async with statement(db) as tx:
        rows = await tx.fetch("SELECT amount FROM aid_entry WHERE subject_id = $1 ORDER BY turn", booking.id)
    return [row["amount"] for row in rows]


async def quotes(db: Database, booking: BookingView) -> list[int]:
    async with statement(db) as tx:
        rows = await tx.fetch("SELECT net FROM quote WHERE subject_id = $1 ORDER BY id", booking.id)
    return [row["net"] for row in rows]


async def test_a_booking_outright_owes_its_price_and_grants_the_rest_as_aid(db: Database, cast: Cast) -> None:
    await priced(db, cast)
    made = await book(db, cast, cast.member)
    assert await owed(db, made) == [(7_380, 7_380, "open")]
    assert await aid(db, made) == [14_000]


async def test_a_person_owes_the_residents_price_and_gets_no_aid(db: Database, cast: Cast) -> None:
    await priced(db, cast)
    made = await book(db, cast, cast.resident, own=True)
    assert await owed(db, made) == [(12_300, 12_300, "open")]
    assert await aid(db, made) == []


async def test_a_held_time_owes_nothing_until_it_is_confirmed(db: Database, cast: Cast) -> None:
    await priced(db, cast)
    made = await book(db, cast, cast.member, outright=False)
    assert (await owed(db, made), await quotes(db, made)) == ([], [])
    actor = await acting(db, cast.member)
    await attempt(db, lambda tx: confirm(tx, actor=actor, booking_id=made.id, now=NOW))
    assert await owed(db, made) == [(7_380, 7_380, "open")]


async def test_a_request_keeps_the_price_of_its_day_and_owes_it_when_approved(db: Database, cast: Cast) -> None:
    await priced(db, cast)
    async with transaction(db) as tx:
        await change(tx, cast.room_l, needs_approval=True)
    made = await book(db, cast, cast.member)
    assert (await owed(db, made), await quotes(db, made)) == ([], [6_000])
    desk = await acting(db, cast.coordinator)
    await in_force(
        db, cast, a_tariff(cast.room_l, rates=(hourly("commercial", 90_000),)), day=NOW.date() + timedelta(1)
    )
    await attempt(db, lambda tx: approve(tx, actor=desk, booking_id=made.id, now=NOW))
    assert await owed(db, made) == [(7_380, 7_380, "open")]


async def test_a_request_that_is_declined_owes_nothing(db: Database, cast: Cast) -> None:
    await priced(db, cast)
    async with transaction(db) as tx:
        await change(tx, cast.room_l, needs_approval=True)
    made = await book(db, cast, cast.member)
    desk = await acting(db, cast.coordinator)
    await attempt(db, lambda tx: decline(tx, actor=desk, booking_id=made.id, reason="Remont", now=NOW))
    assert (await owed(db, made), await aid(db, made)) == ([], [])


async def test_called_off_in_time_it_owes_nothing_and_the_aid_is_taken_back(db: Database, cast: Cast) -> None:
    await priced(db, cast, deposit=50_000)
    made = await book(db, cast, cast.member)
    assert await owed(db, made) == [(7_380, 57_380, "open")]
    actor = await acting(db, cast.member)
    await attempt(db, lambda tx: cancel(tx, actor=actor, booking_id=made.id, now=NOW))
    assert await owed(db, made) == [(7_380, 0, "cancelled")]
    assert await aid(db, made) == [14_000, -14_000]


async def test_longer_it_owes_the_new_price_instead_of_the_old(db: Database, cast: Cast) -> None:
    await priced(db, cast)
    made = await book(db, cast, cast.member)
    actor, end = await acting(db, cast.member), TWO_HOURS.end + timedelta(hours=1)
    await attempt(db, lambda tx: extend(tx, actor=actor, booking_id=made.id, end=end, now=NOW))
    assert await owed(db, made) == [(7_380, 0, "cancelled"), (11_070, 11_070, "open")]
    assert await aid(db, made) == [14_000, -14_000, 21_000]
    async with statement(db) as tx:
        letters = {row["text"] for row in await tx.fetch(PLEASE_PAY)}
    (first,) = (one for one in letters if "L, 08.09.2026 10:00–12:00" in one)
    (second,) = (one for one in letters if "L, 08.09.2026 10:00–13:00" in one)
    assert "takes the place of" not in first
    assert "It takes the place of INK 0000013: please pay that one no more" in second


async def test_moved_at_the_same_price_nothing_is_charged_anew(db: Database, cast: Cast) -> None:
    await priced(db, cast)
    made = await book(db, cast, cast.member)
    actor, later = await acting(db, cast.member), tuesday("14:00", "16:00")
    await attempt(db, lambda tx: reschedule(tx, actor=actor, booking_id=made.id, period=later, now=NOW))
    assert await owed(db, made) == [(7_380, 7_380, "open")]
    assert (await aid(db, made), await quotes(db, made)) == ([14_000], [6_000])


async def test_moved_to_a_space_without_a_price_it_owes_nothing(db: Database, cast: Cast) -> None:
    await priced(db, cast)
    made = await book(db, cast, cast.member)
    actor = await acting(db, cast.member)

    async def move(space_id: UUID) -> None:
        await attempt(
            db,
            lambda tx: reschedule(tx, actor=actor, booking_id=made.id, period=TWO_HOURS, space_id=space_id, now=NOW),
        )

    await move(cast.room_a)
    assert await owed(db, made) == [(7_380, 0, "cancelled")]
    assert sum(await aid(db, made)) == 0
    await move(cast.room_s)
    assert await owed(db, made) == [(7_380, 0, "cancelled"), (7_380, 7_380, "open")]
    assert sum(await aid(db, made)) == 14_000


async def test_longer_after_checking_in_it_owes_the_new_price(db: Database, cast: Cast) -> None:
    await priced(db, cast)
    made = await book(db, cast, cast.member)
    actor, end = await acting(db, cast.member), TWO_HOURS.end + timedelta(hours=1)
    await attempt(db, lambda tx: check_in(tx, actor=actor, booking_id=made.id, now=TWO_HOURS.start))
    await attempt(db, lambda tx: extend(tx, actor=actor, booking_id=made.id, end=end, now=TWO_HOURS.start))
    assert await owed(db, made) == [(7_380, 0, "cancelled"), (11_070, 11_070, "open")]
    assert await aid(db, made) == [14_000, -14_000, 21_000]


async def test_moved_to_a_request_that_is_then_declined_it_owes_nothing(db: Database, cast: Cast) -> None:
    """At the same price the old charge stands while it waits; with the answer it goes."""
    await priced(db, cast)
    made = await book(db, cast, cast.member)
    async with transaction(db) as tx:
        await change(tx, cast.room_l, needs_approval=True)
    actor, desk, later = await acting(db, cast.member), await acting(db, cast.coordinator), tuesday("14:00", "16:00")
    await attempt(db, lambda tx: reschedule(tx, actor=actor, booking_id=made.id, period=later, now=NOW))
    assert await owed(db, made) == [(7_380, 7_380, "open")]
    await attempt(db, lambda tx: decline(tx, actor=desk, booking_id=made.id, reason="Remont", now=NOW))
    assert await owed(db, made) == [(7_380, 0, "cancelled")]
    assert await aid(db, made) == [14_000, -14_000]


async def test_moved_to_another_gmina_at_the_same_price_it_is_owed_there(db: Database, cast: Cast) -> None:
    await in_force(db, cast)
    desk = await acting(db, cast.other_coordinator)
    async with transaction(db) as tx:
        other = await tx.fetchval("SELECT id FROM space WHERE incubator_id = $1", cast.rynek)
        draft = await a_draft(tx, desk, cast.rynek, a_tariff(other), day=NOW.date())
        await publish_list(tx, actor=desk, list_id=draft.id, now=NOW)
    made = await book(db, cast, cast.resident, own=True)
    actor = await acting(db, cast.resident)
    told = {"actor": actor, "booking_id": made.id, "period": TWO_HOURS, "space_id": other, "now": NOW}
    await attempt(db, lambda tx: reschedule(tx, **told))
    async with statement(db) as tx:
        rows = await tx.fetch(
            "SELECT gmina_id, state FROM charge WHERE subject_id = $1 ORDER BY created_at, id", made.id
        )
    assert [tuple(row) for row in rows] == [(cast.niepolomice, "cancelled"), (cast.skawina, "open")]


async def test_what_a_credit_carries_costs_nothing_and_is_aid(db: Database, cast: Cast) -> None:
    await priced(db, cast, deposit=50_000)
    async with transaction(db) as tx:
        valid = days(NOW.date(), NOW.date() + timedelta(days=30))
        await tx.execute(
            "INSERT INTO credit (organisation_id, kind, gmina_id, source_id, name_pl, name_en, valid, granted, used)"
            " VALUES ($1, 'room_minutes', $2, uuidv7(), '', '', tstzrange($3, $4), 600, 0)",
            cast.acme,
            cast.niepolomice,
            valid.start,
            valid.end,
        )
    made = await book(db, cast, cast.member)
    assert made.credit_id is not None
    assert (await owed(db, made), await quotes(db, made)) == ([], [0])
    assert await aid(db, made) == [20_000]


async def test_extras_are_chosen_with_it_and_paid(db: Database, cast: Cast) -> None:
    await priced(db, cast, extras=(ExtraDetails(name_pl="Rzutnik", price=2_000),))
    async with statement(db) as tx:
        projector = await tx.fetchval("SELECT id FROM extra")
    made = await book(db, cast, cast.member, extras=(projector,))
    assert await owed(db, made) == [(9_840, 9_840, "open")]
    with pytest.raises(NoSuchExtra):
        await book(db, cast, cast.member, period=tuesday("14:00", "15:00"), extras=(cast.acme,))
    async with statement(db) as tx:
        assert await tx.fetchval("SELECT count(*) FROM booking") == 1
        assert await tx.fetchval("SELECT count(*) FROM occupancy") == 1


async def test_extras_that_are_not_wanted_any_more_are_not_paid(db: Database, cast: Cast) -> None:
    await priced(db, cast, extras=(ExtraDetails(name_pl="Rzutnik", price=2_000),))
    async with statement(db) as tx:
        projector = await tx.fetchval("SELECT id FROM extra")
    actor = await acting(db, cast.member)
    for hour, extras, gross in (("14", (), 3_690), ("16", None, 6_150)):
        period = tuesday(f"{hour}:00", f"{int(hour) + 1}:00")
        held = await book(db, cast, cast.member, outright=False, period=period, extras=(projector,))
        told = {"actor": actor, "booking_id": held.id, "extras": extras, "now": NOW}
        await attempt(db, lambda tx, t=told: confirm(tx, **t))  # type: ignore[misc]
        assert await owed(db, held) == [(gross, gross, "open")]


async def test_over_the_ceiling_it_is_refused_whole_and_had_at_the_full_price(db: Database, cast: Cast) -> None:
    await priced(db, cast)
    async with transaction(db) as tx:
        await tx.execute(
            "INSERT INTO aid_elsewhere (organisation_id, granted_on, provider, amount_cents, entered_by, entered_at)"
            " VALUES ($1, $2, 'PARP', 29999000, $3, $4)",
            cast.acme,
            NOW.date(),
            cast.owner.id,
            NOW,
        )
    with pytest.raises(AidCeiling):
        await book(db, cast, cast.member)
    async with statement(db) as tx:
        assert await tx.fetchval("SELECT count(*) FROM booking") == 0
        assert await tx.fetchval("SELECT count(*) FROM occupancy") == 0
    made = await book(db, cast, cast.member, full_price=True)
    assert await owed(db, made) == [(24_600, 24_600, "open")]
    assert await aid(db, made) == []


async def test_without_a_declaration_the_lower_price_is_refused(db: Database, cast: Cast) -> None:
    await priced(db, cast)
    async with transaction(db) as tx:
        await tx.execute("DELETE FROM aid_declaration")
    with pytest.raises(DeclarationNeeded):
        await book(db, cast, cast.member)
    held = await book(db, cast, cast.member, outright=False)
    actor = await acting(db, cast.member)
    with pytest.raises(DeclarationNeeded):
        await attempt(db, lambda tx: confirm(tx, actor=actor, booking_id=held.id, now=NOW))
    told = {"actor": actor, "booking_id": held.id, "full_price": True, "now": NOW}
    await attempt(db, lambda tx: confirm(tx, **told))
    assert await owed(db, held) == [(24_600, 24_600, "open")]


async def test_an_association_books_free_of_charge_and_needs_no_declaration(db: Database, cast: Cast) -> None:
    await priced(db, cast)
    async with transaction(db) as tx:
        await tx.execute("UPDATE organisation SET kind = 'ngo' WHERE id = $1", cast.acme)
        await tx.execute("DELETE FROM aid_declaration")
    made = await book(db, cast, cast.member)
    assert (await owed(db, made), await quotes(db, made), await aid(db, made)) == ([], [0], [])


async def test_the_house_does_not_pay_itself(db: Database, cast: Cast) -> None:
    await priced(db, cast)
    made = await book(db, cast, cast.coordinator, own=True)
    assert (await owed(db, made), await quotes(db, made)) == ([], [])


async def test_a_space_with_a_price_is_booked_by_itself(db: Database, cast: Cast) -> None:
    """The counter puts bookings down without a transaction: what has a price goes another way."""
    await priced(db, cast)
    await book(db, cast, cast.member)
    counter, actor = open_counter(db), await acting(db, cast.member)
    order = Order(space_id=cast.room_l, period=tuesday("14:00", "15:00"), organisation_id=cast.acme, outright=True)
    assert await hold_together(counter, actor=actor, order=order, now=NOW) is None
    free = replace(order, space_id=cast.room_a)
    await book(db, cast, cast.member, space_id=cast.room_a)
    assert await hold_together(counter, actor=actor, order=free, now=NOW) is not None


async def test_of_many_who_want_one_hour_one_is_charged(db: Database, cast: Cast) -> None:
    await priced(db, cast)
    got = await outcomes(*(book(db, cast, cast.member) for _ in range(16)))
    assert got.count(SlotTaken) == 15
    async with statement(db) as tx:
        counts = await tx.fetchrow(
            "SELECT (SELECT count(*) FROM charge), (SELECT count(*) FROM quote), (SELECT count(*) FROM aid_entry)"
        )
        assert tuple(counts or ()) == (1, 1, 1)
        assert await check_books(tx, now=NOW) == {}


async def test_confirmed_cancelled_and_moved_at_once_the_books_balance(db: Database, cast: Cast) -> None:
    """Whatever comes first, what is owed in the end is the price of what stands."""
    await priced(db, cast)
    actor = await acting(db, cast.member)
    for turn in range(6):
        period = Period(TWO_HOURS.start + timedelta(days=turn // 2), TWO_HOURS.end + timedelta(days=turn // 2))
        made = await book(db, cast, cast.member, period=period, space_id=(cast.room_l, cast.room_s)[turn % 2])
        end = period.end + timedelta(hours=1)
        await outcomes(
            attempt(db, lambda tx, key=made.id: cancel(tx, actor=actor, booking_id=key, now=NOW)),  # type: ignore[misc]
            attempt(db, lambda tx, key=made.id, e=end: extend(tx, actor=actor, booking_id=key, end=e, now=NOW)),  # type: ignore[misc]
        )
        async with statement(db) as tx:
            left = await tx.fetchval("SELECT coalesce(sum(outstanding), 0) FROM charge WHERE subject_id = $1", made.id)
            state = await tx.fetchval("SELECT state FROM booking WHERE id = $1", made.id)
        assert left == (0 if state == "cancelled" else 11_070)
        assert sum(await aid(db, made)) == (0 if state == "cancelled" else 21_000)


async def test_what_is_paid_by_person_asks_for_how_many(db: Database, cast: Cast) -> None:
    await priced(db, cast, extras=(ExtraDetails(name_pl="Kawa", price=1_000, per=Per.PERSON),))
    async with statement(db) as tx:
        coffee = await tx.fetchval("SELECT id FROM extra")
    with pytest.raises(PeopleMissing):
        await book(db, cast, cast.member, extras=(coffee,))
    made = await book(db, cast, cast.member, extras=(coffee,), attendees=3)
    assert await owed(db, made) == [(11_070, 11_070, "open")]
