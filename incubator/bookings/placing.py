"""The statement that puts a booking down: it takes the resources, makes the booking, draws the quota,
writes the history and moves the versions. Either all of it happened or none, without a BEGIN around
it (docs/decisions/0010).
"""

from datetime import datetime
from uuid import UUID

import msgspec

from incubator.bookings.rules import quota_draws
from incubator.bookings.states import State
from incubator.bookings.views import BookingView
from incubator.occupancy.take import taking
from incubator.people.actor import STANDS, Actor
from incubator.places.queries import RULES_STAND, SpaceToBook

MOST_HOLDS = 10
"""Live holds of one person at a time; the check `holds_not_exceeded` says the same."""

# Who books is looked at once more, and locked, by the row that is written: an erasure, a leaving or a
# closing waits for it or has come before it, and what was read of them (perhaps for an earlier
# request) still stands. Nobody found breaks account_id's NOT NULL, which undoes the statement. Only
# who has the time pays for the look: the losers of a race lock nothing.
HOLDER = f"""(
    SELECT account.id FROM account
    WHERE account.id = $13 AND {STANDS.format(standing="$32", key="$33", now="$25")} AND ($14::uuid IS NULL OR EXISTS (
        SELECT FROM membership WHERE organisation_id = $14 AND account_id = $13 FOR KEY SHARE
    )) FOR KEY SHARE
)"""
# A hold counts among those of the person until it is settled.
COUNTED = """counted AS (
    INSERT INTO live_holds (account_id, holds) SELECT $13, 1 FROM made, (SELECT count(*) FROM drawn) AS after_the_quota
    ON CONFLICT (account_id) DO UPDATE SET holds = live_holds.holds + 1 RETURNING 1
),"""


# Parameters: $1–$7 as TAKE wants them; $8 state of the booking, $9 its own end, $10–$14 place and
# holder, $15–$18 what was said, $19 quota, $20 holder, $21–$22 draws, $23 limit, $24 actor, $25 now,
# $26 verb, $27 after, $28 version keys, $29–$30 series, $31 the rulebook's version, $32 the holder's
# standing, $33 the token they asked with.
# Later parts lean on earlier ones, so that locks are taken in one order: occupancy, quota, versions.
def _placing(*, counted: str = "", last: str = "drawn") -> str:
    """`counted` is one part more, and `last` the one that the versions wait for."""
    return f"""
WITH taken AS ({taking(RULES_STAND.format("$31"))}),
made AS (
    INSERT INTO booking (id, space_id, incubator_id, gmina_id, account_id, organisation_id, period, state, title, note,
        attendees, hold_expires_at, quota_id, series_id, occurrence, reason, created_at, changed_at, sequence)
    SELECT $5, $10, $11, $12, {HOLDER}, $14, tstzrange($2, $9), $8, $15, $16, $17, $18, $19, $29, $30, '', $25, $25, 0
    WHERE (SELECT count(*) FROM taken) = cardinality($1::bigint[]) AND {RULES_STAND.format("$31")}
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
{counted}
noted AS (
    INSERT INTO history (at, actor_id, verb, subject_kind, subject_id, gmina_id, after)
    SELECT $25, $24, $26, 'booking', id, $12, $27::text::jsonb FROM made
),
moved AS (
    INSERT INTO version (key, version)
    SELECT key, 1 FROM made, (SELECT count(*) FROM {last}) AS before, unnest($28::uuid[]) AS key ORDER BY key
    ON CONFLICT (key) DO UPDATE SET version = version.version + 1, changed_at = now()
)
SELECT (SELECT count(*) FROM made) AS made, {RULES_STAND.format("$31")} AS rules_stand
"""


PLACE = _placing()
PLACE_HELD = _placing(counted=COUNTED, last="counted")

VERBS = {State.HELD: "hold", State.AWAITING_APPROVAL: "request", State.CONFIRMED: "book"}


def parameters_of(
    booking: BookingView, space: SpaceToBook, *, holder: Actor, by_house: bool, now: datetime
) -> tuple[object, ...]:
    """What the statement is given. `by_house`: nobody asked for it in this moment."""
    blocks = booking.state != State.AWAITING_APPROVAL or space.pending_blocks
    limit = limit_of(space, booking)
    draws = quota_draws(booking.period, unit=space.quota_unit) if space.quota_unit and limit is not None else []
    state = {State.HELD: "held", State.AWAITING_APPROVAL: "pending"}.get(booking.state, "firm")
    return (
        sorted(space.resource_ids) if blocks else [],
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


def limit_of(space: SpaceToBook, booking: BookingView) -> int | None:
    """The holder's limit in minutes under the space's quota; None is no limit."""
    return space.organisation_minutes if booking.organisation_id else space.person_minutes


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
