"""Write to the holder of a series what became of it: one mail, whatever the number of dates."""

from datetime import datetime
from enum import StrEnum

from incubator.bookings.invite_series import invitations_to_series
from incubator.bookings.series import SeriesView
from incubator.bookings.series_reasons import reason_for
from incubator.db.engine import Tx
from incubator.mail.post import is_invited_to_any, post
from incubator.people.addressee import Addressee, addressees
from incubator.people.notices import About
from incubator.web.letters import letter


class SeriesNews(StrEnum):
    """What there is to tell; each is a template in `templates/mail/`."""

    BOOKED = "series_booked"
    CHANGED = "series_changed"
    CANCELLED = "series_cancelled"
    CALLED_OFF = "series_called_off"
    OWN_CANCELLED = "series_own_cancelled"
    SHORTENED = "series_shortened"


async def tell_series(tx: Tx, *, series: SeriesView, what: SeriesNews, now: datetime, reason: str = "") -> None:
    """Post a mail with the dates to come to the person who booked, or to the owners of the organisation
    that they booked for and have left; nothing where they were erased."""
    for to in await addressees(tx, account_id=series.account_id, organisation_id=series.organisation_id):
        await _write(tx, to, series, what, reason, now)


async def tell_calendar_of_series(tx: Tx, *, series: SeriesView, what: SeriesNews, now: datetime) -> None:
    """As `tell_series`, of what its readers know: to those alone whose calendar has it from us."""
    for to in await addressees(tx, account_id=series.account_id, organisation_id=series.organisation_id):
        names = [str(key) for key in (series.id, *(one.booking_id for one in series.occurrences)) if key is not None]
        if About.BOOKINGS in to.invited_to and await is_invited_to_any(tx, to=to.email, uids=names):
            await _write(tx, to, series, what, "", now)


async def _write(tx: Tx, to: Addressee, series: SeriesView, what: SeriesNews, reason: str, now: datetime) -> None:
    space = series.space_name_pl if to.locale == "pl" else series.space_name_en or series.space_name_pl
    told = letter(
        f"bookings/mail/{what}.txt",
        to.locale,
        series=series,
        name=to.name,
        space=space,
        reason=reason,
        dates=series.to_come(now),
        skipped=series.skipped(now),
        reason_for=reason_for,
    )
    invitations = await invitations_to_series(tx, series_id=series.id, to=to)
    await post(tx, to=to.email, subject=told.subject, text=told.text, invitations=invitations, now=now)
