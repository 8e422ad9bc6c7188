"""What the page of a series shows: its dates, and the forms to change or cancel them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from litestar import Request, Response

from incubator.bookings.cancel import at_desk, is_holder
from incubator.bookings.clock import DAY, clock_of
from incubator.bookings.going_back_series import SeriesGoingBack, going_back_series
from incubator.bookings.pages.ways_back import desk_address
from incubator.bookings.pages.wishes import MOMENT
from incubator.bookings.series import Occurrence, SeriesView
from incubator.bookings.series_choice import Which
from incubator.bookings.series_outcome import Kept
from incubator.bookings.series_reasons import reason_for
from incubator.bookings.sum_of_series import sum_of_series
from incubator.bookings.waitlist import wishes_of
from incubator.db.engine import Tx
from incubator.kernel.errors import Refusal
from incubator.mail.answers import answers_of
from incubator.people.actor import Actor
from incubator.places.catalogue import incubator_by_id
from incubator.web.pages import page
from incubator.web.problems import said, status_of


async def show_dates(
    request: Request[Any, Any, Any],
    tx: Tx,
    actor: Actor,
    series: SeriesView,
    *,
    typed: dict[str, str],
    now: datetime,
    refusal: Refusal | None = None,
    kept: Sequence[Kept] = (),
) -> Response[str]:
    """The page; `typed` is what the forms held, `kept` are the dates that a change left as they were."""
    incubator = await incubator_by_id(tx, incubator_id=series.incubator_id, now=now)
    wishes = await wishes_of(tx, actor=actor, now=now)
    pattern = series.pattern
    goes = await _going_back(tx, actor, series, typed, now)
    answers = await answers_of(tx, uid=str(series.id), account_ids=[series.account_id])
    return page(
        request,
        "bookings/series.html",
        status=status_of(refusal) if refusal else 200,
        series=series,
        incubator=incubator,
        own=is_holder(actor, series),
        desk=at_desk(actor, series),
        goes=goes,
        answer=answers.get(series.account_id, ""),
        sums=await sum_of_series(tx, actor=actor, series=series),
        coming=[one for one in series.occurrences if one.period.end > now],
        over=[one for one in series.occurrences if one.period.end <= now],
        open=series.to_come(now),
        waiting={wish.period for wish in wishes if wish.space_id == series.space_id},
        which=typed.get("which", "all"),
        occurrence=_chosen(series.to_come(now), typed.get("occurrence", "")),
        starts=typed.get("start", clock_of(pattern.start_minute)),
        ends=typed.get("end", clock_of(pattern.start_minute + pattern.length_minutes)),
        whole_days=pattern.length_minutes > DAY,
        title=typed.get("title", series.title),
        reason=typed.get("reason", ""),
        back=desk_address(typed.get("back", "")),
        kept=kept,
        now=now,
        moment=MOMENT,
        reason_for=reason_for,
        problem=said(request, refusal) if refusal else "",
        erring="cancel" if request.url.path.endswith("/cancel") else "change",
    )


async def _going_back(
    tx: Tx, actor: Actor, series: SeriesView, typed: dict[str, str], now: datetime
) -> SeriesGoingBack | None:
    """Of what the form has chosen; None where nothing is to come."""
    occurrence = _chosen(series.to_come(now), typed.get("occurrence", ""))
    if occurrence is None:
        return None
    which = Which(typed["which"]) if typed.get("which") in set(Which) else Which.ALL
    return await going_back_series(tx, actor=actor, series=series, which=which, occurrence=occurrence, now=now)


def _chosen(to_come: Sequence[Occurrence], asked: str) -> int | None:
    """The date asked for, if it can be; else the next."""
    numbers = [one.occurrence for one in to_come]
    fitting = [number for number in numbers if asked == str(number)]
    return next(iter(fitting or numbers), None)
