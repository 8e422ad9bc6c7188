"""The profile of one's own organisation."""

import asyncio
from typing import Any
from uuid import UUID

from litestar import Request, Response, delete, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from litestar.types import ControllerRouterHandler

from incubator.db.engine import statement
from incubator.directory.api.shapes import OWN, READ, LogoMade
from incubator.directory.describe_profile import describe_profile
from incubator.directory.details import ProfileDetails
from incubator.directory.logos import remove_logo, set_logo
from incubator.directory.publish_profile import hide_profile, publish_profile
from incubator.directory.queries import profile_of
from incubator.directory.still_right import confirm_profile
from incubator.directory.views import OwnProfileView
from incubator.people.change import Change
from incubator.people.visit import Visit
from incubator.places.photos import made_afresh
from incubator.web.etags import IfMatch, seen_version, tagged

PROFILE = "/organisations/{organisation_id:uuid}/profile"


@get(PROFILE, operation_id="getOwnProfile", **READ)
async def get_profile(organisation_id: FromPath[UUID], visit: NamedDependency[Visit]) -> Response[OwnProfileView]:
    """The organisation's profile in the directory, with its ETag; a draft is its members' alone."""
    async with statement(visit.db) as tx:
        view = await profile_of(tx, actor=visit.actor, organisation_id=organisation_id)
    return tagged(view, view.version)


@put(PROFILE, operation_id="describeProfile", **OWN)
async def put_profile(
    organisation_id: FromPath[UUID], data: JSONBody[ProfileDetails], change: NamedDependency[Change]
) -> Response[OwnProfileView]:
    """All that the company says of itself, anew; the first time it makes a draft (send `If-Match: *`)."""
    return await change(describe_profile, organisation_id=organisation_id, details=data)


@post(f"{PROFILE}/publish", operation_id="publishProfile", status_code=200, **OWN)
async def post_publish(organisation_id: FromPath[UUID], visit: NamedDependency[Visit]) -> Response[OwnProfileView]:
    """Show the company to everybody."""
    view = await visit.do(publish_profile, organisation_id=organisation_id)
    return tagged(view, view.version)


@post(f"{PROFILE}/hide", operation_id="hideProfile", status_code=200, **OWN)
async def post_hide(organisation_id: FromPath[UUID], visit: NamedDependency[Visit]) -> Response[OwnProfileView]:
    """Hide the company again; nothing is deleted."""
    view = await visit.do(hide_profile, organisation_id=organisation_id)
    return tagged(view, view.version)


@post(f"{PROFILE}/confirm", operation_id="confirmProfile", status_code=200, **OWN)
async def post_confirm(organisation_id: FromPath[UUID], visit: NamedDependency[Visit]) -> Response[OwnProfileView]:
    """Say that all of it is still right, for another year."""
    view = await visit.do(confirm_profile, organisation_id=organisation_id)
    return tagged(view, view.version)


@put(f"{PROFILE}/logo", operation_id="setLogo", **OWN)
async def put_logo(
    request: Request[Any, Any, Any],
    organisation_id: FromPath[UUID],
    visit: NamedDependency[Visit],
    if_match: IfMatch = None,
) -> LogoMade:
    """The bytes of a JPEG, PNG or WebP picture of up to 2 MB. It is made afresh."""
    seen = seen_version(if_match)
    async with statement(visit.db) as tx:
        await profile_of(tx, actor=visit.actor, organisation_id=organisation_id)
    picture = await asyncio.to_thread(made_afresh, await request.body())
    key = await visit.do(set_logo, organisation_id=organisation_id, picture=picture, seen=seen)
    return LogoMade(path=f"/directory/logos/{key}")


@delete(f"{PROFILE}/logo", operation_id="removeLogo", **OWN)
async def delete_logo(organisation_id: FromPath[UUID], visit: NamedDependency[Visit], if_match: IfMatch = None) -> None:
    """Take the logo away."""
    await visit.do(remove_logo, organisation_id=organisation_id, seen=seen_version(if_match))


handlers: list[ControllerRouterHandler] = [
    get_profile,
    put_profile,
    post_publish,
    post_hide,
    post_confirm,
    put_logo,
    delete_logo,
]
