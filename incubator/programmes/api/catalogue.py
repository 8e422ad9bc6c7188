"""Read the bundle, its programmes, editions and terms. Public; drafts for those who run them."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from litestar import Request, Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath, QueryParameter
from litestar.types import ControllerRouterHandler

from incubator.db.engine import Database, statement
from incubator.programmes.api.shapes import OPEN, Programmes, TermsVersions, key_of, reader_of
from incubator.programmes.catalogue import bundle, programme_by_slug, programmes
from incubator.programmes.catalogue_editions import edition_in_full, terms_text
from incubator.programmes.views import BundleView, EditionInFull, ProgrammeInFull, TermsView
from incubator.web.cursors import Cursor, read_cursor, write_cursor
from incubator.web.etags import tagged

Ask = Request[Any, Any, Any]
Limit = Annotated[int, QueryParameter(ge=1, le=100)]


@get("/bundle", operation_id="getBundle", **OPEN)
async def get_bundle(db: NamedDependency[Database]) -> Response[BundleView]:
    """The bundle of incubators that the programmes belong to, with its ETag."""
    async with statement(db) as tx:
        view = await bundle(tx)
    return tagged(view, view.version)


@get("/programmes", operation_id="listProgrammes", **OPEN)
async def list_programmes(
    request: Ask,
    db: NamedDependency[Database],
    now: NamedDependency[datetime],
    after: Cursor = None,
    limit: Limit = 50,
) -> Programmes:
    """Programmes with their editions and where each stands."""
    seen = key_of(read_cursor(after, str))
    async with statement(db) as tx:
        found = await programmes(tx, reader=reader_of(request), now=now, after=seen, limit=limit + 1)
    return Programmes(items=found[:limit], next=write_cursor("", found[limit - 1].id) if len(found) > limit else None)


@get("/programmes/{slug:str}", operation_id="getProgramme", **OPEN)
async def get_programme(
    request: Ask, slug: FromPath[str], db: NamedDependency[Database], now: NamedDependency[datetime]
) -> Response[ProgrammeInFull]:
    """One programme with its partners and editions, and its ETag."""
    async with statement(db) as tx:
        view = await programme_by_slug(tx, slug=slug, reader=reader_of(request), now=now)
    return tagged(view, view.version)


@get("/editions/{edition_id:uuid}", operation_id="getEdition", **OPEN)
async def get_edition(
    request: Ask, edition_id: FromPath[UUID], db: NamedDependency[Database], now: NamedDependency[datetime]
) -> Response[EditionInFull]:
    """One edition with dates, perks, mentors, partners and versions of its terms; with its ETag."""
    async with statement(db) as tx:
        view = await edition_in_full(tx, edition_id=edition_id, reader=reader_of(request), now=now)
    return tagged(view, view.version)


@get("/editions/{edition_id:uuid}/terms", operation_id="listEditionTerms", **OPEN)
async def list_terms(
    request: Ask, edition_id: FromPath[UUID], db: NamedDependency[Database], now: NamedDependency[datetime]
) -> TermsVersions:
    """The versions of an edition's terms and which of them is in force."""
    async with statement(db) as tx:
        view = await edition_in_full(tx, edition_id=edition_id, reader=reader_of(request), now=now)
    return TermsVersions(items=view.terms, in_force=view.terms_in_force)


@get("/editions/{edition_id:uuid}/terms/{version:int}", operation_id="getEditionTerms", **OPEN)
async def get_terms(
    request: Ask,
    edition_id: FromPath[UUID],
    version: FromPath[int],
    db: NamedDependency[Database],
    now: NamedDependency[datetime],
) -> TermsView:
    """One version of an edition's terms in full. It never changes."""
    async with statement(db) as tx:
        await edition_in_full(tx, edition_id=edition_id, reader=reader_of(request), now=now)
        return await terms_text(tx, edition_id=edition_id, version=version)


handlers: list[ControllerRouterHandler] = [
    get_bundle,
    list_programmes,
    get_programme,
    get_edition,
    list_terms,
    get_terms,
]
