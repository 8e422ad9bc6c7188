"""Put a booking down, and say what stood in the way where it could not be."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

import asyncpg

from incubator.bookings.placing import MOST_HOLDS, Placing, statement_of
from incubator.bookings.placing_rows import as_made, limit_of, parameters_of
from incubator.bookings.views import BookingView
from incubator.db.engine import Tx
from incubator.kernel.errors import N_, Conflict
from incubator.kernel.period import Period
from incubator.people.actor import Actor
from incubator.places.queries import SpaceToBook


@dataclass(eq=False)
class SlotTaken(Conflict):
    """Somebody else has some of this time. `suggestions` are free times nearby."""

    code = "slot_taken"
    sentence = N_("This time is already taken.")
    space_id: UUID
    period: Period
    suggestions: list[Any] = field(default_factory=list)


@dataclass(eq=False)
class QuotaSpent(Conflict):
    """The holder has booked all that its quota allows in that week or month."""

    code = "quota_spent"
    sentence = N_("This is more than the {max_minutes} a {unit} that the space allows you.")
    max_minutes: int
    unit: str


class RulesChanged(Conflict):
    """A coordinator changed hours or rules in this very moment: what was checked no longer holds."""

    code = "rules_changed"
    sentence = N_("Hours or rules were changed just now. Please try again.")


class StandingChanged(Conflict):
    """What the holder may do was changed or ended in this very moment: they left, were erased, were given
    a role; their token was revoked; the organisation was closed."""

    code = "standing_changed"
    sentence = N_("Your account or organisation was changed just now. Please try again.")


@dataclass(eq=False)
class TooManyHolds(Conflict):
    """Nobody keeps a whole house to themself by never confirming."""

    code = "too_many_holds"
    sentence = N_("You hold {most} times already. Confirm or give up one of them first.")
    most: int = MOST_HOLDS


class _SomeTaken(Exception):
    """Undoes the parts of a joined room that could be had."""


async def place(
    tx: Tx, *, booking: BookingView, space: SpaceToBook, holder: Actor, by_house: bool = False, now: datetime
) -> BookingView | None:
    """The booking, put down for `holder`, with the credit that it drew on; None where its time is taken and
    nothing was written. `by_house` says that nobody asked for it in this moment.

    Raises QuotaSpent, TooManyHolds; RulesChanged when `space` was read before the rules were
    changed, StandingChanged when `holder` was before what they may do was."""
    wanted = [Placing(booking=booking, space=space, holder=holder, by_house=by_house, now=now)]
    try:
        if len(space.resource_ids) <= 1:
            return await _placed(tx, wanted)
        async with tx.transaction():
            placed = await _placed(tx, wanted)
            if placed is None:
                raise _SomeTaken
            return placed
    except _SomeTaken:
        return None
    except asyncpg.CheckViolationError as error:
        raise _broken(error, space, booking) from None
    except asyncpg.NotNullViolationError as error:
        raise StandingChanged() if error.column_name == "account_id" else error from None


async def _placed(tx: Tx, wanted: list[Placing]) -> BookingView | None:
    (row,) = await tx.fetch(statement_of(wanted), *parameters_of(wanted))
    if not row["rules_stand"]:
        raise RulesChanged()
    return as_made(wanted[0], row)


def _broken(error: asyncpg.CheckViolationError, space: SpaceToBook, booking: BookingView) -> Exception:
    return TooManyHolds() if error.constraint_name == "holds_not_exceeded" else quota_spent(error, space, booking)


def quota_spent(error: asyncpg.CheckViolationError, space: SpaceToBook, booking: BookingView) -> Exception:
    """The refusal that a broken check means; the error itself where it means none."""
    if error.constraint_name != "quota_not_exceeded":
        return error
    return QuotaSpent(limit_of(space, booking) or 0, space.quota_unit or "week")
