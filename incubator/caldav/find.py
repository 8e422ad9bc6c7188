"""PROPFIND (RFC 4918, 9.1): what there is, and what there is to know of it."""

from collections.abc import Sequence
from uuid import UUID

from incubator.caldav.answers import Told, Values
from incubator.caldav.asked import Wanted
from incubator.caldav.paths import Collection, Home, Place, Resource, Root
from incubator.caldav.properties import of_collection, of_home, of_root, of_thing, told
from incubator.caldav.reply import NotInCalendar, Reply, multi
from incubator.caldav.shelf import Shelf
from incubator.caldav.shelves import Shelves
from incubator.kernel.unhurried import unhurried


async def found(shelves: Shelves, place: Place, wanted: Wanted, *, deep: bool) -> Reply:
    """`deep` tells of what lies in it too: one step, for calendars lie no deeper than that below their home. Raises
    NotInCalendar."""
    itself, rest = await _told(shelves, place, wanted), list[Told]()
    match place:
        case Root() if deep:
            rest = [await _told(shelves, shelves.home, wanted)]
        case Home() if deep:
            rest = [await _told(shelves, one, wanted) for one in shelves.collections]
        case Collection() if deep:
            rest = await things_told(await shelves.shelf(place), place, wanted)
    return await multi([itself, *rest])


async def things_told(
    shelf: Shelf, collection: Collection, wanted: Wanted, subjects: Sequence[UUID] | None = None
) -> list[Told]:
    """All things of a calendar, or of `subjects` those that are there."""
    found = (await shelf.things(subjects)).values()
    return await unhurried(
        told(Resource(collection, thing.subject_id), of_thing(thing, collection.home, wanted), wanted)
        for thing in found
    )


async def values_of(shelves: Shelves, place: Place) -> Values:
    """All that there is to know of a place. Raises NotInCalendar."""
    match place:
        case Root():
            return of_root(shelves.home)
        case Home():
            return await home_values(shelves)
        case Collection():
            return of_collection(await (await shelves.shelf(place)).about(), shelves.home)
        case Resource(collection, subject_id):
            thing = (await (await shelves.shelf(collection)).things([subject_id])).get(subject_id)
            if thing is None:
                raise NotInCalendar()
            return of_thing(thing, shelves.home, Wanted())


async def home_values(shelves: Shelves) -> Values:
    return of_home(shelves.home, name=shelves.actor.name, mail=await shelves.mail())


async def _told(shelves: Shelves, place: Place, wanted: Wanted) -> Told:
    return told(place, await values_of(shelves, place), wanted)
