"""What somebody is to score: the list, and an application beside its sheet."""

import re
from datetime import datetime
from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.types import ControllerRouterHandler

from incubator.applications.serving import served
from incubator.assessment.declare_conflict import declare_conflict
from incubator.assessment.details import Given, SheetDetails
from incubator.assessment.pages.labels import labels_in
from incubator.assessment.queries import criteria_of
from incubator.assessment.reading import reading_for, scored_file
from incubator.assessment.score import score
from incubator.assessment.tasks import task_for, tasks_of
from incubator.assessment.views import CriterionView, TaskView
from incubator.db.engine import Database, Tx, statement
from incubator.kernel.errors import N_, Refusal, Stale
from incubator.people.actor import Actor
from incubator.people.forms import Ask, Asked, CheckField, Deed, Typed, carried_out, problem_of, typed_in
from incubator.people.guards import signed_in
from incubator.web.bodies import Body, Paragraphs
from incubator.web.i18n import texts_of
from incubator.web.pages import page

READABLE = frozenset({"declared", "draft", "submitted"})


class DeclarationForm(Body, frozen=True):
    conflicted: bool
    reason: Paragraphs = ""


@get("/assess", guards=[signed_in])
async def show_tasks(request: Ask, db: NamedDependency[Database], actor: NamedDependency[Actor]) -> Response[str]:
    """What I am to score, by edition."""
    async with statement(db) as tx:
        tasks = await tasks_of(tx, actor=actor)
    return page(request, "assessment/tasks.html", tasks=tasks)


@get("/assess/{application_id:uuid}", guards=[signed_in])
async def show_task(
    request: Ask, application_id: FromPath[UUID], db: NamedDependency[Database], actor: NamedDependency[Actor]
) -> Response[str]:
    return await _show(request, application_id, db, actor)


@post("/assess/{application_id:uuid}", guards=[signed_in], status_code=303)
async def change_task(
    request: Ask,
    application_id: FromPath[UUID],
    db: NamedDependency[Database],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
) -> Response[Any]:
    typed = await typed_in(request)

    async def ask(tx: Tx) -> Asked:
        task = await task_for(tx, actor=actor, application_id=application_id)
        return Asked(tx=tx, actor=actor, place=task, typed=typed, now=now)

    async def again(typed: Typed, refusal: Refusal) -> Response[str]:
        return await _show(request, application_id, db, actor, typed, refusal)

    back = "/assess" if typed.form == "submit" else f"/assess/{application_id}"
    return await carried_out(request, db, DEEDS, typed=typed, ask=ask, back=back, again=again)


@get("/assess/{application_id:uuid}/files/{file_id:uuid}", guards=[signed_in])
async def show_file(
    application_id: FromPath[UUID],
    file_id: FromPath[UUID],
    db: NamedDependency[Database],
    actor: NamedDependency[Actor],
) -> Response[bytes]:
    async with statement(db) as tx:
        file = await scored_file(tx, actor=actor, application_id=application_id, file_id=file_id)
    return served(file)


async def _show(
    request: Ask,
    application_id: UUID,
    db: Database,
    actor: Actor,
    typed: Typed | None = None,
    refusal: Refusal | None = None,
) -> Response[str]:
    async with statement(db) as tx:
        task = await task_for(tx, actor=actor, application_id=application_id)
        readable = task.state in READABLE
        reading = await reading_for(tx, actor=actor, application_id=application_id) if readable else None
    labels = labels_in(texts_of(request))
    if reading is not None:
        labels |= {f"points_{one.id}": one.name_pl for one in reading.criteria}
    problem, status = problem_of(request, refusal, labels)
    return page(
        request,
        "assessment/task.html",
        status=status,
        task=task,
        reading=reading,
        given={one.criterion_id: one for one in reading.sheet.scores} if reading else {},
        labels=labels,
        typed=typed,
        problem=problem,
        stale=isinstance(refusal, Stale),
    )


async def _declare(asked: Asked) -> None:
    form = asked.typed.shaped(DeclarationForm)
    task: TaskView = asked.place
    await declare_conflict(
        asked.tx,
        actor=asked.actor,
        application_id=task.application_id,
        conflicted=form.conflicted,
        reason=form.reason,
        now=asked.now,
    )


async def _score(asked: Asked) -> None:
    task: TaskView = asked.place
    sheet = sheet_of(asked.typed, await criteria_of(asked.tx, edition_id=task.edition_id))
    await score(
        asked.tx,
        actor=asked.actor,
        application_id=task.application_id,
        sheet=sheet,
        submit=asked.typed.form == "submit",
        seen=asked.typed.seen,
        now=asked.now,
    )


def sheet_of(typed: Typed, criteria: list[CriterionView]) -> SheetDetails:
    """The sheet that was typed; a criterion without points is left out, though its comment be there.
    Raises CheckField."""
    scores = []
    for one in criteria:
        points = typed.one(f"points_{one.id}")
        if points and not re.fullmatch(r"[0-9]{1,3}", points):
            raise CheckField(f"points_{one.id}")
        if points:
            comment = typed.one(f"comment_{one.id}")
            scores.append(Given(criterion_id=one.id, points=int(points), comment=comment))
    return typed.shaped(SheetDetails, scores=scores, comment=typed.one("comment"))


DEEDS: dict[str, Deed] = {
    "declare": (_declare, N_("Your declaration is saved.")),
    "draft": (_score, N_("The draft is saved.")),
    "submit": (_score, N_("Your score sheet is handed in. Thank you.")),
}

handlers: list[ControllerRouterHandler] = [show_tasks, show_task, change_task, show_file]
