"""A series as its holder's calendar takes it in from a mail: all of it each time, as a rule, the dates that are left
out of it, and those that are otherwise."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from incubator.bookings.calendar_words import SAID, Where, places, said_for, title_of
from incubator.bookings.invite_dates import dates_taken_out, invitations_to_dates
from incubator.bookings.series import SERIES, pattern_in
from incubator.bookings.series_changes import CHANGES
from incubator.bookings.series_rules import Pattern, occurrences, told_by_rule
from incubator.bookings.states import FIRM, State
from incubator.db.engine import Tx
from incubator.kernel.period import Period
from incubator.kernel.uids import sequence_at
from incubator.mail.invitation import Happening, Invitation, Method, Rule
from incubator.mail.post import is_invited
from incubator.people.addressee import Addressee
from incubator.people.notices import About
from incubator.web.letters import link

DATES = """
SELECT occurrence, id, space_id, period, state, title FROM booking
WHERE series_id = $1 AND state = ANY($2::text[]) ORDER BY occurrence
"""
CHANGED = f"SELECT told.changed_at, told.changes FROM series {CHANGES} WHERE series.id = $1"
SHOWN = frozenset({*FIRM, *SAID})


@dataclass(frozen=True, slots=True)
class Date:
    """One date that stands."""

    occurrence: int
    booking_id: UUID
    space_id: UUID
    period: Period
    state: State
    title: str


@dataclass(frozen=True, slots=True)
class Series:
    """A series and what all of its dates have in common."""

    id: UUID
    space_id: UUID
    title: str
    organisation: str | None
    pattern: Pattern
    changed_at: datetime
    sequence: int


async def invitations_to_series(tx: Tx, *, series_id: UUID, to: Addressee) -> list[Invitation]:
    """To the whole as it is now, where some of it is firm or the reader's calendar has it; nothing is left of it where
    no date stands. To each date where no rule tells the whole, as in feeds: so it is not there twice."""
    if About.BOOKINGS not in to.invited_to:
        return []
    series = await _series(tx, series_id)
    invited = await is_invited(tx, to=to.email, uid=str(series_id))
    if not told_by_rule(series.pattern):
        return [
            *([await _taken_out(tx, series, to)] if invited else []),
            *await invitations_to_dates(tx, series_id=series_id, to=to),
        ]
    dates = [
        Date(n, key, space_id, Period(period.lower, period.upper), State(state), title)
        for n, key, space_id, period, state, title in await tx.fetch(DATES, series_id, sorted(SHOWN))
    ]
    if not invited and not any(date.state in FIRM for date in dates):
        return []
    spaces = await places(tx, space_ids=[series.space_id, *(date.space_id for date in dates)], locale=to.locale)
    whole = _whole(series, dates, spaces[series.space_id], to.locale)
    if not dates:
        return [Invitation(method=Method.CANCEL, happenings=[whole])]
    told = [whole, *_otherwise(series, dates, spaces, whole, to.locale)]
    gone = await dates_taken_out(tx, series_id=series_id, to=to)
    return [Invitation(method=Method.REQUEST, happenings=told), *gone]


async def _taken_out(tx: Tx, series: Series, to: Addressee) -> Invitation:
    spaces = await places(tx, space_ids=[series.space_id], locale=to.locale)
    return Invitation(method=Method.CANCEL, happenings=[_whole(series, [], spaces[series.space_id], to.locale)])


async def _series(tx: Tx, series_id: UUID) -> Series:
    row = await tx.fetchrow(f"{SERIES} WHERE series.id = $1", series_id)
    assert row is not None, "its dates name it"
    given = dict(row)
    pattern = pattern_in(given)
    changed = await tx.fetchrow(CHANGED, series_id)
    assert changed is not None, "it was there a moment ago"
    sequence = sequence_at(changed["changed_at"], changed["changes"])
    named = (given["id"], given["space_id"], given["title"], given["organisation_name"])
    return Series(*named, pattern, changed["changed_at"], sequence)


def _whole(series: Series, dates: list[Date], where: Where, locale: str) -> Happening:
    periods, pattern = occurrences(series.pattern), series.pattern
    there = {date.occurrence for date in dates}
    # A cancellation of the whole names no dates.
    left_out = [period.start for n, period in enumerate(periods, start=1) if there and n not in there]
    return Happening(
        uid=str(series.id),
        period=periods[0],
        summary=series.title or where.space,
        changed_at=series.changed_at,
        sequence=series.sequence,
        description=said_for(series.organisation, locale),
        location=where.location,
        url=link(f"/bookings/series/{series.id}"),
        rule=Rule(
            every_weeks=pattern.every_weeks,
            weekdays=tuple(pattern.weekdays),
            count=len(periods),
            left_out=tuple(left_out),
        ),
    )


def _otherwise(
    series: Series, dates: list[Date], spaces: dict[UUID, Where], whole: Happening, locale: str
) -> list[Happening]:
    """The dates that are not as the rule has them: moved, in another space, under another title, not firm."""
    periods, found = occurrences(series.pattern), []
    for date in dates:
        by_rule, where = periods[date.occurrence - 1], spaces[date.space_id]
        told = Happening(
            uid=whole.uid,
            period=date.period,
            summary=title_of(date.state, date.title or where.space, locale),
            changed_at=whole.changed_at,
            sequence=whole.sequence,
            description=whole.description,
            location=where.location,
            url=link(f"/bookings/{date.booking_id}"),
            tentative=date.state in SAID,
            instead_of=by_rule.start,
        )
        shown = (told.period, told.summary, told.location, told.tentative)
        if shown != (by_rule, whole.summary, whole.location, False):
            found.append(told)
    return found
