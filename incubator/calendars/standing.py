"""Where a feed stands: all that a conditional GET needs, in one indexed read.

The fingerprint is made of the versions (db/versions.py) of whatever the feed shows: which they are
and how often each has moved. A mere sum would stand still for somebody who leaves one organisation
and joins another.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import asyncpg

from incubator.db.engine import Database
from incubator.db.versions import PLACES
from incubator.kernel.errors import N_, Gone, NotFound
from incubator.kernel.ids import digest


class NoSuchCalendar(NotFound):
    """No calendar has this address."""

    code = "no_such_calendar"
    sentence = N_("There is no calendar at this address.")


class CalendarGone(Gone):
    """The calendar was revoked by the person whose it is, or its space taken out of use."""

    code = "calendar_gone"
    sentence = N_("This calendar is no longer offered. You can remove it from your calendar app.")


@dataclass(frozen=True, slots=True)
class Standing:
    """`key` is the space's, the incubator's or the account's. The last three are of personal feeds."""

    key: UUID
    fingerprint: str
    changed_at: datetime | None
    token_id: UUID | None = None
    locale: str | None = None
    fetched_at: datetime | None = None


MOVED = """
SELECT md5(string_agg(key::text || version, ' ' ORDER BY key)) AS fingerprint, max(changed_at) AS changed_at
FROM version WHERE key = ANY({keys})
"""

# A joined room's calendar moves with its parts; those move when the whole is booked.
SPACE = f"""
SELECT space.id AS key, space.retired_at IS NOT NULL AS gone, moved.*
FROM space CROSS JOIN LATERAL (
    {MOVED.format(keys="ARRAY(SELECT part_id FROM space_part WHERE space_id = space.id) || space.id")}
) AS moved
WHERE space.id = $1
"""

INCUBATOR = f"""
SELECT incubator.id AS key, false AS gone, moved.*
FROM incubator CROSS JOIN LATERAL (
    {MOVED.format(keys="ARRAY(SELECT id FROM space WHERE incubator_id = incubator.id) || incubator.id")}
) AS moved
WHERE incubator.slug = $1
"""

PERSONAL = f"""
SELECT account.id AS key, (feed_token.revoked_at IS NOT NULL OR account.erased_at IS NOT NULL) AS gone, moved.*,
    feed_token.id AS token_id, account.locale, feed_token.fetched_at
FROM feed_token JOIN account ON account.id = feed_token.account_id CROSS JOIN LATERAL (
    {
    MOVED.format(
        keys="ARRAY(SELECT organisation_id FROM membership WHERE account_id = account.id) "
        f"|| ARRAY[account.id, '{PLACES}'::uuid]"
    )
}
) AS moved
WHERE feed_token.token_hash = $1
"""


async def of_space(db: Database, name: str) -> Standing:
    """`name` is the space's identifier. Raises NoSuchCalendar, CalendarGone."""
    try:
        key = UUID(name)
    except ValueError:
        raise NoSuchCalendar() from None
    return _standing(await db.pool.fetchrow(SPACE, key))


async def of_incubator(db: Database, name: str) -> Standing:
    """`name` is the incubator's slug. Raises NoSuchCalendar."""
    return _standing(await db.pool.fetchrow(INCUBATOR, name))


async def of_person(db: Database, name: str) -> Standing:
    """`name` is the secret of a feed. Raises NoSuchCalendar, CalendarGone."""
    return _standing(await db.pool.fetchrow(PERSONAL, digest(name)))


def _standing(row: asyncpg.Record | None) -> Standing:
    if row is None:
        raise NoSuchCalendar()
    key, gone, fingerprint, changed_at, *personal = row
    if gone:
        raise CalendarGone()
    return Standing(key, fingerprint or "0", changed_at, *personal)
