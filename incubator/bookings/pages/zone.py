"""The page of a zone of hot desks: any free desk will do."""

from datetime import datetime
from typing import Any

from litestar import Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from incubator.bookings.any_desk import NoSuchZone, any_desk
from incubator.bookings.pages.picking import PickForm, picked
from incubator.bookings.pages.rows import Thing, of_zone
from incubator.bookings.pages.space import show_refused, show_thing, sign_in_first
from incubator.bookings.pages.wishes import read_moment
from incubator.db.engine import Database, attempt, statement
from incubator.kernel.errors import Refusal
from incubator.people.actor import Actor
from incubator.people.guards import public
from incubator.places.catalogue import incubator_by_slug
from incubator.places.catalogue_spaces import Wish, shelf
from incubator.web.bodies import read_form

Asked = Request[Any, Any, Any]


@get("/incubators/{slug:str}/zones/{zone_slug:str}", guards=[public])
async def show_zone(
    request: Asked,
    db: NamedDependency[Database],
    now: NamedDependency[datetime],
    slug: FromPath[str],
    zone_slug: FromPath[str],
) -> Response[str]:
    return await show_thing(request, db, await _zone(db, slug, zone_slug, now), now=now)


@post("/incubators/{slug:str}/zones/{zone_slug:str}/hold", guards=[public], status_code=303)
async def hold_desk(
    request: Asked,
    db: NamedDependency[Database],
    now: NamedDependency[datetime],
    slug: FromPath[str],
    zone_slug: FromPath[str],
) -> Response[Any]:
    """Hold whichever desk is free for all of the time."""
    form = await read_form(request, PickForm)
    thing = await _zone(db, slug, zone_slug, now)
    if not isinstance(request.user, Actor):
        return sign_in_first(thing, form)
    actor: Actor = request.user
    assert thing.zone is not None
    zone_id = thing.zone.id
    try:
        period = picked(read_moment(form.start), read_moment(form.end))
        booking = await attempt(
            db,
            lambda tx: any_desk(
                tx, actor=actor, zone_id=zone_id, period=period, organisation_id=form.organisation_id, now=now
            ),
            bare=True,
        )
    except Refusal as refusal:
        return await show_refused(request, db, thing, form, refusal, now=now)
    return Redirect(f"/bookings/{booking.id}/confirm", status_code=303)


async def _zone(db: Database, slug: str, zone_slug: str, now: datetime) -> Thing:
    """Raises NoSuchIncubator, NoSuchZone."""
    async with statement(db) as tx:
        incubator = await incubator_by_slug(tx, slug=slug, now=now)
        desks = await shelf(tx, wish=Wish(incubator=slug, kind="hot_desk"))
    zone = next((zone for zone in incubator.zones if zone.slug == zone_slug), None)
    members = [desk for desk in desks if zone and desk.zone_id == zone.id]
    if zone is None or not members:
        raise NoSuchZone()
    return of_zone(slug, zone, members)


handlers = [show_zone, hold_desk]
