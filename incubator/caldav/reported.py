"""REPORT: what became different (RFC 6578), these very things, those that fit a filter, or when they
take time (RFC 4791, 7.8 to 7.10)."""

from incubator.caldav import names
from incubator.caldav.answers import Missing, Told, error, multistatus
from incubator.caldav.asked import Busy, Multiget, Query, Sync, report
from incubator.caldav.busy import busy
from incubator.caldav.filters import fits
from incubator.caldav.find import things_told
from incubator.caldav.paths import Collection, Place, Resource, resource_at
from incubator.caldav.properties import of_thing, told
from incubator.caldav.reading import Unmet
from incubator.caldav.reply import Reply, condition, multi
from incubator.caldav.shelf import Shelf
from incubator.caldav.shelves import Shelves
from incubator.db.versions import Changed


async def reported(shelves: Shelves, place: Place, body: bytes) -> Reply:
    """Raises NotInCalendar, UnreadableRequest."""
    try:
        asked = report(body)
    except Unmet as unmet:
        return condition(403, error(unmet.condition, unmet.about))
    if asked is None or not isinstance(place, Collection):
        return condition(403, error(names.dav("supported-report")))
    shelf = await shelves.shelf(place)
    match asked:
        case Sync():
            return await _synced(shelf, place, asked)
        case Multiget():
            return await _many(shelf, place, asked)
        case Query():
            return await _fitting(shelf, place, asked)
        case Busy():
            return await busy(shelf, asked.within)


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
    return multi(multistatus([*there, *gone], sync_token=str(shelf.token)))


async def _many(shelf: Shelf, place: Collection, asked: Multiget) -> Reply:
    """Every address that was asked for is answered, once."""
    wanted = {href: resource_at(href, within=place) for href in asked.hrefs}
    things = await shelf.things(sorted({one.subject_id for one in wanted.values() if one is not None}))
    answers: list[Told | Missing] = []
    for href, resource in wanted.items():
        thing = things.get(resource.subject_id) if resource is not None else None
        if resource is None or thing is None:
            answers.append(Missing(href))
        else:
            answers.append(told(resource, of_thing(thing, place.home, asked.wanted.data), asked.wanted))
    return multi(multistatus(answers))


async def _fitting(shelf: Shelf, place: Collection, asked: Query) -> Reply:
    found = [one for one in (await shelf.things()).values() if fits(asked.filter, one.event)]
    answers = [
        told(Resource(place, one.subject_id), of_thing(one, place.home, asked.wanted.data), asked.wanted)
        for one in found
    ]
    return multi(multistatus(answers))
