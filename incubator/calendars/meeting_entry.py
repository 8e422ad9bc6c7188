"""A meeting with a mentor as an entry of a calendar."""

from incubator.calendars.write import Entry, Status
from incubator.kernel.errors import N_
from incubator.mentoring.queries import link_for, side_of
from incubator.mentoring.states import Side, State
from incubator.mentoring.views import MeetingView
from incubator.people.actor import Actor
from incubator.web.i18n import Translator

SUMMARY = N_("Mentor meeting: {name}")


def met_entry(meeting: MeetingView, reader: Actor, texts: Translator, address: str) -> Entry:
    """As those see it who meet: the other side's name, the place or the link."""
    side = side_of(reader, meeting)
    space = meeting.space_name_pl if texts.locale == "pl" else meeting.space_name_en or meeting.space_name_pl
    room = space if space and not meeting.lost_its_room else ""
    place = ", ".join(part for part in (room, meeting.incubator_name) if part)
    name = meeting.holder_name if side == Side.MENTOR else meeting.mentor_name
    return Entry(
        uid=f"meeting-{meeting.id}@incubator",
        period=meeting.period,
        summary=texts.gettext(SUMMARY).format(name=name),
        status=Status.CANCELLED if meeting.state == State.CANCELLED else Status.CONFIRMED,
        sequence=meeting.sequence,
        changed_at=meeting.changed_at,
        location=place if meeting.mode == "in_person" else link_for(reader, meeting),
        url=f"{address}/meetings/{meeting.id}",
    )
