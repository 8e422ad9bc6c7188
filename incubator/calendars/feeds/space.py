"""When a space is taken, and no more. Its name is the space's identifier."""

from incubator.calendars.entries import space_head
from incubator.calendars.feed import Feed, Telling
from incubator.calendars.queries import place_of
from incubator.calendars.sources.busy import busy_of_space
from incubator.calendars.standing import Standings, identifier
from incubator.calendars.write import Head

# A joined room's calendar moves with its parts; those move when the whole is booked.
FOUND = """
SELECT space.id AS key, space.retired_at IS NOT NULL AS gone,
    ARRAY(SELECT part_id FROM space_part WHERE space_id = space.id) || space.id AS keys
FROM space WHERE space.id = asked.name
"""


async def head(telling: Telling) -> Head:
    place = await place_of(telling.tx, space_id=telling.standing.key)
    return space_head(place, telling.texts, telling.address)


SPACE = Feed(Standings("uuid", identifier, FOUND), head, (busy_of_space,), busy_of_space.few, secret=False)
