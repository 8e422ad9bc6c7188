"""The statement that puts bookings down: it takes the resources, makes the bookings, draws on what their
holders were granted or else on the quota, writes the history and moves the versions. Either all of it
happened or none, without a BEGIN around it (docs/decisions/0010); several that come at one moment share it (docs/decisions/0012).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from incubator.bookings.states import State
from incubator.bookings.views import BookingView
from incubator.credits.draw import LOCKED, drawn_for, fitting
from incubator.db.versions import moving
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
GRANTED = fitting(
    holder="winning.holder_id",
    kind="winning.credit_kind",
    gmina="winning.gmina_id",
    starts="winning.starts",
    ends="winning.ends",
    amount="winning.credit_amount",
    lock=LOCKED,
)
# A hold counts among those of the person until it is settled.
COUNTED = """counted AS (
    INSERT INTO live_holds (account_id, holds)
    SELECT account_id, count(*) FROM made JOIN wanted USING (id), (SELECT count(*) FROM drawn) AS after_the_quota
    WHERE state = 'held' GROUP BY account_id ORDER BY account_id
    ON CONFLICT (account_id) DO UPDATE SET holds = live_holds.holds + excluded.holds RETURNING 1
),"""


MOVED = f"""
    SELECT key, turn, id AS subject_id
    FROM unnest({_KEY_TURNS}, {_KEYS}) AS moves (turn, key) JOIN wanted USING (turn) JOIN made USING (id)
"""


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
        SELECT * FROM wanted WHERE credit_kind IS NOT NULL AND {HAD}
        ORDER BY holder_id, turn
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
spent AS ({drawn_for("SELECT granted.credit_id, credit_amount FROM granted JOIN made USING (id)", after="granted")}),
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
{moving(MOVED, after=last)}
SELECT made.id IS NOT NULL AS made, made.credit_id, rules_stand FROM wanted LEFT JOIN made USING (id) ORDER BY turn
"""


PLACE = _placing()
PLACE_HELD = _placing(counted=COUNTED, last="counted")


def statement_of(placings: Sequence[Placing]) -> str:
    """The statement that puts them down."""
    return PLACE_HELD if any(one.booking.state == State.HELD for one in placings) else PLACE
