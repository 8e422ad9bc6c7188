"""What was decided on an application, for its applicant; an offered place is declined here."""

from datetime import datetime
from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.types import ControllerRouterHandler

from incubator.assessment.answer_offer import decline_offer
from incubator.assessment.queries_outcome import outcome_for
from incubator.assessment.words import points_in
from incubator.db.engine import Database, Tx, statement
from incubator.kernel.errors import N_, Refusal, Stale
from incubator.people.actor import Actor
from incubator.people.forms import Ask, Asked, Deed, Typed, carried_out, problem_of, typed_in
from incubator.people.guards import signed_in
from incubator.web.bodies import Body
from incubator.web.i18n import locale_of
from incubator.web.pages import page


class SureForm(Body, frozen=True):
    sure: bool


@get("/applications/{application_id:uuid}/decision", guards=[signed_in])
async def show_decision(
    request: Ask,
    application_id: FromPath[UUID],
    db: NamedDependency[Database],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
) -> Response[str]:
    return await _show(request, application_id, db, actor, now)


@post("/applications/{application_id:uuid}/decision", guards=[signed_in], status_code=303)
async def decline(
    request: Ask,
    application_id: FromPath[UUID],
    db: NamedDependency[Database],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
) -> Response[Any]:
    typed = await typed_in(request)

    async def ask(tx: Tx) -> Asked:
        return Asked(tx=tx, actor=actor, place=application_id, typed=typed, now=now)

    async def again(typed: Typed, refusal: Refusal) -> Response[str]:
        return await _show(request, application_id, db, actor, now, typed, refusal)

    back = f"/applications/{application_id}/decision"
    return await carried_out(request, db, DEEDS, typed=typed, ask=ask, back=back, again=again)


async def _show(
    request: Ask,
    application_id: UUID,
    db: Database,
    actor: Actor,
    now: datetime,
    typed: Typed | None = None,
    refusal: Refusal | None = None,
) -> Response[str]:
    async with statement(db) as tx:
        application, outcome = await outcome_for(tx, actor=actor, application_id=application_id)
    locale = locale_of(request)
    labels = {"sure": N_("Yes, I decline the place")}
    problem, status = problem_of(request, refusal, labels)
    return page(
        request,
        "assessment/decision.html",
        status=status,
        application=application,
        outcome=outcome,
        points=lambda hundredths: points_in(hundredths, locale),
        now=now,
        typed=typed,
        problem=problem,
        stale=isinstance(refusal, Stale),
        labels=labels,
    )


async def _decline(asked: Asked) -> None:
    asked.typed.shaped(SureForm)
    await decline_offer(asked.tx, actor=asked.actor, application_id=asked.place, now=asked.now)


DEEDS: dict[str, Deed] = {"decline": (_decline, N_("You have declined the place."))}

handlers: list[ControllerRouterHandler] = [show_decision, decline]
