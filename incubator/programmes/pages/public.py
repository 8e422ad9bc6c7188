"""What everybody reads of the bundle, its programmes, their editions and their terms."""

from datetime import datetime

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.types import ControllerRouterHandler

from incubator.db.engine import Database, statement
from incubator.people.actor import Actor
from incubator.people.forms import Ask
from incubator.people.guards import public
from incubator.programmes.catalogue import bundle, programme_by_slug, programmes, runs
from incubator.programmes.catalogue_editions import edition_by_slugs, terms_text
from incubator.programmes.pages.timeline import timeline
from incubator.programmes.states import Phase
from incubator.web.pages import page


@get("/programmes", guards=[public])
async def show_bundle(request: Ask, db: NamedDependency[Database], now: NamedDependency[datetime]) -> Response[str]:
    async with statement(db) as tx:
        about = await bundle(tx)
        found = await programmes(tx, reader=_reader(request), now=now)
    found = [one for one in found if one.state != "draft"]
    calls = [(one, edition) for one in found for edition in one.editions if edition.phase == Phase.CALL_OPEN]
    calls.sort(key=lambda pair: pair[1].closes_at or now)
    return page(request, "programmes/bundle.html", bundle=about, programmes=found, calls=calls)


@get("/programmes/{slug:str}", guards=[public])
async def show_programme(
    request: Ask, slug: FromPath[str], db: NamedDependency[Database], now: NamedDependency[datetime]
) -> Response[str]:
    reader = _reader(request)
    async with statement(db) as tx:
        programme = await programme_by_slug(tx, slug=slug, reader=reader, now=now)
    mine = runs(reader, programme.brief.gmina_id)
    return page(request, "programmes/programme.html", programme=programme, runs=mine)


@get("/programmes/{slug:str}/{edition_slug:str}", guards=[public])
async def show_edition(
    request: Ask,
    slug: FromPath[str],
    edition_slug: FromPath[str],
    db: NamedDependency[Database],
    now: NamedDependency[datetime],
) -> Response[str]:
    reader = _reader(request)
    async with statement(db) as tx:
        edition = await edition_by_slugs(tx, programme=slug, slug=edition_slug, reader=reader, now=now)
        programme = await programme_by_slug(tx, slug=slug, reader=reader, now=now)
    return page(
        request,
        "programmes/edition.html",
        edition=edition,
        programme=programme,
        days=timeline(edition, now=now),
        runs=runs(reader, edition.gmina_id),
    )


@get("/programmes/{slug:str}/{edition_slug:str}/terms/{version:int}", guards=[public])
async def show_terms(
    request: Ask,
    slug: FromPath[str],
    edition_slug: FromPath[str],
    version: FromPath[int],
    db: NamedDependency[Database],
    now: NamedDependency[datetime],
) -> Response[str]:
    async with statement(db) as tx:
        edition = await edition_by_slugs(tx, programme=slug, slug=edition_slug, reader=_reader(request), now=now)
        terms = await terms_text(tx, edition_id=edition.brief.id, version=version)
    following = next((one for one in edition.terms if one.version == version + 1), None)
    return page(request, "programmes/terms.html", edition=edition, terms=terms, following=following)


def _reader(request: Ask) -> Actor | None:
    """Who looks, if anybody is signed in: whoever runs a draft sees it."""
    found = request.scope.get("user")
    return found if isinstance(found, Actor) else None


handlers: list[ControllerRouterHandler] = [show_bundle, show_programme, show_edition, show_terms]
