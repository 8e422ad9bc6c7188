"""The portrait of a mentor."""

import asyncio
from datetime import datetime
from typing import Any
from uuid import UUID

from litestar import Request, delete, put
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.types import ControllerRouterHandler

from incubator.db.engine import Database, Tx, attempt, statement
from incubator.mentoring.api.mentor_shapes import OWN, PortraitMade
from incubator.mentoring.reach import mentor_key, mentor_to_change
from incubator.mentoring.remove_portrait import remove_portrait
from incubator.mentoring.set_portrait import set_portrait
from incubator.people.actor import Actor
from incubator.places.photos import made_afresh
from incubator.web.etags import IfMatch, seen_version


@put("/mentors/{slug:str}/portrait", operation_id="setPortrait", **OWN)
async def put_portrait(
    request: Request[Any, Any, Any],
    slug: FromPath[str],
    db: NamedDependency[Database],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
    if_match: IfMatch = None,
) -> PortraitMade:
    """How the mentor looks: the bytes of a JPEG, PNG or WebP picture of up to 2 MB. It is made afresh,
    without where and with what it was taken."""
    seen = seen_version(if_match)
    async with statement(db) as tx:
        key = await mentor_key(tx, slug)
        await mentor_to_change(tx, actor=actor, mentor_id=key, seen=seen)
    picture = await asyncio.to_thread(made_afresh, await request.body())
    made: UUID = await attempt(
        db, lambda tx: set_portrait(tx, actor=actor, mentor_id=key, picture=picture, seen=seen, now=now)
    )
    return PortraitMade(path=f"/portraits/{made}")


@delete("/mentors/{slug:str}/portrait", operation_id="removePortrait", **OWN)
async def delete_portrait(
    slug: FromPath[str],
    db: NamedDependency[Database],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
    if_match: IfMatch = None,
) -> None:
    """Take the portrait away; the initials stand in for it."""
    seen = seen_version(if_match)

    async def act(tx: Tx) -> None:
        key = await mentor_key(tx, slug)
        await remove_portrait(tx, actor=actor, mentor_id=key, seen=seen, now=now)

    await attempt(db, act)


handlers: list[ControllerRouterHandler] = [put_portrait, delete_portrait]
