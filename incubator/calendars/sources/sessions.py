"""Sessions of knowledge exchange that were announced, as everybody may see them: how to join online is not told."""

from uuid import UUID

import msgspec

from incubator.calendars.feed import Source, Telling
from incubator.calendars.queries import Subjects
from incubator.calendars.session_entry import session_entry
from incubator.calendars.venues import venues
from incubator.calendars.write import Entry
from incubator.exchanges.queries import SESSION, session_of

# $1 the feed's key, $2 and $3 the window, $4 since when what was called off is told of.
TOLD = f"""
{SESSION} WHERE {{whose}} AND session.published_at IS NOT NULL
    AND lower(session.period) < $3 AND upper(session.period) > $2
    AND (session.state = 'published' OR session.cancelled_at >= $4)
    AND ($5::text[] = '{{{{}}}}' OR session.kind = ANY($5)) AND ($6::text[] = '{{{{}}}}' OR session.topics && $6)
    AND ($7::text[] = '{{{{}}}}' OR session.language = ANY($7)) AND {{which}}
ORDER BY lower(session.period), session.id
"""
ALL, OF_OFFICE = "$1::uuid IS NOT NULL", "$1::uuid IS NOT NULL AND session.gmina_id IS NULL"
OF_GMINA, OF_EDITION = "session.gmina_id = $1", "session.edition_id = $1"
OF_PROGRAMME = "session.edition_id = ANY(ARRAY(SELECT id FROM edition WHERE programme_id = $1))"


def sessions(whose: str, *, choosing: bool = False) -> Source:
    """Those that are `whose` says; where `choosing`, of the kinds, topics and languages that were chosen."""

    async def told(telling: Telling, subjects: Subjects) -> list[tuple[UUID, Entry]]:
        window, choices = telling.window, telling.choices
        wanted = (choices.kinds, choices.topics, choices.languages) if choosing else ((), (), ())
        given = (telling.standing.key, window.span.start, window.span.end, window.cancelled_since, *wanted)
        if subjects is None:
            rows = await telling.tx.fetch(TOLD.format(whose=whose, which="true"), *given)
        else:
            which = "session.id = ANY($8::uuid[])"
            rows = await telling.tx.fetch(TOLD.format(whose=whose, which=which), *given, subjects)
        found = [msgspec.structs.replace(session_of(row), online_url="") for row in rows]
        places = await venues(telling.tx)
        return [(one.id, session_entry(one, telling.texts, telling.address, places)) for one in found]

    return told
