"""What I take part in: a list, one of them, its record, and the offers that wait for my answer."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.types import ControllerRouterHandler

from incubator.credits.queries import credits_of
from incubator.credits.views import CreditView
from incubator.db.engine import Tx, statement
from incubator.kernel.errors import N_
from incubator.participation.admit import accept_offer
from incubator.participation.in_full import in_full
from incubator.participation.pages.deeds import OWN
from incubator.participation.pages.labels import labels_in
from incubator.participation.queries import (
    booked_for_later,
    is_own,
    own_participation,
    participation_for,
    participations_of,
)
from incubator.participation.views import ParticipationView
from incubator.people.guards import signed_in
from incubator.people.screen import Screen, Shown
from incubator.people.visit import Visit
from incubator.web.flash import see_other
from incubator.web.pages import page

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
async def show_participations(visit: NamedDependency[Visit]) -> Response[str]:
    actor = visit.actor
    async with statement(visit.db) as tx:
        found = await participations_of(tx, actor=actor)
        offers = [Offer(**row) for row in await tx.fetch(OFFERS, actor.account_id, list(actor.organisations))]
        holdings = await _holdings(tx, visit)
    return page(visit.request, "participation/mine.html", participations=found, offers=offers, holdings=holdings)


async def _holdings(tx: Tx, visit: Visit) -> list[Holding]:
    """Of the person and of their organisations: those that have something."""
    actor, now = visit.actor, visit.now
    holders = {actor.account_id: "", **{key: own.name for key, own in actor.organisations.items()}}
    found = [Holding(name=name, credits=await credits_of(tx, holder_id=key, now=now)) for key, name in holders.items()]
    return [one for one in found if one.credits]


@post("/applications/{application_id:uuid}/accept-offer", guards=[signed_in], status_code=303)
async def accept(visit: NamedDependency[Visit], application_id: FromPath[UUID]) -> Response[Any]:
    made = await visit.do(accept_offer, application_id=application_id)
    return see_other(visit.request, f"/participations/{made.id}", N_("Welcome! You take part."))


async def _about(tx: Tx, visit: Visit) -> ParticipationView:
    return await participation_for(tx, actor=visit.actor, participation_id=visit.key("participation_id"))


async def _own(tx: Tx, visit: Visit) -> ParticipationView:
    return await own_participation(tx, actor=visit.actor, participation_id=visit.key("participation_id"))


async def _shown(tx: Tx, visit: Visit, found: ParticipationView) -> Shown:
    full = await in_full(tx, actor=visit.actor, participation_id=found.id)
    return Shown(
        "participation/one.html",
        full=full,
        own=is_own(visit.actor, found),
        later=await booked_for_later(tx, participation=found, now=visit.now),
        now=visit.now,
    )


PARTICIPATION = Screen(
    name="participation",
    path="/participations/{participation_id:uuid}",
    guard=signed_in,
    about=_about,
    about_of_forms=_own,
    shows=_shown,
    deeds=OWN,
    labels=labels_in,
)

handlers: list[ControllerRouterHandler] = [show_participations, accept, *PARTICIPATION.handlers]
