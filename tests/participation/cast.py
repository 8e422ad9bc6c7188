"""Editions with participants, meetings and lists, that tests play with."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from incubator.db.engine import Database, statement, transaction
from incubator.kernel.ids import uuid7
from incubator.kernel.period import Period, local_moment
from incubator.participation.admit import admit
from incubator.participation.plan_meeting import MeetingDetails, plan_meeting
from incubator.participation.record_attendance import AttendanceList, Present, record_attendance
from incubator.participation.sign_agreement import Agreement, sign_agreement
from incubator.participation.start import start
from incubator.participation.views import ParticipationView, ProgrammeMeetingView
from tests.cast import Cast, Person, acting
from tests.conftest import NOW
from tests.programmes.cast import put_edition

BEGINS, ENDS = date(2026, 9, 1), date(2027, 2, 28)
PERK = """
INSERT INTO edition_perk (id, edition_id, position, kind, amount, name_pl, name_en)
VALUES ($1, $2, 0, $3, $4, $5, $6)
"""
YESTERDAY = local_moment(NOW.date() - timedelta(days=3), 600)


@dataclass(frozen=True, slots=True)
class Perk:
    kind: str
    amount: int | None


async def edition_of(
    db: Database,
    gmina: UUID | None,
    *,
    places: int = 3,
    starts: date = BEGINS,
    ends: date = ENDS,
    perks: tuple[Perk, ...] = (Perk("room_minutes", 600), Perk("desk_days", 5), Perk("other", None)),
) -> UUID:
    async with transaction(db) as tx:
        key = await put_edition(tx, gmina=gmina, places=places, starts=starts, ends=ends)
        for perk in perks:
            await tx.execute(PERK, uuid7(), key, perk.kind, perk.amount, f"Pula {perk.kind}", "")
    return key


async def admitted(
    db: Database, cast: Cast, edition: UUID, *, organisation: UUID | None = None, now: datetime = NOW
) -> ParticipationView:
    actor = await acting(db, cast.coordinator)
    async with transaction(db) as tx:
        return await admit(tx, actor=actor, edition_id=edition, organisation_id=organisation or cast.acme, now=now)


async def active(
    db: Database, cast: Cast, edition: UUID, *, organisation: UUID | None = None, now: datetime = NOW
) -> ParticipationView:
    made = await admitted(db, cast, edition, organisation=organisation, now=now)
    actor = await acting(db, cast.coordinator)
    async with transaction(db) as tx:
        agreement = Agreement(number="U/1/2026", signed_on=NOW.date())
        await sign_agreement(tx, actor=actor, participation_id=made.id, agreement=agreement, now=now)
        return await start(tx, actor=actor, participation_id=made.id, now=now)


async def met(
    db: Database,
    cast: Cast,
    edition: UUID,
    *,
    start: datetime = YESTERDAY,
    minutes: int = 120,
    required: bool = True,
) -> ProgrammeMeetingView:
    actor = await acting(db, cast.coordinator)
    period = Period(start, start + timedelta(minutes=minutes))
    details = MeetingDetails(name_pl="Warsztaty", start=period.start, end=period.end, required=required)
    async with transaction(db) as tx:
        return await plan_meeting(tx, actor=actor, edition_id=edition, details=details, now=NOW)


async def noted(
    db: Database, cast: Cast, meeting: UUID, *lines: tuple[UUID, Person | None, int], evidence: str = "list"
) -> None:
    actor = await acting(db, cast.coordinator)
    present = [
        Present(participation_id=key, account_id=who.id if who else None, minutes=minutes)
        for key, who, minutes in lines
    ]
    async with transaction(db) as tx:
        attendance = AttendanceList(evidence=evidence, present=present)  # type: ignore[arg-type]
        await record_attendance(tx, actor=actor, meeting_id=meeting, attendance=attendance, now=NOW)


async def scalar(db: Database, statement_: str, *values: object) -> object:
    async with statement(db) as tx:
        return await tx.fetchval(statement_, *values)
