"""Describe editions, with terms, dates, perks, mentors and partners; publish, start and close them."""

from datetime import datetime
from typing import Any
from uuid import UUID

from litestar import Request, Response, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from litestar.types import ControllerRouterHandler

from incubator.db.engine import Database, Tx, attempt
from incubator.people.actor import Actor
from incubator.programmes.api.shapes import DESK, DateList, EditionStep, MentorList, PartnerList, PerkList
from incubator.programmes.close_edition import close_edition
from incubator.programmes.describe_edition import describe_edition
from incubator.programmes.details import EditionDetails, TermsText
from incubator.programmes.publish_edition import publish_edition
from incubator.programmes.publish_terms import publish_terms
from incubator.programmes.set_dates import set_dates
from incubator.programmes.set_edition_mentors import set_edition_mentors
from incubator.programmes.set_partners import set_edition_partners
from incubator.programmes.set_perks import set_perks
from incubator.programmes.start_edition import start_edition
from incubator.programmes.views import EditionInFull
from incubator.web.etags import IfMatch, seen_version, tagged
from incubator.web.idempotency import Made, created

STEPS = {"published": publish_edition, "running": start_edition, "closed": close_edition}


@put("/editions/{edition_id:uuid}/details", operation_id="describeEdition", **DESK)
async def put_edition_details(
    edition_id: FromPath[UUID],
    data: JSONBody[EditionDetails],
    db: NamedDependency[Database],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
    if_match: IfMatch = None,
) -> Response[EditionInFull]:
    """What the public reads of it, all of it anew; never fewer places than were given away."""
    on: dict[str, Any] = {"actor": actor, "edition_id": edition_id, "seen": seen_version(if_match), "now": now}
    view = await attempt(db, lambda tx: describe_edition(tx, details=data, **on))
    return tagged(view, view.version)


@put("/editions/{edition_id:uuid}/state", operation_id="moveEdition", **DESK)
async def put_edition_state(
    edition_id: FromPath[UUID],
    data: JSONBody[EditionStep],
    db: NamedDependency[Database],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
    if_match: IfMatch = None,
) -> Response[EditionInFull]:
    """Publish it, start it, or close it once everybody has graduated or left."""
    on: dict[str, Any] = {"actor": actor, "edition_id": edition_id, "seen": seen_version(if_match), "now": now}
    view = await attempt(db, lambda tx: STEPS[data.state](tx, **on))
    return tagged(view, view.version)


@put("/editions/{edition_id:uuid}/dates", operation_id="setEditionDates", **DESK)
async def put_dates(
    edition_id: FromPath[UUID],
    data: JSONBody[DateList],
    db: NamedDependency[Database],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
    if_match: IfMatch = None,
) -> Response[EditionInFull]:
    """The days that its page tells of, all of them anew."""
    on: dict[str, Any] = {"actor": actor, "edition_id": edition_id, "seen": seen_version(if_match), "now": now}
    view = await attempt(db, lambda tx: set_dates(tx, dates=data.dates, **on))
    return tagged(view, view.version)


@put("/editions/{edition_id:uuid}/perks", operation_id="setEditionPerks", **DESK)
async def put_perks(
    edition_id: FromPath[UUID],
    data: JSONBody[PerkList],
    db: NamedDependency[Database],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
    if_match: IfMatch = None,
) -> Response[EditionInFull]:
    """What each participant gets, all of it anew, until somebody is admitted."""
    on: dict[str, Any] = {"actor": actor, "edition_id": edition_id, "seen": seen_version(if_match), "now": now}
    view = await attempt(db, lambda tx: set_perks(tx, perks=data.perks, **on))
    return tagged(view, view.version)


@put("/editions/{edition_id:uuid}/mentors", operation_id="setEditionMentors", **DESK)
async def put_mentors(
    edition_id: FromPath[UUID],
    data: JSONBody[MentorList],
    db: NamedDependency[Database],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
    if_match: IfMatch = None,
) -> Response[EditionInFull]:
    """Its mentors, all of them anew."""
    on: dict[str, Any] = {"actor": actor, "edition_id": edition_id, "seen": seen_version(if_match), "now": now}
    view = await attempt(db, lambda tx: set_edition_mentors(tx, mentor_ids=data.mentors, **on))
    return tagged(view, view.version)


@put("/editions/{edition_id:uuid}/partners", operation_id="setEditionPartners", **DESK)
async def put_partners(
    edition_id: FromPath[UUID],
    data: JSONBody[PartnerList],
    db: NamedDependency[Database],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
    if_match: IfMatch = None,
) -> Response[EditionInFull]:
    """Who stands behind it, all of them anew."""
    on: dict[str, Any] = {"actor": actor, "edition_id": edition_id, "seen": seen_version(if_match), "now": now}
    view = await attempt(db, lambda tx: set_edition_partners(tx, partners=data.partners, **on))
    return tagged(view, view.version)


@post("/editions/{edition_id:uuid}/terms", operation_id="publishEditionTerms", **DESK)
async def post_terms(
    request: Request[Any, Any, Any],
    edition_id: FromPath[UUID],
    data: JSONBody[TermsText],
    db: NamedDependency[Database],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
) -> Response[EditionInFull]:
    """Publish a new version of the terms; earlier ones stay as they are."""

    async def make(tx: Tx) -> Made:
        view = await publish_terms(tx, actor=actor, edition_id=edition_id, terms=data, now=now)
        return view, f"/api/editions/{edition_id}/terms/{view.terms[-1].version}"

    return await created(request, db, actor.account_id, make)


handlers: list[ControllerRouterHandler] = [
    put_edition_details,
    put_edition_state,
    put_dates,
    put_perks,
    put_mentors,
    put_partners,
    post_terms,
]
