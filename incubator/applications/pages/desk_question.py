"""The desk: one question of a form, a new one or one that is there."""

from dataclasses import dataclass
from typing import get_args

from litestar.types import ControllerRouterHandler

from incubator.applications.add_question import add_question
from incubator.applications.call_views import CallView, QuestionView
from incubator.applications.calls import Desk, desk_call
from incubator.applications.change_question import change_question
from incubator.applications.details import MEDIA, Option, QuestionDetails, QuestionKind
from incubator.applications.form_rows import NoSuchQuestion
from incubator.applications.pages.labels import labels_in
from incubator.db.engine import Tx
from incubator.kernel.errors import N_
from incubator.people.forms import Asked, CheckField, Deed, Typed
from incubator.people.guards import office_or_coordinator
from incubator.people.screen import Screen, Shown
from incubator.people.visit import Visit

KB = 1024
BOUNDED = frozenset({"text", "paragraph", "number", "choices", "file"})
"""Kinds whose answers have bounds."""


@dataclass(frozen=True, slots=True)
class Asking:
    """Of which form, and which of its questions; None for one that is new."""

    desk: Desk
    question: QuestionView | None


async def _new(tx: Tx, visit: Visit) -> Asking:
    return Asking(await desk_call(tx, actor=visit.actor, edition_id=visit.key("edition_id")), None)


async def _one(tx: Tx, visit: Visit) -> Asking:
    """Raises NoSuchQuestion."""
    desk = await desk_call(tx, actor=visit.actor, edition_id=visit.key("edition_id"))
    question = desk.call.question(visit.key("question_id"))
    if question is None:
        raise NoSuchQuestion()
    return Asking(desk, question)


async def _shown(_tx: Tx, visit: Visit, asking: Asking) -> Shown:
    wanted = visit.typed.one("kind") if visit.typed else visit.request.query_params.get("kind", "")
    kind = asking.question.kind if asking.question else wanted if wanted in get_args(QuestionKind) else "text"
    return Shown(
        "applications/desk_question.html",
        edition=asking.desk.edition,
        call=asking.desk.call,
        question=asking.question,
        kind=kind,
        bounded=kind in BOUNDED,
        media=MEDIA,
    )


async def _add(asked: Asked) -> CallView:
    key, details = asked.place.desk.edition.id, said(asked.typed)
    return await asked.do(add_question, edition_id=key, details=details, seen=asked.typed.seen)


async def _change(asked: Asked) -> CallView:
    key, question_id, details = asked.place.desk.edition.id, asked.place.question.id, said(asked.typed)
    return await asked.do(
        change_question, edition_id=key, question_id=question_id, details=details, seen=asked.typed.seen
    )


def said(typed: Typed) -> QuestionDetails:
    """What the form says of a question; what its kind does not have is not asked for there."""
    kind = typed.one("kind")
    return typed.shaped(
        QuestionDetails,
        required=typed.one("required") == "yes",
        reveals_identity=typed.one("reveals_identity") == "yes",
        options=[_option(line) for line in typed.lines("options")] if kind in {"choice", "choices"} else [],
        least=_bound(typed, "least", kind),
        most=_bound(typed, "most", kind),
        media=typed.many("media") if kind == "file" else [],
    )


def _option(line: str) -> Option:
    """A line of the list of answers: Polish, and behind a bar English."""
    polish, _, english = line.partition("|")
    if not polish.strip() or len(polish) > 200 or len(english) > 200:
        raise CheckField("options")
    return Option(pl=polish.strip(), en=english.strip())


def _bound(typed: Typed, name: str, kind: str) -> int | None:
    """As typed; of a file in kilobytes."""
    text = typed.one(name)
    if not text or kind not in BOUNDED:
        return None
    if not text.lstrip("-").isdecimal() or not text.isascii() or len(text) > 11:
        raise CheckField(name)
    return int(text) * (KB if kind == "file" else 1)


def _form(call: CallView) -> str:
    return f"/desk/editions/{call.edition_id}/call#form"


SAVED = N_("The question is saved.")
NEW = Screen(
    name="new_question",
    path="/desk/editions/{edition_id:uuid}/call/questions/new",
    guard=office_or_coordinator,
    about=_new,
    shows=_shown,
    deeds={"question": Deed(_add, SAVED, to=_form)},
    labels=labels_in,
)
ONE = Screen(
    name="question",
    path="/desk/editions/{edition_id:uuid}/call/questions/{question_id:uuid}",
    guard=office_or_coordinator,
    about=_one,
    shows=_shown,
    deeds={"question": Deed(_change, SAVED, to=_form)},
    labels=labels_in,
)

handlers: list[ControllerRouterHandler] = [*NEW.handlers, *ONE.handlers]
