"""Describe the bundle; start, describe, publish and close programmes."""

from litestar import Response, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from litestar.types import ControllerRouterHandler

from incubator.people.change import Change
from incubator.people.visit import Found, Visit
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


@put("/bundle/details", operation_id="describeBundle", **OFFICE)
async def put_bundle_details(change: NamedDependency[Change], data: JSONBody[BundleDetails]) -> Response[BundleView]:
    """What the public reads of the bundle, all of it anew."""
    return await change(describe_bundle, details=data)


@put("/bundle/partners", operation_id="setBundlePartners", **OFFICE)
async def put_bundle_partners(change: NamedDependency[Change], data: JSONBody[PartnerList]) -> Response[BundleView]:
    """Who stands behind the bundle, all of them anew."""
    return await change(set_bundle_partners, partners=data.partners)


@post("/programmes", operation_id="foundProgramme", **DESK)
async def post_programme(visit: NamedDependency[Visit], data: JSONBody[NewProgramme]) -> Response[ProgrammeInFull]:
    """Start a programme: a draft at first, which only those who run it see."""
    return await visit.create(
        found_programme,
        lambda view: f"/api/programmes/{view.brief.slug}",
        gmina_id=Found(gmina_key, data.gmina) if data.gmina is not None else None,
        slug=data.slug,
        details=data.details,
    )


@put("/programmes/{slug:str}/details", operation_id="describeProgramme", **DESK)
async def put_programme_details(
    change: NamedDependency[Change], slug: FromPath[str], data: JSONBody[ProgrammeDetails]
) -> Response[ProgrammeInFull]:
    """What the public reads of it, all of it anew."""
    return await change(describe_programme, programme_id=Found(programme_key, slug), details=data)


@put("/programmes/{slug:str}/partners", operation_id="setProgrammePartners", **DESK)
async def put_programme_partners(
    change: NamedDependency[Change], slug: FromPath[str], data: JSONBody[PartnerList]
) -> Response[ProgrammeInFull]:
    """Who stands behind it, all of them anew."""
    return await change(set_programme_partners, programme_id=Found(programme_key, slug), partners=data.partners)


@put("/programmes/{slug:str}/state", operation_id="moveProgramme", **DESK)
async def put_programme_state(
    change: NamedDependency[Change], slug: FromPath[str], data: JSONBody[ProgrammeStep]
) -> Response[ProgrammeInFull]:
    """Publish it, or close it once all of its editions are."""
    verb = publish_programme if data.state == "published" else close_programme
    return await change(verb, programme_id=Found(programme_key, slug))


@post("/programmes/{slug:str}/editions", operation_id="openEdition", **DESK)
async def post_edition(
    visit: NamedDependency[Visit], slug: FromPath[str], data: JSONBody[NewEdition]
) -> Response[EditionInFull]:
    """Open an edition: a draft at first, which only those who run it see."""
    return await visit.create(
        open_edition,
        lambda view: f"/api/editions/{view.brief.id}",
        programme_id=Found(programme_key, slug),
        slug=data.slug,
        details=data.details,
    )


handlers: list[ControllerRouterHandler] = [
    put_bundle_details,
    put_bundle_partners,
    post_programme,
    put_programme_details,
    put_programme_partners,
    put_programme_state,
    post_edition,
]
