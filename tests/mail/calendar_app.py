"""A calendar that knows only what invitations in somebody's mails told it, as Outlook and Gmail do."""

from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import NamedTuple

from icalendar import Calendar, Event
from recurring_ical_events import of

from incubator.db.engine import Database, statement
from incubator.mail.send import letter

SENDER = "Inkubatory <inkubatory@example.com>"


class Shown(NamedTuple):
    start: datetime
    end: datetime
    summary: str
    status: str


async def mails_to(db: Database, to: str) -> list[EmailMessage]:
    """What somebody's mail box has got, oldest first."""
    async with statement(db) as tx:
        rows = await tx.fetch("SELECT * FROM mail WHERE recipient = $1 ORDER BY id", to)
    made = [message_from_bytes(letter(row, sender=SENDER).as_bytes(), policy=policy.default) for row in rows]  # type: ignore[arg-type]
    return [each for each in made if isinstance(each, EmailMessage)]


def methods(mails: list[EmailMessage]) -> list[str]:
    """What each asks of a calendar; nothing where it is a text alone."""
    found = [each for mail in mails for each in [calendar_in(mail)]]
    return ["" if each is None else str(each["METHOD"]) for each in found]


def calendar_in(mail: EmailMessage) -> Calendar | None:
    """What calendars look at: the part beside the text."""
    for part in mail.walk():
        if part.get_content_type() == "text/calendar":
            read = Calendar.from_ical(part.get_payload(decode=True))
            assert isinstance(read, Calendar)
            assert part["Content-Type"].params["method"] == read["METHOD"]
            return read
    return None


def attached(mail: EmailMessage) -> list[Calendar]:
    files = [part for part in mail.walk() if part.get_content_type() == "application/ics"]
    return [Calendar.from_ical(part.get_payload(decode=True)) for part in files]  # type: ignore[misc]


async def shown(db: Database, to: str) -> list[Shown]:
    """What stands in the calendar in the end: one that is older than what is known is passed over (RFC 5546, 2.1.5)."""
    known: dict[str, Calendar] = {}
    newest: dict[str, tuple[int, datetime]] = {}
    for mail in await mails_to(db, to):
        for told in attached(mail):
            first = told.events[0]
            uid, age = str(first["UID"]), (int(first["SEQUENCE"]), first["DTSTAMP"].dt)
            assert {str(event["UID"]) for event in told.events} == {uid}
            if uid in newest:
                assert age >= newest[uid], "a calendar would pass this over"
            newest[uid] = age
            known.pop(uid, None)
            if told["METHOD"] == "REQUEST":
                known[uid] = told
    found = [event for told in known.values() for event in of(told).between((2020, 1, 1), (2035, 1, 1))]
    return sorted(map(_shown, found))


def _shown(event: Event) -> Shown:
    start, end = event.start, event.end
    assert isinstance(start, datetime) and isinstance(end, datetime)
    return Shown(start.astimezone(UTC), end.astimezone(UTC), str(event["SUMMARY"]), str(event["STATUS"]))
