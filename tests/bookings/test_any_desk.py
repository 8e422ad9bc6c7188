"""Any free desk: as many people get one as there are desks."""

import asyncio
from uuid import uuid4

import pytest

from incubator.bookings.any_desk import NoFreeDesk, NoSuchZone, any_desk
from incubator.bookings.place import QuotaSpent
from incubator.bookings.rules import OffGrid, OutsideOpeningHours
from incubator.bookings.states import State
from incubator.bookings.views import BookingView
from incubator.db.engine import Database, statement, transaction
from incubator.kernel.errors import Refusal
from incubator.kernel.period import Period
from tests.cast import Cast, Person, acting, change, person
from tests.moments import NOW, tuesday

MORNING = tuesday("9:00", "12:00")


async def sit(db: Database, cast: Cast, who: Person, period: Period = MORNING, **said: object) -> BookingView:
    actor = await acting(db, who)
    async with statement(db) as tx:
        return await any_desk(tx, actor=actor, zone_id=cast.zone, period=period, now=NOW, **said)  # type: ignore[arg-type]


async def test_everybody_gets_a_desk_of_their_own_until_there_is_none(db: Database, cast: Cast) -> None:
    taken = {(await sit(db, cast, who)).space_id for who in (cast.member, cast.colleague, cast.resident)}
    assert taken == set(cast.desks)
    with pytest.raises(NoFreeDesk):
        await sit(db, cast, cast.owner)
    assert (await sit(db, cast, cast.owner, tuesday("12:00", "13:00"))).state == State.HELD


async def test_outright_is_confirmed_at_once(db: Database, cast: Cast) -> None:
    assert (await sit(db, cast, cast.member, outright=True)).state == State.CONFIRMED


async def test_of_many_at_once_exactly_as_many_win_as_there_are_desks(db: Database, cast: Cast) -> None:
    async with transaction(db) as tx:
        people = [await person(tx, f"runner{n}") for n in range(24)]
    results = await asyncio.gather(*(sit(db, cast, who) for who in people), return_exceptions=True)
    won = [one for one in results if isinstance(one, BookingView)]
    assert {one.space_id for one in won} == set(cast.desks)
    assert len(won) == 3
    assert sum(isinstance(one, NoFreeDesk) for one in results) == 21


async def test_a_desk_with_a_rule_in_the_way_is_passed_over(db: Database, cast: Cast) -> None:
    async with transaction(db) as tx:
        for desk in cast.desks[:2]:
            await change(tx, desk, audience=["ngo"])
    assert (await sit(db, cast, cast.member)).space_id == cast.desks[2]


@pytest.mark.parametrize(
    ("period", "refusal"),
    [(tuesday("9:10", "10:00"), OffGrid), (tuesday("6:00", "9:00"), OutsideOpeningHours)],
)
async def test_what_no_desk_allows_is_refused_with_the_rule(
    db: Database, cast: Cast, period: Period, refusal: type[Refusal]
) -> None:
    with pytest.raises(refusal):
        await sit(db, cast, cast.member, period)


async def test_the_quota_counts_for_desks_too(db: Database, cast: Cast) -> None:
    async with transaction(db) as tx:
        quota = uuid4()
        await tx.execute(
            "INSERT INTO quota (id, incubator_id, name, unit, organisation_minutes, person_minutes)"
            " VALUES ($1, $2, '', 'week', 240, 240)",
            quota,
            cast.las,
        )
        for desk in cast.desks:
            await change(tx, desk, quota_id=quota)
    await sit(db, cast, cast.member)
    with pytest.raises(QuotaSpent):
        await sit(db, cast, cast.member)


async def test_an_unknown_zone_is_not_found(db: Database, cast: Cast) -> None:
    member = await acting(db, cast.member)
    async with statement(db) as tx:
        with pytest.raises(NoSuchZone):
            await any_desk(tx, actor=member, zone_id=uuid4(), period=MORNING, now=NOW)
