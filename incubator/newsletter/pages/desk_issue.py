"""The desk: one issue, put together, tried, let go."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from uuid import UUID

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.types import ControllerRouterHandler

from incubator.db.engine import Tx, statement
from incubator.kernel.errors import N_
from incubator.kernel.period import WARSAW
from incubator.newsletter.compose import letters_of, said_in
from incubator.newsletter.describe_issue import describe_issue
from incubator.newsletter.details import MOST_PARTS, Part, Sending
from incubator.newsletter.interests import INTERESTS
from incubator.newsletter.issues import issue_to_run
from incubator.newsletter.markdown import to_text
from incubator.newsletter.pages.desk import details_in
from incubator.newsletter.pages.labels import labels_in
from incubator.newsletter.schedule_issue import schedule_issue
from incubator.newsletter.set_parts import set_parts
from incubator.newsletter.states import EDITABLE, State
from incubator.newsletter.things import calls_ahead, sessions_ahead
from incubator.newsletter.try_issue import TRIALS_BY_ACCOUNT, try_issue
from incubator.newsletter.views import IssueView
from incubator.newsletter.withdraw_issue import discard_issue, withdraw_issue
from incubator.people.attempts import count_attempts
from incubator.people.forms import Asked, CheckField, Deed, Typed
from incubator.people.guards import office_or_coordinator
from incubator.people.queries import gminas
from incubator.people.screen import Screen, Shown
from incubator.people.visit import Visit
from incubator.web.bodies import Body, Paragraphs
from incubator.web.pages import page

PATH = "/desk/newsletter/{issue_id:uuid}"
Change = Callable[[list[Part], Typed], list[Part]]


class TextForm(Body, frozen=True):
    text_pl: Paragraphs
    text_en: Paragraphs = ""


class SessionForm(Body, frozen=True):
    session_id: UUID


class CallForm(Body, frozen=True):
    edition_id: UUID


async def _issue(tx: Tx, visit: Visit) -> IssueView:
    """Raises NoSuchIssue, NotYours."""
    return await issue_to_run(tx, actor=visit.actor, issue_id=visit.key("issue_id"))


async def _shown(tx: Tx, visit: Visit, found: IssueView) -> Shown:
    editable = State(found.issue.state) in EDITABLE
    return Shown(
        "newsletter/desk_issue.html",
        found=found,
        excerpts={part.position: to_text(said_in(part, "text", visit.locale)) for part in found.parts},
        editable=editable,
        most=MOST_PARTS,
        sessions=await sessions_ahead(tx, now=visit.now) if editable else [],
        calls=await calls_ahead(tx, now=visit.now) if editable else [],
        gminas=await gminas(tx),
        interests=INTERESTS,
    )


@get(f"{PATH}/preview", guards=[office_or_coordinator])
async def show_preview(visit: NamedDependency[Visit]) -> Response[str]:
    async with statement(visit.db) as tx:
        found = await _issue(tx, visit)
        letters = await letters_of(tx, issue=found.issue, parts=found.parts)
    return page(visit.request, "newsletter/preview.html", found=found, letters=letters)


async def _describe(asked: Asked) -> None:
    told = {"issue_id": asked.place.issue.id, "seen": asked.typed.seen}
    await asked.do(describe_issue, details=details_in(asked.typed), **told)


def _parts(change: Change) -> Callable[[Asked], Awaitable[object]]:
    async def act(asked: Asked) -> IssueView:
        stands = [
            Part(text_pl=one.text_pl, text_en=one.text_en, session_id=one.session_id, edition_id=one.edition_id)
            for one in asked.place.parts
        ]
        parts = change(stands, asked.typed)
        return await asked.do(set_parts, issue_id=asked.place.issue.id, parts=parts, seen=asked.typed.seen)

    return act


def _text(typed: Typed) -> Part:
    form = typed.shaped(TextForm)
    return Part(text_pl=form.text_pl, text_en=form.text_en)


def _at(stands: list[Part], typed: Typed) -> int:
    """Raises CheckField."""
    at = typed.one("at")
    if not (at.isascii() and at.isdigit() and len(at) < 4 and int(at) < len(stands)):
        raise CheckField("at")
    return int(at)


def _rewrite(stands: list[Part], typed: Typed) -> list[Part]:
    at = _at(stands, typed)
    return [*stands[:at], _text(typed), *stands[at + 1 :]]


def _up(stands: list[Part], typed: Typed) -> list[Part]:
    at = _at(stands, typed)
    return [*stands[: at - 1], stands[at], stands[at - 1], *stands[at + 1 :]] if at else stands


def _remove(stands: list[Part], typed: Typed) -> list[Part]:
    at = _at(stands, typed)
    return [*stands[:at], *stands[at + 1 :]]


async def _try(asked: Asked) -> None:
    await count_attempts(asked.tx, (TRIALS_BY_ACCOUNT, str(asked.actor.account_id)), now=asked.now)
    await asked.do(try_issue, issue_id=asked.place.issue.id)


async def _schedule(asked: Asked) -> None:
    sending = Sending(send_at=_moment(asked.typed.one("send_at")) if asked.typed.one("when") == "then" else None)
    await asked.do(schedule_issue, issue_id=asked.place.issue.id, sending=sending, seen=asked.typed.seen)


def _moment(typed: str) -> datetime:
    """A day and a time in Warsaw. Raises CheckField."""
    try:
        told = datetime.strptime(typed[:16], "%Y-%m-%dT%H:%M").replace(tzinfo=WARSAW)
    except ValueError:
        raise CheckField("send_at") from None
    if told.year > 2100:
        raise CheckField("send_at")
    return told


async def _withdraw(asked: Asked) -> None:
    await asked.do(withdraw_issue, issue_id=asked.place.issue.id, seen=asked.typed.seen)


async def _discard(asked: Asked) -> None:
    if asked.typed.one("sure") != "yes":
        raise CheckField("sure")
    await asked.do(discard_issue, issue_id=asked.place.issue.id, seen=asked.typed.seen)


ADDED, SAVED = N_("The part is added."), N_("Saved.")
DEEDS = {
    "details": Deed(_describe, SAVED),
    "add_text": Deed(_parts(lambda stands, typed: [*stands, _text(typed)]), ADDED, to="#parts"),
    "add_session": Deed(
        _parts(lambda stands, typed: [*stands, Part(session_id=typed.shaped(SessionForm).session_id)]),
        ADDED,
        to="#parts",
    ),
    "add_call": Deed(
        _parts(lambda stands, typed: [*stands, Part(edition_id=typed.shaped(CallForm).edition_id)]),
        ADDED,
        to="#parts",
    ),
    "text": Deed(_parts(_rewrite), SAVED, to="#parts"),
    "up": Deed(_parts(_up), SAVED, to="#parts"),
    "remove": Deed(_parts(_remove), N_("The part is removed."), to="#parts"),
    "try": Deed(_try, N_("It is on its way to you, in Polish and in English.")),
    "schedule": Deed(_schedule, N_("The issue goes out at its time.")),
    "withdraw": Deed(_withdraw, N_("The issue is withdrawn, and was not sent.")),
    "discard": Deed(_discard, N_("The issue is thrown away."), to="/desk/newsletter"),
}
handlers: list[ControllerRouterHandler] = [
    *Screen(
        name="newsletter_issue",
        path=PATH,
        guard=office_or_coordinator,
        about=_issue,
        shows=_shown,
        deeds=DEEDS,
        labels=labels_in,
    ).handlers,
    show_preview,
]
