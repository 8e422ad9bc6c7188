"""The report as one of the cast sees it, and the parts of it that tests look at."""

from datetime import date
from uuid import UUID

from incubator.bookings.use import Use
from incubator.db.engine import Database, statement
from incubator.kernel.period import Period
from incubator.reporting.queries import use_of_all
from incubator.reporting.rules import Days, month_of
from incubator.reporting.use import IncubatorRow, Report
from tests.cast import Person, acting
from tests.moments import on

HOUR = 60
OCTOBER = month_of(date(2026, 10, 1))
"""Begins on a Thursday, has 22 days from Monday to Friday, and an hour more on Sunday the 25th."""


def october(day: int, start: str, end: str) -> Period:
    return on(date(2026, 10, day), start, end)


async def report(db: Database, who: Person, days: Days = OCTOBER) -> Report:
    actor = await acting(db, who)
    async with statement(db) as tx:
        return await use_of_all(tx, actor=actor, days=days)


def house(found: Report, slug: str) -> IncubatorRow:
    return next(row for gmina in found.gminas for row in gmina.incubators if row.there.slug == slug)


def spaces(row: IncubatorRow) -> dict[UUID, Use]:
    return {space.there.id: space.use for space in row.spaces}
