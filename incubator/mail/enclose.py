"""Put invitations into a mail in the way that the calendars of all houses read (iMIP, RFC 6047)."""

from collections.abc import Sequence
from email.message import EmailMessage

from icalendar import Calendar, vCalAddress

from incubator.mail.reply_to import ReplyTo


def enclose(
    message: EmailMessage, invitations: Sequence[str], *, organizer: str, reply_to: ReplyTo | None = None
) -> None:
    """The first stands beside the text as another way to say the same, without a disposition, for that is where
    calendars look; each is there once more as a file, for who opens it by hand. Answers go to the organizer, and with
    `reply_to` that is an address of the invitation's own."""
    calendars = [_addressed(each, organizer, str(message["To"]), reply_to) for each in invitations]
    for calendar in calendars[:1] if reply_to else []:
        message["Reply-To"] = str(calendar.events[0]["ORGANIZER"]).removeprefix("mailto:")
    for calendar in calendars[:1]:
        said = {"method": str(calendar["METHOD"])}
        message.add_alternative(
            calendar.to_ical().decode(), subtype="calendar", charset="utf-8", cte="base64", params=said
        )
    for number, calendar in enumerate(calendars, start=1):
        name = "invite.ics" if len(calendars) == 1 else f"invite-{number}.ics"
        message.add_attachment(
            calendar.to_ical(), maintype="application", subtype="ics", filename=name, params={"name": name}
        )


def _addressed(written: str, organizer: str, attendee: str, reply_to: ReplyTo | None) -> Calendar:
    """With those whom it is between. Who gets it has a place that they took themself: nobody waits for an answer, but
    one can be given where it is read."""
    calendar = Calendar.from_ical(written)
    assert isinstance(calendar, Calendar), "post.py wrote one"
    for event in calendar.events:
        asks = reply_to.address_for(uid=str(event["UID"]), to=attendee) if reply_to else organizer
        event.add("ORGANIZER", vCalAddress(f"mailto:{asks}"))
        asked = vCalAddress(f"mailto:{attendee}")
        asked.params["ROLE"] = "REQ-PARTICIPANT"
        asked.params["PARTSTAT"] = "ACCEPTED"
        asked.params["RSVP"] = "TRUE" if reply_to else "FALSE"
        event.add("ATTENDEE", asked)
    return calendar
