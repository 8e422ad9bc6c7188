"""Grant de minimis aid, or say why not: under a lock of the undertaking, against the ceiling of the day."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from incubator.aid.dated import limit_on, rate_on
from incubator.aid.enter import Entry, Subject, enter
from incubator.aid.rules import Benefit, Limit, declared_until, euros, in_cents, window_from
from incubator.aid.undertakings import lock_undertaking
from incubator.db.engine import Tx
from incubator.kernel.errors import N_, Conflict
from incubator.kernel.ids import uuid7
from incubator.kernel.period import WARSAW


@dataclass(eq=False)
class AidCeiling(Conflict):
    """The undertaking would be over the ceiling. Figures in whole euros and cents: what it has been granted since
    `since`, here and elsewhere, what this would add, and the ceiling."""

    code = "aid_ceiling"
    sentence = N_(
        "The lower price would be de minimis aid of {aid} EUR. Since {since} your company and those linked to it were"
        " granted {granted} EUR, and the ceiling is {ceiling} EUR. At the full price it can be booked."
    )
    aid: str
    granted: str
    ceiling: str
    since: date


class DeclarationNeeded(Conflict):
    """Before aid is granted the company declares what it was granted elsewhere (ustawa o postępowaniu w sprawach
    dotyczących pomocy publicznej, art. 37)."""

    code = "aid_declaration_needed"
    sentence = N_(
        "What a company gets below the market's price, or free of charge, is de minimis aid. Please declare first which"
        " aid of this kind your company was granted elsewhere, even if there was none."
    )


DRAFT = "INSERT INTO aid_certificate (entry_id, gmina_id, year) VALUES ($1, $2, $3)"
STANDING = """
SELECT id FROM aid_entry AS granted WHERE subject_kind = $1 AND subject_id = $2 AND reverses IS NULL
    AND NOT EXISTS (SELECT FROM aid_entry WHERE reverses = granted.id)
"""
RECEIVED = "SELECT aid_received($1, $2)"
DECLARED = """
SELECT max(declared_at) FROM aid_declaration JOIN undertaking_member USING (organisation_id) WHERE undertaking_id = $1
"""


async def grant(
    tx: Tx,
    *,
    organisation_id: UUID | None,
    subject: Subject,
    benefit: Benefit,
    minutes: int | None = None,
    actor_id: UUID | None,
    now: datetime,
) -> UUID | None:
    """The entry's id, or None where there is no aid: the price is the market's, or who pays it is a person without
    business activity. Aid is granted when the right to it arises, so this is called in the transaction that gives it,
    and what was granted for the subject and stands is not granted again. `minutes` are of what is given by the hour.
    Raises DeclarationNeeded, AidCeiling, NoAidLimit, NoEuroRate."""
    if organisation_id is None or not benefit.amount:
        return None
    day = now.astimezone(WARSAW).date()
    limit, rate = await limit_on(tx, day=day), await rate_on(tx, day=day)
    undertaking_id = await lock_undertaking(tx, organisation_id=organisation_id)
    if (standing := await tx.fetchval(STANDING, subject.kind, subject.id)) is not None:
        return UUID(str(standing))
    cents = in_cents(benefit.amount, rate.rate)
    await _must_be_declared(tx, undertaking_id, limit, day)
    await _must_stay_below(tx, undertaking_id, limit, day, cents)
    entry = Entry(
        id=uuid7(),
        organisation_id=organisation_id,
        subject=subject,
        market=benefit.market,
        charged=benefit.charged,
        cents=cents,
        rate=rate,
        basis=limit.basis,
        benchmark=benefit.benchmark,
        minutes=minutes,
    )
    await enter(tx, entry=entry, verb="grant_aid", actor_id=actor_id, now=now)
    await tx.execute(DRAFT, entry.id, subject.gmina_id, day.year)
    return entry.id


async def _must_be_declared(tx: Tx, undertaking_id: UUID, limit: Limit, day: date) -> None:
    declared: datetime | None = await tx.fetchval(DECLARED, undertaking_id)
    if declared is None or declared_until(declared, limit.declared_days) < day:
        raise DeclarationNeeded()


async def _must_stay_below(tx: Tx, undertaking_id: UUID, limit: Limit, day: date, cents: int) -> None:
    granted: int = await tx.fetchval(RECEIVED, undertaking_id, day)
    if granted + cents > limit.ceiling_cents:
        raise AidCeiling(euros(cents), euros(granted), euros(limit.ceiling_cents), window_from(day, limit.years))
