"""The calendars of both sides of a meeting know from mails alone what stands."""

from datetime import timedelta

import pytest

from incubator.db.engine import Database, attempt, statement, transaction
from incubator.mentoring.tell_due import ask_to_confirm, tell_booked
from incubator.people.choose_notices import choose_notices
from incubator.people.notices import About, Notices, Reminders
from tests.cast import Cast, acting
from tests.mail.calendar_app import calendar_in, mails_to, methods, shown
from tests.mentoring.cast import MentorAtHand, a_mentor
from tests.mentoring.meetings import ELEVEN, TEN, met, order
from tests.mentoring.test_away import away
from tests.mentoring.test_changes import EARLY, moved, off
from tests.moments import NOW


async def booked(db: Database) -> None:
    async with transaction(db) as tx:
        await tell_booked(tx, now=EARLY - timedelta(hours=1))


async def test_both_sides_are_invited_each_to_the_other(db: Database, cast: Cast) -> None:
    ewa = await a_mentor(db, cast)
    meeting = await met(db, cast.member, order(ewa, cast, organisation_id=cast.acme, space_id=cast.room_s))
    await booked(db)
    found = {}
    for to in (cast.member.email, ewa.person.email):
        [mail] = await mails_to(db, to)
        calendar = calendar_in(mail)
        assert calendar is not None and calendar["METHOD"] == "REQUEST"
        [event] = calendar.events
        assert (str(event["UID"]), event.start) == (f"meeting-{meeting.id}@incubator", TEN.start)
        assert str(event["ATTENDEE"]) == f"mailto:{to}"
        assert str(event["LOCATION"]).startswith("S, ")
        assert str(event["URL"]).endswith(f"/meetings/{meeting.id}")
        found[to] = str(event["SUMMARY"])
    assert found == {cast.member.email: "Mentor meeting: Ewa", ewa.person.email: "Mentor meeting: Acme"}


async def test_who_meets_online_finds_the_link_in_the_calendar(db: Database, cast: Cast) -> None:
    ewa = await a_mentor(db, cast)
    await met(db, cast.member, order(ewa, cast, mode="online", incubator_id=None))
    await booked(db)
    for to in (cast.member.email, ewa.person.email):
        [mail] = await mails_to(db, to)
        calendar = calendar_in(mail)
        assert calendar is not None
        assert str(calendar.events[0]["LOCATION"]) == "https://meet.example/ewa"


@pytest.mark.parametrize("who", ["member", "mentor", "coordinator"])
async def test_it_moves_and_goes_in_both_calendars_whoever_does_it(db: Database, cast: Cast, who: str) -> None:
    ewa = await a_mentor(db, cast)
    meeting = await met(db, cast.member, order(ewa, cast))
    await booked(db)
    by = ewa.person if who == "mentor" else getattr(cast, who)
    await moved(db, by, meeting.id)
    for to in (cast.member.email, ewa.person.email):
        assert [(each.start, each.end) for each in await shown(db, to)] == [(ELEVEN.start, ELEVEN.end)]
    await off(db, by, meeting.id, reason="Ill", now=EARLY + timedelta(minutes=1))
    for to in (cast.member.email, ewa.person.email):
        assert await shown(db, to) == []
        assert methods(await mails_to(db, to)) == ["REQUEST", "REQUEST", "CANCEL"]


async def test_who_is_stood_in_for_has_it_no_longer_and_the_stand_in_has_it(db: Database, cast: Cast) -> None:
    ewa, ola = await a_mentor(db, cast), await a_mentor(db, cast, "ola")
    await met(db, cast.member, order(ewa, cast))
    await booked(db)
    await away(db, cast.coordinator, ewa, stand_in_id=ola.id, meetings="settle")
    assert await shown(db, ewa.person.email) == []
    [there] = await shown(db, ola.person.email)
    assert (there.start, there.summary) == (TEN.start, "Mentor meeting: Member")
    [there] = await shown(db, cast.member.email)
    assert (there.start, there.summary) == (TEN.start, "Mentor meeting: Ola")


async def test_to_be_asked_for_the_record_is_no_invitation(db: Database, cast: Cast) -> None:
    ewa = await a_mentor(db, cast)
    await met(db, cast.member, order(ewa, cast))
    async with transaction(db) as tx:
        await ask_to_confirm(tx, now=TEN.end + timedelta(days=4))
    assert methods(await mails_to(db, cast.member.email)) == [""]


async def test_who_never_was_invited_is_not_uninvited_nor_told_of_own_deeds(db: Database, cast: Cast) -> None:
    ewa = await a_mentor(db, cast)
    await silent(db, ewa)
    meeting = await met(db, cast.member, order(ewa, cast))
    await booked(db)
    await moved(db, ewa.person, meeting.id)
    await off(db, cast.member, meeting.id, now=EARLY + timedelta(minutes=1))
    assert methods(await mails_to(db, ewa.person.email)) == ["", ""]
    async with statement(db) as tx:
        assert await tx.fetchval("SELECT count(*) FROM invited") == 0


async def silent(db: Database, mentor: MentorAtHand) -> None:
    actor = await acting(db, mentor.person)
    wish = Notices(about=About.MEETINGS, invitations=False, reminders=Reminders.DAY)
    await attempt(db, lambda tx: choose_notices(tx, actor=actor, chosen=[wish], now=NOW))
