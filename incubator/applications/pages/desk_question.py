"""The desk: one question of a form, a new one or one that is there."""

from datetime import datetime
from typing import Any, get_args
from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.types import ControllerRouterHandler

from incubator.applications.add_question import add_question
from incubator.applications.call_views import CallView, QuestionView
from incubator.applications.calls import desk_call
from incubator.applications.change_question import change_question
from incubator.applications.details import MEDIA, Option, QuestionDetails, QuestionKind
from incubator.applications.form_rows import NoSuchQuestion
from incubator.applications.pages.labels import labels_in
from incubator.db.engine import Database, Tx, statement
from incubator.kernel.errors import N_, Refusal, Stale
from incubator.people.actor import Actor
from incubator.people.forms import Ask, Asked, CheckField, Deed, Typed, carried_out, problem_of, typed_in
from incubator.people.guards import office_or_coordinator
from incubator.web.i18n import texts_of
from incubator.web.pages import page

KB = 1024
BOUNDED = frozenset({"text", "paragraph", "number", "choices", "file"})
"""Kinds whose answers have bounds."""


@get("/desk/editions/{edition_id:uuid}/call/questions/new", guards=[office_or_coordinator])
async def show_new_question(
    request: Ask, edition_id: FromPath[UUID], db: NamedDependency[Database], actor: NamedDependency[Actor]
) -> Response[str]:
    return await _show(request, edition_id, None, db, actor)


@post("/desk/editions/{edition_id:uuid}/call/questions/new", guards=[office_or_coordinator], status_code=303)
async def post_new_question(
    request: Ask,
    edition_id: FromPath[UUID],
    db: NamedDependency[Database],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
) -> Response[Any]:
    return await _save(request, edition_id, None, db, actor, now)


@get("/desk/editions/{edition_id:uuid}/call/questions/{question_id:uuid}", guards=[office_or_coordinator])
async def show_question(
    request: Ask,
    edition_id: FromPath[UUID],
    question_id: FromPath[UUID],
    db: NamedDependency[Database],
    actor: NamedDependency[Actor],
) -> Response[str]:
    return await _show(request, edition_id, question_id, db, actor)


@post(
    "/desk/editions/{edition_id:uuid}/call/questions/{question_id:uuid}",
    guards=[office_or_coordinator],
    status_code=303,
)
async def post_question(
    request: Ask,
    edition_id: FromPath[UUID],
    question_id: FromPath[UUID],
    db: NamedDependency[Database],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
) -> Response[Any]:
    return await _save(request, edition_id, question_id, db, actor, now)


async def _save(
    request: Ask, edition_id: UUID, question_id: UUID | None, db: Database, actor: Actor, now: datetime
) -> Response[Any]:
    typed = await typed_in(request)

    async def ask(tx: Tx) -> Asked:
        return Asked(tx=tx, actor=actor, place=None, typed=typed, now=now)

    async def act(asked: Asked) -> None:
        common: dict[str, Any] = {"actor": actor, "edition_id": edition_id, "details": said(typed), "now": now}
        if question_id is None:
            await add_question(asked.tx, seen=typed.seen, **common)
        else:
            await change_question(asked.tx, question_id=question_id, seen=typed.seen, **common)

    async def again(typed: Typed, refusal: Refusal) -> Response[str]:
        return await _show(request, edition_id, question_id, db, actor, typed, refusal)

    deeds: dict[str, Deed] = {"question": Deed(act, N_("The question is saved."))}
    back = f"/desk/editions/{edition_id}/call#form"
    return await carried_out(request, db, deeds, typed=typed, ask=ask, back=back, again=again)


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


async def _show(
    request: Ask,
    edition_id: UUID,
    question_id: UUID | None,
    db: Database,
    actor: Actor,
    typed: Typed | None = None,
    refusal: Refusal | None = None,
) -> Response[str]:
    async with statement(db) as tx:
        desk = await desk_call(tx, actor=actor, edition_id=edition_id)
    question = _question(desk.call, question_id)
    labels = labels_in(texts_of(request))
    problem, status = problem_of(request, refusal, labels)
    wanted = typed.one("kind") if typed else request.query_params.get("kind", "")
    kind = question.kind if question else wanted if wanted in get_args(QuestionKind) else "text"
    return page(
        request,
        "applications/desk_question.html",
        status=status,
        edition=desk.edition,
        call=desk.call,
        question=question,
        kind=kind,
        bounded=kind in BOUNDED,
        media=MEDIA,
        labels=labels,
        typed=typed,
        problem=problem,
        stale=isinstance(refusal, Stale),
    )


def _question(call: CallView, key: UUID | None) -> QuestionView | None:
    """Raises NoSuchQuestion."""
    question = call.question(key) if key is not None else None
    if key is not None and question is None:
        raise NoSuchQuestion()
    return question


handlers: list[ControllerRouterHandler] = [show_new_question, post_new_question, show_question, post_question]
