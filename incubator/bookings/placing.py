"""The statement that puts bookings down: it takes the resources, makes the bookings, draws on what their
organisations were granted or else on the quota, writes the history and moves the versions. Either all of it happened or none, without a BEGIN around
it (docs/decisions/0010); several that come at one moment share it (docs/decisions/0012).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import asyncpg
import msgspec

from incubator.bookings.rules import credit_draw, quota_draws
from incubator.bookings.states import State
from incubator.bookings.views import BookingView
from incubator.credits.take_credit import FITTING
from incubator.occupancy.take import taking_for
from incubator.people.actor import STANDS, Actor
from incubator.places.queries import SpaceToBook

MOST_HOLDS = 10
"""Live holds of one person at a time; the check `holds_not_exceeded` says the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Placing:
    """A booking to put down for `holder`, by the rules of `space`. `by_house`: nobody asked for it in
    this moment."""

    booking: BookingView
    space: SpaceToBook
    holder: Actor
    by_house: bool = False
    now: datetime


# One array for each column, in this order, an element for each booking. `clear` is when its time is
# over, turnaround included; `parts` is how many resources it has to get.
COLUMNS = {
    "id": "uuid",
    "space_id": "uuid",
    "incubator_id": "uuid",
    "gmina_id": "uuid",
    "account_id": "uuid",
    "organisation_id": "uuid",
    "starts": "timestamptz",
    "ends": "timestamptz",
    "clear": "timestamptz",
    "state": "text",
    "taken_as": "text",
    "expires_at": "timestamptz",
    "parts": "int",
    "title": "text",
    "note": "text",
    "attendees": "int",
    "quota_id": "uuid",
    "holder_id": "uuid",
    "quota_limit": "int",
    "credit_kind": "text",
    "credit_amount": "int",
    "series_id": "uuid",
    "occurrence": "int",
    "rulebook": "bigint",
    "standing": "bigint",
    "token_hash": "bytea",
    "actor_id": "uuid",
    "verb": "text",
    "after": "text",
    "now": "timestamptz",
}
_ARRAYS = ", ".join(f"${number}::{kind}[]" for number, kind in enumerate(COLUMNS.values(), 1))
# What a booking has several of goes by its place in those arrays, from 1: resources, draws, versions.
_TURNS, _RESOURCES, _DRAW_TURNS, _STARTS, _MINUTES, _KEY_TURNS, _KEYS = (
    f"${len(COLUMNS) + number}::{kind}[]"
    for number, kind in enumerate(("int", "bigint", "int", "date", "int", "int", "uuid"), 1)
)

# Who books is looked at once more, and locked, by the row that is written: an erasure, a leaving or a
# closing waits for it or has come before it, and what was read of them (perhaps for an earlier
# request) still stands. Nobody found breaks account_id's NOT NULL, which undoes the statement. Only
# who has the time pays for the look: the losers of a race lock nothing.
HOLDER = f"""(
    SELECT account.id FROM account
    WHERE account.id = wanted.account_id
        AND {STANDS.format(standing="wanted.standing", key="wanted.token_hash", now="wanted.now")}
        AND (wanted.organisation_id IS NULL OR EXISTS (
            SELECT FROM membership WHERE organisation_id = wanted.organisation_id AND account_id = account.id
            FOR KEY SHARE
        )) FOR KEY SHARE
)"""
HAD = "rules_stand AND (SELECT count(*) FROM taken WHERE subject_id = wanted.id) = parts"
GRANTED = FITTING.format(
    organisation="winning.organisation_id",
    kind="winning.credit_kind",
    gmina="winning.gmina_id",
    starts="winning.starts",
    ends="winning.ends",
    amount="winning.credit_amount",
)
# A hold counts among those of the person until it is settled.
COUNTED = """counted AS (
    INSERT INTO live_holds (account_id, holds)
    SELECT account_id, count(*) FROM made JOIN wanted USING (id), (SELECT count(*) FROM drawn) AS after_the_quota
    WHERE state = 'held' GROUP BY account_id ORDER BY account_id
    ON CONFLICT (account_id) DO UPDATE SET holds = live_holds.holds + excluded.holds RETURNING 1
),"""


# Later parts lean on earlier ones, and each goes through its rows in order, so that locks are taken
# in one order: occupancy, credits, holders, quota, holds, versions. What a credit carries draws no quota;
# two of one go that reach for the last of it break its check, and are tried each by itself.
def _placing(*, counted: str = "", last: str = "drawn") -> str:
    """`counted` is one part more, and `last` the one that the versions wait for."""
    return f"""
WITH wanted AS MATERIALIZED (
    SELECT *, rulebook = (SELECT version FROM rulebook) AS rules_stand
    FROM unnest({_ARRAYS}) WITH ORDINALITY AS wanted ({", ".join(COLUMNS)}, turn)
),
taken AS ({
        taking_for(f'''
    SELECT resource_id, starts, clear, 'booking', id, taken_as, expires_at
    FROM unnest({_TURNS}, {_RESOURCES}) AS part (turn, resource_id) JOIN wanted USING (turn) WHERE rules_stand
''')
    }),
granted AS MATERIALIZED (
    SELECT winning.id, credit_id, credit_amount FROM (
        SELECT * FROM wanted WHERE credit_kind IS NOT NULL AND organisation_id IS NOT NULL AND {HAD}
        ORDER BY organisation_id, turn
    ) AS winning CROSS JOIN LATERAL ({GRANTED}) AS found
),
made AS (
    INSERT INTO booking (id, space_id, incubator_id, gmina_id, account_id, organisation_id, period, state, title, note,
        attendees, hold_expires_at, quota_id, credit_id, series_id, occurrence, reason, created_at, changed_at, sequence)
    SELECT id, space_id, incubator_id, gmina_id, {HOLDER}, organisation_id, tstzrange(starts, ends), state, title, note,
        attendees, expires_at, CASE WHEN credit_id IS NULL THEN quota_id END, credit_id, series_id, occurrence, '', now,
        now, 0
    FROM wanted LEFT JOIN granted USING (id)
    WHERE {HAD}
    RETURNING id, credit_id
),
spent AS (
    UPDATE credit SET used = credit.used + together.amount
    FROM (
        SELECT granted.credit_id, sum(credit_amount) AS amount FROM granted JOIN made USING (id) GROUP BY 1
    ) AS together WHERE credit.id = together.credit_id RETURNING 1
),
drawn AS (
    INSERT INTO quota_use (quota_id, holder_id, starts, minutes, max_minutes)
    SELECT wanted.quota_id, holder_id, draw.starts, sum(minutes), min(quota_limit)
    FROM unnest({_DRAW_TURNS}, {_STARTS}, {_MINUTES}) AS draw (turn, starts, minutes)
    JOIN wanted USING (turn) JOIN made USING (id), (SELECT count(*) FROM spent) AS after_the_credits
    WHERE made.credit_id IS NULL
    GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
    ON CONFLICT (quota_id, holder_id, starts)
    DO UPDATE SET minutes = quota_use.minutes + excluded.minutes, max_minutes = excluded.max_minutes
    RETURNING 1
),
{counted}
noted AS (
    INSERT INTO history (at, actor_id, verb, subject_kind, subject_id, gmina_id, after)
    SELECT now, actor_id, verb, 'booking', id, gmina_id, after::jsonb FROM made JOIN wanted USING (id)
),
moved AS (
    INSERT INTO version (key, version)
    SELECT key, count(*)
    FROM unnest({_KEY_TURNS}, {_KEYS}) AS touched (turn, key) JOIN wanted USING (turn) JOIN made USING (id),
        (SELECT count(*) FROM {last}) AS before
    GROUP BY key ORDER BY key
    ON CONFLICT (key) DO UPDATE SET version = version.version + excluded.version, changed_at = now()
)
SELECT made.id IS NOT NULL AS made, made.credit_id, rules_stand FROM wanted LEFT JOIN made USING (id) ORDER BY turn
"""


PLACE = _placing()
PLACE_HELD = _placing(counted=COUNTED, last="counted")

VERBS = {State.HELD: "hold", State.AWAITING_APPROVAL: "request", State.CONFIRMED: "book"}
TAKEN_AS = {State.HELD: "held", State.AWAITING_APPROVAL: "pending"}


def statement_of(placings: Sequence[Placing]) -> str:
    """The statement that puts them down."""
    return PLACE_HELD if any(one.booking.state == State.HELD for one in placings) else PLACE


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
    return one.booking.now(credit_id=row["credit_id"], quota_id=None) if row["credit_id"] else one.booking


def limit_of(space: SpaceToBook, booking: BookingView) -> int | None:
    """The holder's limit in minutes under the space's quota; None is no limit."""
    return space.organisation_minutes if booking.organisation_id else space.person_minutes


def _row(one: Placing, parts: int, quota_id: UUID | None) -> tuple[object, ...]:
    """The values of COLUMNS."""
    booking, space, holder = one.booking, one.space, one.holder
    credit_kind, credit_amount = credit_draw(booking.period, space_kind=space.kind) or (None, None)
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
    unit, limited = one.space.quota_unit, limit_of(one.space, one.booking) is not None
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
