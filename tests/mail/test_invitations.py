"""A mail that carries an invitation: what calendars of all houses look for, read back by those of others."""

import subprocess
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
import vobject
from icalendar import Calendar, Event
from recurring_ical_events import of

from incubator.db.engine import Database, statement, transaction
from incubator.kernel.period import Period
from incubator.mail.invitation import Happening, Invitation, Method, Rule, written
from incubator.mail.post import post
from incubator.mail.reply_to import ReplyTo
from incubator.mail.send import TO_SEND, letter
from tests.calendars.readers import strict

NOW = datetime(2026, 9, 7, 7, 0, tzinfo=UTC)
START = datetime(2026, 10, 20, 8, 0, tzinfo=UTC)
MEETING = Happening(
    uid="0199-a",
    period=Period(START, START + timedelta(hours=2)),
    summary="Zażółć; gęślą, jaźń",
    changed_at=NOW,
    sequence=3,
    description="Dla: Łąka sp. z o.o.\nhttps://house.example/bookings/1",
    location="Sala Łąka, ul. Długa 1, 32-005 Niepołomice",
    url="https://house.example/bookings/1",
)
SERIES = replace(
    MEETING,
    uid="series-1",
    rule=Rule(every_weeks=1, weekdays=(2,), count=6, left_out=(START + timedelta(weeks=1, hours=1),)),
)
MOVED = replace(
    MEETING,
    uid="series-1",
    period=Period(START + timedelta(weeks=2, hours=5), START + timedelta(weeks=2, hours=6)),
    instead_of=START + timedelta(weeks=2, hours=1),
)
ALL = [
    Invitation(method=Method.REQUEST, happenings=[MEETING]),
    Invitation(method=Method.REQUEST, happenings=[replace(MEETING, tentative=True)]),
    Invitation(method=Method.CANCEL, happenings=[MEETING]),
    Invitation(method=Method.REQUEST, happenings=[SERIES, MOVED]),
    Invitation(method=Method.CANCEL, happenings=[MOVED]),
    Invitation(method=Method.CANCEL, happenings=[SERIES]),
]


async def sent(db: Database, *invitations: Invitation, to: str = "anna@example.com") -> EmailMessage:
    async with transaction(db) as tx:
        key = await post(tx, to=to, subject="Sala", text="Zażółć\n", invitations=invitations, now=NOW)
    async with statement(db) as tx:
        row = await tx.fetchrow(TO_SEND, key)
    assert row is not None
    octets = letter(row, sender="Inkubatory <inkubatory@example.com>").as_bytes()
    message = message_from_bytes(octets, policy=policy.default)  # type: ignore[arg-type]
    assert isinstance(message, EmailMessage)
    return message


async def test_the_invitation_stands_beside_the_text_and_once_more_as_a_file(db: Database) -> None:
    message = await sent(db, ALL[0])
    assert message.get_content_type() == "multipart/mixed"
    both, file = message.iter_parts()
    assert both.get_content_type() == "multipart/alternative"
    text, calendar = both.iter_parts()
    assert text.get_content_type() == "text/plain"
    assert text.get_content().strip() == "Zażółć"
    assert calendar.get_content_type() == "text/calendar"
    assert calendar["Content-Type"].params == {"charset": "utf-8", "method": "REQUEST"}
    assert calendar.get_content_disposition() is None
    assert (file.get_content_type(), file.get_filename()) == ("application/ics", "invite.ics")
    assert file.get_payload(decode=True) == calendar.get_payload(decode=True)
    assert message["Auto-Submitted"] == "auto-generated"


async def test_it_is_between_the_house_and_the_reader_of_the_mail(db: Database) -> None:
    [event] = Calendar.from_ical(await _octets(db, ALL[0])).events
    assert str(event["ORGANIZER"]) == "mailto:inkubatory@example.com"
    assert event["ORGANIZER"].params == {}
    assert str(event["ATTENDEE"]) == "mailto:anna@example.com"
    assert event["ATTENDEE"].params == {"ROLE": "REQ-PARTICIPANT", "PARTSTAT": "ACCEPTED", "RSVP": "FALSE"}


async def test_a_mail_without_an_invitation_is_a_plain_text(db: Database) -> None:
    assert (await sent(db)).get_content_type() == "text/plain"


async def test_of_several_the_first_is_beside_the_text_and_all_are_files(db: Database) -> None:
    message = await sent(db, ALL[2], Invitation(method=Method.CANCEL, happenings=[replace(MEETING, uid="b")]))
    both, *files = message.iter_parts()
    _, calendar = both.iter_parts()
    assert calendar["Content-Type"].params["method"] == "CANCEL"
    assert [file.get_filename() for file in files] == ["invite-1.ics", "invite-2.ics"]
    assert [Calendar.from_ical(file.get_payload(decode=True)).events[0]["UID"] for file in files] == ["0199-a", "b"]


@pytest.mark.parametrize("invitation", ALL, ids=lambda each: f"{each.method}-{each.happenings[0].uid}")
async def test_the_calendars_of_others_read_it_without_a_complaint(db: Database, invitation: Invitation) -> None:
    octets = await _octets(db, invitation)
    checked = subprocess.run([strict()], input=octets, capture_output=True, check=False)
    assert checked.returncode == 0, checked.stderr.decode()
    read = vobject.readOne(octets.decode())
    read.validate(raiseException=True)
    assert read.method.value == invitation.method
    assert [event.summary.value for event in read.vevent_list] == [each.summary for each in invitation.happenings]
    calendar = Calendar.from_ical(octets)
    assert isinstance(calendar, Calendar)
    assert not calendar.errors and not any(event.errors for event in calendar.events)
    told = invitation.happenings[0]
    event = calendar.events[0]
    assert (event["UID"], event["SEQUENCE"]) == (told.uid, told.sequence)
    assert (event.start, event.end) == (told.period.start, told.period.end)
    assert str(event["DESCRIPTION"]) == told.description
    assert str(event["LOCATION"]) == told.location
    assert max(len(line) for line in octets.split(b"\r\n")) <= 75


async def test_a_series_keeps_to_the_wall_clock_leaves_dates_out_and_moves_one(db: Database) -> None:
    found = of(Calendar.from_ical(await _octets(db, ALL[3]))).between((2026, 1, 1), (2027, 1, 1))
    # Winter time begins on the 25th of October: from then on the same clock is an hour later in UTC.
    assert sorted(map(_start, found)) == [
        START,
        START + timedelta(weeks=2, hours=5),
        *(START + timedelta(weeks=week, hours=1) for week in (3, 4, 5)),
    ]


async def test_the_hour_that_october_repeats_is_told_in_utc(db: Database) -> None:
    night = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    for start in (night, night + timedelta(hours=1)):
        told = replace(MEETING, period=Period(start, start + timedelta(minutes=45)))
        [event] = Calendar.from_ical(await _octets(db, Invitation(method=Method.REQUEST, happenings=[told]))).events
        assert (event.start, event.end) == (told.period.start, told.period.end)


async def test_a_forged_line_stays_a_text(db: Database) -> None:
    told = replace(
        MEETING, summary="a\r\nATTENDEE:mailto:evil@example.com\r\nEND:VEVENT", location="x\rATTACH:y\x07\x1b"
    )
    octets = await _octets(db, Invitation(method=Method.REQUEST, happenings=[told]))
    assert octets.count(b"\r\nATTENDEE") == 1
    assert b"\r\nATTACH" not in octets and octets.count(b"\r\nEND:VEVENT") == 1
    assert subprocess.run([strict()], input=octets, capture_output=True, check=False).returncode == 0


def test_the_same_words_are_written_alike() -> None:
    assert all(written(each, now=NOW) == written(each, now=NOW) for each in ALL)


async def _octets(db: Database, invitation: Invitation) -> bytes:
    both, _ = (await sent(db, invitation)).iter_parts()
    _, calendar = both.iter_parts()
    octets = calendar.get_payload(decode=True)
    assert isinstance(octets, bytes)
    return octets


def _start(event: Event) -> datetime:
    start = event.start
    assert isinstance(start, datetime)
    return start.astimezone(UTC)


async def test_where_answers_are_read_they_are_asked_for_at_an_address_of_the_invitation(db: Database) -> None:
    async with transaction(db) as tx:
        key = await post(tx, to="anna@example.com", subject="Sala", text="x", invitations=[ALL[0]], now=NOW)
        other = await post(tx, to="anna@example.com", subject="Sala", text="x", now=NOW)
    async with statement(db) as tx:
        rows = [await tx.fetchrow(TO_SEND, each) for each in (key, other)]
    reply_to = ReplyTo("answers@house.example", "s" * 32)
    mails = [letter(row, sender="Inkubatory <inkubatory@example.com>", reply_to=reply_to) for row in rows if row]
    expected = reply_to.address_for(uid=MEETING.uid, to="anna@example.com")
    assert [(str(mail["From"]), mail["Reply-To"]) for mail in mails] == [
        ("Inkubatory <inkubatory@example.com>", expected),
        ("Inkubatory <inkubatory@example.com>", None),
    ]
    for part in mails[0].walk():
        if part.get_content_type() in {"text/calendar", "application/ics"}:
            octets = part.get_payload(decode=True)
            assert isinstance(octets, bytes)
            [event] = Calendar.from_ical(octets).events
            assert str(event["ORGANIZER"]) == f"mailto:{expected}" and event["ATTENDEE"].params["RSVP"] == "TRUE"
            checked = subprocess.run([strict()], input=octets, capture_output=True, check=False)
            assert checked.returncode == 0, checked.stderr.decode()
