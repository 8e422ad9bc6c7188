"""The calendar of who registered knows from mails alone what stands."""

from datetime import datetime, timedelta

from incubator.db.engine import Database, attempt
from incubator.exchanges.call_off import call_off
from incubator.exchanges.details import When, Where
from incubator.exchanges.move_session import move_session
from incubator.people.choose_notices import choose_notices
from incubator.people.notices import About, Notices, Reminders
from incubator.registrations.confirm import confirm
from incubator.registrations.own import cancel_own
from incubator.registrations.tell_changes import tell_changes
from incubator.registrations.views import RegistrationView
from tests.cast import Cast, Person, acting
from tests.exchanges.cast import STARTS, a_session
from tests.mail.calendar_app import calendar_in, mails_to, methods, shown
from tests.moments import NOW
from tests.registrations.cast import by_mail, go, link_in, mails, wait


async def told(db: Database, now: datetime = NOW) -> None:
    await attempt(db, lambda tx: tell_changes(tx, now=now))


async def given_up(db: Database, who: Person, registration: RegistrationView, now: datetime) -> None:
    actor = await acting(db, who)
    await attempt(db, lambda tx: cancel_own(tx, actor=actor, registration_id=registration.id, now=now))


async def test_who_has_a_seat_is_invited_and_not_told_how_to_join(db: Database, cast: Cast) -> None:
    session = await a_session(db, cast.niepolomice, mode="hybrid", online_url="https://meet.example/secret")
    await go(db, cast.member, session)
    await told(db)
    [mail] = await mails_to(db, cast.member.email)
    calendar = calendar_in(mail)
    assert calendar is not None and calendar["METHOD"] == "REQUEST"
    [event] = calendar.events
    assert (str(event["UID"]), event.start) == (f"session-{session}@incubator", STARTS)
    assert str(event["URL"]).endswith(f"/exchange/{session}")
    assert b"secret" not in calendar.to_ical() and b"/by/" not in calendar.to_ical()


async def test_who_waits_is_not_invited(db: Database, cast: Cast) -> None:
    session = await a_session(db, cast.niepolomice, capacity=1)
    await go(db, cast.member, session)
    await wait(db, cast.stranger, session)
    assert methods(await mails_to(db, cast.stranger.email)) == [""]


async def test_who_registers_by_mail_is_invited_too(db: Database, cast: Cast) -> None:
    session = await a_session(db, cast.niepolomice)
    await by_mail(db, "jan@example.com", session)
    assert methods(await mails_to(db, "jan@example.com")) == [""]
    key, _ = link_in((await mails(db, "jan@example.com"))[-1])
    await attempt(db, lambda tx: confirm(tx, registration_id=key, now=NOW))
    await told(db)
    assert [each.start for each in await shown(db, "jan@example.com")] == [STARTS]


async def test_it_moves_and_goes_with_the_session(db: Database, cast: Cast) -> None:
    session = await a_session(db, cast.niepolomice)
    await go(db, cast.member, session)
    await told(db)
    desk, later = await acting(db, cast.coordinator), STARTS + timedelta(hours=3)
    when, where = When(start=later, end=later + timedelta(hours=1)), Where(mode="elsewhere", place="Rynek 1")
    await attempt(db, lambda tx: move_session(tx, actor=desk, session_id=session, when=when, where=where, now=NOW))
    await told(db, NOW + timedelta(minutes=1))
    assert [each.start for each in await shown(db, cast.member.email)] == [STARTS + timedelta(hours=3)]
    await attempt(db, lambda tx: call_off(tx, actor=desk, session_id=session, reason="Ill", now=NOW))
    await told(db, NOW + timedelta(minutes=2))
    assert await shown(db, cast.member.email) == []


async def test_a_seat_that_is_given_back_and_taken_again_is_there_once(db: Database, cast: Cast) -> None:
    session = await a_session(db, cast.niepolomice)
    first = await go(db, cast.member, session)
    await told(db)
    await given_up(db, cast.member, first, NOW + timedelta(minutes=1))
    assert await shown(db, cast.member.email) == []
    await go(db, cast.member, session, now=NOW + timedelta(minutes=2))
    await told(db, NOW + timedelta(minutes=2))
    assert len(await shown(db, cast.member.email)) == 1
    assert methods(await mails_to(db, cast.member.email)) == ["REQUEST", "CANCEL", "REQUEST"]


async def test_who_wants_none_gets_the_mail_without(db: Database, cast: Cast) -> None:
    actor = await acting(db, cast.member)
    wish = Notices(about=About.SESSIONS, invitations=False, reminders=Reminders.DAY)
    await attempt(db, lambda tx: choose_notices(tx, actor=actor, chosen=[wish], now=NOW))
    session = await a_session(db, cast.niepolomice)
    await go(db, cast.member, session)
    await told(db)
    assert methods(await mails_to(db, cast.member.email)) == [""]
