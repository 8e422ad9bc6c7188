"""What is said of the price before a booking is moved is what the move makes of it."""

from datetime import timedelta
from typing import Any

import pytest

from incubator.bookings.price_of_move import MovePrice, price_of_move
from incubator.bookings.reschedule import reschedule
from incubator.bookings.views import BookingView
from incubator.db.engine import Database, attempt, statement
from incubator.kernel.period import Period
from incubator.pricing.details import ExtraDetails
from tests.bookings.test_charge import TWO_HOURS, book, priced
from tests.bookings.test_quote_anew import NEXT_WEEK, extra_of
from tests.cast import Cast, acting
from tests.credits.cast import put_credit, used
from tests.moments import NOW

START, END = TWO_HOURS.start, TWO_HOURS.end
SOON = END + timedelta(days=3)
LATEST = "SELECT gross + deposit FROM quote WHERE subject_id = $1 ORDER BY id DESC LIMIT 1"
FOUR_HOURS = Period(START, END + timedelta(hours=2))
# What the credit holds, until when, where the booking goes; what it costs then, and whether it is covered no more.
CASES: dict[str, tuple[dict[str, Any], Period, int, bool]] = {
    "enough is left": ({"granted": 240}, FOUR_HOURS, 0, False),
    "too little is left": ({"granted": 239}, FOUR_HOURS, 4 * 3_690, True),
    "its own hours are enough": (
        {"granted": 120},
        Period(START + timedelta(hours=3), END + timedelta(hours=3)),
        0,
        False,
    ),
    "its days are over": ({"granted": 600, "end": SOON}, NEXT_WEEK, 7_380, True),
}


async def said(db: Database, cast: Cast, booking: BookingView, period: Period, **told: Any) -> MovePrice:
    actor = await acting(db, cast.member)
    async with statement(db) as tx:
        return await price_of_move(tx, actor=actor, booking=booking, period=period, **{"now": NOW, **told})


async def costs_after(db: Database, cast: Cast, booking: BookingView, period: Period) -> int:
    """Once it is moved there."""
    actor = await acting(db, cast.member)
    await attempt(db, lambda tx: reschedule(tx, actor=actor, booking_id=booking.id, period=period, now=NOW))
    async with statement(db) as tx:
        return int(await tx.fetchval(LATEST, booking.id))


@pytest.mark.parametrize("case", CASES)
async def test_what_a_credit_covers_is_said_as_it_will_be(db: Database, cast: Cast, case: str) -> None:
    credit, period, costs, uncovered = CASES[case]
    await priced(db, cast)
    key = await put_credit(db, cast.acme, **credit)
    made = await book(db, cast, cast.member)
    price = await said(db, cast, made, period)
    assert (price.after.due if price.after else 0, price.more, price.uncovered) == (costs, costs, uncovered)
    assert await used(db, key) == 120, "nothing is drawn by asking"
    assert await costs_after(db, cast, made, period) == costs


async def test_what_was_granted_since_is_drawn_on_and_the_price_goes_back(db: Database, cast: Cast) -> None:
    await priced(db, cast)
    made = await book(db, cast, cast.member)
    await put_credit(db, cast.acme, granted=600)
    price = await said(db, cast, made, NEXT_WEEK)
    assert (price.after.due if price.after else None, price.more) == (0, -7_380)
    assert await costs_after(db, cast, made, NEXT_WEEK) == 0


async def test_extras_stay_to_be_paid_where_the_room_is_covered_no_more(db: Database, cast: Cast) -> None:
    await priced(db, cast, extras=(ExtraDetails(name_pl="Rzutnik", price=2_000),))
    await put_credit(db, cast.acme, granted=120)
    made = await book(db, cast, cast.member, extras=(await extra_of(db),))
    price = await said(db, cast, made, FOUR_HOURS)
    assert (price.before.due if price.before else 0, price.more) == (2_460, 4 * 3_690)
    assert await costs_after(db, cast, made, FOUR_HOURS) == 4 * 3_690 + 2_460
