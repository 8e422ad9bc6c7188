"""What the statement that puts bookings down is given, and what it tells."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

import asyncpg

from incubator.bookings.facts import snapshot
from incubator.bookings.placing import COLUMNS, Placing
from incubator.bookings.rules import credit_draw, quota_draws
from incubator.bookings.states import State
from incubator.bookings.views import BookingView
from incubator.places.queries import SpaceToBook

VERBS = {State.HELD: "hold", State.AWAITING_APPROVAL: "request", State.CONFIRMED: "book"}
TAKEN_AS = {State.HELD: "held", State.AWAITING_APPROVAL: "pending"}


def parameters_of(placings: Sequence[Placing]) -> list[Sequence[object]]:
    """What the statement is given: an array for each column, then resources, draws and versions."""
    rows, parts, draws, keys = [], [], [], []
    for turn, one in enumerate(placings, 1):
        resources, drawn = _resources(one), _draws(one)
        parts += [(turn, resource) for resource in resources]
        draws += [(turn, starts, minutes) for starts, minutes in drawn]
        keys += [(turn, key) for key in _moves(one.booking, one.space)]
        rows.append(_row(one, len(resources), one.booking.quota_id if drawn else None))
    return [*_turned(rows, len(COLUMNS)), *_turned(parts, 2), *_turned(draws, 3), *_turned(keys, 2)]


def as_made(one: Placing, row: asyncpg.Record) -> BookingView | None:
    """The booking that the statement's row tells of, with what it drew on; None where it was not made."""
    if not row["made"]:
        return None
    return replace(one.booking, credit_id=row["credit_id"], quota_id=None) if row["credit_id"] else one.booking


def _row(one: Placing, parts: int, quota_id: UUID | None) -> tuple[object, ...]:
    """The values of COLUMNS."""
    booking, space, holder = one.booking, one.space, one.holder
    drawn = credit_draw(booking.period, space_kind=space.kind) if booking.part_of is None else None
    credit_kind, credit_amount = drawn or (None, None)
    return (
        booking.id,
        booking.space_id,
        booking.incubator_id,
        booking.gmina_id,
        booking.account_id,
        booking.organisation_id,
        booking.period.start,
        booking.period.end,
        booking.period.extended(space.turnaround).end,
        booking.state,
        TAKEN_AS.get(booking.state, "firm"),
        booking.hold_expires_at,
        parts,
        booking.title,
        booking.note,
        booking.attendees,
        quota_id,
        booking.holder_id,
        limit_of(space, booking),
        credit_kind,
        credit_amount,
        booking.series_id,
        booking.occurrence,
        space.rulebook,
        holder.standing,
        holder.token_hash,
        None if one.by_house else holder.account_id,
        VERBS[booking.state],
        snapshot(booking),
        one.now,
    )


def _resources(one: Placing) -> Sequence[int]:
    """What is taken; nothing by a request that does not block."""
    blocks = one.booking.state != State.AWAITING_APPROVAL or one.space.pending_blocks
    return one.space.resource_ids if blocks else ()


def _draws(one: Placing) -> list[tuple[object, int]]:
    """Nothing where the booking counts in no quota, whatever the space has."""
    unit = one.space.quota_unit if one.booking.quota_id is not None else None
    limited = limit_of(one.space, one.booking) is not None
    return [*quota_draws(one.booking.period, unit=unit)] if unit and limited else []


def _moves(booking: BookingView, space: SpaceToBook) -> set[UUID]:
    """The versions that move. Those of a series are moved once, last: held from date to date, they
    would wait for somebody who waits for one of its dates."""
    if booking.series_id is not None:
        return set()
    return {*space.part_ids, booking.holder_id, booking.account_id}


def _turned(rows: Sequence[tuple[object, ...]], width: int) -> list[Sequence[object]]:
    """Rows as columns, `width` of them even where there is no row."""
    return list(zip(*rows, strict=True)) if rows else [()] * width


def limit_of(space: SpaceToBook, booking: BookingView) -> int | None:
    """The holder's limit in minutes under the space's quota; None is no limit."""
    return space.organisation_minutes if booking.organisation_id else space.person_minutes
