"""The portrait of a mentor."""

import asyncio
from uuid import UUID

from litestar import delete, put
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.types import ControllerRouterHandler

from incubator.db.engine import statement
from incubator.mentoring.api.mentor_shapes import OWN, PortraitMade
from incubator.mentoring.reach import mentor_key, mentor_to_change
from incubator.mentoring.remove_portrait import remove_portrait
from incubator.mentoring.set_portrait import set_portrait
from incubator.people.change import Change
from incubator.people.visit import Found
from incubator.places.photos import made_afresh


@put("/mentors/{slug:str}/portrait", operation_id="setPortrait", **OWN)
async def put_portrait(change: NamedDependency[Change], slug: FromPath[str]) -> PortraitMade:
    """How the mentor looks: the bytes of a JPEG, PNG or WebP picture of up to 2 MB. It is made afresh,
    without where and with what it was taken."""
    visit, seen = change.visit, change.seen
    async with statement(visit.db) as tx:
        key = await mentor_key(tx, slug)
        await mentor_to_change(tx, actor=visit.actor, mentor_id=key, seen=seen)
    picture = await asyncio.to_thread(made_afresh, await visit.request.body())
    made: UUID = await change.do(set_portrait, mentor_id=key, picture=picture)
    return PortraitMade(path=f"/portraits/{made}")


@delete("/mentors/{slug:str}/portrait", operation_id="removePortrait", **OWN)
async def delete_portrait(change: NamedDependency[Change], slug: FromPath[str]) -> None:
    """Take the portrait away; the initials stand in for it."""
    await change.do(remove_portrait, mentor_id=Found(mentor_key, slug))


handlers: list[ControllerRouterHandler] = [put_portrait, delete_portrait]
