"""What a session is called, and where it is."""

from incubator.exchanges.views import SessionView
from incubator.registrations.views import SessionFacts


def title_of(session: SessionFacts, locale: str) -> str:
    """What the session is called in this language."""
    return session.title_pl if locale == "pl" else session.title_en or session.title_pl


def where(session: SessionFacts | SessionView, locale: str) -> str:
    """Where it is, in one line; nothing where it is online alone."""
    space = session.space_name_pl if locale == "pl" else session.space_name_en or session.space_name_pl
    parts = (space, session.incubator_name, session.street, session.town) if space else (session.place,)
    return ", ".join(part for part in parts if part)
