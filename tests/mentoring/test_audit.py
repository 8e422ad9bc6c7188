"""The audit says what is wrong with meetings and credits, and nothing where all is well."""

from incubator.db.engine import Database, attempt, transaction
from incubator.mentoring.details import MeetingRules
from incubator.mentoring.move_meeting import move_meeting
from incubator.mentoring.set_meeting_rules import set_meeting_rules
from tests.cast import Cast, acting, limit
from tests.credits.cast import put_credit, used
from tests.credits.test_draw import at, book
from tests.mentoring.cast import a_mentor
from tests.mentoring.meetings import ELEVEN, TEN, complaints, count, credit, met, order, sql
from tests.moments import NOW, on


async def test_another_break_leaves_what_was_booked_before_as_it_was(db: Database, cast: Cast) -> None:
    ewa = await a_mentor(db, cast)
    meeting = await met(db, cast.member, order(ewa, cast))
    actor = await acting(db, ewa.person)
    for minutes in (15, 30):
        rules = MeetingRules(lengths=[60], break_minutes=minutes)
        await attempt(db, lambda tx: set_meeting_rules(tx, actor=actor, mentor_id=ewa.id, rules=rules, now=NOW))  # noqa: B023
    assert await complaints(db) == []
    await sql(db, "UPDATE occupancy SET during = tstzrange(lower(during), upper(during) + interval '15 minutes')")
    found = await complaints(db)
    assert [str(meeting.id) in one for one in found] == [True, True], found


async def test_what_was_drawn_is_what_the_credits_say(db: Database, cast: Cast) -> None:
    ewa = await a_mentor(db, cast)
    minutes, rooms = await credit(db, cast.acme, 60), await put_credit(db, cast.acme)
    days = await put_credit(db, cast.acme, kind="desk_days")
    await met(db, cast.member, order(ewa, cast, organisation_id=cast.acme, space_id=cast.room_s))
    assert (await book(db, cast.member, cast.room_l, at(10), organisation=cast.acme)).credit_id == rooms
    assert (await book(db, cast.member, cast.desks[0], at(10), organisation=cast.acme)).credit_id == days
    assert await complaints(db) == []
    for one in (minutes, rooms, days):
        await sql(db, "UPDATE credit SET used = used - 1 WHERE id = $1", one)
        assert [str(one) in told for told in await complaints(db)] == [True]
        await sql(db, "UPDATE credit SET used = used + 1 WHERE id = $1", one)
    await sql(db, "UPDATE booking SET credit_id = $1 WHERE part_of IS NOT NULL", rooms)
    assert {told.split(":")[0] for told in await complaints(db)} == {
        "a credit counts wrong",
        "a booking draws more than once, or as part of a meeting",
    }


async def test_the_room_of_a_meeting_draws_on_nothing_also_when_it_is_moved(db: Database, cast: Cast) -> None:
    ewa = await a_mentor(db, cast)
    rooms = await put_credit(db, cast.acme, granted=600)
    async with transaction(db) as tx:
        await limit(tx, cast.room_s, organisation=600)
    meeting = await met(db, cast.member, order(ewa, cast, organisation_id=cast.acme, space_id=cast.room_s))
    await book(db, cast.stranger, cast.room_s, ELEVEN, organisation=None)
    actor = await acting(db, cast.coordinator)
    for hours in (ELEVEN, on(TEN.start.date(), "13:00", "14:00")):
        moved = await attempt(
            db,
            lambda tx: move_meeting(tx, actor=actor, meeting_id=meeting.id, period=hours, now=NOW),  # noqa: B023
        )
        assert moved.room_state == "confirmed"
    assert await used(db, rooms) == 0
    assert await count(db, "quota_use WHERE holder_id = $1", cast.acme) == 0
    assert await complaints(db) == []
