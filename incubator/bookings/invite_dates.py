"""Dates of a series by names of their own, as feeds tell those of a series that no rule tells."""

from uuid import UUID

from incubator.bookings.calendar_words import places
from incubator.bookings.invite_one import happening_of, method_of
from incubator.bookings.views import VIEW, BookingView, view_of
from incubator.db.engine import Tx
from incubator.mail.invitation import Invitation, Method
from incubator.people.addressee import Addressee

DATES = f"{VIEW} WHERE booking.series_id = $1 ORDER BY booking.occurrence"
TOLD = "SELECT uid, sequence FROM invited WHERE recipient = $1 AND uid = ANY($2::text[])"


async def invitations_to_dates(tx: Tx, *, series_id: UUID, to: Addressee) -> list[Invitation]:
    """To each that the reader's calendar does not have as it is now."""
    dates = [view_of(row) for row in await tx.fetch(DATES, series_id)]
    told = await _told(tx, dates, to)
    found = [
        (view, method)
        for view in dates
        for method in [method_of(view.state, invited=str(view.id) in told)]
        if method is not None and told.get(str(view.id)) != view.sequence
    ]
    return await _written(tx, found, to)


async def dates_taken_out(tx: Tx, *, series_id: UUID, to: Addressee) -> list[Invitation]:
    """Of each that the reader's calendar has by its own name, and is to have as one of the whole."""
    dates = [view_of(row) for row in await tx.fetch(DATES, series_id)]
    told = await _told(tx, dates, to)
    return await _written(tx, [(view, Method.CANCEL) for view in dates if str(view.id) in told], to)


async def _told(tx: Tx, dates: list[BookingView], to: Addressee) -> dict[str, int]:
    rows = await tx.fetch(TOLD, to.email, [str(view.id) for view in dates])
    return {row["uid"]: row["sequence"] for row in rows}


async def _written(tx: Tx, found: list[tuple[BookingView, Method]], to: Addressee) -> list[Invitation]:
    if not found:
        return []
    where = await places(tx, space_ids=[view.space_id for view, _ in found], locale=to.locale)
    return [
        Invitation(method=method, happenings=[happening_of(view, where[view.space_id], to.locale)])
        for view, method in found
    ]
