"""When each space of an incubator is taken, and no more. Its name is the incubator's slug."""

from incubator.calendars.entries import incubator_head
from incubator.calendars.feed import Feed, Telling
from incubator.calendars.queries import incubator_of
from incubator.calendars.sources.busy import busy_of_incubator
from incubator.calendars.standing import Standings, slug
from incubator.calendars.write import Head

FOUND = """
SELECT incubator.id AS key, false AS gone,
    ARRAY(SELECT id FROM space WHERE incubator_id = incubator.id) || incubator.id AS keys
FROM incubator WHERE incubator.slug = asked.name
"""


async def head(telling: Telling) -> Head:
    slug, name = await incubator_of(telling.tx, incubator_id=telling.standing.key)
    return incubator_head(slug, name, telling.texts, telling.address)


INCUBATOR = Feed(Standings("text", slug, FOUND), head, (busy_of_incubator,), busy_of_incubator.few, secret=False)
