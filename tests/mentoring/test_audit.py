"""The audit says what is wrong with meetings and credits, and nothing where all is well."""

from incubator.db.engine import Database, attempt
from incubator.mentoring.details import MeetingRules
from incubator.mentoring.set_meeting_rules import set_meeting_rules
from tests.cast import Cast, acting
from tests.credits.cast import put_credit
from tests.credits.test_draw import at, book
from tests.mentoring.cast import a_mentor
from tests.mentoring.meetings import complaints, credit, met, order, sql
from tests.moments import NOW


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
