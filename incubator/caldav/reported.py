"""REPORT: what became different (RFC 6578), these very things, those that fit a filter, when they take time (RFC 4791, 7.8
to 7.10), what properties lead to (RFC 3253, 3.8), or who asks (RFC 3744, 9.3)."""

from incubator.caldav import names
from incubator.caldav.answers import Missing, error
from incubator.caldav.asked import Busy, Expansion, Multiget, Myself, Query, Sync, report
from incubator.caldav.busy import busy
from incubator.caldav.expand_property import with_what_they_lead_to
from incubator.caldav.filters import fits
from incubator.caldav.find import home_values, things_told
from incubator.caldav.paths import Collection, Home, Place, Resource, Root, resource_at
from incubator.caldav.properties import of_thing, told
from incubator.caldav.reading import Unmet
from incubator.caldav.reply import NotInCalendar, Reply, condition, multi
from incubator.caldav.shelf import Shelf
from incubator.caldav.shelves import Shelves
from incubator.db.versions import Changed
from incubator.kernel.unhurried import unhurried


async def reported(shelves: Shelves, place: Place, body: bytes) -> Reply:
    """Raises NotInCalendar, UnreadableRequest."""
    try:
        asked = report(body)
    except Unmet as unmet:
        return condition(403, error(unmet.condition, unmet.about))
    match asked, place:
        case Expansion(tree), _:
            return await with_what_they_lead_to(shelves, place, tree)
        case Myself(wanted), Root() | Home():
            return await multi([told(shelves.home, await home_values(shelves), wanted)])
        case Sync(), Collection():
            return await _synced(await shelves.shelf(place), place, asked)
        case Busy(within), Collection():
            return await busy(await shelves.shelf(place), within)
        case Multiget(), Collection() | Resource():
            return await _many(shelves, place, asked)
        case Query(), Collection():
            return await _fitting(await shelves.shelf(place), place, asked)
        case Query(), Resource(collection):
            return await _fitting(await shelves.shelf(collection), collection, asked, only=place)
        case _:
            return condition(403, error(names.dav("supported-report")))


async def _synced(shelf: Shelf, place: Collection, asked: Sync) -> Reply:
    """Everything where there is no token yet, or where everything can be different. A token that is no longer good is
    told so: the client begins anew."""
    changed = await shelf.changed(asked.token) if asked.token else Changed(else_too=True)
    if changed is None:
        return condition(403, error(names.dav("valid-sync-token")))
    there = await things_told(shelf, place, asked.wanted, None if changed.else_too else sorted(changed.named))
    known = {one.href for one in there}
    gone = [Missing(href) for href in (Resource(place, one).href for one in sorted(changed.named)) if href not in known]
    if asked.limit is not None and len(there) + len(gone) > asked.limit:
        return condition(507, error(names.dav("number-of-matches-within-limits")))
    return await multi([*there, *gone], sync_token=str(shelf.token))


async def _many(shelves: Shelves, place: Collection | Resource, asked: Multiget) -> Reply:
    """Every address that was asked for is answered, and a thing that goes by several of them once, by its own. Of a thing
    itself there is that thing alone."""
    collection = place.collection if isinstance(place, Resource) else place
    shelf = await shelves.shelf(collection)
    wanted = dict(await unhurried((href, resource_at(href, within=collection)) for href in asked.hrefs))
    if isinstance(place, Resource):
        wanted = {href: place if one == place else None for href, one in wanted.items()}
    subjects = sorted({one.subject_id for one in wanted.values() if one is not None})
    there = await things_told(shelf, collection, asked.wanted, subjects)
    known = {one.href for one in there}
    missing = [Missing(href) for href, one in wanted.items() if one is None or one.href not in known]
    return await multi([*there, *missing])


async def _fitting(shelf: Shelf, place: Collection, asked: Query, *, only: Resource | None = None) -> Reply:
    things = await shelf.things(None if only is None else [only.subject_id])
    if only is not None and not things:
        raise NotInCalendar()
    tried = await unhurried((one, fits(asked.filter, one.entries)) for one in things.values())
    return await multi(
        await unhurried(
            told(Resource(place, one.subject_id), of_thing(one, place.home, asked.wanted), asked.wanted)
            for one, fitting in tried
            if fitting
        )
    )
