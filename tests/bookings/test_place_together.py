"""Bookings that come in the same moment are put down in one statement, and each is as if alone."""

import asyncio
from collections import Counter
from collections.abc import Callable

import asyncpg
import httpx
import pytest

from incubator.bookings import hold_together as quick_way
from incubator.bookings.draft import Order
from incubator.bookings.hold import judged
from incubator.bookings.place_together import PATIENCE, open_counter, place_together
from incubator.bookings.placing import MOST_HOLDS, Placing
from incubator.bookings.views import BookingView
from incubator.db.engine import Database, statement, transaction
from incubator.kernel.ids import uuid7
from incubator.kernel.period import Period
from incubator.occupancy.take import take
from incubator.people.actor import Actor
from incubator.places.queries import space_to_book
from tests.auditing import audit
from tests.cast import Cast, Person, acting, change, limit
from tests.moments import NOW, on, tuesday

Visit = Callable[..., httpx.AsyncClient]
TEN = tuesday("10:00", "11:00")
ELEVEN = tuesday("11:00", "12:00")


async def wanted(db: Database, who: Actor | Person, space: object, period: Period, **said: object) -> Placing:
    actor = who if isinstance(who, Actor) else await acting(db, who)
    order = Order(space_id=space, period=period, **{"outright": True, **said})  # type: ignore[arg-type]
    async with statement(db) as tx:
        read = await space_to_book(tx, space_id=order.space_id, span=period)
    return Placing(booking=judged(actor=actor, space=read, order=order, now=NOW), space=read, holder=actor, now=NOW)


async def complaints(db: Database) -> list[str]:
    async with statement(db) as tx:
        return await audit(tx)


def made(placed: list[BookingView | None]) -> list[bool]:
    return [one is not None for one in placed]


async def count(db: Database, table: str) -> int:
    async with statement(db) as tx:
        return int(await tx.fetchval(f"SELECT count(*) FROM {table}"))


async def test_each_gets_its_own_and_history_quota_and_versions_are_whole(db: Database, cast: Cast) -> None:
    async with transaction(db) as tx:
        await limit(tx, cast.room_l, organisation=120)
    placings = [
        await wanted(db, cast.member, cast.room_l, TEN, organisation_id=cast.acme, title="Żółw"),
        await wanted(db, cast.colleague, cast.room_l, ELEVEN, organisation_id=cast.acme),
        await wanted(db, cast.stranger, cast.room_s, TEN, attendees=1, note="n"),
        await wanted(db, cast.member, cast.room_a, TEN, outright=False),
    ]
    assert made(await place_together(db, placings)) == [True] * 4
    assert await complaints(db) == []
    async with statement(db) as tx:
        keys = [one.booking.id for one in placings]
        rows = await tx.fetch(
            "SELECT id, title, note, attendees, state FROM booking ORDER BY array_position($1::uuid[], id)", keys
        )
        drawn = await tx.fetch("SELECT holder_id, minutes FROM quota_use")
        holds = await tx.fetch("SELECT account_id, holds FROM live_holds")
        moved = dict(
            await tx.fetch("SELECT key, version FROM version WHERE key = ANY($1::uuid[])", [cast.room_l, cast.acme])
        )
    assert [tuple(row)[1:] for row in rows] == [
        ("Żółw", "", None, "confirmed"),
        ("", "", None, "confirmed"),
        ("", "n", 1, "confirmed"),
        ("", "", None, "held"),
    ]
    assert [row["id"] for row in rows] == keys
    assert [tuple(row) for row in drawn] == [(cast.acme, 120)]
    assert moved == {cast.room_l: 2, cast.acme: 2}, "a version counts every change"
    assert [tuple(row) for row in holds] == [(cast.member.id, 1)]
    assert await count(db, "history WHERE subject_kind = 'booking'") == 4


async def test_of_those_who_want_one_hour_in_one_go_the_first_gets_it(db: Database, cast: Cast) -> None:
    people = (cast.member, cast.stranger, cast.colleague)
    placings = [await wanted(db, one, cast.room_s, TEN) for one in people]
    placings.append(await wanted(db, cast.owner, cast.room_s, ELEVEN))
    assert made(await place_together(db, placings)) == [True, False, False, True]
    assert await complaints(db) == []
    assert (await count(db, "booking"), await count(db, "occupancy"), await count(db, "live_holds")) == (2, 2, 0)


async def test_one_that_overdraws_the_quota_is_left_out_and_leaves_nothing(db: Database, cast: Cast) -> None:
    async with transaction(db) as tx:
        await limit(tx, cast.room_l, organisation=90)
    placings = [
        await wanted(db, cast.member, cast.room_l, TEN, organisation_id=cast.acme),
        await wanted(db, cast.colleague, cast.room_l, ELEVEN, organisation_id=cast.acme),
        await wanted(db, cast.stranger, cast.room_s, TEN),
    ]
    assert made(await place_together(db, placings)) == [True, False, True]
    assert [await count(db, table) for table in ("booking", "occupancy", "quota_use", "history")] == [2, 2, 1, 2]
    assert await complaints(db) == []


async def test_who_may_no_longer_does_not_get_it_whoever_they_come_with(db: Database, cast: Cast) -> None:
    placings = [
        await wanted(db, cast.member, cast.room_l, TEN, organisation_id=cast.acme),
        await wanted(db, cast.stranger, cast.room_s, TEN),
    ]
    async with transaction(db) as tx:
        await tx.execute("DELETE FROM membership WHERE account_id = $1", cast.member.id)
    assert made(await place_together(db, placings)) == [False, True]
    assert (await count(db, "booking"), await count(db, "occupancy")) == (1, 1)


async def test_rules_of_yesterday_book_nothing_and_those_of_today_in_the_same_go_do(db: Database, cast: Cast) -> None:
    stale = await wanted(db, cast.member, cast.room_l, TEN)
    async with transaction(db) as tx:
        await change(tx, cast.room_a, capacity=3)
    fresh = await wanted(db, cast.stranger, cast.room_s, TEN)
    assert made(await place_together(db, [stale, fresh])) == [False, True]
    assert (await count(db, "booking"), await count(db, "occupancy")) == (1, 1)


async def test_a_request_that_does_not_block_takes_no_time(db: Database, cast: Cast) -> None:
    async with transaction(db) as tx:
        await change(tx, cast.room_l, needs_approval=True, pending_blocks=False)
        await change(tx, cast.room_a, needs_approval=True, pending_blocks=True)
    placings = [
        await wanted(db, cast.member, cast.room_l, TEN),
        await wanted(db, cast.stranger, cast.room_l, TEN),
        await wanted(db, cast.member, cast.room_a, TEN),
        await wanted(db, cast.stranger, cast.room_a, TEN),
    ]
    assert made(await place_together(db, placings)) == [True, True, True, False]
    assert await complaints(db) == []


async def test_ten_holds_are_the_most_in_one_go_too(db: Database, cast: Cast) -> None:
    actor = await acting(db, cast.member)
    days = [on(TEN.start.date(), f"{hour}:00", f"{hour + 1}:00") for hour in range(8, 20)]
    placings = [await wanted(db, actor, cast.room_s, period, outright=False) for period in days]
    assert made(await place_together(db, placings)) == [True] * MOST_HOLDS + [False, False]
    assert await complaints(db) == []


@pytest.mark.parametrize("title", ["\0", "\ud800", 7])
async def test_what_the_database_cannot_read_is_nobody_elses_fault(db: Database, cast: Cast, title: object) -> None:
    broken = await wanted(db, cast.member, cast.room_l, TEN, title=title)
    well = await wanted(db, cast.stranger, cast.room_s, TEN)
    assert made(await place_together(db, [broken, well])) == [False, True]
    assert (await count(db, "booking"), await count(db, "occupancy")) == (1, 1)


async def test_a_lost_connection_is_told_for_nobody_knows_what_was_written(db: Database, cast: Cast) -> None:
    placings = [await wanted(db, one, cast.room_s, TEN) for one in (cast.member, cast.stranger)]
    async with transaction(db) as tx:
        await tx.execute("LOCK TABLE history IN EXCLUSIVE MODE")
        going = asyncio.create_task(place_together(db, placings))
        stuck = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
        while not await tx.fetch(stuck):
            await asyncio.sleep(0.01)
    with pytest.raises(asyncpg.PostgresError):
        await going


async def test_goes_of_several_processes_meet_without_a_deadlock(db: Database, cast: Cast) -> None:
    """The same hours in other orders, by people whose quota is one row."""
    async with transaction(db) as tx:
        for space in (cast.room_l, cast.room_a, cast.room_s):
            await limit(tx, space, organisation=100_000)
    people = [await acting(db, one) for one in (cast.member, cast.colleague, cast.owner)]
    hours = [on(TEN.start.date(), f"{hour}:00", f"{hour + 1}:00") for hour in range(8, 20)]
    before = await deadlocks(db)

    async def process(turn: int) -> int:
        got = 0
        for hour in range(len(hours)):
            order = [(cast.room_l, cast.room_a, cast.room_s)[(turn + place) % 3] for place in range(3)]
            placings = [
                await wanted(
                    db, people[(turn + place) % 3], space, hours[(hour + turn * place) % 12], organisation_id=cast.acme
                )
                for place, space in enumerate(order)
            ]
            got += sum(made(await place_together(db, placings)))
        return got

    got = sum(await asyncio.gather(*(process(turn) for turn in range(8))))
    assert got == await count(db, "booking") == 36
    assert await deadlocks(db) == before
    assert await complaints(db) == []


async def test_who_waits_for_somebodys_lock_keeps_nobody_else_waiting(visit: Visit, db: Database, cast: Cast) -> None:
    people = [visit(one) for one in (cast.member, cast.colleague, cast.owner, cast.stranger)] * 2
    for space in (cast.room_a, cast.room_s):  # known from now on
        assert (await people[0].post("/api/bookings", json=body(space, 8))).status_code == 201
    async with transaction(db) as tx:
        (resource,) = (await space_to_book(tx, space_id=cast.room_a, span=TEN)).resource_ids
        assert await take(tx, resource_ids=[resource], period=TEN, purpose="block", subject_id=uuid7())
        stuck = []
        for client in people:
            stuck.append(asyncio.create_task(client.post("/api/bookings", json=body(cast.room_a, 10))))
            await asyncio.sleep(PATIENCE * 1.5)
        answer = await asyncio.wait_for(people[0].post("/api/bookings", json=body(cast.room_s, 15)), 5)
        assert answer.status_code == 201
        assert not any(one.done() for one in stuck)
    assert {answer.status_code for answer in await asyncio.gather(*stuck)} == {409}


async def test_over_http_those_who_come_at_once_share_a_statement(
    visit: Visit, db: Database, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    goes: list[int] = []
    real = place_together

    async def watched(database: Database, placings: list[Placing]) -> list[BookingView | None]:
        goes.append(len(placings))
        return await real(database, placings)

    monkeypatch.setattr("incubator.bookings.place_together.place_together", watched)
    people = [visit(one) for one in (cast.member, cast.colleague, cast.owner, cast.stranger)]
    for turn, client in enumerate(people):  # each is known, and the space too
        assert (await client.post("/api/bookings", json=body(cast.room_s, 8 + turn))).status_code == 201
    goes.clear()
    answers = await asyncio.gather(
        *(client.post("/api/bookings", json=body(cast.room_s, 12 + turn // 2)) for turn, client in enumerate(people))
    )
    assert Counter(answer.status_code for answer in answers) == {201: 2, 409: 2}
    assert {answer.json()["code"] for answer in answers if answer.status_code == 409} == {"slot_taken"}
    assert sum(goes) == 4 and max(goes) > 1
    assert await complaints(db) == []


async def test_what_the_counter_does_not_know_or_refuses_is_answered_as_ever(db: Database, cast: Cast) -> None:
    actor, counter = await acting(db, cast.member), open_counter(db)
    unknown = Order(space_id=cast.room_s, period=TEN, outright=True)
    assert await quick_way.hold_together(counter, actor=actor, order=unknown, now=NOW) is None
    await wanted(db, actor, cast.room_s, ELEVEN)
    booked = await quick_way.hold_together(counter, actor=actor, order=unknown, now=NOW)
    assert booked is not None and booked.period == TEN
    for order in (
        unknown,  # taken by now
        Order(space_id=cast.room_s, period=tuesday("06:00", "07:00"), outright=True),
        Order(space_id=cast.room_s, period=ELEVEN, organisation_id=cast.rival, outright=True),
    ):
        assert await quick_way.hold_together(counter, actor=actor, order=order, now=NOW) is None
    await wanted(db, actor, cast.room_la, ELEVEN)
    joined = Order(space_id=cast.room_la, period=ELEVEN, outright=True)
    assert await quick_way.hold_together(counter, actor=actor, order=joined, now=NOW) is None
    assert await count(db, "booking") == 1


def body(space: object, hour: int) -> dict[str, object]:
    day = "2026-09-08"
    return {
        "space_id": str(space),
        "start": f"{day}T{hour:02}:00:00+02:00",
        "end": f"{day}T{hour:02}:30:00+02:00",
        "outright": True,
    }


async def deadlocks(db: Database) -> int:
    async with statement(db) as tx:
        return int(await tx.fetchval("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"))
