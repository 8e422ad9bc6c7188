"""A booking that is moved: what becomes of its price, its extras, and of what the charge is called."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from incubator.bookings.approve import approve
from incubator.bookings.cost import cost_of
from incubator.bookings.may_move import NoTimeForApproval
from incubator.bookings.move_in_time import TooLateToMove
from incubator.bookings.reschedule import reschedule
from incubator.bookings.states import State
from incubator.bookings.views import BookingView
from incubator.db.engine import Database, attempt, statement, transaction
from incubator.invoices.charged import sale_of
from incubator.kernel.money import Vat
from incubator.kernel.period import Period
from incubator.pricing.details import ExtraDetails
from incubator.pricing.keep_quote import keep_quote, kept_quote
from incubator.pricing.publish_list import publish_list
from incubator.pricing.states import Per
from tests.bookings.test_cancel_by_steps import stepped
from tests.bookings.test_charge import TWO_HOURS, aid, book, owed, priced
from tests.cast import Cast, acting, change
from tests.credits.cast import put_credit, used
from tests.moments import NOW
from tests.pricing.cast import a_draft, a_tariff, hourly, in_force

PROJECTOR = ExtraDetails(name_pl="Rzutnik", price=2_000)
NEXT_WEEK = Period(TWO_HOURS.start + timedelta(days=7), TWO_HOURS.end + timedelta(days=7))
SECOND = NOW.date() + timedelta(days=5)


async def extra_of(db: Database) -> UUID:
    async with statement(db) as tx:
        found = await tx.fetchval("SELECT id FROM extra ORDER BY id LIMIT 1")
    assert isinstance(found, UUID)
    return found


async def moved(db: Database, cast: Cast, booking: BookingView, **told: Any) -> BookingView:
    actor = await acting(db, cast.member)
    given = {"period": NEXT_WEEK, "now": NOW, **told}
    return await attempt(db, lambda tx: reschedule(tx, actor=actor, booking_id=booking.id, **given))


async def test_a_newer_list_does_not_refuse_extras_that_were_chosen_before(db: Database, cast: Cast) -> None:
    """At the price that they were chosen at, net as their list says, beside a list that is gross."""
    await priced(db, cast, extras=(PROJECTOR,))
    made = await book(db, cast, cast.member, extras=(await extra_of(db),))
    assert await owed(db, made) == [(9_840, 9_840, "open")]
    tariff = a_tariff(cast.room_l, rates=(hourly("commercial", 12_300), hourly("incubated", 6_150)))
    other = ExtraDetails(name_pl="Rzutnik", price=99_900)
    await in_force(db, cast, tariff, extras=(other,), day=SECOND, startups_incubated=True)
    await moved(db, cast, made)
    assert await owed(db, made) == [(9_840, 0, "cancelled"), (12_300 + 2_460, 12_300 + 2_460, "open")]
    async with statement(db) as tx:
        row = await tx.fetchrow("SELECT stated, lines::text FROM quote ORDER BY id DESC LIMIT 1")
        assert row is not None and row["stated"] == "gross" and '"price": 2460' in row["lines"]


async def test_where_no_list_has_the_space_an_extra_is_paid_alone(db: Database, cast: Cast) -> None:
    await priced(db, cast, extras=(PROJECTOR,))
    made = await book(db, cast, cast.member, extras=(await extra_of(db),))
    await moved(db, cast, made, space_id=cast.room_a)
    assert await owed(db, made) == [(9_840, 0, "cancelled"), (2_460, 2_460, "open")]


async def test_what_another_incubator_does_not_offer_is_left_behind(db: Database, cast: Cast) -> None:
    extras = (PROJECTOR, ExtraDetails(name_pl="Kawa", price=100, per=Per.PERSON))
    await in_force(db, cast, extras=extras)
    desk = await acting(db, cast.other_coordinator)
    async with transaction(db) as tx:
        other = await tx.fetchval("SELECT id FROM space WHERE incubator_id = $1", cast.rynek)
        draft = await a_draft(tx, desk, cast.rynek, a_tariff(other), day=NOW.date())
        await publish_list(tx, actor=desk, list_id=draft.id, now=NOW)
        keys = [row["id"] for row in await tx.fetch("SELECT id FROM extra")]
    made = await book(db, cast, cast.resident, own=True, extras=tuple(keys), attendees=2)
    actor = await acting(db, cast.resident)
    told: dict[str, Any] = {"booking_id": made.id, "period": NEXT_WEEK, "space_id": other, "now": NOW}
    await attempt(db, lambda tx: reschedule(tx, actor=actor, **told))
    assert await owed(db, made) == [(22_200, 0, "cancelled"), (20_000, 20_000, "open")]
    async with statement(db) as tx:
        assert await tx.fetchval("SELECT extras FROM booking WHERE id = $1", made.id) == []


async def test_moved_at_the_same_price_what_is_owed_is_called_by_its_new_room_and_time(
    db: Database, cast: Cast
) -> None:
    await priced(db, cast)
    made = await book(db, cast, cast.member)
    await moved(db, cast, made, space_id=cast.room_s)
    assert await owed(db, made) == [(7_380, 7_380, "open")]
    async with statement(db) as tx:
        row = await tx.fetchrow("SELECT text_pl, text_en, version FROM charge")
        assert await tx.fetchval("SELECT count(*) FROM history WHERE verb = 'rename'") == 1
    assert row is not None
    assert tuple(row) == ("S, 15.09.2026 10:00–12:00", "S, 15.09.2026 10:00–12:00", 2)


async def test_moved_at_the_same_price_its_lines_name_the_new_room(db: Database, cast: Cast) -> None:
    """The quote on its page, and what an invoice says later."""
    await priced(db, cast)
    made = await book(db, cast, cast.member)
    there = await moved(db, cast, made, space_id=cast.room_s)
    desk = await acting(db, cast.coordinator)
    async with statement(db) as tx:
        cost = await cost_of(tx, actor=desk, booking=there)
        assert cost is not None and cost.quote is not None and cost.owed is not None
        sale = await sale_of(tx, charge=cost.owed, now=NOW)
    assert [line.text_pl.split(",")[0] for line in cost.quote.lines] == ["S"]
    assert [line.text_pl.split(",")[0] for line in sale.lines] == ["S"]
    assert await owed(db, made) == [(7_380, 7_380, "open")]
    assert await aid(db, made) == [14_000]


async def test_nobody_puts_other_sums_under_a_charge(db: Database, cast: Cast) -> None:
    await priced(db, cast)
    made = await book(db, cast, cast.member)
    async with transaction(db) as tx:
        told = await kept_quote(tx, quote_id=await tx.fetchval("SELECT quote_id FROM charge"))
        more: dict[str, Any] = {"subject_kind": "booking", "account_id": None, "organisation_id": cast.acme, "now": NOW}
        of_others = await keep_quote(tx, quote=told, subject_id=cast.room_l, **more)
        dearer = await keep_quote(tx, quote=replace(told, deposit=1), subject_id=made.id, **more)
        same = await keep_quote(tx, quote=told, subject_id=made.id, **more)
    for quote_id in (of_others, dearer):
        async with statement(db) as tx:
            with pytest.raises(asyncpg.RestrictViolationError):
                await tx.execute("UPDATE charge SET quote_id = $1", quote_id)
    async with statement(db) as tx:
        await tx.execute("UPDATE charge SET quote_id = $1", same)


async def test_at_the_same_sum_with_another_tax_it_is_owed_anew(db: Database, cast: Cast) -> None:
    """100 zł with tax, and 100 zł that bear none, are not the same to an invoice."""
    rates = (hourly("commercial", 10_000),)
    taxed, exempt = a_tariff(cast.room_l, rates=rates), a_tariff(cast.room_s, rates=rates, vat=Vat.OUT_OF_SCOPE)
    listed = await in_force(db, cast, taxed, exempt, stated="gross")
    assert listed is not None
    made = await book(db, cast, cast.resident, own=True)
    actor = await acting(db, cast.resident)
    told: dict[str, Any] = {"period": NEXT_WEEK, "space_id": cast.room_s, "now": NOW}
    await attempt(db, lambda tx: reschedule(tx, actor=actor, booking_id=made.id, **told))
    assert [state for _, _, state in await owed(db, made)] == ["cancelled", "open"]


@pytest.mark.parametrize("also_moved", [False, True])
async def test_a_request_older_than_the_first_list_stays_free(db: Database, cast: Cast, also_moved: bool) -> None:
    """It was asked for when nothing was charged. Moved, it is asked for anew."""
    async with transaction(db) as tx:
        await change(tx, cast.room_l, needs_approval=True)
    made = await book(db, cast, cast.member)
    await priced(db, cast)
    if also_moved:
        await moved(db, cast, made)
    desk = await acting(db, cast.coordinator)
    await attempt(db, lambda tx: approve(tx, actor=desk, booking_id=made.id, now=NOW))
    assert await owed(db, made) == ([(7_380, 7_380, "open")] if also_moved else [])
    assert await aid(db, made) == ([14_000] if also_moved else [])


async def test_what_is_paid_for_is_not_moved_out_of_reach_of_its_steps(db: Database, cast: Cast) -> None:
    """Moved far away, or to half an hour, and called off there, it would cost nothing."""
    await stepped(db, cast)
    async with transaction(db) as tx:
        await change(tx, cast.room_l, cancel_minutes=0)
    made = await book(db, cast, cast.member)
    start, end, soon = made.period.start, made.period.end, made.period.start - timedelta(hours=5)
    with pytest.raises(TooLateToMove):
        await moved(db, cast, made, now=soon)
    with pytest.raises(TooLateToMove):
        await moved(db, cast, made, period=Period(start, end - timedelta(hours=1)), now=soon)
    assert await owed(db, made) == [(7_380, 7_380, "open")]
    longer = await moved(db, cast, made, period=Period(start, end + timedelta(hours=1)), now=soon)
    desk = await acting(db, cast.coordinator)
    given = {"booking_id": longer.id, "period": NEXT_WEEK, "now": soon}
    await attempt(db, lambda tx: reschedule(tx, actor=desk, **given))
    await moved(db, cast, longer, period=TWO_HOURS, now=NOW)


async def test_what_is_paid_for_does_not_become_a_request_that_owes_nothing(db: Database, cast: Cast) -> None:
    """A quarter of an hour longer it would wait for approval, and called off then it would cost nothing."""
    await stepped(db, cast)
    async with transaction(db) as tx:
        await change(tx, cast.room_l, cancel_minutes=0)
    made = await book(db, cast, cast.member)
    async with transaction(db) as tx:
        await change(tx, cast.room_l, needs_approval=True)
    soon = made.period.start - timedelta(hours=5)
    with pytest.raises(NoTimeForApproval):
        await moved(db, cast, made, period=Period(made.period.start, made.period.end + timedelta(hours=1)), now=soon)
    assert await owed(db, made) == [(7_380, 7_380, "open")]


async def test_a_request_that_is_paid_for_keeps_to_its_steps_too(db: Database, cast: Cast) -> None:
    """Firm first, and moved in time to where it waits for approval: it is paid for all the same."""
    await stepped(db, cast)
    made = await book(db, cast, cast.member)
    async with transaction(db) as tx:
        await change(tx, cast.room_l, cancel_minutes=0, needs_approval=True)
    request = await moved(db, cast, made)
    assert (request.state, await owed(db, made)) == (State.AWAITING_APPROVAL, [(7_380, 7_380, "open")])
    further = Period(request.period.start + timedelta(days=7), request.period.end + timedelta(days=7))
    with pytest.raises(TooLateToMove):
        await moved(db, cast, request, period=further, now=request.period.start - timedelta(hours=5))


async def test_what_is_paid_for_is_not_drawn_from_a_credit_while_its_steps_keep_a_part(
    db: Database, cast: Cast
) -> None:
    """Its price would go back whole, and the credit whole again by its window."""
    await stepped(db, cast)
    async with transaction(db) as tx:
        await change(tx, cast.room_l, cancel_minutes=0)
    made = await book(db, cast, cast.member)
    credit = await put_credit(db, cast.acme, granted=600)
    longer = Period(made.period.start, made.period.end + timedelta(hours=1))
    made = await moved(db, cast, made, period=longer, now=made.period.start - timedelta(hours=5))
    assert await owed(db, made) == [(7_380, 0, "cancelled"), (11_070, 11_070, "open")]
    assert (made.credit_id, await used(db, credit)) == (None, 0)
