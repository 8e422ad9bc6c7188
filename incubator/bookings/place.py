"""Put a booking down: one statement takes the resources, makes the booking, draws the quota, writes
the history and moves the versions. Either all of it happened or none, without a BEGIN around it
(docs/decisions/0010).
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

import asyncpg
import msgspec

from incubator.bookings.rules import quota_draws
from incubator.bookings.states import State
from incubator.bookings.views import BookingView
from incubator.db.engine import Tx
from incubator.kernel.errors import N_, Conflict
from incubator.kernel.period import Period
from incubator.occupancy.take import taking
from incubator.people.actor import STANDS, Actor
from incubator.places.queries import RULES_STAND, SpaceToBook


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
    sentence = N_("This is more than the {max_minutes} minutes per {unit} that the space allows you.")
    max_minutes: int
    unit: str


class RulesChanged(Conflict):
    """A coordinator changed hours or rules in this very moment: what was checked no longer holds."""

    code = "rules_changed"
    sentence = N_("Hours or rules were changed just now. Please try again.")


class StandingChanged(Conflict):
    """What the holder may do, or the organisation, was changed or ended in this very moment."""

    code = "standing_changed"
    sentence = N_("Your account or organisation was changed just now. Please try again.")


class _SomeTaken(Exception):
    """Undoes the parts of a joined room that could be had."""


async def place(
    tx: Tx, *, booking: BookingView, space: SpaceToBook, holder: Actor, by_house: bool = False, now: datetime
) -> bool:
    """Whether the booking could be put down for `holder`; where not, its time is taken and nothing
    was written. `by_house` says that nobody asked for it in this moment.

    Raises QuotaSpent; RulesChanged when `space` was read before the rules were changed, and
    StandingChanged when `holder` was before what they may do was."""
    blocks = booking.state != State.AWAITING_APPROVAL or space.pending_blocks
    resources = sorted(space.resource_ids) if blocks else []
    parameters = _parameters(booking, space, resources, holder, by_house, now)
    try:
        if len(resources) <= 1:
            return await _placed(tx, parameters)
        async with tx.transaction():
            if not await _placed(tx, parameters):
                raise _SomeTaken
    except _SomeTaken:
        return False
    except asyncpg.CheckViolationError as error:
        raise quota_spent(error, space, booking) from None
    return True


async def _placed(tx: Tx, parameters: tuple[object, ...]) -> bool:
    row = await tx.fetchrow(PLACE, *parameters)
    assert row is not None
    if not row["rules_stand"]:
        raise RulesChanged()
    if not row["holder_stands"]:
        raise StandingChanged()
    return bool(row["made"])


def quota_spent(error: asyncpg.CheckViolationError, space: SpaceToBook, booking: BookingView) -> Exception:
    """The refusal that a broken check means; the error itself where it means none."""
    if error.constraint_name != "quota_not_exceeded":
        return error
    return QuotaSpent(limit_of(space, booking) or 0, space.quota_unit or "week")


def limit_of(space: SpaceToBook, booking: BookingView) -> int | None:
    """The holder's limit in minutes under the space's quota; None is no limit."""
    return space.organisation_minutes if booking.organisation_id else space.person_minutes


# Parameters: $1–$7 as TAKE wants them; $8 state of the booking, $9 its own end, $10–$14 place and
# holder, $15–$18 what was said, $19 quota, $20 holder, $21–$22 draws, $23 limit, $24 actor, $25 now,
# $26 verb, $27 after, $28 version keys, $29–$30 series, $31 the rulebook's version, $32 the holder's
# standing, $33 the token they asked with.
# Later parts lean on earlier ones, so that locks are taken in one order: account and organisation
# (the locks of the foreign keys, only sooner), occupancy, quota, versions. A locked row is looked at
# as it is once it could be locked, not as the statement found it: who erases an account, or closes an
# organisation, has locked it for that and finds every booking that came before, and none comes after.
PLACE = f"""
WITH holder AS MATERIALIZED (
    SELECT FROM account WHERE id = $13 AND {STANDS.format(standing="$32", key="$33", now="$25")} FOR KEY SHARE
),
house AS MATERIALIZED (
    SELECT FROM organisation WHERE id = $14 AND closed_at IS NULL FOR KEY SHARE
),
stands AS (
    SELECT EXISTS (SELECT FROM holder) AND ($14::uuid IS NULL OR EXISTS (SELECT FROM house)) AS stands
),
taken AS ({taking(f"(SELECT stands FROM stands) AND {RULES_STAND.format('$31')}")}),
made AS (
    INSERT INTO booking (id, space_id, incubator_id, gmina_id, account_id, organisation_id, period, state, title, note,
        attendees, hold_expires_at, quota_id, series_id, occurrence, reason, created_at, changed_at, sequence)
    SELECT $5, $10, $11, $12, $13, $14, tstzrange($2, $9), $8, $15, $16, $17, $18, $19, $29, $30, '', $25, $25, 0
    WHERE (SELECT count(*) FROM taken) = cardinality($1::bigint[]) AND (SELECT stands FROM stands)
        AND {RULES_STAND.format("$31")}
    RETURNING id
),
drawn AS (
    INSERT INTO quota_use (quota_id, holder_id, starts, minutes, max_minutes)
    SELECT $19, $20, starts, minutes, $23
    FROM made, unnest($21::date[], $22::int[]) AS draw (starts, minutes) ORDER BY starts
    ON CONFLICT (quota_id, holder_id, starts)
    DO UPDATE SET minutes = quota_use.minutes + excluded.minutes, max_minutes = excluded.max_minutes
    RETURNING 1
),
noted AS (
    INSERT INTO history (at, actor_id, verb, subject_kind, subject_id, gmina_id, after)
    SELECT $25, $24, $26, 'booking', id, $12, $27::text::jsonb FROM made
),
moved AS (
    INSERT INTO version (key, version)
    SELECT key, 1 FROM made, (SELECT count(*) FROM drawn) AS after_the_quota, unnest($28::uuid[]) AS key ORDER BY key
    ON CONFLICT (key) DO UPDATE SET version = version.version + 1, changed_at = now()
)
SELECT (SELECT count(*) FROM made) AS made, {RULES_STAND.format("$31")} AS rules_stand, stands AS holder_stands FROM stands
"""

VERBS = {State.HELD: "hold", State.AWAITING_APPROVAL: "request", State.CONFIRMED: "book"}


def _parameters(
    booking: BookingView, space: SpaceToBook, resources: list[int], holder: Actor, by_house: bool, now: datetime
) -> tuple[object, ...]:
    limit = limit_of(space, booking)
    draws = quota_draws(booking.period, unit=space.quota_unit) if space.quota_unit and limit is not None else []
    state = {State.HELD: "held", State.AWAITING_APPROVAL: "pending"}.get(booking.state, "firm")
    return (
        resources,
        booking.period.start,
        booking.period.extended(space.turnaround).end,
        "booking",
        booking.id,
        state,
        booking.hold_expires_at,
        booking.state,
        booking.period.end,
        booking.space_id,
        booking.incubator_id,
        booking.gmina_id,
        booking.account_id,
        booking.organisation_id,
        booking.title,
        booking.note,
        booking.attendees,
        booking.hold_expires_at,
        booking.quota_id if draws else None,
        booking.holder_id,
        [starts for starts, _ in draws],
        [minutes for _, minutes in draws],
        limit,
        None if by_house else holder.account_id,
        now,
        VERBS[booking.state],
        snapshot(booking),
        _moves(booking, space),
        booking.series_id,
        booking.occurrence,
        space.rulebook,
        holder.standing,
        holder.token_hash,
    )


def _moves(booking: BookingView, space: SpaceToBook) -> list[UUID]:
    """The versions that move. Those of a series are moved once, last: held from date to date, they
    would wait for somebody who waits for one of its dates."""
    if booking.series_id is not None:
        return []
    return sorted(
        {*space.part_ids, booking.account_id, *([booking.organisation_id] if booking.organisation_id else [])}
    )


def snapshot(booking: BookingView) -> str:
    """What the history keeps of a booking: no text that a person wrote."""
    return msgspec.json.encode(facts(booking)).decode()


def facts(booking: BookingView) -> dict[str, object]:
    """State, time and place of a booking, as plain values."""
    return {
        "state": booking.state.value,
        "space_id": str(booking.space_id),
        "start": booking.period.start,
        "end": booking.period.end,
    }
