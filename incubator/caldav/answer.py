"""What is answered to somebody who has said who they are: their own calendars, as they stand in one snapshot."""

from datetime import datetime

from litestar.datastructures import State

from incubator.caldav.asked import propfind
from incubator.caldav.find import found
from incubator.caldav.paths import Collection, Home, Place, Resource, Root, place_at
from incubator.caldav.reply import ICS, NotInCalendar, Reply
from incubator.caldav.reported import reported
from incubator.caldav.shelves import Shelves
from incubator.db.engine import snapshot
from incubator.people.actor import Actor

AT_ONCE = 4
"""Calendars that are read at a time in one process. Each keeps a connection to the database for as long as it is written,
and whoever books needs one too."""


async def answered(
    state: State, actor: Actor, *, method: str, path: str, depth: str, body: bytes, now: datetime
) -> Reply:
    """Raises NotInCalendar, UnreadableRequest."""
    place = place_at(path)
    if place is None or not _is_theirs(place, actor):
        raise NotInCalendar()
    async with state.reading, snapshot(state.db) as tx:
        shelves = Shelves(tx, actor, state.settings.address, now)
        if method == "PROPFIND":
            return await found(shelves, place, propfind(body), deep=depth != "0")
        if method == "REPORT":
            return await reported(shelves, place, body)
        return await _got(shelves, place)


def _is_theirs(place: Place, actor: Actor) -> bool:
    match place:
        case Root():
            return True
        case Home(account_id) | Collection(account_id) | Resource(Collection(account_id)):
            return account_id == actor.account_id


async def _got(shelves: Shelves, place: Place) -> Reply:
    """GET. A collection has nothing to show."""
    if not isinstance(place, Resource):
        raise NotInCalendar()
    shelf = await shelves.shelf(place.collection)
    thing = (await shelf.things([place.subject_id])).get(place.subject_id)
    if thing is None:
        raise NotInCalendar()
    return Reply(200, thing.octets, [ICS, (b"etag", thing.etag.encode())])
