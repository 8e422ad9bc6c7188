"""Days and sessions of a programme and of one of its editions that everybody may know. The name is the programme's slug,
and the edition's after a stroke."""

from incubator.calendars.entries import REFRESH
from incubator.calendars.feed import Feed, Telling
from incubator.calendars.sources.chosen import chosen
from incubator.calendars.sources.dates import OF_EDITION as DATES_OF_EDITION
from incubator.calendars.sources.dates import OF_PROGRAMME as DATES_OF_PROGRAMME
from incubator.calendars.sources.dates import dates
from incubator.calendars.sources.sessions import OF_EDITION, OF_PROGRAMME, sessions
from incubator.calendars.standing import Standings, slug
from incubator.calendars.write import Head
from incubator.db.versions import PLACES
from incubator.kernel.errors import N_

KINDS = ("dates", "sessions")
PROGRAMME_FOUND = f"""
SELECT programme.id AS key, false AS gone,
    ARRAY(SELECT id FROM edition WHERE programme_id = programme.id) || ARRAY[programme.id, '{PLACES}'::uuid] AS keys
FROM programme WHERE programme.slug = asked.name AND programme.state <> 'draft'
"""
EDITION_FOUND = f"""
SELECT edition.id AS key, false AS gone, ARRAY[edition.id, programme.id, '{PLACES}'::uuid] AS keys
FROM programme JOIN edition ON edition.programme_id = programme.id
WHERE programme.slug = split_part(asked.name, '/', 1) AND edition.slug = split_part(asked.name, '/', 2)
    AND programme.state <> 'draft' AND edition.state <> 'draft'
"""
PROGRAMME_NAME = "SELECT slug, name_pl, name_en FROM programme WHERE id = $1"
EDITION_NAME = """
SELECT programme.slug || '/' || edition.slug AS slug, programme.name_pl || ', ' || edition.name_pl AS name_pl,
    coalesce(nullif(programme.name_en, ''), programme.name_pl) || ', '
        || coalesce(nullif(edition.name_en, ''), edition.name_pl) AS name_en
FROM edition JOIN programme ON programme.id = edition.programme_id WHERE edition.id = $1
"""
SAID = N_("Days of the programme and its sessions.")


def slugs(name: str) -> str | None:
    """Two with a stroke between them."""
    programme, stroke, edition = name.partition("/")
    return name if stroke and slug(programme) and slug(edition) else None


async def programme_head(telling: Telling) -> Head:
    return await _head(telling, PROGRAMME_NAME)


async def edition_head(telling: Telling) -> Head:
    return await _head(telling, EDITION_NAME)


async def _head(telling: Telling, named: str) -> Head:
    row = await telling.tx.fetchrow(named, telling.standing.key)
    assert row is not None, "it had a standing a moment ago"
    return Head(
        name=(row["name_en"] if telling.texts.locale == "en" else "") or row["name_pl"],
        description=telling.texts.gettext(SAID),
        url=f"{telling.address}/programmes/{row['slug']}",
        refresh=REFRESH,
    )


PROGRAMME = Feed(
    Standings("text", slug, PROGRAMME_FOUND),
    programme_head,
    (chosen("dates", dates(DATES_OF_PROGRAMME)), chosen("sessions", sessions(OF_PROGRAMME))),
    kinds=KINDS,
    undone=True,
    secret=False,
)
EDITION = Feed(
    Standings("text", slugs, EDITION_FOUND),
    edition_head,
    (chosen("dates", dates(DATES_OF_EDITION)), chosen("sessions", sessions(OF_EDITION))),
    kinds=KINDS,
    undone=True,
    secret=False,
)
