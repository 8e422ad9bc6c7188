"""A week of a mentor's free times, day by day, for pages where one is picked."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from incubator.db.engine import Tx
from incubator.kernel.period import WARSAW, Period, local_days, monday_of
from incubator.mentoring.absences import AbsenceView, absences_of
from incubator.mentoring.offered import FreeTime, Seeker, free_times, next_free
from incubator.mentoring.rules import ONLINE, last_moment
from incubator.mentoring.to_meet import MentorToMeet
from incubator.mentoring.views import MeetingView

MOMENT = "%Y-%m-%dT%H:%MZ"
"""As our own links and forms write a start, so that both hours of an October night can be meant."""

MOST = 999
"""Free times that are looked through for the soonest: more than three weeks hold."""


NAMES = "SELECT id, name FROM incubator WHERE id = ANY($1::uuid[])"


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """A time at which a meeting can start: at the incubators named, and, or, online."""

    at: datetime
    places: tuple[str, ...]
    online: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """The times at which a meeting can start, each once."""

    day: date
    starts: tuple[Start, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """`soonest` is where to look when the week has nothing; `before` and `after` are the Mondays beside."""

    days: tuple[Day, ...]
    minutes: int
    before: date | None
    after: date | None
    soonest: datetime | None
    absences: tuple[AbsenceView, ...]

    @property
    def empty(self) -> bool:
        return not any(day.starts for day in self.days)


async def week_of(
    tx: Tx,
    *,
    mentor: MentorToMeet,
    day: date,
    minutes: int,
    seeker: Seeker,
    now: datetime,
    like: MeetingView | None = None,
) -> Week:
    """The week that `day` is in; with `like` only the times at which one can meet in the way of that meeting."""
    monday, today = monday_of(day), now.astimezone(WARSAW).date()
    span = local_days(monday, 7)
    times = await free_times(tx, mentors=[mentor], span=span, minutes=minutes, seeker=seeker, now=now)
    starts = await _starts(tx, [time for time in times[mentor.id] if _alike(time, like)])
    ahead = (
        []
        if starts
        else await next_free(
            tx, mentor=mentor, after=max(span.end, now), minutes=minutes, seeker=seeker, now=now, most=MOST
        )
    )
    soonest = next((time.period.start for time in ahead if _alike(time, like)), None)
    days = [monday + timedelta(days=turn) for turn in range(7)]
    after = monday + timedelta(days=7)
    return Week(
        days=tuple(
            Day(day=one, starts=tuple(start for start in starts if start.at.astimezone(WARSAW).date() == one))
            for one in days
        ),
        minutes=minutes,
        before=monday - timedelta(days=7) if monday > today else None,
        after=after if local_days(after).start < last_moment(mentor, now) else None,
        soonest=soonest,
        absences=tuple(await absences_of(tx, mentor_id=mentor.id, after=max(span.start, now), before=span.end)),
    )


async def _starts(tx: Tx, times: list[FreeTime]) -> list[Start]:
    """Each start once, with all the ways in which one can meet then."""
    ways: dict[datetime, list[FreeTime]] = {}
    for time in times:
        ways.setdefault(time.period.start, []).append(time)
    names = {row["id"]: row["name"] for row in await tx.fetch(NAMES, list({time.incubator_id for time in times}))}
    return [
        Start(
            at=at,
            places=tuple(dict.fromkeys(names[way.incubator_id] for way in each if way.incubator_id in names)),
            online=any(way.online for way in each),
        )
        for at, each in ways.items()
    ]


def _alike(time: FreeTime, meeting: MeetingView | None) -> bool:
    """Whether one can meet then in the way and at the place of the meeting."""
    if meeting is None:
        return True
    return time.online if meeting.mode == ONLINE else time.incubator_id == meeting.incubator_id


async def ways_at(tx: Tx, *, mentor: MentorToMeet, period: Period, seeker: Seeker, now: datetime) -> list[FreeTime]:
    """How and where one can meet at exactly this time."""
    times = await free_times(tx, mentors=[mentor], span=period, minutes=period.minutes, seeker=seeker, now=now)
    return [time for time in times[mentor.id] if time.period == period]


def read_day(text: str, otherwise: date) -> date:
    """A day as addresses write it; `otherwise` where it is none of this century."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return otherwise
    return day if 2000 < day.year < 2100 else otherwise


def read_start(text: str) -> datetime | None:
    """A moment as MOMENT writes it."""
    try:
        at = datetime.strptime(text, "%Y-%m-%dT%H:%M%z")
    except ValueError:
        return None
    return at if 2000 < at.year < 2100 else None
