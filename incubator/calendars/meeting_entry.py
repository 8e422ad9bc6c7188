"""A meeting with a mentor as an entry of a calendar."""

from incubator.calendars.venues import Venues
from incubator.calendars.write import Entry, Status
from incubator.kernel.errors import N_
from incubator.kernel.uids import uid_of_meeting
from incubator.mentoring.queries import link_for, side_of
from incubator.mentoring.states import Side, State
from incubator.mentoring.views import MeetingView
from incubator.people.actor import Actor
from incubator.web.i18n import Translator

SUMMARY = N_("Mentor meeting: {name}")
CATEGORY = N_("Mentor meeting")
COLOR = "mediumpurple"


def met_entry(meeting: MeetingView, reader: Actor, texts: Translator, address: str, places: Venues) -> Entry:
    """As those see it who meet: the other side's name, the place or the link."""
    name = meeting.holder_name if side_of(reader, meeting) == Side.MENTOR else meeting.mentor_name
    link, in_person = link_for(reader, meeting), meeting.mode == "in_person"
    venue = places.get(meeting.incubator_slug or "") if in_person else None
    return Entry(
        uid=uid_of_meeting(meeting.id),
        period=meeting.period,
        summary=texts.gettext(SUMMARY).format(name=name),
        status=Status.CANCELLED if meeting.state == State.CANCELLED else Status.CONFIRMED,
        sequence=meeting.sequence,
        changed_at=meeting.changed_at,
        location=_place(meeting, texts, venue.address if venue else "") if in_person else link,
        categories=(texts.gettext(CATEGORY),),
        url=f"{address}/meetings/{meeting.id}",
        color=COLOR,
        geo=venue.point if venue else None,
        conference=link,
        created_at=meeting.created_at,
    )


def _place(meeting: MeetingView, texts: Translator, street: str) -> str:
    space = meeting.space_name_pl if texts.locale == "pl" else meeting.space_name_en or meeting.space_name_pl
    room = "" if meeting.lost_its_room else space
    return ", ".join(filter(None, (room, meeting.incubator_name, street)))
