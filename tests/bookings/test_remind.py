"""Reminders of bookings come to who chose them, once, in time, and of what stands."""

import asyncio
from datetime import datetime, timedelta

import pytest

from incubator.bookings.cancel import cancel
from incubator.bookings.hold import hold
from incubator.bookings.remind import COMING, remind_of_bookings
from incubator.bookings.reschedule import reschedule
from incubator.db.engine import Database, attempt, transaction
from incubator.kernel.period import Period
from incubator.people.choose_notices import choose_notices
from incubator.people.notices import About, Notices, Reminders
from tests.bookings.test_series import book
from tests.cast import Cast, Person, acting
from tests.mail.calendar_app import mails_to, methods
from tests.moments import NOW, tuesday

WHEN = tuesday("14:00", "15:00")
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


async def wants(db: Database, who: Person, reminders: Reminders, about: About = About.BOOKINGS) -> None:
    actor, wish = await acting(db, who), Notices(about=about, reminders=reminders)
    await attempt(db, lambda tx: choose_notices(tx, actor=actor, chosen=[wish], now=NOW))


async def at(db: Database, now: datetime) -> None:
    async with transaction(db) as tx:
        await remind_of_bookings(tx, now=now)


async def subjects(db: Database, who: Person) -> list[str]:
    return [str(mail["Subject"]) for mail in await mails_to(db, who.email) if str(mail["Subject"]).startswith("Soon")]


@pytest.mark.parametrize(
    ("reminders", "expected"),
    [(Reminders.NONE, [0, 0, 0]), (Reminders.DAY, [1, 1, 1]), (Reminders.HOUR, [0, 0, 1]), (Reminders.BOTH, [1, 1, 2])],
)
async def test_each_comes_as_chosen_and_once(
    db: Database, cast: Cast, reminders: Reminders, expected: list[int]
) -> None:
    await wants(db, cast.member, reminders)
    await book(db, cast.member, cast.room_l, WHEN)
    found = []
    for now in (WHEN.start - DAY, WHEN.start - DAY / 2, WHEN.start - HOUR):
        for _ in range(2):
            await at(db, now)
        found.append(len(await subjects(db, cast.member)))
    assert found == expected
    assert set(methods(await mails_to(db, cast.member.email))) <= {""}, "a reminder is no invitation"


async def test_those_that_begin_within_a_day_are_found_by_an_index_whatever_else_is_booked(db: Database) -> None:
    """Without statistics too, as in a database that was brought back."""
    async with transaction(db) as tx:
        await tx.execute("SET LOCAL enable_seqscan = off")
        plan = "\n".join(row[0] for row in await tx.fetch(f"EXPLAIN {COMING}", WHEN.start))
    assert "booking_of_incubator" in plan and "booking_to_close" not in plan, plan


async def test_who_never_said_is_not_reminded(db: Database, cast: Cast) -> None:
    await book(db, cast.member, cast.room_l, WHEN)
    await at(db, WHEN.start - HOUR)
    assert await subjects(db, cast.member) == []


async def test_after_a_pause_one_comes_for_the_two_and_none_for_what_has_begun(db: Database, cast: Cast) -> None:
    await wants(db, cast.member, Reminders.BOTH)
    await book(db, cast.member, cast.room_l, WHEN)
    for _ in range(2):
        await at(db, WHEN.start - HOUR / 2)
    assert len(await subjects(db, cast.member)) == 1
    await wants(db, cast.stranger, Reminders.BOTH)
    await book(db, cast.stranger, cast.room_s, WHEN)
    await at(db, WHEN.start)
    assert await subjects(db, cast.stranger) == []


async def test_of_what_was_booked_a_moment_ago_there_is_none(db: Database, cast: Cast) -> None:
    await wants(db, cast.member, Reminders.DAY)
    await book(db, cast.member, cast.room_l, tuesday("08:00", "09:00"))
    await at(db, NOW)
    assert await subjects(db, cast.member) == []


async def test_of_what_was_called_off_none_and_of_what_was_moved_anew(db: Database, cast: Cast) -> None:
    await wants(db, cast.member, Reminders.DAY)
    actor = await acting(db, cast.member)
    first = await book(db, cast.member, cast.room_l, WHEN)
    second = await book(db, cast.member, cast.room_s, WHEN)
    await attempt(db, lambda tx: cancel(tx, actor=actor, booking_id=second.id, now=NOW))
    await at(db, WHEN.start - DAY)
    assert await subjects(db, cast.member) == ["Soon: L, Tue 8 Sep, 14:00–15:00"]
    later = Period(WHEN.start + DAY, WHEN.end + DAY)
    await attempt(db, lambda tx: reschedule(tx, actor=actor, booking_id=first.id, period=later, now=NOW))
    await at(db, WHEN.start - HOUR)
    assert len(await subjects(db, cast.member)) == 1, "it does not begin in an hour any more"
    await at(db, later.start - DAY)
    assert (await subjects(db, cast.member))[1:] == ["Soon: L, Wed 9 Sep, 14:00–15:00"]


async def test_many_workers_remind_once(db: Database, cast: Cast) -> None:
    await wants(db, cast.member, Reminders.DAY)
    for space in (cast.room_l, cast.room_s):
        await book(db, cast.member, space, WHEN)
    await asyncio.gather(*(at(db, WHEN.start - DAY) for _ in range(8)))
    await at(db, WHEN.start - DAY)
    assert len(await subjects(db, cast.member)) == 2


async def test_what_was_booked_for_an_organisation_that_one_has_left_its_owners_are_reminded_of(
    db: Database, cast: Cast
) -> None:
    for who in (cast.member, cast.owner, cast.colleague):
        await wants(db, who, Reminders.DAY)
    actor = await acting(db, cast.member)
    async with transaction(db) as tx:
        await hold(
            tx, actor=actor, space_id=cast.room_l, period=WHEN, organisation_id=cast.acme, outright=True, now=NOW
        )
    async with transaction(db) as tx:
        await tx.execute("DELETE FROM membership WHERE account_id = $1", cast.member.id)
    await at(db, WHEN.start - DAY)
    assert [len(await subjects(db, who)) for who in (cast.member, cast.owner, cast.colleague)] == [0, 1, 0]
