"""What series look like in JSON: the answers."""

from datetime import date, datetime
from uuid import UUID

import msgspec

from incubator.bookings.api.shapes import Place, incubator_of, space_of
from incubator.bookings.clock import clock_of
from incubator.bookings.foresee import Foreseen
from incubator.bookings.series import Occurrence, SeriesView
from incubator.bookings.series_outcome import Kept, Outcome
from incubator.bookings.series_reasons import reason_for
from incubator.web.i18n import Translator


class SeriesDate(msgspec.Struct, frozen=True, kw_only=True):
    """One date. `state` is its booking's, or "skipped": then it has no booking, `code` is that of the
    refusal, and `reason` says it in a few words."""

    occurrence: int
    start: datetime
    end: datetime
    state: str
    booking_id: UUID | None
    code: str | None
    reason: str | None


class Series(msgspec.Struct, frozen=True, kw_only=True):
    """A series with what became of each of its dates. Its pattern and space are those of the dates to
    come; each date says when it really is. `version` grows with each change of the series as such,
    and is the ETag."""

    id: UUID
    space: Place
    incubator: Place
    gmina_id: UUID
    account_id: UUID
    account_name: str
    organisation_id: UUID | None
    organisation_name: str | None
    title: str
    first_day: date
    weekdays: list[int]
    every_weeks: int
    start: str
    length_minutes: int
    until: date | None
    count: int | None
    continues_id: UUID | None
    created_at: datetime
    version: int
    occurrences: list[SeriesDate]


class SeriesList(msgspec.Struct, frozen=True):
    """A page of series; `next` goes into `after` for the one that follows."""

    items: list[Series]
    next: str | None = None


class KeptDate(msgspec.Struct, frozen=True, kw_only=True):
    """A date that stayed as it was, and why."""

    occurrence: int
    start: datetime
    end: datetime
    code: str
    reason: str


class SeriesOutcome(msgspec.Struct, frozen=True, kw_only=True):
    """The series after the change (of "following", the new one that continues the first), how many
    dates changed, and which did not."""

    series: Series
    changed: int
    kept: list[KeptDate]


class ForeseenDate(msgspec.Struct, frozen=True, kw_only=True):
    """One date: whether it could be had a moment ago, and why not."""

    start: datetime
    end: datetime
    can_be_had: bool
    code: str | None
    reason: str | None


def series_json(view: SeriesView, texts: Translator) -> Series:
    pattern = view.pattern
    return Series(
        id=view.id,
        space=space_of(view, texts.locale),
        incubator=incubator_of(view),
        gmina_id=view.gmina_id,
        account_id=view.account_id,
        account_name=view.account_name,
        organisation_id=view.organisation_id,
        organisation_name=view.organisation_name,
        title=view.title,
        first_day=pattern.first_day,
        weekdays=list(pattern.weekdays),
        every_weeks=pattern.every_weeks,
        start=clock_of(pattern.start_minute),
        length_minutes=pattern.length_minutes,
        until=pattern.until_day,
        count=pattern.count,
        continues_id=view.continues_id,
        created_at=view.created_at,
        version=view.version,
        occurrences=[_date(one, texts) for one in view.occurrences],
    )


def outcome_json(outcome: Outcome, texts: Translator) -> SeriesOutcome:
    return SeriesOutcome(
        series=series_json(outcome.series, texts),
        changed=outcome.changed,
        kept=[_kept(one, texts) for one in outcome.kept],
    )


def foreseen_json(one: Foreseen, texts: Translator) -> ForeseenDate:
    return ForeseenDate(
        start=one.period.start,
        end=one.period.end,
        can_be_had=not one.code,
        code=one.code or None,
        reason=_reason(one.code, texts),
    )


def _date(one: Occurrence, texts: Translator) -> SeriesDate:
    return SeriesDate(
        occurrence=one.occurrence,
        start=one.period.start,
        end=one.period.end,
        state=one.state,
        booking_id=one.booking_id,
        code=one.code or None,
        reason=_reason(one.code, texts),
    )


def _kept(one: Kept, texts: Translator) -> KeptDate:
    return KeptDate(
        occurrence=one.occurrence,
        start=one.period.start,
        end=one.period.end,
        code=one.code,
        reason=texts.gettext(reason_for(one.code)),
    )


def _reason(code: str, texts: Translator) -> str | None:
    return texts.gettext(reason_for(code)) if code else None
