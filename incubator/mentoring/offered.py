"""When mentors can be had: their hours less what is taken, for one or for many, in one query."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from incubator.db.engine import Tx
from incubator.kernel.period import WARSAW, Period
from incubator.mentoring.clock import starts_within
from incubator.mentoring.rules import Offered, last_moment, meant_for, stretches
from incubator.mentoring.to_meet import MentorToMeet


@dataclass(frozen=True, slots=True, kw_only=True)
class FreeTime:
    """A time that can be booked: how and where one can meet then. `for_programme` is whose own it is."""

    period: Period
    incubator_id: UUID | None
    online: bool
    for_programme: UUID | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Seeker:
    """For whom times are looked up."""

    for_organisation: bool
    programmes: frozenset[UUID]


ANYBODY = Seeker(for_organisation=True, programmes=frozenset())

# Rows of one resource never overlap: of those before the span only the last can reach into it.
# $1 resources, $2 start, $3 end, $4 now.
TAKEN = """
SELECT resource.id, taken.during FROM unnest($1::bigint[]) AS resource (id) CROSS JOIN LATERAL (
    SELECT during FROM occupancy WHERE resource_id = resource.id AND lower(during) >= $2 AND lower(during) < $3
        AND (expires_at IS NULL OR expires_at > $4)
    UNION ALL (
        SELECT during FROM occupancy WHERE resource_id = resource.id AND lower(during) < $2
            AND (expires_at IS NULL OR expires_at > $4)
        ORDER BY lower(during) DESC LIMIT 1
    )
) AS taken
"""


async def free_times(
    tx: Tx, *, mentors: Sequence[MentorToMeet], span: Period, minutes: int | None, seeker: Seeker, now: datetime
) -> dict[UUID, list[FreeTime]]:
    """When each of the mentors can be met within `span`, for so many minutes (else their shortest), by start."""
    ids = [mentor.resource_id for mentor in mentors]
    rows = await tx.fetch(TAKEN, ids, span.start, span.end + timedelta(days=1), now)
    taken: dict[int, list[Period]] = {key: [] for key in ids}
    for row in rows:
        taken[row["id"]].append(Period(row["during"].lower, row["during"].upper))
    return {mentor.id: _free(mentor, span, minutes, seeker, taken[mentor.resource_id], now) for mentor in mentors}


def _free(
    mentor: MentorToMeet, span: Period, minutes: int | None, seeker: Seeker, taken: list[Period], now: datetime
) -> list[FreeTime]:
    length = minutes or min(mentor.lengths)
    first = now + timedelta(minutes=mentor.lead_minutes)
    end = min(span.end, last_moment(mentor, now))
    if mentor.state != "active" or length not in mentor.lengths or end <= span.start:
        return []
    found: dict[tuple[datetime, UUID | None, bool], FreeTime] = {}
    for one in offered_in(mentor, Period(span.start, end)):
        if not meant_for(one, seeker.for_organisation, seeker.programmes):
            continue
        for start in starts_within(
            one.period,
            minutes=length,
            grid_minutes=mentor.grid_minutes,
            break_minutes=mentor.break_minutes,
            taken=taken,
        ):
            if start >= max(first, span.start) and start < end:
                key = (start, one.incubator_id, one.online)
                period = Period(start, start + timedelta(minutes=length))
                found.setdefault(key, _time(one, period))
    return sorted(found.values(), key=lambda time: (time.period, time.for_programme is not None))


def offered_in(mentor: MentorToMeet, span: Period) -> list[Offered]:
    """The mentor's stretches on the days of `span`."""
    days = list(span.local_days())
    return stretches(weekly=mentor.weekly, days=mentor.days, holidays=mentor.holidays, first=days[0], last=days[-1])


def _time(one: Offered, period: Period) -> FreeTime:
    return FreeTime(period=period, incubator_id=one.incubator_id, online=one.online, for_programme=one.programme_id)


async def next_free(
    tx: Tx, *, mentor: MentorToMeet, after: datetime, minutes: int, seeker: Seeker, now: datetime, most: int = 5
) -> list[FreeTime]:
    """The next times at which the mentor can be met, within three weeks."""
    span = Period(after.astimezone(WARSAW), after + timedelta(days=21))
    times = await free_times(tx, mentors=[mentor], span=span, minutes=minutes, seeker=seeker, now=now)
    return times[mentor.id][:most]
