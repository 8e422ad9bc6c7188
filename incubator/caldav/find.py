"""PROPFIND (RFC 4918, 9.1): what there is, and what there is to know of it."""

from collections.abc import Sequence
from uuid import UUID

from incubator.caldav.answers import Told, multistatus
from incubator.caldav.asked import Wanted
from incubator.caldav.paths import Collection, Home, Place, Resource, Root
from incubator.caldav.properties import of_collection, of_home, of_root, of_thing, told
from incubator.caldav.reply import NotInCalendar, Reply, multi
from incubator.caldav.shelf import Shelf
from incubator.caldav.shelves import Shelves


async def found(shelves: Shelves, place: Place, wanted: Wanted, *, deep: bool) -> Reply:
    """`deep` tells of what lies in it too: one step, for calendars lie no deeper than that below their home. Raises
    NotInCalendar."""
    match place:
        case Root():
            rest = [await _home(shelves, wanted)] if deep else []
            return multi(multistatus([told(place, of_root(shelves.home), wanted), *rest]))
        case Home():
            rest = [await _calendar(shelves, one, wanted) for one in shelves.collections] if deep else []
            return multi(multistatus([await _home(shelves, wanted), *rest]))
        case Collection():
            rest = await things_told(await shelves.shelf(place), place, wanted) if deep else []
            return multi(multistatus([await _calendar(shelves, place, wanted), *rest]))
        case Resource(collection, subject_id):
            shelf = await shelves.shelf(collection)
            one = await things_told(shelf, collection, wanted, [subject_id])
            if not one:
                raise NotInCalendar()
            return multi(multistatus(one))


async def things_told(
    shelf: Shelf, collection: Collection, wanted: Wanted, subjects: Sequence[UUID] | None = None
) -> list[Told]:
    """All things of a calendar, or of `subjects` those that are there."""
    found = (await shelf.things(subjects)).values()
    return [
        told(Resource(collection, thing.subject_id), of_thing(thing, collection.home, wanted.data), wanted)
        for thing in found
    ]


async def _home(shelves: Shelves, wanted: Wanted) -> Told:
    return told(shelves.home, of_home(shelves.home, name=shelves.actor.name, mail=await shelves.mail()), wanted)


async def _calendar(shelves: Shelves, collection: Collection, wanted: Wanted) -> Told:
    about = await (await shelves.shelf(collection)).about()
    return told(collection, of_collection(about, shelves.home), wanted)
