"""What somebody is to score: the list, and an application beside its sheet."""

import re
from uuid import UUID

from litestar import Response, get
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
from incubator.db.engine import Tx, statement
from incubator.kernel.errors import N_
from incubator.people.forms import Asked, CheckField, Deed, Typed
from incubator.people.guards import signed_in
from incubator.people.screen import Screen, Shown
from incubator.people.visit import Visit
from incubator.web.bodies import Body, Paragraphs
from incubator.web.pages import page

READABLE = frozenset({"declared", "draft", "submitted"})


class DeclarationForm(Body, frozen=True):
    conflicted: bool
    reason: Paragraphs = ""


@get("/assess", guards=[signed_in])
async def show_tasks(visit: NamedDependency[Visit]) -> Response[str]:
    """What I am to score, by edition."""
    async with statement(visit.db) as tx:
        tasks = await tasks_of(tx, actor=visit.actor)
    return page(visit.request, "assessment/tasks.html", tasks=tasks)


@get("/assess/{application_id:uuid}/files/{file_id:uuid}", guards=[signed_in])
async def show_file(
    visit: NamedDependency[Visit], application_id: FromPath[UUID], file_id: FromPath[UUID]
) -> Response[bytes]:
    async with statement(visit.db) as tx:
        file = await scored_file(tx, actor=visit.actor, application_id=application_id, file_id=file_id)
    return served(file)


async def _task(tx: Tx, visit: Visit) -> TaskView:
    return await task_for(tx, actor=visit.actor, application_id=visit.key("application_id"))


async def _shown(tx: Tx, visit: Visit, task: TaskView) -> Shown:
    readable = task.state in READABLE
    reading = await reading_for(tx, actor=visit.actor, application_id=task.application_id) if readable else None
    return Shown(
        "assessment/task.html",
        labels={f"points_{one.id}": one.name_pl for one in reading.criteria} if reading else {},
        task=task,
        reading=reading,
        given={one.criterion_id: one for one in reading.sheet.scores} if reading else {},
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
    "declare": Deed(_declare, N_("Your declaration is saved.")),
    "draft": Deed(_score, N_("The draft is saved.")),
    "submit": Deed(_score, N_("Your score sheet is handed in. Thank you."), to="/assess"),
}

handlers: list[ControllerRouterHandler] = [
    show_tasks,
    show_file,
    *Screen(
        name="task",
        path="/assess/{application_id:uuid}",
        guard=signed_in,
        about=_task,
        shows=_shown,
        deeds=DEEDS,
        labels=labels_in,
    ).handlers,
]
