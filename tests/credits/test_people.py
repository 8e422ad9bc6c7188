"""Who has no organisation draws on what they were granted for themself, and on nothing else."""

import asyncio
from uuid import UUID

import asyncpg
import pytest

from incubator.bookings.cancel import cancel
from incubator.bookings.hold import hold
from incubator.bookings.place import QuotaSpent
from incubator.bookings.reschedule import extend, reschedule
from incubator.bookings.views import BookingView
from incubator.credits.forget_holder import forget_holder
from incubator.credits.personal_data import PERSONAL
from incubator.db.engine import Database, attempt, statement, transaction
from tests.auditing import audit
from tests.bookings.test_foresee import foreseen
from tests.bookings.test_series import FOUR_TUESDAYS, again, give_quota, states
from tests.cast import Cast, acting
from tests.conftest import NOW
from tests.credits.cast import put_credit, used
from tests.credits.test_draw import at, book, drawn
from tests.races import outcomes


async def test_a_booking_for_oneself_draws_ones_own_and_nothing_of_the_quota(db: Database, cast: Cast) -> None:
    await give_quota(db, cast, minutes=30)
    own = await put_credit(db, person=cast.member.id, granted=90)
    made = await book(db, cast.member, cast.room_s, at(10), organisation=None)
    assert (made.credit_id, made.quota_id, await used(db, own), await drawn(db)) == (own, None, 60, 0)
    async with statement(db) as tx:
        assert await audit(tx) == []


@pytest.mark.parametrize("whose", ["the person's", "the organisation's"])
async def test_nobody_draws_on_what_another_holds(db: Database, cast: Cast, whose: str) -> None:
    """Though it is the same person who books."""
    own = await put_credit(db, person=cast.member.id, granted=600)
    its = await put_credit(db, cast.acme, granted=600)
    colleagues = await put_credit(db, person=cast.colleague.id, granted=600)
    organisation = cast.acme if whose == "the organisation's" else None
    made = await book(db, cast.member, cast.room_s, at(10), organisation=organisation)
    drew, left = (its, own) if organisation else (own, its)
    assert made.credit_id == drew
    assert [await used(db, key) for key in (drew, left, colleagues)] == [60, 0, 0]


@pytest.mark.parametrize("organisation", [True, False])
async def test_where_only_the_other_has_something_the_quota_is_drawn(
    db: Database, cast: Cast, organisation: bool
) -> None:
    if organisation:
        await put_credit(db, person=cast.member.id, granted=600)
    else:
        await put_credit(db, cast.acme, granted=600)
    made = await book(db, cast.member, cast.room_s, at(10), organisation=cast.acme if organisation else None)
    assert made.credit_id is None


async def test_the_last_minutes_are_drawn_once_however_many_come(db: Database, cast: Cast) -> None:
    """On real commits, at once, in rooms that do not stand in each other's way."""
    own = await put_credit(db, person=cast.resident.id, granted=120)
    actor = await acting(db, cast.resident)
    rooms, hours = (cast.room_l, cast.room_a, cast.room_s), (9, 11, 13)

    async def one(room: UUID, hour: int) -> BookingView:
        return await attempt(
            db, lambda tx: hold(tx, actor=actor, space_id=room, period=at(hour), outright=True, now=NOW)
        )

    got = await asyncio.gather(*(one(room, hour) for room in rooms for hour in hours))
    assert sum(view.credit_id == own for view in got) == 2
    assert await used(db, own) == 120
    async with statement(db) as tx:
        assert await audit(tx) == []


async def test_who_comes_second_meets_the_persons_quota(db: Database, cast: Cast) -> None:
    await give_quota(db, cast, minutes=30)
    own = await put_credit(db, person=cast.member.id, granted=60)
    got = await outcomes(
        *(book(db, cast.member, room, at(10), organisation=None) for room in (cast.room_l, cast.room_a, cast.room_s))
    )
    assert (got.count(QuotaSpent), await used(db, own)) == (2, 60)


async def test_moved_longer_shorter_and_called_off_it_counts_right(db: Database, cast: Cast) -> None:
    own = await put_credit(db, person=cast.member.id, granted=120)
    made = await book(db, cast.member, cast.room_s, at(10), organisation=None)
    actor = await acting(db, cast.member)
    counts = []
    async with transaction(db) as tx:
        await extend(tx, actor=actor, booking_id=made.id, end=at(10, hours=2).end, now=NOW)
    counts.append(await used(db, own))
    async with transaction(db) as tx:
        moved = await reschedule(tx, actor=actor, booking_id=made.id, period=at(15), now=NOW)
    counts.append(await used(db, own))
    async with transaction(db) as tx:
        await cancel(tx, actor=actor, booking_id=made.id, now=NOW)
    assert (moved.credit_id, [*counts, await used(db, own)]) == (own, [120, 60, 0])


async def test_a_series_is_foreseen_to_draw_on_it_and_does(db: Database, cast: Cast) -> None:
    await give_quota(db, cast, minutes=0)
    await put_credit(db, person=cast.member.id, granted=240)
    told = await foreseen(db, cast.member, cast.room_l, FOUR_TUESDAYS)
    assert told.count("confirmed") in {1, 2, 3} and "quota_spent" in told
    assert told == states(await again(db, cast.member, cast.room_l))


async def test_the_export_holds_it_and_an_erasure_ends_it_and_empties_why(db: Database, cast: Cast) -> None:
    own = await put_credit(db, person=cast.resident.id, granted=60)
    its = await put_credit(db, cast.acme, granted=60)
    async with transaction(db) as tx:
        await tx.execute("UPDATE credit SET name_pl = 'Za pomoc przy targu'")
        ((section, ask),) = PERSONAL
        told, others = await ask(tx, cast.resident.id), await ask(tx, cast.member.id)
    assert (section, [row["name_pl"] for row in told], others) == ("credits", ["Za pomoc przy targu"], [])
    actor = await acting(db, cast.resident)
    async with transaction(db) as tx:
        await forget_holder(tx, actor=actor, now=NOW)
        rows = {row["id"]: row for row in await tx.fetch("SELECT id, upper(valid) AS until, name_pl FROM credit")}
    assert (rows[own]["until"], rows[own]["name_pl"]) == (NOW, "")
    assert (rows[its]["until"] > NOW, rows[its]["name_pl"]) == (True, "Za pomoc przy targu")


async def test_a_credit_is_of_one_holder(db: Database, cast: Cast) -> None:

    for organisation, person in ((cast.acme, cast.member.id), (None, None)):
        with pytest.raises(asyncpg.CheckViolationError, match="credit_of_one"):
            await put_credit(db, organisation, person=person)
