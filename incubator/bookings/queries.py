"""Bookings as those may see them who ask: the one place where rows are narrowed."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from incubator.bookings.states import LIVE
from incubator.bookings.views import VIEW, BookingView, view_of
from incubator.db.engine import Tx
from incubator.db.history import history_of
from incubator.kernel.errors import N_, NotFound
from incubator.kernel.period import Period
from incubator.people.actor import Actor

# Own private bookings, those of own organisations, those of the gminas that one coordinates; the
# administrator's every one. What somebody booked for an organisation is the organisation's: it is no
# longer theirs once they have left. $1 account, $2 organisations, $3 gminas, $4 everything.
MINE = """(
    booking.account_id = $1 AND booking.organisation_id IS NULL OR booking.organisation_id = ANY($2::uuid[])
)"""
VISIBLE = f"({MINE} OR booking.gmina_id = ANY($3::uuid[]) OR $4)"
AT_DESK = "(booking.gmina_id = ANY($1::uuid[]) OR $2)"
LIVE_STATES = sorted(LIVE)
NEXT_OF_SERIES = """(booking.series_id IS NULL OR booking.id IN (
    SELECT DISTINCT ON (series_id) id FROM booking WHERE {mine} AND {coming} AND series_id IS NOT NULL
    ORDER BY series_id, lower(period), id
))"""


class NoSuchBooking(NotFound):
    """No booking with this identifier that the asker may know of."""

    code = "no_such_booking"
    sentence = N_("There is no such booking.")


def narrowing(actor: Actor) -> tuple[UUID, list[UUID], list[UUID], bool]:
    """The first four parameters of a query with VISIBLE in it."""
    return actor.account_id, list(actor.organisations), list(actor.coordinates), actor.is_administrator


async def booking_for(tx: Tx, *, actor: Actor, booking_id: UUID, lock: bool = False) -> BookingView:
    """One booking; with `lock`, nobody else changes it until the transaction ends. Raises
    NoSuchBooking, also for somebody else's."""
    row = await tx.fetchrow(
        f"{VIEW} WHERE booking.id = $5 AND {VISIBLE} {'FOR UPDATE OF booking' if lock else ''}",
        *narrowing(actor),
        booking_id,
    )
    if row is None:
        raise NoSuchBooking()
    return view_of(row)


async def bookings_of(
    tx: Tx,
    *,
    actor: Actor,
    when: str = "coming",
    now: datetime,
    after: tuple[datetime, UUID] | None = None,
    limit: int = 50,
    next_of_series: bool = False,
) -> list[BookingView]:
    """The person's own and their organisations': `coming` (live and not over; soonest first) or
    `past` (all the rest; latest first). `after` is start and id of the last one seen. With
    `next_of_series`, of the coming dates of a series only the next."""
    coming = "(upper(booking.period) > $3 AND booking.state = ANY($4::text[]))"
    if when == "coming":
        where, order, beyond = coming, "lower(booking.period), booking.id", ">"
    else:
        where, order, beyond = f"NOT {coming}", "lower(booking.period) DESC, booking.id DESC", "<"
    if next_of_series:
        where = f"{where} AND {NEXT_OF_SERIES.format(mine=MINE, coming=coming)}"
    rows = await tx.fetch(
        f"""{VIEW} WHERE {MINE} AND {where}
        AND ($5::timestamptz IS NULL OR (lower(booking.period), booking.id) {beyond} ($5, $6::uuid))
        ORDER BY {order} LIMIT $7""",
        actor.account_id,
        list(actor.organisations),
        now,
        LIVE_STATES,
        *(after or (None, None)),
        limit,
    )
    return [view_of(row) for row in rows]


async def bookings_in(
    tx: Tx, *, actor: Actor, incubator_id: UUID, span: Period, states: Sequence[str] | None = None
) -> list[BookingView]:
    """An incubator's bookings that touch `span`, for its coordinator, by start. Others see none."""
    rows = await tx.fetch(
        f"""{VIEW} WHERE {AT_DESK} AND booking.incubator_id = $3 AND lower(booking.period) < $5
        AND lower(booking.period) > $4::timestamptz - interval '367 days' AND upper(booking.period) > $4
        AND ($6::text[] IS NULL OR booking.state = ANY($6))
        ORDER BY lower(booking.period), space.position, space.slug""",
        list(actor.coordinates),
        actor.is_administrator,
        incubator_id,
        span.start,
        span.end,
        list(states) if states is not None else None,
    )
    return [view_of(row) for row in rows]


async def rivals_of(tx: Tx, *, booking: BookingView) -> list[BookingView]:
    """Other pending requests that want a resource of this one's at some of its time."""
    rows = await tx.fetch(
        f"""{VIEW} WHERE booking.state = 'awaiting_approval' AND booking.id <> $1 AND booking.gmina_id = $2
        AND booking.period && tstzrange($3, $4) AND EXISTS (
            SELECT FROM space_resource theirs JOIN space_resource ours USING (resource_id)
            WHERE theirs.space_id = booking.space_id AND ours.space_id = $5
        ) ORDER BY booking.created_at""",
        booking.id,
        booking.gmina_id,
        booking.period.start,
        booking.period.end,
        booking.space_id,
    )
    return [view_of(row) for row in rows]


async def history_for(tx: Tx, *, actor: Actor, booking_id: UUID) -> list[dict[str, object]]:
    """Who did what to the booking and when, oldest first. Raises NoSuchBooking."""
    await booking_for(tx, actor=actor, booking_id=booking_id)
    return await history_of(tx, subject_id=booking_id)
