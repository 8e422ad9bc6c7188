"""Bookings draw on what an organisation was granted, and else on the quota of the space."""

import asyncio
from datetime import timedelta
from uuid import UUID

import pytest

from incubator.bookings.any_desk import any_desk
from incubator.bookings.cancel import cancel
from incubator.bookings.hold import hold
from incubator.bookings.place import QuotaSpent
from incubator.bookings.place_together import place_together
from incubator.bookings.queries import booking_for
from incubator.bookings.reschedule import extend, reschedule
from incubator.bookings.rules import credit_draw
from incubator.bookings.views import BookingView
from incubator.db.engine import Database, attempt, statement, transaction
from incubator.kernel.period import Period, local_moment
from tests.bookings.test_place_together import wanted
from tests.cast import Cast, Person, acting, limit
from tests.conftest import NOW
from tests.credits.cast import FROM, put_credit, used
from tests.races import outcomes

DAY = (NOW + timedelta(days=1)).date()


def at(hour: int, *, hours: int = 1) -> Period:
    start = local_moment(DAY, hour * 60)
    return Period(start, start + timedelta(hours=hours))


async def book(
    db: Database, who: Person, room: UUID, period: Period, *, organisation: UUID | None, together: bool = False
) -> BookingView:
    actor = await acting(db, who)
    door = transaction if together else statement
    async with door(db) as tx:
        return await hold(
            tx, actor=actor, space_id=room, period=period, organisation_id=organisation, outright=True, now=NOW
        )


async def drawn(db: Database) -> int:
    async with statement(db) as tx:
        return int(await tx.fetchval("SELECT coalesce(sum(minutes), 0) FROM quota_use"))


async def test_a_room_draws_its_minutes_from_the_credit_and_nothing_from_the_quota(db: Database, cast: Cast) -> None:
    async with transaction(db) as tx:
        await limit(tx, cast.room_s, organisation=30)
    credit = await put_credit(db, cast.acme, granted=90)
    made = await book(db, cast.member, cast.room_s, at(10), organisation=cast.acme)
    assert (made.credit_id, made.quota_id) == (credit, None)
    async with statement(db) as tx:
        kept = await booking_for(tx, actor=await acting(db, cast.member), booking_id=made.id)
    assert (kept.credit_id, kept.quota_id) == (credit, None)
    assert (await used(db, credit), await drawn(db)) == (60, 0)


@pytest.mark.parametrize("why", ["too little", "another gmina", "another time", "another kind", "private"])
async def test_what_does_not_fit_is_not_drawn_on(db: Database, cast: Cast, why: str) -> None:
    async with transaction(db) as tx:
        await limit(tx, cast.room_s, organisation=600)
    credit = await put_credit(
        db,
        cast.acme,
        granted=59 if why == "too little" else 600,
        gmina=cast.skawina if why == "another gmina" else cast.niepolomice,
        end=at(10).end - timedelta(minutes=1) if why == "another time" else at(20).end,
        kind="mentor_minutes" if why == "another kind" else "room_minutes",
    )
    organisation = None if why == "private" else cast.acme
    made = await book(db, cast.member, cast.room_s, at(10), organisation=organisation)
    assert made.credit_id is None
    assert (await used(db, credit), await drawn(db)) == (0, 0 if why == "private" else 60)


async def test_of_several_the_one_that_ends_first_is_used_first(db: Database, cast: Cast) -> None:
    later = await put_credit(db, cast.acme, granted=600)
    sooner = await put_credit(db, cast.acme, granted=600, end=FROM + timedelta(days=30))
    await book(db, cast.member, cast.room_s, at(10), organisation=cast.acme)
    assert (await used(db, sooner), await used(db, later)) == (60, 0)


async def test_a_desk_draws_a_day_however_long(db: Database, cast: Cast) -> None:
    credit = await put_credit(db, cast.acme, kind="desk_days", granted=2)
    actor = await acting(db, cast.member)
    async with statement(db) as tx:
        made = await any_desk(
            tx, actor=actor, zone_id=cast.zone, period=at(9, hours=6), organisation_id=cast.acme, outright=True, now=NOW
        )
    assert (made.credit_id, await used(db, credit)) == (credit, 1)


def test_a_desk_counts_each_day_in_warsaw_that_it_touches() -> None:
    evening = Period(local_moment(DAY, 22 * 60), local_moment(DAY + timedelta(days=1), 60))
    assert credit_draw(evening, space_kind="hot_desk") == ("desk_days", 2)
    assert credit_draw(evening, space_kind="room") == ("room_minutes", 180)
    assert credit_draw(evening, space_kind="private_office") is None


async def test_cancelling_gives_it_back(db: Database, cast: Cast) -> None:
    credit = await put_credit(db, cast.acme, granted=60)
    made = await book(db, cast.member, cast.room_s, at(10), organisation=cast.acme)
    actor = await acting(db, cast.member)
    async with transaction(db) as tx:
        await cancel(tx, actor=actor, booking_id=made.id, now=NOW)
    assert await used(db, credit) == 0


async def test_a_longer_booking_draws_more_and_a_shorter_one_gives_back(db: Database, cast: Cast) -> None:
    credit = await put_credit(db, cast.acme, granted=120)
    made = await book(db, cast.member, cast.room_s, at(10), organisation=cast.acme)
    actor = await acting(db, cast.member)
    async with transaction(db) as tx:
        await extend(tx, actor=actor, booking_id=made.id, end=at(10, hours=2).end, now=NOW)
    assert await used(db, credit) == 120
    async with transaction(db) as tx:
        moved = await extend(tx, actor=actor, booking_id=made.id, end=at(10, hours=3).end, now=NOW)
    assert (moved.credit_id, await used(db, credit)) == (None, 0), "more than is left: the quota's, as a whole"
    async with transaction(db) as tx:
        back = await reschedule(tx, actor=actor, booking_id=made.id, period=at(15), now=NOW)
        kept = await booking_for(tx, actor=actor, booking_id=made.id)
    assert (back.credit_id, kept.credit_id, await used(db, credit)) == (credit, credit, 60)


@pytest.mark.parametrize("together", [False, True])
async def test_the_last_minutes_go_to_one_and_the_other_draws_on_the_quota(
    db: Database, cast: Cast, together: bool
) -> None:
    async with transaction(db) as tx:
        for room in (cast.room_l, cast.room_a, cast.room_s):
            await limit(tx, room, organisation=60)
    credit = await put_credit(db, cast.acme, granted=60)
    rooms = (cast.room_l, cast.room_a, cast.room_s)
    got = await outcomes(
        *(book(db, cast.member, room, at(10), organisation=cast.acme, together=together) for room in rooms)
    )
    drew = [one.credit_id for one in got if isinstance(one, BookingView)]
    assert (sorted(map(bool, drew)), await used(db, credit)) == ([False, False, True], 60)
    assert await drawn(db) == 120


async def test_where_neither_has_it_the_refusal_is_that_of_the_quota(db: Database, cast: Cast) -> None:
    async with transaction(db) as tx:
        await limit(tx, cast.room_s, organisation=30)
    credit = await put_credit(db, cast.acme, granted=60)
    got = await outcomes(
        *(book(db, cast.member, cast.room_s, at(hour), organisation=cast.acme) for hour in (9, 11, 13, 15))
    )
    assert got.count(QuotaSpent) == 3
    assert await used(db, credit) == 60


async def test_two_of_one_go_do_not_both_get_the_last_of_it(db: Database, cast: Cast) -> None:
    credit = await put_credit(db, cast.acme, granted=90)
    placings = [
        await wanted(db, cast.member, room, at(10), organisation_id=cast.acme)
        for room in (cast.room_l, cast.room_a, cast.room_s)
    ]
    placed = await place_together(db, placings)
    assert sorted(one.credit_id is not None for one in placed if one) == [False, False, True]
    assert await used(db, credit) == 60


async def test_many_at_once_never_draw_more_than_was_granted(db: Database, cast: Cast) -> None:
    drew = [await put_credit(db, cast.acme, granted=120) for _ in range(2)]
    actor = await acting(db, cast.member)
    rooms, hours = (cast.room_l, cast.room_a, cast.room_s), (9, 11, 13)

    async def one(room: UUID, hour: int) -> BookingView:
        return await attempt(
            db,
            lambda tx: hold(
                tx, actor=actor, space_id=room, period=at(hour), organisation_id=cast.acme, outright=True, now=NOW
            ),
        )

    got = await asyncio.gather(*(one(room, hour) for room in rooms for hour in hours))
    assert sum(view.credit_id is not None for view in got) == 4
    assert [await used(db, key) for key in drew] == [120, 120]
