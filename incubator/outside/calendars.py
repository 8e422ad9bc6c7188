"""Outside calendars as those may see them who look after them: the one place where rows are narrowed."""

from datetime import datetime
from uuid import UUID

import asyncpg
from msgspec.structs import replace

from incubator.db.engine import Tx
from incubator.mentoring.reach import reaches
from incubator.outside.address import address_of
from incubator.outside.clashes import clashes_of
from incubator.outside.views import CalendarView
from incubator.outside.whose import NoSuchCalendar
from incubator.people.actor import Actor
from incubator.people.guards import NotYours, must_coordinate

VIEW = """
SELECT calendar.id, calendar.name, address, account.name AS added_by_name, calendar.created_at, tried_at, fetched_at,
    next_fetch_at, problem, failures, skipped, coming.busy, coming.next_busy_at
FROM outside_calendar AS calendar JOIN account ON account.id = added_by
CROSS JOIN LATERAL (
    SELECT count(*) AS busy, min(lower(during)) FILTER (WHERE lower(during) > $2) AS next_busy_at
    FROM outside_busy WHERE calendar_id = calendar.id AND upper(during) > $2
) AS coming
WHERE {which} = $1 ORDER BY calendar.created_at, calendar.id
"""
OWNER = "SELECT account_id, gmina_id FROM mentor WHERE id = $1"
GMINA = "SELECT gmina_id FROM space JOIN incubator ON incubator.id = incubator_id WHERE space.id = $1"


async def calendars_of(
    tx: Tx, *, actor: Actor, mentor_id: UUID | None = None, space_id: UUID | None = None, now: datetime
) -> list[CalendarView]:
    """Of a mentor or a space, the oldest first. Raises NotYours."""
    if mentor_id is not None:
        owner = await tx.fetchrow(OWNER, mentor_id)
        if owner is None or not reaches(actor, account_id=owner["account_id"], gmina_id=owner["gmina_id"]):
            raise NotYours()
        return await _seen(tx, "mentor_id", mentor_id, now)
    assert space_id is not None
    must_coordinate(actor, await tx.fetchval(GMINA, space_id))
    return await _seen(tx, "space_id", space_id, now)


async def calendar_by_id(tx: Tx, *, calendar_id: UUID, now: datetime) -> CalendarView:
    """For verbs that have asked who may. Raises NoSuchCalendar."""
    found = await _seen(tx, "calendar.id", calendar_id, now)
    if not found:
        raise NoSuchCalendar()
    return found[0]


async def _seen(tx: Tx, which: str, key: UUID, now: datetime) -> list[CalendarView]:
    found = [_view(row) for row in await tx.fetch(VIEW.format(which=which), key, now)]
    clashes = await clashes_of(tx, calendar_ids=[one.id for one in found], now=now)
    return [replace(one, clashes=[clash for clash in clashes if clash.calendar_id == one.id]) for one in found]


def _view(row: asyncpg.Record) -> CalendarView:
    told = {name: value for name, value in row.items() if name != "address"}
    return CalendarView(**told, server=address_of(row["address"]).masked, clashes=[])
