"""A session of knowledge exchange as an entry of a calendar."""

from incubator.calendars.venues import Venue, Venues
from incubator.calendars.write import Entry, Status
from incubator.exchanges.views import SessionView
from incubator.kernel.errors import N_
from incubator.kernel.uids import uid_of_session
from incubator.web.i18n import Translator

CALLED_OFF = N_("Called off: {title}")
CATEGORY = N_("Knowledge exchange")
KINDS = {
    "workshop": N_("workshop"),
    "meetup": N_("meetup"),
    "lecture": N_("lecture"),
    "consultation": N_("consultation"),
    "market": N_("market day"),
    "demo_day": N_("demo day"),
}
COLOR = "darkorange"


def session_entry(session: SessionView, texts: Translator, address: str, places: Venues) -> Entry:
    """As everybody may see it: it takes nobody's time yet. The link to join online only where the reader may know it."""
    polish, off = texts.locale == "pl", session.state == "cancelled"
    venue = places.get(session.incubator_slug or "") if session.space_id else None
    title = session.title_pl if polish else session.title_en or session.title_pl
    return Entry(
        uid=uid_of_session(session.id),
        period=session.period,
        summary=texts.gettext(CALLED_OFF).format(title=title) if off else title,
        status=Status.CANCELLED if off else Status.CONFIRMED,
        sequence=session.sequence,
        changed_at=session.changed_at,
        description=session.summary_pl if polish else session.summary_en or session.summary_pl,
        location=_where(session, polish=polish, venue=venue),
        categories=(texts.gettext(CATEGORY), texts.gettext(KINDS[session.kind])),
        url=f"{address}/exchange/{session.id}",
        color=COLOR,
        geo=venue.point if venue else None,
        conference=session.online_url,
        free=True,
    )


def _where(session: SessionView, *, polish: bool, venue: Venue | None) -> str:
    """The room or the place; of a session online alone, where to join."""
    if session.space_id is None:
        return session.place or session.online_url
    room = session.space_name_pl if polish else session.space_name_en or session.space_name_pl
    return ", ".join(filter(None, (room, session.incubator_name, venue.address if venue else "")))
