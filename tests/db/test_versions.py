"""The log of what changed: without gaps, in the order of the commits, and nobody who reads it misses anything."""

import asyncio
from datetime import timedelta
from random import Random
from uuid import UUID

from incubator.bookings.hold import hold
from incubator.db.engine import Database, Tx, attempt, snapshot, statement, transaction
from incubator.db.versions import KEPT, Changed, bump, changed_since, forget_changes
from incubator.kernel.clock import system_clock
from incubator.kernel.ids import uuid7
from incubator.kernel.period import Period
from tests.cast import Cast, acting
from tests.moments import NOW, TUESDAY, on

A, B, C = (UUID(int=number) for number in (11, 12, 13))
ONE, TWO = UUID(int=21), UUID(int=22)


async def log_of(db: Database, key: UUID) -> list[tuple[int, UUID]]:
    async with statement(db) as tx:
        rows = await tx.fetch("SELECT version, subject_id FROM change WHERE key = $1 ORDER BY version, subject_id", key)
    return [(row["version"], row["subject_id"]) for row in rows]


async def versions(db: Database, *keys: UUID) -> dict[UUID, int]:
    async with statement(db) as tx:
        found = dict(await tx.fetch("SELECT key, version FROM version WHERE key = ANY($1::uuid[])", keys))
    return {key: found.get(key, 0) for key in keys}


async def test_a_move_says_what_of_it_changed_or_that_it_can_be_everything(db: Database) -> None:
    async with transaction(db) as tx:
        await bump(tx, [A, None, B], [ONE, None, TWO])
        await bump(tx, [A])
    nothing = UUID(int=0)
    assert await log_of(db, A) == [(1, ONE), (1, TWO), (2, nothing)]
    async with statement(db) as tx:
        assert await changed_since(tx, seen={A: 0, B: 0}, now={A: 1, B: 1}) == Changed(frozenset({ONE, TWO}))
        assert await changed_since(tx, seen={A: 1, B: 1}, now={A: 2, B: 1}) == Changed(else_too=True)
        assert await changed_since(tx, seen={A: 2, B: 1}, now={A: 2, B: 1}) == Changed(frozenset())


async def test_what_is_no_longer_told_of_is_everything(db: Database) -> None:
    now = system_clock()
    async with transaction(db) as tx:
        for subject in (ONE, TWO):
            await bump(tx, [A], [subject])
        await tx.execute("UPDATE change SET at = $1 WHERE version = 1", now - KEPT - timedelta(hours=1))
        await forget_changes(tx, now=now)
        assert await changed_since(tx, seen={A: 1}, now={A: 2}) == Changed(frozenset({TWO}))
        assert await changed_since(tx, seen={A: 0}, now={A: 2}) == Changed(frozenset({TWO}), known=False)
        # A house that was put back to an older state.
        assert await changed_since(tx, seen={A: 5}, now={A: 2}) == Changed(known=False)


async def test_many_bookings_at_once_leave_no_gap_and_a_reader_misses_none(db: Database, cast: Cast) -> None:
    """Half of them come in long transactions that commit in whatever order."""
    actor, chance = await acting(db, cast.member), Random(5)
    desks = (*cast.desks, cast.room_s, cast.room_l)
    wanted = [
        (space, on(TUESDAY + timedelta(days=day), f"{hour}:00", f"{hour + 1}:00"))
        for space in desks
        for day in (0, 1)
        for hour in (9, 11, 13, 15)
    ]
    chance.shuffle(wanted)
    over = asyncio.Event()
    read: set[UUID] = set()

    async def book(space: UUID, period: Period, wait: float) -> UUID:
        async def act(tx: Tx) -> UUID:
            made = await hold(tx, actor=actor, space_id=space, period=period, outright=True, now=NOW)
            await asyncio.sleep(wait)
            return made.id

        return await attempt(db, act)

    async def follow() -> None:
        """As a reader does who keeps what it saw."""
        seen = {cast.member.id: 0}
        last = False
        while not last:
            last = over.is_set()
            async with snapshot(db) as tx:
                rows = await tx.fetch("SELECT key, version FROM version WHERE key = $1", cast.member.id)
                now = {cast.member.id: 0} | {row["key"]: row["version"] for row in rows}
                subjects = (await changed_since(tx, seen=seen, now=now)).subjects
                there = {row["id"] for row in await tx.fetch("SELECT id FROM booking")}
            assert subjects is not None
            read.update(subjects)
            assert read == there, "all that is committed was told of, and nothing else"
            seen = now

    async with asyncio.TaskGroup() as group:
        group.create_task(follow())
        try:
            made = await asyncio.gather(*(book(space, at, chance.choice((0, 0.02))) for space, at in wanted))
        finally:
            over.set()
    assert read == set(made)
    log = await log_of(db, cast.member.id)
    assert [version for version, _ in log] == list(range(1, len(made) + 1))
    assert (await versions(db, cast.member.id))[cast.member.id] == len(made)


async def test_moves_of_one_key_by_many_at_once_have_a_number_each(db: Database) -> None:
    subjects = [uuid7() for _ in range(40)]

    async def move(subject: UUID) -> None:
        async with transaction(db) as tx:
            await bump(tx, [C, A, B], [subject])

    await asyncio.gather(*map(move, subjects))
    for key in (A, B, C):
        log = await log_of(db, key)
        assert [version for version, _ in log] == list(range(1, 41))
        assert {subject for _, subject in log} == set(subjects)
