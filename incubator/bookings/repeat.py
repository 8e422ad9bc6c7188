"""Book a space again and again: one series, each date booked as if it were alone."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from incubator.bookings.ask_for_series import ask_for_series
from incubator.bookings.draft import Order, wish_of
from incubator.bookings.hold import hold_order
from incubator.bookings.series import SeriesView, series_for
from incubator.bookings.series_rules import Pattern, occurrences
from incubator.bookings.settle import parts_of
from incubator.bookings.tell_series import SeriesNews, tell_series
from incubator.db.engine import Tx
from incubator.db.history import record
from incubator.db.versions import bump
from incubator.kernel.errors import N_, Conflict, Refusal
from incubator.kernel.ids import uuid7
from incubator.kernel.period import WARSAW, Period
from incubator.people.actor import Actor
from incubator.places.queries import SpaceToBook, space_to_book
from incubator.pricing.quote_of import NoSuchExtra
from incubator.pricing.same_extras import same_extras


@dataclass(eq=False)
class NoDateCanBeHad(Conflict):
    """Every date was refused; `codes` says how often and why."""

    code = "no_date_can_be_had"
    sentence = N_("None of these dates can be booked.")
    codes: dict[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What every date of a series says of itself, and for whom it is; with `full_price` none is to be aid. Each has the
    `extras` that its day's price list has too."""

    organisation_id: UUID | None
    title: str
    note: str = ""
    attendees: int | None = None
    extras: tuple[UUID, ...] = ()
    full_price: bool = False


MAKE = """
INSERT INTO series (id, space_id, account_id, organisation_id, gmina_id, title, first_day, every_weeks, weekdays,
    start_minute, length_minutes, until_day, count, created_at, version)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, 1)
"""
SKIP = """
INSERT INTO series_skip (series_id, occurrence, period, code, sentence) VALUES ($1, $2, tstzrange($3, $4), $5, $6)
ON CONFLICT (series_id, occurrence)
DO UPDATE SET period = excluded.period, code = excluded.code, sentence = excluded.sentence
"""


async def repeat(
    tx: Tx,
    *,
    actor: Actor,
    space_id: UUID,
    pattern: Pattern,
    organisation_id: UUID | None = None,
    title: str = "",
    note: str = "",
    attendees: int | None = None,
    extras: tuple[UUID, ...] = (),
    full_price: bool = False,
    now: datetime,
) -> SeriesView:
    """The series with every date that could be had booked (or awaiting approval), and every other
    one kept with the reason. `extras` are of the list of the first date; each date has those that its own list has too.

    Raises NoDateCanBeHad, the one refusal that all dates met, NotAMember, NoSuchSpace, NoSuchExtra and what the
    pattern raises; then the transaction has to be rolled back.
    """
    periods = occurrences(pattern)
    space = await space_to_book(tx, space_id=space_id, span=periods[0])
    wish_of(actor=actor, space=space, organisation_id=organisation_id, period=periods[0], now=now)
    if len(await same_extras(tx, extras=extras, space_id=space_id, day=_day(periods[0]))) < len(set(extras)):
        raise NoSuchExtra()
    said = Said(
        organisation_id=organisation_id,
        title=title,
        note=note,
        attendees=attendees,
        extras=extras,
        full_price=full_price,
    )
    series_id = await make_series(tx, actor=actor, space=space, pattern=pattern, said=said, now=now)
    await book_dates(
        tx, actor=actor, space_id=space_id, series_id=series_id, dates=enumerate(periods, start=1), said=said, now=now
    )
    await note_series(tx, verb="repeat", actor=actor, series_id=series_id, gmina_id=space.gmina_id, now=now)
    await bump(tx, [*await parts_of(tx, space_id=space_id), actor.account_id, organisation_id], [series_id])
    made = await series_for(tx, actor=actor, series_id=series_id)
    await tell_series(tx, series=made, what=SeriesNews.BOOKED, now=now)
    await ask_for_series(tx, series_id=series_id, now=now)
    return made


async def make_series(tx: Tx, *, actor: Actor, space: SpaceToBook, pattern: Pattern, said: Said, now: datetime) -> UUID:
    """The series itself, without a date yet."""
    series_id = uuid7()
    await tx.execute(
        MAKE,
        series_id,
        space.id,
        actor.account_id,
        said.organisation_id,
        space.gmina_id,
        said.title,
        pattern.first_day,
        pattern.every_weeks,
        sorted(set(pattern.weekdays)),
        pattern.start_minute,
        pattern.length_minutes,
        pattern.until_day,
        pattern.count,
        now,
    )
    return series_id


async def book_dates(
    tx: Tx,
    *,
    actor: Actor,
    space_id: UUID,
    series_id: UUID,
    dates: Iterable[tuple[int, Period]],
    said: Said,
    now: datetime,
) -> None:
    """Book each numbered date that can be had. Raises NoDateCanBeHad, or the one refusal that all of
    them met."""
    refusals = [
        await book_occurrence(
            tx, actor=actor, space_id=space_id, series=(series_id, n), period=period, said=said, now=now
        )
        for n, period in dates
    ]
    some_can_be_had(refusals)


async def book_occurrence(
    tx: Tx,
    *,
    actor: Actor,
    space_id: UUID,
    series: tuple[UUID, int],
    period: Period,
    said: Said,
    now: datetime,
) -> Refusal | None:
    """Book one date, or keep it with the reason why not. The versions are left to the caller, who
    moves them once, last."""
    try:
        async with tx.transaction():
            order = Order(
                space_id=space_id,
                period=period,
                organisation_id=said.organisation_id,
                title=said.title,
                note=said.note,
                attendees=said.attendees,
                extras=await same_extras(tx, extras=said.extras, space_id=space_id, day=_day(period)),
                full_price=said.full_price,
                outright=True,
                series=series,
            )
            await hold_order(tx, actor=actor, order=order, now=now)
    except Refusal as refusal:
        await tx.execute(SKIP, *series, period.start, period.end, refusal.code, str(refusal))
        return refusal
    return None


async def note_series(
    tx: Tx,
    *,
    verb: str,
    actor: Actor,
    series_id: UUID,
    gmina_id: UUID,
    now: datetime,
    after: object = None,
) -> None:
    """The history of the series itself; each booking has its own."""
    await record(
        tx,
        now=now,
        actor_id=actor.account_id,
        verb=verb,
        subject_kind="series",
        subject_id=series_id,
        gmina_id=gmina_id,
        after=after,
    )


async def bump_series(tx: Tx, *, series: SeriesView) -> None:
    """A calendar tells its rule too, and that may change where no date does."""
    await bump(
        tx, [*await parts_of(tx, space_id=series.space_id), series.account_id, series.organisation_id], [series.id]
    )


def some_can_be_had(refusals: Sequence[Refusal | None]) -> None:
    """Raises NoDateCanBeHad, or the one refusal that all dates met."""
    met = [refusal for refusal in refusals if refusal is not None]
    if len(met) < len(refusals):
        return
    codes = [refusal.code for refusal in met]
    if len(set(codes)) == 1:
        raise met[0]
    raise NoDateCanBeHad({code: codes.count(code) for code in sorted(set(codes))})


def _day(period: Period) -> date:
    """Whose price list it is."""
    return period.start.astimezone(WARSAW).date()
