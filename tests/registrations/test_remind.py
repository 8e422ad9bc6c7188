"""Who registered is reminded once, as they chose, and anew of what was moved."""

import asyncio
from datetime import datetime, timedelta

import pytest

from incubator.db.engine import Database, transaction
from incubator.people.notices import About, Reminders
from incubator.registrations.remind import remind_registered
from tests.bookings.test_remind import subjects, wants
from tests.cast import Cast
from tests.exchanges.cast import STARTS, a_session
from tests.registrations.cast import go
from tests.registrations.test_invite import told

DAY, HOUR = timedelta(days=1), timedelta(hours=1)


async def at(db: Database, now: datetime) -> None:
    async with transaction(db) as tx:
        await remind_registered(tx, now=now)


@pytest.mark.parametrize(
    ("reminders", "expected"),
    [(Reminders.NONE, [0, 0]), (Reminders.DAY, [1, 1]), (Reminders.HOUR, [0, 1]), (Reminders.BOTH, [1, 2])],
)
async def test_as_they_chose(db: Database, cast: Cast, reminders: Reminders, expected: list[int]) -> None:
    await wants(db, cast.member, reminders, About.SESSIONS)
    session = await a_session(db, cast.niepolomice)
    await go(db, cast.member, session)
    await told(db)
    found = []
    for now in (STARTS - DAY, STARTS - HOUR):
        for _ in range(2):
            await at(db, now)
        found.append(len(await subjects(db, cast.member)))
    assert found == expected


async def test_of_what_was_moved_anew(db: Database, cast: Cast) -> None:
    session = await a_session(db, cast.niepolomice)
    await go(db, cast.member, session)
    await told(db)
    await at(db, STARTS - DAY)
    async with transaction(db) as tx:
        await tx.execute(
            "UPDATE session SET period = tstzrange(lower(period) + interval '7 days', upper(period) + interval '7 days')"
            " WHERE id = $1",
            session,
        )
    await at(db, STARTS - HOUR)
    assert len(await subjects(db, cast.member)) == 1
    await at(db, STARTS + 6 * DAY)
    assert len(await subjects(db, cast.member)) == 2


async def test_many_workers_remind_once(db: Database, cast: Cast) -> None:
    session = await a_session(db, cast.niepolomice)
    for who in (cast.member, cast.stranger, cast.resident):
        await go(db, who, session)
    await told(db)
    await asyncio.gather(*(at(db, STARTS - DAY) for _ in range(8)))
    await at(db, STARTS - DAY)
    assert [len(await subjects(db, who)) for who in (cast.member, cast.stranger, cast.resident)] == [1, 1, 1]
