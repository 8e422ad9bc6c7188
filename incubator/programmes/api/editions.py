"""Describe editions, with terms, dates, perks, mentors and partners; publish, start and close them."""

from uuid import UUID

from litestar import Response, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from litestar.types import ControllerRouterHandler

from incubator.people.change import Change
from incubator.people.visit import Visit
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

STEPS = {"published": publish_edition, "running": start_edition, "closed": close_edition}


@put("/editions/{edition_id:uuid}/details", operation_id="describeEdition", **DESK)
async def put_edition_details(
    change: NamedDependency[Change], edition_id: FromPath[UUID], data: JSONBody[EditionDetails]
) -> Response[EditionInFull]:
    """What the public reads of it, all of it anew; never fewer places than were given away."""
    return await change(describe_edition, edition_id=edition_id, details=data)


@put("/editions/{edition_id:uuid}/state", operation_id="moveEdition", **DESK)
async def put_edition_state(
    change: NamedDependency[Change], edition_id: FromPath[UUID], data: JSONBody[EditionStep]
) -> Response[EditionInFull]:
    """Publish it, start it, or close it once everybody has graduated or left."""
    return await change(STEPS[data.state], edition_id=edition_id)


@put("/editions/{edition_id:uuid}/dates", operation_id="setEditionDates", **DESK)
async def put_dates(
    change: NamedDependency[Change], edition_id: FromPath[UUID], data: JSONBody[DateList]
) -> Response[EditionInFull]:
    """The days that its page tells of, all of them anew."""
    return await change(set_dates, edition_id=edition_id, dates=data.dates)


@put("/editions/{edition_id:uuid}/perks", operation_id="setEditionPerks", **DESK)
async def put_perks(
    change: NamedDependency[Change], edition_id: FromPath[UUID], data: JSONBody[PerkList]
) -> Response[EditionInFull]:
    """What each participant gets, all of it anew, until somebody is admitted."""
    return await change(set_perks, edition_id=edition_id, perks=data.perks)


@put("/editions/{edition_id:uuid}/mentors", operation_id="setEditionMentors", **DESK)
async def put_mentors(
    change: NamedDependency[Change], edition_id: FromPath[UUID], data: JSONBody[MentorList]
) -> Response[EditionInFull]:
    """Its mentors, all of them anew."""
    return await change(set_edition_mentors, edition_id=edition_id, mentor_ids=data.mentors)


@put("/editions/{edition_id:uuid}/partners", operation_id="setEditionPartners", **DESK)
async def put_partners(
    change: NamedDependency[Change], edition_id: FromPath[UUID], data: JSONBody[PartnerList]
) -> Response[EditionInFull]:
    """Who stands behind it, all of them anew."""
    return await change(set_edition_partners, edition_id=edition_id, partners=data.partners)


@post("/editions/{edition_id:uuid}/terms", operation_id="publishEditionTerms", **DESK)
async def post_terms(
    visit: NamedDependency[Visit], edition_id: FromPath[UUID], data: JSONBody[TermsText]
) -> Response[EditionInFull]:
    """Publish a new version of the terms; earlier ones stay as they are."""
    return await visit.create(
        publish_terms,
        lambda view: f"/api/editions/{edition_id}/terms/{view.terms[-1].version}",
        edition_id=edition_id,
        terms=data,
    )


handlers: list[ControllerRouterHandler] = [
    put_edition_details,
    put_edition_state,
    put_dates,
    put_perks,
    put_mentors,
    put_partners,
    post_terms,
]
