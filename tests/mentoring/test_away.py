"""A mentor who is away cannot be met; a stand-in takes over what they can."""

import asyncio
from datetime import timedelta

import pytest

from incubator.db.engine import Database, attempt, statement
from incubator.kernel.errors import Refusal
from incubator.kernel.period import Period
from incubator.mentoring.absences import absences_of, stand_ins_for
from incubator.mentoring.be_away import AlreadyAway, Away, MeetingsInTheWay, NotAStandIn, NothingButABreak, be_away
from incubator.mentoring.come_back import NoSuchAbsence, come_back
from incubator.mentoring.place import MentorTaken
from incubator.mentoring.reach import NoSuchMentor
from incubator.mentoring.rules import MeetingInThePast
from tests.cast import Cast, Person, acting
from tests.mentoring.cast import MentorAtHand, a_mentor
from tests.mentoring.meetings import ELEVEN, HOURS, TEN, complaints, contract, count, met, order, sql
from tests.moments import NOW, on

DAY = on(TEN.start.date(), "00:00", "00:00")


async def away(db: Database, who: Person, mentor: MentorAtHand, period: Period = DAY, **said: object) -> Away:
    actor = await acting(db, who)
    return await attempt(
        db,
        lambda tx: be_away(tx, actor=actor, mentor_id=mentor.id, period=period, now=NOW, **said),  # type: ignore[arg-type]
    )


async def test_nothing_can_be_booked_then_and_again_after_coming_back(db: Database, cast: Cast) -> None:
    ewa = await a_mentor(db, cast)
    absence = await away(db, ewa.person, ewa)
    with pytest.raises(MentorTaken):
        await met(db, cast.member, order(ewa, cast))
    with pytest.raises(AlreadyAway):
        await away(db, cast.coordinator, ewa)
    for other in (cast.member, cast.other_coordinator):
        with pytest.raises(NoSuchMentor):
            await away(db, other, ewa)
        with pytest.raises(NoSuchAbsence):
            actor = await acting(db, other)
            await attempt(db, lambda tx: come_back(tx, actor=actor, absence_id=absence.id, now=NOW))  # noqa: B023
    coordinator = await acting(db, cast.coordinator)
    await attempt(db, lambda tx: come_back(tx, actor=coordinator, absence_id=absence.id, now=NOW))
    await met(db, cast.member, order(ewa, cast))
    with pytest.raises(MeetingInThePast):
        await away(db, ewa.person, ewa, Period(NOW - timedelta(hours=1), NOW))


async def test_meetings_are_asked_about_then_handed_over_or_called_off(db: Database, cast: Cast) -> None:
    ewa, ola = await a_mentor(db, cast), await a_mentor(db, cast, "ola")
    await contract(db, ewa, 600, "2026-01-01", "2026-12-31")
    await contract(db, ola, 90, "2026-01-01", "2026-12-31")
    first = await met(db, cast.member, order(ewa, cast, space_id=cast.room_s))
    busy = await met(db, cast.stranger, order(ewa, cast, ELEVEN))
    await met(db, cast.owner, order(ola, cast, on(TEN.start.date(), "11:30", "12:00")))
    with pytest.raises(MeetingsInTheWay) as asked:
        await away(db, ewa.person, ewa, stand_in_id=ola.id)
    assert [one.id for one in asked.value.items] == [first.id, busy.id]
    await sql(db, "DELETE FROM mail")
    done = await away(db, ewa.person, ewa, stand_in_id=ola.id, meetings="settle")
    assert (done.handed_over, done.called_off) == (1, 1)
    async with statement(db) as tx:
        given = await tx.fetchrow("SELECT * FROM meeting WHERE id = $1", first.id)
        used = dict(await tx.fetch("SELECT mentor_id, used_minutes FROM mentor_contract"))
        room = await tx.fetchval("SELECT state FROM booking WHERE id = $1", first.booking_id)
        told = {row["recipient"] for row in await tx.fetch("SELECT recipient FROM mail")}
        (seen,) = await absences_of(tx, mentor_id=ewa.id, after=NOW)
    assert (given["mentor_id"], given["stands_in_for"], given["state"]) == (ola.id, ewa.id, "booked")
    assert used == {ewa.id: 0, ola.id: 90} and room == "confirmed"
    assert told == {cast.member.email, ola.person.email, cast.stranger.email}
    assert seen.stand_in_slug == "ola"
    assert await sql(db, "SELECT title FROM booking WHERE id = $1", first.booking_id) == "Mentor meeting: Ola"
    assert await count(db, "meeting WHERE state = 'cancelled'") == 1


async def test_a_meeting_that_comes_back_to_its_mentor_has_no_stand_in(db: Database, cast: Cast) -> None:
    ewa, ola = await a_mentor(db, cast), await a_mentor(db, cast, "ola")
    meeting = await met(db, cast.member, order(ewa, cast, space_id=cast.room_s))
    absence = await away(db, ewa.person, ewa, stand_in_id=ola.id, meetings="settle")
    actor = await acting(db, ewa.person)
    await attempt(db, lambda tx: come_back(tx, actor=actor, absence_id=absence.id, now=NOW))
    await sql(db, "DELETE FROM mail")
    await away(db, ola.person, ola, stand_in_id=ewa.id, meetings="settle")
    assert "Ola is away at that time; Ewa stands in." in str(await sql(db, "SELECT string_agg(text, '') FROM mail"))
    whose = await sql(db, "SELECT (mentor_id, stands_in_for) FROM meeting WHERE id = $1", meeting.id)
    assert whose == (ewa.id, None)
    assert await sql(db, "SELECT title FROM booking") == "Mentor meeting: Ewa"
    assert await complaints(db) == []


async def test_a_title_that_somebody_gave_the_room_stays_when_the_meeting_is_handed_over(
    db: Database, cast: Cast
) -> None:
    ewa, ola = await a_mentor(db, cast), await a_mentor(db, cast, "ola")
    first = await met(db, cast.member, order(ewa, cast, space_id=cast.room_s))
    await sql(db, "UPDATE booking SET title = 'Umowy' WHERE id = $1", first.booking_id)
    await away(db, ewa.person, ewa, stand_in_id=ola.id, meetings="settle")
    assert await sql(db, "SELECT title FROM booking WHERE id = $1", first.booking_id) == "Umowy"
    assert await complaints(db) == []


async def test_an_absence_that_begins_in_the_break_after_a_meeting_leaves_it_be(db: Database, cast: Cast) -> None:
    ewa = await a_mentor(db, cast)
    await sql(db, "UPDATE mentor SET break_minutes = 15 WHERE id = $1", ewa.id)
    meeting = await met(db, cast.member, order(ewa, cast))
    with pytest.raises(NothingButABreak):
        await away(db, ewa.person, ewa, Period(meeting.period.end, meeting.period.end + timedelta(minutes=15)))
    absence = await away(db, ewa.person, ewa, Period(meeting.period.end, DAY.end))
    assert absence.period == Period(meeting.period.end + timedelta(minutes=15), DAY.end)
    assert (absence.handed_over, absence.called_off) == (0, 0)
    assert await sql(db, "SELECT state FROM meeting") == "booked"
    assert await complaints(db) == []
    with pytest.raises(MentorTaken):
        await met(db, cast.stranger, order(ewa, cast, ELEVEN))


async def test_a_meeting_that_goes_on_into_an_absence_is_in_its_way(db: Database, cast: Cast) -> None:
    ewa = await a_mentor(db, cast)
    meeting = await met(db, cast.member, order(ewa, cast))
    with pytest.raises(MeetingsInTheWay):
        await away(db, ewa.person, ewa, Period(meeting.period.end - timedelta(minutes=1), DAY.end))


async def test_a_stand_in_is_of_the_gmina_and_knows_the_topic(db: Database, cast: Cast) -> None:
    ewa, far = await a_mentor(db, cast), await a_mentor(db, cast, "far", gmina=cast.skawina, incubator=cast.rynek)
    other = await a_mentor(db, cast, "other")
    await sql(
        db, "UPDATE mentor_topic SET topic_slug = 'eksport' WHERE mentor_id = $1 AND topic_slug = 'prawo'", other.id
    )
    await sql(db, "DELETE FROM mentor_topic WHERE mentor_id = $1 AND topic_slug = 'finanse'", other.id)
    for nobody in (far.id, other.id, ewa.id, cast.las):
        with pytest.raises(NotAStandIn):
            await away(db, ewa.person, ewa, stand_in_id=nobody)
    async with statement(db) as tx:
        assert await stand_ins_for(tx, mentor_id=ewa.id, gmina_id=cast.niepolomice) == []


async def test_an_absence_and_meetings_at_one_moment_never_share_a_time(db: Database, cast: Cast) -> None:
    ewa, ola = await a_mentor(db, cast), await a_mentor(db, cast, "ola")
    people = (cast.member, cast.stranger, cast.owner, cast.resident)

    async def founder(turn: int) -> str:
        try:
            await met(db, people[turn % 4], order(ewa, cast, HOURS[turn]))
        except Refusal as refusal:
            return refusal.code
        return "met"

    async def leave() -> Away | str:
        try:
            return await away(db, ewa.person, ewa, stand_in_id=ola.id, meetings="settle")
        except MentorTaken:
            return "too busy"

    await asyncio.gather(*(founder(turn) for turn in range(4)), leave(), *(founder(turn) for turn in range(4, 8)))
    live = await count(db, "meeting WHERE state = 'booked' AND mentor_id = $1", ewa.id)
    assert await complaints(db) == []
    assert live == 0 or await count(db, "mentor_absence") == 0
    assert await count(db, "occupancy WHERE purpose = 'meeting'") == await count(db, "meeting WHERE state = 'booked'")
