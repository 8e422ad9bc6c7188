"""Describe the bundle; start, describe, publish and close programmes."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from litestar import Request, Response, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from litestar.types import ControllerRouterHandler

from incubator.db.engine import Database, Tx, attempt
from incubator.people.actor import Actor
from incubator.places.reach import gmina_key
from incubator.programmes.api.shapes import DESK, OFFICE, NewEdition, NewProgramme, PartnerList, ProgrammeStep
from incubator.programmes.close_programme import close_programme
from incubator.programmes.describe_bundle import describe_bundle
from incubator.programmes.describe_programme import describe_programme
from incubator.programmes.details import BundleDetails, ProgrammeDetails
from incubator.programmes.found_programme import found_programme
from incubator.programmes.open_edition import open_edition
from incubator.programmes.publish_programme import publish_programme
from incubator.programmes.reach import programme_key
from incubator.programmes.set_partners import set_bundle_partners, set_programme_partners
from incubator.programmes.views import BundleView, EditionInFull, ProgrammeInFull
from incubator.web.etags import IfMatch, seen_version, tagged
from incubator.web.idempotency import Made, created


@put("/bundle/details", operation_id="describeBundle", **OFFICE)
async def put_bundle_details(
    data: JSONBody[BundleDetails],
    db: NamedDependency[Database],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
    if_match: IfMatch = None,
) -> Response[BundleView]:
    """What the public reads of the bundle, all of it anew."""
    seen = seen_version(if_match)
    view = await attempt(db, lambda tx: describe_bundle(tx, actor=actor, details=data, seen=seen, now=now))
    return tagged(view, view.version)


@put("/bundle/partners", operation_id="setBundlePartners", **OFFICE)
async def put_bundle_partners(
    data: JSONBody[PartnerList],
    db: NamedDependency[Database],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
    if_match: IfMatch = None,
) -> Response[BundleView]:
    """Who stands behind the bundle, all of them anew."""
    seen, partners = seen_version(if_match), data.partners
    view = await attempt(db, lambda tx: set_bundle_partners(tx, actor=actor, partners=partners, seen=seen, now=now))
    return tagged(view, view.version)


@post("/programmes", operation_id="foundProgramme", **DESK)
async def post_programme(
    request: Request[Any, Any, Any],
    data: JSONBody[NewProgramme],
    db: NamedDependency[Database],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
) -> Response[ProgrammeInFull]:
    """Start a programme: a draft at first, which only those who run it see."""

    async def make(tx: Tx) -> Made:
        gmina_id = await gmina_key(tx, data.gmina) if data.gmina is not None else None
        view = await found_programme(tx, actor=actor, gmina_id=gmina_id, slug=data.slug, details=data.details, now=now)
        return view, f"/api/programmes/{view.brief.slug}"

    return await created(request, db, actor.account_id, make)


@put("/programmes/{slug:str}/details", operation_id="describeProgramme", **DESK)
async def put_programme_details(
    slug: FromPath[str],
    data: JSONBody[ProgrammeDetails],
    db: NamedDependency[Database],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
    if_match: IfMatch = None,
) -> Response[ProgrammeInFull]:
    """What the public reads of it, all of it anew."""
    seen = seen_version(if_match)

    async def act(tx: Tx, key: UUID) -> ProgrammeInFull:
        return await describe_programme(tx, actor=actor, programme_id=key, details=data, seen=seen, now=now)

    return await _on(db, slug, act)


@put("/programmes/{slug:str}/partners", operation_id="setProgrammePartners", **DESK)
async def put_programme_partners(
    slug: FromPath[str],
    data: JSONBody[PartnerList],
    db: NamedDependency[Database],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
    if_match: IfMatch = None,
) -> Response[ProgrammeInFull]:
    """Who stands behind it, all of them anew."""
    seen, partners = seen_version(if_match), data.partners

    async def act(tx: Tx, key: UUID) -> ProgrammeInFull:
        return await set_programme_partners(tx, actor=actor, programme_id=key, partners=partners, seen=seen, now=now)

    return await _on(db, slug, act)


@put("/programmes/{slug:str}/state", operation_id="moveProgramme", **DESK)
async def put_programme_state(
    slug: FromPath[str],
    data: JSONBody[ProgrammeStep],
    db: NamedDependency[Database],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
    if_match: IfMatch = None,
) -> Response[ProgrammeInFull]:
    """Publish it, or close it once all of its editions are."""
    seen = seen_version(if_match)
    verb = publish_programme if data.state == "published" else close_programme

    async def act(tx: Tx, key: UUID) -> ProgrammeInFull:
        return await verb(tx, actor=actor, programme_id=key, seen=seen, now=now)

    return await _on(db, slug, act)


@post("/programmes/{slug:str}/editions", operation_id="openEdition", **DESK)
async def post_edition(
    request: Request[Any, Any, Any],
    slug: FromPath[str],
    data: JSONBody[NewEdition],
    db: NamedDependency[Database],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
) -> Response[EditionInFull]:
    """Open an edition: a draft at first, which only those who run it see."""

    async def make(tx: Tx) -> Made:
        key = await programme_key(tx, slug)
        view = await open_edition(tx, actor=actor, programme_id=key, slug=data.slug, details=data.details, now=now)
        return view, f"/api/editions/{view.brief.id}"

    return await created(request, db, actor.account_id, make)


async def _on(
    db: Database, slug: str, act: Callable[[Tx, UUID], Awaitable[ProgrammeInFull]]
) -> Response[ProgrammeInFull]:
    async def whole(tx: Tx) -> ProgrammeInFull:
        return await act(tx, await programme_key(tx, slug))

    view = await attempt(db, whole)
    return tagged(view, view.version)


handlers: list[ControllerRouterHandler] = [
    put_bundle_details,
    put_bundle_partners,
    post_programme,
    put_programme_details,
    put_programme_partners,
    put_programme_state,
    post_edition,
]
