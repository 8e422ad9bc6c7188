"""When a mentor is taken, and not a word of by whom: meetings, absences, what their own calendars say."""

from datetime import datetime
from uuid import UUID

from incubator.calendars.entries import public_uid
from incubator.calendars.feed import Telling
from incubator.calendars.queries import Subjects
from incubator.calendars.window import Window
from incubator.calendars.write import Entry
from incubator.kernel.errors import N_
from incubator.kernel.period import Period, of_whole_days
from incubator.kernel.uids import uid_of_absence

AWAY = N_("Not available as a mentor")

# Where a meeting ends the break after it is taken too: nobody can have that time.
TAKEN = """
SELECT occupancy.subject_id, min(lower(during)) AS starts, max(upper(during)) AS ends,
    coalesce(meeting.sequence, 0) AS sequence,
    coalesce(meeting.changed_at, absence.created_at, uuid_extract_timestamp(occupancy.subject_id), $4) AS changed_at
FROM mentor JOIN occupancy ON occupancy.resource_id = mentor.resource_id
LEFT JOIN meeting ON meeting.id = occupancy.subject_id
LEFT JOIN mentor_absence AS absence ON absence.id = occupancy.subject_id
WHERE mentor.id = $1 AND lower(during) < $3 AND upper(during) > $2 AND occupancy.state <> 'held' AND {which}
GROUP BY occupancy.subject_id, meeting.id, absence.id
ORDER BY starts, occupancy.subject_id
"""
ABSENCES = """
SELECT id, period, created_at FROM mentor_absence
WHERE mentor_id = $1 AND removed_at IS NULL AND lower(period) < $3 AND upper(period) > $2 AND {which}
ORDER BY lower(period), id
"""


async def taken_of_mentor(telling: Telling, subjects: Subjects) -> list[tuple[UUID, Entry]]:
    """For everybody."""
    key, busy = telling.standing.key, telling.texts.gettext("Busy")
    given = (key, *_ends(telling.window), telling.window.opens)
    if subjects is None:
        rows = await telling.tx.fetch(TAKEN.format(which="true"), *given)
    else:
        rows = await telling.tx.fetch(TAKEN.format(which="occupancy.subject_id = ANY($5::uuid[])"), *given, subjects)
    return [
        (
            subject,
            _entry(public_uid(key, subject), starts, ends, busy, changed_at)._replace(
                sequence=sequence, categories=(busy,)
            ),
        )
        for subject, starts, ends, sequence, changed_at in rows
    ]


async def away(telling: Telling, subjects: Subjects) -> list[tuple[UUID, Entry]]:
    """When the mentor said that they are away; for themself."""
    given = (telling.standing.key, *_ends(telling.window))
    if subjects is None:
        rows = await telling.tx.fetch(ABSENCES.format(which="true"), *given)
    else:
        rows = await telling.tx.fetch(ABSENCES.format(which="id = ANY($4::uuid[])"), *given, subjects)
    summary = telling.texts.gettext(AWAY)
    return [
        (key, _entry(uid_of_absence(key), period.lower, period.upper, summary, created_at))
        for key, period, created_at in rows
    ]


def _entry(uid: str, starts: datetime, ends: datetime, summary: str, changed_at: datetime) -> Entry:
    """Of whole days where it is of such."""
    period = Period(starts, ends)
    return Entry(uid=uid, period=period, summary=summary, changed_at=changed_at, all_day=of_whole_days(period))


def _ends(window: Window) -> tuple[datetime, datetime]:
    return window.span.start, window.span.end
