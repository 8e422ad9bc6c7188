"""When spaces are taken, read for those who may not know what by."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

import asyncpg

from incubator.calendars.queries import PLACE, SPACES, Place, Subjects
from incubator.calendars.window import Window
from incubator.db.engine import Tx
from incubator.kernel.period import Period


class Busy(NamedTuple):
    """A space is taken. `told_as` is the subject (db/versions.py), `changed_at` is empty where nobody kept it."""

    place: Place
    subject_id: UUID
    told_as: UUID
    period: Period
    sequence: int
    changed_at: datetime | None


OF_SPACE = "space.id = $1"
# The parts tell of a joined room.
PLAIN = "space.resource_id IS NOT NULL AND space.retired_at IS NULL"
OF_INCUBATOR = f"space.incubator_id = $1 AND {PLAIN}"
OF_GMINA = f"incubator.gmina_id = $1 AND incubator.status = 'open' AND {PLAIN}"
OF_METROPOLIS = f"$1::uuid IS NOT NULL AND incubator.status = 'open' AND {PLAIN}"

PLACES = f"SELECT {PLACE} FROM {SPACES} WHERE {{which}}"
"""Read by themselves: there are few, and many entries in each."""

# Each booking is looked up by itself. The planner thinks that a stretch of time holds a hundred times as many as it does,
# and left to itself would read all there are.
BUSY = f"""
SELECT {{place}}, taken.subject_id, coalesce(booking.series_id, taken.subject_id) AS told_as, taken.starts, taken.ends,
    coalesce(booking.sequence, 0) AS sequence,
    coalesce(booking.changed_at, (SELECT created_at FROM block WHERE id = taken.subject_id),
        uuid_extract_timestamp(taken.subject_id)) AS changed_at
FROM {SPACES} {{taken}}
LEFT JOIN LATERAL (
    SELECT series_id, sequence, changed_at FROM booking WHERE id = taken.subject_id OFFSET 0
) AS booking ON true
WHERE {{which}}
"""
# A hold is not told of: it lasts a short while; what waits for its payment is, for days. The turnaround is: nobody can
# have that time. A whole taken at once is one entry.
TAKEN = """
    SELECT space_id, subject_id, min(lower(during)) AS starts, max(upper(during)) AS ends
    FROM {occupancies} AS occupancy JOIN space_resource
        ON slot && int8range((space_resource.resource_id << 33) + $2, (space_resource.resource_id << 33) + $3)
    WHERE {near} AND (occupancy.state <> 'held' OR EXISTS (
        SELECT FROM booking WHERE booking.id = occupancy.subject_id AND booking.state = 'awaiting_payment'
    ))
    GROUP BY space_id, subject_id
"""
# The index of the exclusion constraint answers what overlaps, however long ago it began.
ALL = TAKEN.format(occupancies="occupancy", near="space_resource.space_id = space.id")
# The few that changed are found by what they are about, before anything else is asked of them.
SOME = TAKEN.format(
    occupancies="""(
        SELECT * FROM occupancy WHERE subject_id = ANY(
            ARRAY(SELECT unnest({subjects}) UNION SELECT id FROM booking WHERE series_id = ANY({subjects}))
        ) OFFSET 0
    )""",
    near="space_resource.resource_id = occupancy.resource_id",
)
ALL_BUSY = BUSY.replace("{place}", "space.id").replace("{taken}", f"CROSS JOIN LATERAL ({ALL}) AS taken")
SOME_BUSY = BUSY.replace("{place}", PLACE).replace("{taken}", f"JOIN ({SOME}) AS taken ON taken.space_id = space.id")


def some_busy(which: str) -> str:
    """What is to be had of `{subjects}`, an array, in these spaces; `taken_in` reads its rows."""
    return SOME_BUSY.replace("{which}", which)


async def busy_in(tx: Tx, which: str, *, key: UUID, window: Window, subjects: Subjects) -> list[Busy]:
    """When these spaces cannot be had, what shares parts with them included; or what of it is about `subjects`."""
    given = key, int(window.span.start.timestamp()), int(window.span.end.timestamp())
    if subjects is not None:
        return taken_in(await tx.fetch(some_busy(which).format(subjects="$4::uuid[]"), *given, subjects))
    places = {row["space_id"]: Place(*row) for row in await tx.fetch(PLACES.format(which=which), key)}
    rows = await tx.fetch(ALL_BUSY.format(which=which), *given)
    return [_taken(places[space_id], *taken) for space_id, *taken in rows]


def taken_in(rows: Iterable[asyncpg.Record]) -> list[Busy]:
    """Of rows that end with what `some_busy` finds."""
    columns = len(Place._fields) + TAKEN_COLUMNS
    return [_taken(Place(*row[-columns:-TAKEN_COLUMNS]), *row[-TAKEN_COLUMNS:]) for row in rows]


TAKEN_COLUMNS = 6
"""What a row says beside the place."""


def _taken(
    place: Place,
    subject_id: UUID,
    told_as: UUID,
    starts: datetime,
    ends: datetime,
    sequence: int,
    changed_at: datetime | None,
) -> Busy:
    return Busy(place, subject_id, told_as, Period(starts, ends), sequence, changed_at)
