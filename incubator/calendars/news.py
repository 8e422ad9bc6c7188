"""What is new of a feed that is kept: where it stands, and what changed since, in one statement, which by itself sees one
moment. Where the feed can say with a query what has become of a few subjects, that is in it too."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import asyncpg

from incubator.calendars.feed import Few
from incubator.calendars.shelf import Kept
from incubator.calendars.standing import NoSuchCalendar, Standing, Standings, found
from incubator.calendars.told import Asked
from incubator.db.engine import Tx
from incubator.db.versions import Changed, changed

MOST = 2000
"""So many rows of the log are read. Where there are more, too much is different to be told one by one."""


@dataclass(frozen=True, slots=True)
class News:
    """`changed` is since what is kept; `few` are the rows of the feed's own query."""

    standing: Standing
    changed: Changed
    few: Sequence[asyncpg.Record]


async def news(tx: Tx, asked: Asked, kept: Kept) -> News:
    """Raises NoSuchCalendar, CalendarGone."""
    stands, few = asked.feed.stands, asked.feed.few
    rows = await tx.fetch(_statement(stands, few), *_given(asked, kept))
    standings = [row for row in rows if row["turn"] is not None]
    if not standings:
        raise NoSuchCalendar()
    keys, versions, subjects, _, *columns = standings[0][: LOG + stands.width]
    standing = found(Standing(*columns))
    now = standing.versions
    logged = list(zip(keys or (), versions or (), subjects or (), strict=True))
    if now.keys() != kept.versions.keys() or standing.key != kept.key or len(logged) == MOST:
        return News(standing, Changed(known=False), ())
    return News(standing, changed(logged, seen=kept.versions, now=now), [row for row in rows if row["turn"] is None])


def _given(asked: Asked, kept: Kept) -> Sequence[object]:
    name = asked.feed.stands.read(asked.name)
    seen = [name], list(kept.versions), list(kept.versions.values())
    if asked.feed.few is None:
        return seen
    span = asked.window.span
    return kept.key, int(span.start.timestamp()), int(span.end.timestamp()), *seen


LOG = 3
"""Columns of what the log tells."""


@lru_cache
def _statement(stands: Standings, few: Few | None) -> str:
    names, keys, versions = ("$4", "$5", "$6") if few else ("$1", "$2", "$3")
    return NEWS.format(
        stood=stands.statement(names=names, versions="true"),
        keys=keys,
        versions=versions,
        most=MOST,
        few=FEW.format(query=few.query.format(subjects=LOGGED)) if few else "",
    )


NEWS = """
WITH logged AS MATERIALIZED (
    SELECT change.key, change.version, change.subject_id
    FROM unnest({keys}::uuid[], {versions}::bigint[]) AS seen (key, version)
    JOIN change ON change.key = seen.key AND change.version > seen.version LIMIT {most}
)
SELECT * FROM (
    SELECT * FROM (
        SELECT array_agg(key) AS keys, array_agg(version) AS versions, array_agg(subject_id) AS subjects FROM logged
    ) AS told CROSS JOIN ({stood}) AS stood
) AS news {few}
"""
FEW = "FULL JOIN ({query}) AS few ON false"
LOGGED = "ARRAY(SELECT DISTINCT subject_id FROM logged)"
