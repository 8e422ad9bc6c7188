"""Meetings that tests play with, and the budgets they draw on."""

from datetime import date
from uuid import UUID

from incubator.db.engine import Database, attempt, statement, transaction
from incubator.kernel.ids import uuid7
from incubator.kernel.period import Period
from incubator.mentoring.meet import meet
from incubator.mentoring.order import MeetingOrder
from incubator.mentoring.views import MeetingView
from tests.auditing import audit
from tests.cast import Cast, Person, acting
from tests.mentoring.cast import MentorAtHand
from tests.moments import NOW, on, tuesday

TEN, ELEVEN = tuesday("10:00", "11:00"), tuesday("11:00", "12:00")
HOURS = [on(TEN.start.date(), f"{hour}:00", f"{hour + 1}:00") for hour in range(9, 17)]


def order(mentor: MentorAtHand, cast: Cast, period: Period = TEN, **said: object) -> MeetingOrder:
    given = {"mode": "in_person", "incubator_id": cast.las, "topic_slug": "prawo", "question": "Jak?", **said}
    return MeetingOrder(mentor_id=mentor.id, period=period, **given)  # type: ignore[arg-type]


async def met(db: Database, who: Person, wish: MeetingOrder, *, bare: bool = True) -> MeetingView:
    actor = await acting(db, who)
    return await attempt(db, lambda tx: meet(tx, actor=actor, order=wish, now=NOW), bare=bare)


async def count(db: Database, what: str, *values: object) -> int:
    async with statement(db) as tx:
        return int(await tx.fetchval(f"SELECT count(*) FROM {what}", *values))


async def sql(db: Database, text: str, *values: object) -> object:
    async with transaction(db) as tx:
        return await tx.fetchval(text, *values)


async def credit(
    db: Database, organisation: UUID, minutes: int, *, programme: UUID | None = None, ends: str = "2027-01-01"
) -> UUID:
    """Mentor minutes, good everywhere."""
    key = uuid7()
    await sql(
        db,
        "INSERT INTO credit (id, organisation_id, kind, programme_id, source_id, name_pl, name_en, valid, granted, used)"
        " VALUES ($1, $2, 'mentor_minutes', $3, $1, '', '', tstzrange('2026-01-01', $4::text::timestamptz), $5, 0)",
        key,
        organisation,
        programme,
        ends,
        minutes,
    )
    return key


async def policy(db: Database, gmina: UUID, *, organisation: int | None, person: int | None = None) -> None:
    await sql(db, "INSERT INTO mentoring_policy VALUES ($1, $2, $3, 1)", gmina, organisation, person)


async def contract(db: Database, mentor: MentorAtHand, minutes: int, first: str, last: str) -> UUID:
    key = uuid7()
    await sql(
        db,
        "INSERT INTO mentor_contract (id, mentor_id, number, starts, ends, rate_minor, budget_minutes, used_minutes, version)"
        " VALUES ($1, $2, $3, $4, $5, 0, $6, 0, 1)",
        key,
        mentor.id,
        str(key),
        date.fromisoformat(first),
        date.fromisoformat(last),
        minutes,
    )
    return key


async def complaints(db: Database) -> list[str]:
    """What is wrong in the house."""
    async with statement(db) as tx:
        return await audit(tx)
