"""Aid in hours that are given free of charge: of a mentor, of a seat at a training. Worth what the gmina's benchmark
says; where there is none, nothing is written down."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from incubator.aid.benchmarks import BenchmarkView, What, benchmark_on
from incubator.aid.enter import Subject
from incubator.aid.grant import AidCeiling, grant
from incubator.aid.rules import Benefit
from incubator.aid.take_back import take_back
from incubator.db.engine import Tx
from incubator.kernel.errors import N_
from incubator.kernel.money import part
from incubator.kernel.period import WARSAW
from incubator.web.amounts import zloty


@dataclass(eq=False)
class HoursCeiling(AidCeiling):
    """As AidCeiling, for what has no price at which it could be had instead."""

    code = "aid_hours_ceiling"
    sentence = N_(
        "Free of charge, this would be de minimis aid of {aid} EUR. Since {since} your company and those linked to it"
        " were granted {granted} EUR, and the ceiling is {ceiling} EUR, so it cannot be given to the company."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """What is given to whom: `minutes` of a mentor, or of a session times its seats."""

    what: What
    minutes: int
    subject: Subject
    organisation_id: UUID | None


# Aid goes to who does business (Regulation (EU) 2023/2831, art. 2(1)): companies, not persons, not associations in
# what they do for the public, not public bodies.
ENTERPRISE = "SELECT kind IN ('startup', 'company') FROM organisation WHERE id = $1"
GRANTED_FOR = """
SELECT minutes FROM aid_entry AS granted WHERE subject_kind = $1 AND subject_id = $2 AND reverses IS NULL
    AND NOT EXISTS (SELECT FROM aid_entry WHERE reverses = granted.id)
"""
SAID = {What.MENTOR: "Godzina mentora", What.TRAINING: "Godzina szkolenia za osobę"}


async def grant_hours(tx: Tx, *, hours: Hours, actor_id: UUID | None, now: datetime) -> UUID | None:
    """The entry's id, or None where there is no aid. Called in the transaction in which the right to the hours arises.
    Raises DeclarationNeeded, HoursCeiling, NoAidLimit, NoEuroRate."""
    if hours.organisation_id is None or not await tx.fetchval(ENTERPRISE, hours.organisation_id):
        return None
    day = now.astimezone(WARSAW).date()
    worth = await benchmark_on(tx, gmina_id=hours.subject.gmina_id, what=hours.what, day=day)
    if worth is None:
        return None
    try:
        return await grant(
            tx,
            organisation_id=hours.organisation_id,
            subject=hours.subject,
            benefit=benefit_of(worth, hours.minutes),
            minutes=hours.minutes,
            actor_id=actor_id,
            now=now,
        )
    except AidCeiling as over:
        raise HoursCeiling(over.aid, over.granted, over.ceiling, over.since) from None


async def regrant_hours(tx: Tx, *, hours: Hours, actor_id: UUID | None, now: datetime) -> UUID | None:
    """For hours that became more or less: what was granted is taken back, and what they are now granted. Raises as
    `grant_hours`; then the transaction has to be rolled back."""
    if await tx.fetchval(GRANTED_FOR, hours.subject.kind, hours.subject.id) == hours.minutes:
        return None
    await take_back(tx, subject_kind=hours.subject.kind, subject_id=hours.subject.id, actor_id=actor_id, now=now)
    return await grant_hours(tx, hours=hours, actor_id=actor_id, now=now)


async def worth_of(tx: Tx, *, gmina_id: UUID, what: What, minutes: int, now: datetime) -> int | None:
    """Net grosz that so many minutes would be granted at today; None where the gmina has no benchmark."""
    worth = await benchmark_on(tx, gmina_id=gmina_id, what=what, day=now.astimezone(WARSAW).date())
    return None if worth is None else benefit_of(worth, minutes).market


def benefit_of(worth: BenchmarkView, minutes: int) -> Benefit:
    """So many minutes, free of charge."""
    said = f"{SAID[worth.what]}: {zloty(worth.price, 'pl')} netto od {worth.since:%d.%m.%Y}. {worth.source}"
    return Benefit(market=part(worth.price, minutes, 60), charged=0, benchmark=said)
