"""DAV:expand-property (RFC 3253, 3.8): properties, and in the place of an address in them what is asked of what is there.
Whatever a property of ours leads to is the person."""

from incubator.caldav.answers import Told, Values, link, multistatus, response
from incubator.caldav.asked import Tree
from incubator.caldav.find import home_values, values_of
from incubator.caldav.paths import Place
from incubator.caldav.reply import Reply, multi
from incubator.caldav.shelves import Shelves


async def with_what_they_lead_to(shelves: Shelves, place: Place, asked: Tree) -> Reply:
    """Raises NotInCalendar."""
    home, person = shelves.home.href, await home_values(shelves)

    def told(href: str, values: Values, asked: Tree) -> Told:
        known = {
            name: response(told(home, person, inner)) if inner and values[name] == link(home) else values[name]
            for name, inner in asked.items()
            if name in values
        }
        return Told(href, known, tuple(name for name in asked if name not in values))

    return multi(multistatus([told(place.href, await values_of(shelves, place), asked)]))
