"""Sessions of knowledge exchange: of a gmina, of the office of the metropolis, or all. The name is the gmina's slug,
`metropolis`, or `all`; kinds, topics and languages can be chosen."""

from collections.abc import Iterable
from uuid import UUID

from incubator.calendars.entries import REFRESH
from incubator.calendars.feed import Feed, Telling
from incubator.calendars.queries import Subjects
from incubator.calendars.sources.sessions import ALL, OF_GMINA, OF_OFFICE, sessions
from incubator.calendars.standing import Standings, slug
from incubator.calendars.write import Entry, Head
from incubator.db.versions import METROPOLIS, PLACES
from incubator.kernel.errors import N_

SESSION_KINDS = ("workshop", "meetup", "lecture", "consultation", "market", "demo_day")
OFFICE = UUID(int=0)
"""Stands for the gmina that sessions of the office do not have."""

FOUND = f"""
SELECT CASE asked.name WHEN 'all' THEN '{METROPOLIS}'::uuid ELSE '{OFFICE}'::uuid END AS key, false AS gone,
    ARRAY['{METROPOLIS}'::uuid, '{PLACES}'::uuid] AS keys
WHERE asked.name IN ('all', 'metropolis')
UNION ALL
SELECT gmina.id, false, ARRAY[gmina.id, '{PLACES}'::uuid] FROM gmina WHERE gmina.slug = asked.name
"""
NAME = "SELECT slug, name FROM gmina WHERE id = $1"
EVERYWHERE, BY_OFFICE = (
    N_("Knowledge exchange in the Kraków Metropolis"),
    N_("Knowledge exchange: the metropolis office"),
)
BY_GMINA = N_("Knowledge exchange in the gmina {gmina}")
SAID = N_("Workshops, meetups, consultations and other sessions that you can register for.")

of_all, of_office, of_gmina = (sessions(whose, choosing=True) for whose in (ALL, OF_OFFICE, OF_GMINA))


async def told(telling: Telling, subjects: Subjects) -> Iterable[tuple[UUID, Entry]]:
    whose = {METROPOLIS: of_all, OFFICE: of_office}.get(telling.standing.key, of_gmina)
    return await whose(telling, subjects)


async def head(telling: Telling) -> Head:
    texts, row = telling.texts, await telling.tx.fetchrow(NAME, telling.standing.key)
    if row is not None:
        name, query = texts.gettext(BY_GMINA).format(gmina=row["name"]), f"?gmina={row['slug']}"
    else:
        name, query = texts.gettext(EVERYWHERE if telling.standing.key == METROPOLIS else BY_OFFICE), ""
    url = f"{telling.address}/exchange{query}"
    return Head(name=name, description=texts.gettext(SAID), url=url, refresh=REFRESH)


SESSIONS = Feed(
    Standings("text", slug, FOUND), head, (told,), kinds=SESSION_KINDS, topical=True, undone=True, secret=False
)
