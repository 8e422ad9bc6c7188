"""Make letters of an issue: what it says, in a language, as HTML and as plain text. Without anything that is about
one reader, so that all get the same and the archive can show it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from incubator.db.engine import Tx
from incubator.exchanges.views import SessionBrief
from incubator.kernel.period import Period
from incubator.newsletter.markdown import to_html, to_text
from incubator.newsletter.things import CallBrief, calls_told, sessions_told
from incubator.newsletter.views import IssueBrief, LetterView, PartView
from incubator.web.i18n import LOCALES, translator
from incubator.web.letters import letter, stationery
from incubator.web.pages import environment, show_day, show_span, show_time


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A part as it reads in one language; `text` and `html` are a text's, the rest is of sessions and calls."""

    kind: str
    text: str = ""
    html: str = ""
    title: str = ""
    about: str = ""
    when: Period | None = None
    place: str = ""
    online: bool = False
    path: str = ""
    call: CallBrief | None = None


async def letters_of(tx: Tx, *, issue: IssueBrief, parts: Sequence[PartView]) -> list[LetterView]:
    """In each language; what is not public is left out. No letter where nothing is left."""
    sessions = await sessions_told(tx, [part.session_id for part in parts if part.session_id])
    calls = await calls_told(tx, [part.edition_id for part in parts if part.edition_id])
    shown = [part for part in parts if not part.gone]
    return [_letter(issue, shown, sessions, calls, locale) for locale in LOCALES] if shown else []


def said_in(thing: object, name: str, locale: str) -> str:
    """In the language or, where it is not said in it, in Polish."""
    return getattr(thing, f"{name}_{locale}", "") or getattr(thing, f"{name}_pl") or ""


def _letter(
    issue: IssueBrief,
    parts: Sequence[PartView],
    sessions: Mapping[UUID, SessionBrief],
    calls: Mapping[UUID, CallBrief],
    locale: str,
) -> LetterView:
    blocks = [_block(part, sessions, calls, locale) for part in parts]
    title = said_in(issue, "title", locale)
    told = letter("newsletter/mail/issue.txt", locale, title=title, blocks=blocks, issue=issue)
    html = filled("newsletter/mail/issue.html", locale, blocks=blocks)
    return LetterView(locale=locale, subject=told.subject, text=told.text, html=html)


def _block(
    part: PartView, sessions: Mapping[UUID, SessionBrief], calls: Mapping[UUID, CallBrief], locale: str
) -> Block:
    if part.session_id:
        return _session(sessions[part.session_id], locale)
    if part.edition_id:
        call = calls[part.edition_id]
        about = said_in(call, "intro", locale)
        return Block(kind="call", title=said_in(call, "title", locale), about=_first(about), path=call.path, call=call)
    source = said_in(part, "text", locale)
    return Block(kind="text", text=to_text(source), html=to_html(source))


def _session(session: SessionBrief, locale: str) -> Block:
    room = said_in(session, "space_name", locale) if session.space_name_pl else ""
    places = [part for part in (room, session.incubator_name, session.town) if part] or [session.place]
    return Block(
        kind="session",
        title=said_in(session, "title", locale),
        about=said_in(session, "summary", locale),
        when=Period(session.start, session.end),
        place=", ".join(part for part in places if part),
        online=session.mode in {"online", "hybrid"},
        path=f"/exchange/{session.id}",
    )


def _first(text: str) -> str:
    """The first paragraph: the rest is where the link leads."""
    return text.strip().split("\n\n")[0]


def filled(template: str, locale: str, **view: Any) -> str:
    """A template of a mail in HTML, with everything in it escaped."""
    texts = translator(locale)
    told = environment().get_template(template)
    return told.render(
        _=texts.gettext,
        ngettext=texts.ngettext,
        locale=locale,
        address=stationery().globals["address"],
        day=lambda value, form="full": show_day(value, locale, form),
        time=show_time,
        span=lambda value: show_span(value, locale),
        **view,
    ).strip()
