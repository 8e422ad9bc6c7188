"""When each space of a gmina is taken, and of the whole metropolis; no more. Its name is the gmina's slug, or `all`.

In a gmina this is a year of some dozen spaces. In the metropolis it would be some hundred thousand entries, which no app
takes in: so that one tells of four weeks, or of at most five from a day that is chosen.
"""

from incubator.calendars.entries import REFRESH
from incubator.calendars.feed import Feed, Telling
from incubator.calendars.named_head import named_head
from incubator.calendars.sources.busy import busy_of_gmina, busy_of_metropolis
from incubator.calendars.standing import Standings, slug
from incubator.calendars.window import four_weeks
from incubator.calendars.write import Head
from incubator.db.versions import METROPOLIS
from incubator.kernel.errors import N_

SPACE_KINDS = ("room", "hot_desk", "dedicated_desk", "private_office")
GMINA_FOUND = """
SELECT gmina.id AS key, false AS gone, gmina.id || ARRAY(
    SELECT space.id FROM space JOIN incubator ON incubator.id = space.incubator_id WHERE incubator.gmina_id = gmina.id
) || ARRAY(SELECT incubator.id FROM incubator WHERE incubator.gmina_id = gmina.id) AS keys
FROM gmina WHERE gmina.slug = asked.name
"""
METROPOLIS_FOUND = f"""
SELECT '{METROPOLIS}'::uuid AS key, false AS gone,
    ARRAY(SELECT space.id FROM space) || ARRAY(SELECT incubator.id FROM incubator) AS keys
WHERE asked.name = 'all'
"""
NAME = "SELECT slug, name AS gmina FROM gmina WHERE id = $1"
OF_GMINA = N_("Spaces of the gmina {gmina}")
SAID = N_("When the spaces of this gmina are taken. What for is not told.")
OF_ALL = N_("Spaces of the Kraków Metropolis")
ALL_SAID = N_("When the spaces of all incubators are taken, for the next four weeks. What for is not told.")


async def gmina_head(telling: Telling) -> Head:
    return await named_head(telling, named=NAME, title=OF_GMINA, said=SAID, page="/gminas/{slug}")


async def metropolis_head(telling: Telling) -> Head:
    name, said = telling.texts.gettext(OF_ALL), telling.texts.gettext(ALL_SAID)
    return Head(name=name, description=said, url=f"{telling.address}/", refresh=REFRESH)


GMINA = Feed(
    Standings("text", slug, GMINA_FOUND), gmina_head, (busy_of_gmina,), busy_of_gmina.few, SPACE_KINDS, secret=False
)
WHOLE = Feed(
    Standings("text", slug, METROPOLIS_FOUND),
    metropolis_head,
    (busy_of_metropolis,),
    busy_of_metropolis.few,
    SPACE_KINDS,
    reach=four_weeks,
    secret=False,
)
