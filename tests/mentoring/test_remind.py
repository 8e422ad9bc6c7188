"""Both sides are reminded of a meeting, each as they chose."""

from datetime import datetime, timedelta

from incubator.db.engine import Database, transaction
from incubator.mentoring.remind import remind_of_meetings
from incubator.people.notices import About, Reminders
from tests.bookings.test_remind import subjects, wants
from tests.cast import Cast
from tests.mentoring.cast import a_mentor
from tests.mentoring.meetings import TEN, met, order
from tests.mentoring.test_changes import NEXT_DAY, moved, off

DAY, HOUR = timedelta(days=1), timedelta(hours=1)


async def at(db: Database, now: datetime) -> None:
    for _ in range(2):
        async with transaction(db) as tx:
            await remind_of_meetings(tx, now=now)


async def test_both_sides_a_day_before_or_as_they_chose(db: Database, cast: Cast) -> None:
    ewa = await a_mentor(db, cast)
    await wants(db, ewa.person, Reminders.HOUR, About.MEETINGS)
    meeting = await met(db, cast.member, order(ewa, cast))
    async with transaction(db) as tx:
        await tx.execute("UPDATE meeting SET created_at = created_at - interval '7 days' WHERE id = $1", meeting.id)
    await at(db, TEN.start - DAY)
    assert await subjects(db, cast.member) == ["Soon: Ewa, Tue 8 Sep, 10:00–11:00"]
    assert await subjects(db, ewa.person) == []
    await at(db, TEN.start - HOUR)
    assert len(await subjects(db, cast.member)) == 1
    assert await subjects(db, ewa.person) == ["Soon: Member, Tue 8 Sep, 10:00–11:00"]


async def test_of_what_was_moved_anew_and_of_what_was_called_off_none(db: Database, cast: Cast) -> None:
    ewa = await a_mentor(db, cast)
    meeting = await met(db, cast.member, order(ewa, cast))
    async with transaction(db) as tx:
        await tx.execute("UPDATE meeting SET created_at = created_at - interval '7 days' WHERE id = $1", meeting.id)
    await at(db, TEN.start - DAY)
    await moved(db, ewa.person, meeting.id, period=NEXT_DAY)
    await at(db, TEN.start - HOUR)
    assert len(await subjects(db, cast.member)) == 1
    await at(db, NEXT_DAY.start - DAY)
    assert len(await subjects(db, cast.member)) == 2
    await wants(db, cast.member, Reminders.BOTH, About.MEETINGS)
    await off(db, ewa.person, meeting.id, reason="Ill")
    await at(db, NEXT_DAY.start - HOUR)
    assert len(await subjects(db, cast.member)) == 2
