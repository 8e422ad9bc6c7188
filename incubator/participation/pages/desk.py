"""The desk: who takes part in an edition, and one of them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.types import ControllerRouterHandler

from incubator.db.engine import Database, Tx, statement
from incubator.kernel.errors import Refusal, Stale
from incubator.participation.in_full import in_full
from incubator.participation.pages.deeds import DESK, EDITION
from incubator.participation.pages.labels import labels_in
from incubator.participation.queries import booked_for_later, participants_of, participation_to_run
from incubator.people.actor import Actor
from incubator.people.forms import Ask, Asked, Typed, carried_out, problem_of, typed_in
from incubator.people.guards import office_or_coordinator
from incubator.programmes.queries import edition_to_run
from incubator.web.i18n import texts_of
from incubator.web.pages import page

Data = NamedDependency[Database]
Who = NamedDependency[Actor]
Now = NamedDependency[datetime]

# Of the gmina that runs the edition, or of all where the office does; those with an owner.
ORGANISATIONS = """
SELECT id, name FROM organisation
WHERE closed_at IS NULL AND ($1::uuid IS NULL OR gmina_id = $1)
    AND EXISTS (SELECT FROM membership WHERE organisation_id = organisation.id AND role = 'owner')
    AND NOT EXISTS (SELECT FROM participation WHERE organisation_id = organisation.id AND edition_id = $2)
ORDER BY name, id LIMIT 500
"""
MEMBERS = """
SELECT id, name FROM account WHERE erased_at IS NULL AND (
    id IN (SELECT account_id FROM membership WHERE organisation_id = $2)
    OR $2 IS NOT NULL AND id IN (SELECT account_id FROM attendance WHERE participation_id = $1)
) ORDER BY name, id
"""
TEMPLATES = "SELECT id, name_pl, name_en, due_on FROM edition_milestone WHERE edition_id = $1 ORDER BY due_on, id"


@dataclass(frozen=True, slots=True)
class Named:
    id: UUID
    name: str


@get("/desk/editions/{edition_id:uuid}/participants", guards=[office_or_coordinator])
async def show_participants(request: Ask, edition_id: FromPath[UUID], db: Data, actor: Who) -> Response[str]:
    return await _participants(request, edition_id, db, actor)


@post("/desk/editions/{edition_id:uuid}/participants", guards=[office_or_coordinator], status_code=303)
async def change_participants(
    request: Ask, edition_id: FromPath[UUID], db: Data, actor: Who, now: Now
) -> Response[Any]:
    typed = await typed_in(request)

    async def ask(tx: Tx) -> Asked:
        place = await edition_to_run(tx, actor=actor, edition_id=edition_id)
        return Asked(tx=tx, actor=actor, place=place, typed=typed, now=now)

    async def again(typed: Typed, refusal: Refusal) -> Response[str]:
        return await _participants(request, edition_id, db, actor, typed, refusal)

    back = f"/desk/editions/{edition_id}/participants"
    return await carried_out(request, db, EDITION, typed=typed, ask=ask, back=back, again=again)


async def _participants(
    request: Ask,
    edition_id: UUID,
    db: Database,
    actor: Actor,
    typed: Typed | None = None,
    refusal: Refusal | None = None,
) -> Response[str]:
    async with statement(db) as tx:
        edition = await edition_to_run(tx, actor=actor, edition_id=edition_id)
        participants = await participants_of(tx, actor=actor, edition_id=edition_id)
        organisations = [Named(**row) for row in await tx.fetch(ORGANISATIONS, edition.gmina_id, edition_id)]
        templates = await tx.fetch(TEMPLATES, edition_id)
    labels = labels_in(texts_of(request))
    problem, status = problem_of(request, refusal, labels)
    return page(
        request,
        "participation/desk_participants.html",
        status=status,
        edition=edition,
        participants=participants,
        organisations=organisations,
        templates=templates,
        labels=labels,
        typed=typed,
        problem=problem,
        stale=isinstance(refusal, Stale),
    )


@get("/desk/participations/{participation_id:uuid}", guards=[office_or_coordinator])
async def show_desk(request: Ask, participation_id: FromPath[UUID], db: Data, actor: Who, now: Now) -> Response[str]:
    return await _show(request, participation_id, db, actor, now)


@post("/desk/participations/{participation_id:uuid}", guards=[office_or_coordinator], status_code=303)
async def change_desk(request: Ask, participation_id: FromPath[UUID], db: Data, actor: Who, now: Now) -> Response[Any]:
    typed = await typed_in(request)

    async def ask(tx: Tx) -> Asked:
        place = await participation_to_run(tx, actor=actor, participation_id=participation_id)
        return Asked(tx=tx, actor=actor, place=place, typed=typed, now=now)

    async def again(typed: Typed, refusal: Refusal) -> Response[str]:
        return await _show(request, participation_id, db, actor, now, typed, refusal)

    back = f"/desk/participations/{participation_id}"
    return await carried_out(request, db, DESK, typed=typed, ask=ask, back=back, again=again)


async def _show(
    request: Ask,
    participation_id: UUID,
    db: Database,
    actor: Actor,
    now: datetime,
    typed: Typed | None = None,
    refusal: Refusal | None = None,
) -> Response[str]:
    async with statement(db) as tx:
        found = await participation_to_run(tx, actor=actor, participation_id=participation_id)
        edition = await edition_to_run(tx, actor=actor, edition_id=found.edition_id)
        full = await in_full(tx, actor=actor, participation_id=participation_id)
        later = await booked_for_later(tx, participation=found, now=now)
        members = [Named(**row) for row in await tx.fetch(MEMBERS, found.id, found.organisation_id)]
    labels = labels_in(texts_of(request))
    problem, status = problem_of(request, refusal, labels)
    return page(
        request,
        "participation/desk_participation.html",
        status=status,
        edition=edition,
        full=full,
        later=later,
        members=members,
        now=now,
        labels=labels,
        typed=typed,
        problem=problem,
        stale=isinstance(refusal, Stale),
    )


handlers: list[ControllerRouterHandler] = [show_participants, change_participants, show_desk, change_desk]
