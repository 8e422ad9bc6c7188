"""Move a booking from one state to the next: the step that most verbs share.

The caller has the booking locked. Leaving for good gives back its time and its quota, and the time is
offered to who waits for it; history and versions are written with it.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from incubator.bookings.charge import charge_booking, has_price, quote_booking
from incubator.bookings.credit_use import credit_use
from incubator.bookings.facts import facts
from incubator.bookings.give_back_price import EVERYTHING, Back, give_back_price
from incubator.bookings.offer_next import offer_next
from incubator.bookings.rules import quota_draws
from incubator.bookings.states import ALLOWED, State
from incubator.bookings.views import BookingView
from incubator.credits.draw import give_back as return_credit
from incubator.db.engine import Tx
from incubator.db.history import record_of
from incubator.db.versions import bump
from incubator.kernel.errors import N_, Conflict
from incubator.occupancy.release import make_firm, make_held, release
from incubator.passes.draw_down import draw_down


@dataclass(eq=False)
class WrongState(Conflict):
    """The booking has moved on: what was asked does not fit where it is now."""

    code = "wrong_state"
    sentence = N_("This cannot be done with the booking in the state it is in.")
    state: str


ASKED_FOR = frozenset({State.AWAITING_APPROVAL, State.AWAITING_PAYMENT, State.CONFIRMED})
"""States in which a booking has its price."""
KEPT = frozenset({State.HELD, State.AWAITING_PAYMENT})
"""States that keep the time for a while only, and count among the live holds of the person."""
FREES = frozenset({State.CANCELLED, State.DECLINED, State.EXPIRED})
"""States that give the time and the quota back."""

SETTLE = """
UPDATE booking SET state = $2, changed_at = $3, sequence = sequence + 1, reason = $4,
    hold_expires_at = CASE WHEN $2 = 'held' THEN hold_expires_at ELSE $6::timestamptz END,
    decided_by = coalesce($5, decided_by), credit_kept = $7,
    checked_in_at = CASE WHEN $2 = 'checked_in' THEN $3 ELSE checked_in_at END
WHERE id = $1
"""
GIVE_BACK = """
UPDATE quota_use SET minutes = quota_use.minutes - draw.minutes
FROM unnest($3::date[], $4::int[]) AS draw (starts, minutes)
WHERE quota_use.quota_id = $1 AND quota_use.holder_id = $2 AND quota_use.starts = draw.starts
"""
# What the desk approved never counted: a coordinator looked at it.
LET_GO = """
UPDATE live_holds SET holds = greatest(holds - 1, 0)
WHERE account_id = $1 AND EXISTS (SELECT FROM booking WHERE id = $2 AND decided_by IS NULL)
"""
PARTS = """
SELECT part_id FROM space_part WHERE space_id = $1
UNION ALL SELECT id FROM space WHERE id = $1 AND resource_id IS NOT NULL
"""


async def settle(
    tx: Tx,
    *,
    booking: BookingView,
    to: State,
    verb: str,
    actor_id: UUID | None,
    now: datetime,
    reason: str | None = None,
    decided_by: UUID | None = None,
    offering: bool = True,
    until: datetime | None = None,
    back: Back = EVERYTHING,
) -> BookingView:
    """The booking in its new state; what awaits its payment is kept `until` then. Without `offering`, what becomes
    free is left to the job that offers. `back` is what goes back where it is called off. Raises WrongState when the
    table of states forbids it; and where it becomes firm what granting aid raises."""
    if to not in ALLOWED[booking.state]:
        raise WrongState(booking.state.value)
    settled = replace(
        booking,
        state=to,
        changed_at=now,
        sequence=booking.sequence + 1,
        hold_expires_at=booking.hold_expires_at if to == State.HELD else until,
        reason=booking.reason if reason is None else reason,
        checked_in_at=now if to == State.CHECKED_IN else booking.checked_in_at,
    )
    kept = booking.credit_id is not None and to in FREES and not back.credit
    await tx.execute(SETTLE, booking.id, to, now, settled.reason, decided_by, until, kept)
    if to in FREES:
        await release(tx, subject_id=booking.id)
        await give_back(tx, booking=booking, credit=back.credit)
        if booking.state in ASKED_FOR:  # a request that was firm before it was moved may owe it still
            await give_back_price(tx, booking=booking, by=actor_id, now=now, reason=to.value, steps=back.steps)
    elif to == State.CONFIRMED:
        assert await make_firm(tx, subject_id=booking.id), "nothing is confirmed that has not taken its space"
    elif to == State.AWAITING_PAYMENT:
        assert until is not None and await make_held(tx, subject_id=booking.id, until=until)
    await draw_down(tx, credit_ids=[booking.credit_id], by=actor_id, now=now)
    # What awaited its payment is owed since it did.
    if to in ASKED_FOR and booking.state != State.AWAITING_PAYMENT and await has_price(tx, booking=booking):
        await _price(tx, settled, actor_id, now)
    if booking.state in KEPT and to not in KEPT:
        await tx.execute(LET_GO, booking.account_id, booking.id)
    await note(tx, verb=verb, before=booking, after=settled, actor_id=actor_id, now=now)
    if to in FREES and offering:
        await offer_next(tx, space_ids=[booking.space_id], period=booking.period, now=now)
    return settled


async def _price(tx: Tx, booking: BookingView, by: UUID | None, now: datetime) -> None:
    """A request keeps the price of its day, and owes it when it is approved."""
    if booking.state == State.AWAITING_APPROVAL:
        await quote_booking(tx, booking=booking, now=now)
    else:
        await charge_booking(tx, booking=booking, by=by, now=now)


async def note(
    tx: Tx, *, verb: str, before: BookingView | None, after: BookingView, actor_id: UUID | None, now: datetime
) -> None:
    """History and versions of a change."""
    await record_of(
        tx,
        "booking",
        after,
        verb=verb,
        actor_id=actor_id,
        now=now,
        before=facts(before) if before else None,
        after=facts(after),
    )
    keys = await touched(tx, booking=after)
    if before is not None and before.space_id != after.space_id:
        keys += await parts_of(tx, space_id=before.space_id)
    # At once, for in two goes the locks would be taken in another order than others take them.
    await bump(tx, keys, {one.told_as for one in (before, after) if one is not None})


async def touched(tx: Tx, *, booking: BookingView) -> list[UUID | None]:
    """Whose calendars show this booking."""
    return [*await parts_of(tx, space_id=booking.space_id), booking.account_id, booking.organisation_id]


async def parts_of(tx: Tx, *, space_id: UUID) -> list[UUID]:
    """The plain spaces that a space takes: its parts, or itself."""
    return [row["part_id"] for row in await tx.fetch(PARTS, space_id)]


async def give_back(tx: Tx, *, booking: BookingView, credit: bool = True) -> None:
    """Return what the booking drew from its quota, or with `credit` from a credit."""
    if booking.credit_id is not None and credit:
        amount = await credit_use(tx, booking=booking)
        await return_credit(tx, credit_id=booking.credit_id, amount=amount)
    if booking.quota_id is None:
        return
    unit = await tx.fetchval("SELECT unit FROM quota WHERE id = $1", booking.quota_id)
    draws = quota_draws(booking.period, unit=unit)
    await tx.execute(
        GIVE_BACK, booking.quota_id, booking.holder_id, [starts for starts, _ in draws], [n for _, n in draws]
    )
