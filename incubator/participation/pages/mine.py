"""What I take part in: a list, one of them, its record, and the offers that wait for my answer."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.types import ControllerRouterHandler

from incubator.credits.queries import credits_of
from incubator.credits.views import CreditView
from incubator.db.engine import Database, Tx, attempt, statement
from incubator.kernel.errors import N_, Refusal, Stale
from incubator.participation.admit import accept_offer
from incubator.participation.in_full import in_full
from incubator.participation.pages.deeds import OWN
from incubator.participation.pages.labels import labels_in
from incubator.participation.queries import booked_for_later, is_own, own_participation, participations_of
from incubator.people.actor import Actor
from incubator.people.forms import Ask, Asked, Typed, carried_out, problem_of, typed_in
from incubator.people.guards import signed_in
from incubator.web.flash import see_other
from incubator.web.i18n import texts_of
from incubator.web.pages import page

Data = NamedDependency[Database]
Who = NamedDependency[Actor]
Now = NamedDependency[datetime]

OFFERS = """
SELECT application.id, edition.name_pl AS edition_name_pl, edition.name_en AS edition_name_en,
    programme.name_pl AS programme_name_pl, programme.name_en AS programme_name_en
FROM application JOIN edition ON edition.id = edition_id JOIN programme ON programme.id = programme_id
WHERE application.state = 'offered' AND (
    application.account_id = $1 AND organisation_id IS NULL OR organisation_id = ANY($2::uuid[])
) ORDER BY application.id
"""


@dataclass(frozen=True, slots=True)
class Offer:
    """A place that waits for an answer."""

    id: UUID
    edition_name_pl: str
    edition_name_en: str
    programme_name_pl: str
    programme_name_en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """What an organisation has to draw on; the person themself, where `name` is empty."""

    name: str
    credits: list[CreditView]


@get("/participations", guards=[signed_in])
async def show_participations(request: Ask, db: Data, actor: Who, now: Now) -> Response[str]:
    async with statement(db) as tx:
        found = await participations_of(tx, actor=actor)
        offers = [Offer(**row) for row in await tx.fetch(OFFERS, actor.account_id, list(actor.organisations))]
        holdings = await _holdings(tx, actor, now)
    return page(request, "participation/mine.html", participations=found, offers=offers, holdings=holdings)


@post("/applications/{application_id:uuid}/accept-offer", guards=[signed_in], status_code=303)
async def accept(request: Ask, application_id: FromPath[UUID], db: Data, actor: Who, now: Now) -> Response[Any]:
    made = await attempt(db, lambda tx: accept_offer(tx, actor=actor, application_id=application_id, now=now))
    return see_other(request, f"/participations/{made.id}", N_("Welcome! You take part."))


@get("/participations/{participation_id:uuid}", guards=[signed_in])
async def show_participation(
    request: Ask, participation_id: FromPath[UUID], db: Data, actor: Who, now: Now
) -> Response[str]:
    return await _show(request, participation_id, db, actor, now)


@post("/participations/{participation_id:uuid}", guards=[signed_in], status_code=303)
async def change_participation(
    request: Ask, participation_id: FromPath[UUID], db: Data, actor: Who, now: Now
) -> Response[Any]:
    typed = await typed_in(request)

    async def ask(tx: Tx) -> Asked:
        place = await own_participation(tx, actor=actor, participation_id=participation_id)
        return Asked(tx=tx, actor=actor, place=place, typed=typed, now=now)

    async def again(typed: Typed, refusal: Refusal) -> Response[str]:
        return await _show(request, participation_id, db, actor, now, typed, refusal)

    back = f"/participations/{participation_id}"
    return await carried_out(request, db, OWN, typed=typed, ask=ask, back=back, again=again)


async def _holdings(tx: Tx, actor: Actor, now: datetime) -> list[Holding]:
    """Of the person and of their organisations: those that have something."""
    holders = {actor.account_id: "", **{key: own.name for key, own in actor.organisations.items()}}
    found = [Holding(name=name, credits=await credits_of(tx, holder_id=key, now=now)) for key, name in holders.items()]
    return [one for one in found if one.credits]


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
        full = await in_full(tx, actor=actor, participation_id=participation_id)
        later = await booked_for_later(tx, participation=full.participation, now=now)
    labels = labels_in(texts_of(request))
    problem, status = problem_of(request, refusal, labels)
    return page(
        request,
        "participation/one.html",
        status=status,
        full=full,
        own=is_own(actor, full.participation),
        later=later,
        now=now,
        labels=labels,
        typed=typed,
        problem=problem,
        stale=isinstance(refusal, Stale),
    )


handlers: list[ControllerRouterHandler] = [show_participations, accept, show_participation, change_participation]
