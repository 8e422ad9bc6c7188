"""The line for a taken time, as those see it who stand in it and the coordinator."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

import asyncpg

from incubator.bookings.views import Placed
from incubator.db.engine import Tx
from incubator.kernel.errors import N_, NotFound
from incubator.kernel.period import Period
from incubator.people.actor import Actor


class InLine(StrEnum):
    """Where a wish stands. `taken`: the offer was accepted; `lapsed`: it was not answered in time;
    `left`: given up; `passed`: its time came before it was free."""

    WAITING = "waiting"
    OFFERED = "offered"
    TAKEN = "taken"
    LAPSED = "lapsed"
    LEFT = "left"
    PASSED = "passed"


class NotInLine(NotFound):
    """No wish with this identifier that the asker may know of."""

    code = "not_in_line"
    sentence = N_("You are not on the waiting list for this.")


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitlistView(Placed):
    """A wish for a taken time. `place` counts those ahead who want some of the same time, and
    oneself; it is empty once one no longer waits. `booking_id` is what was offered."""

    period: Period
    title: str
    state: InLine
    place: int | None
    booking_id: UUID | None
    created_at: datetime


# What became of an offer stands in its booking; the entry learns of it when the line moves on.
# $1 now.
STATE = """
CASE
    WHEN entry.state = 'waiting' AND lower(entry.period) <= $1 THEN 'passed'
    WHEN entry.state <> 'offered' OR booking.state = 'held' THEN entry.state
    WHEN booking.state = 'expired' THEN 'lapsed'
    WHEN booking.state = 'cancelled' THEN 'left'
    ELSE 'taken'
END
"""
WISH = f"""
SELECT entry.id, entry.space_id, space.slug AS space_slug, space.name_pl AS space_name_pl,
    space.name_en AS space_name_en, incubator.id AS incubator_id, incubator.slug AS incubator_slug,
    incubator.name AS incubator_name, incubator.gmina_id, entry.account_id, account.name AS account_name,
    entry.organisation_id, organisation.name AS organisation_name, entry.period, entry.title, {STATE} AS state,
    CASE WHEN entry.state = 'waiting' AND lower(entry.period) > $1 THEN 1 + (
        SELECT count(*) FROM waitlist_entry AS ahead
        WHERE ahead.space_id = entry.space_id AND ahead.state = 'waiting' AND ahead.period && entry.period
            AND (ahead.created_at, ahead.id) < (entry.created_at, entry.id)
    ) END AS place,
    entry.booking_id, entry.created_at
FROM waitlist_entry AS entry
JOIN space ON space.id = entry.space_id
JOIN incubator ON incubator.id = space.incubator_id
JOIN account ON account.id = entry.account_id
LEFT JOIN organisation ON organisation.id = entry.organisation_id
LEFT JOIN booking ON booking.id = entry.booking_id
"""


async def wish_for(tx: Tx, *, actor: Actor, entry_id: UUID, now: datetime) -> WaitlistView:
    """One's own wish. Raises NotInLine."""
    row = await tx.fetchrow(f"{WISH} WHERE entry.id = $2 AND entry.account_id = $3", now, entry_id, actor.account_id)
    if row is None:
        raise NotInLine()
    return _view(row)


async def wishes_of(tx: Tx, *, actor: Actor, now: datetime) -> list[WaitlistView]:
    """What the person waits for or was offered, the soonest first."""
    rows = await tx.fetch(
        f"""SELECT * FROM ({WISH} WHERE entry.account_id = $2 AND entry.state IN ('waiting', 'offered')) AS wish
        WHERE state IN ('waiting', 'offered') ORDER BY lower(period), id LIMIT 100""",
        now,
        actor.account_id,
    )
    return [_view(row) for row in rows]


async def wishes_in(tx: Tx, *, actor: Actor, incubator_id: UUID, now: datetime) -> list[WaitlistView]:
    """Who waits for spaces of an incubator, for its coordinator, in the order of the line. Others
    see none."""
    rows = await tx.fetch(
        f"""SELECT * FROM (
            {WISH} WHERE incubator.id = $2 AND (incubator.gmina_id = ANY($3::uuid[]) OR $4)
            AND entry.state IN ('waiting', 'offered')
        ) AS wish WHERE state IN ('waiting', 'offered') ORDER BY created_at, id LIMIT 500""",
        now,
        incubator_id,
        list(actor.coordinates),
        actor.is_administrator,
    )
    return [_view(row) for row in rows]


def _view(row: asyncpg.Record) -> WaitlistView:
    given = dict(row)
    given["period"] = Period(row["period"].lower, row["period"].upper)
    given["state"] = InLine(row["state"])
    return WaitlistView(**given)
