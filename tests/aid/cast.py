"""Grants for tests."""

from datetime import date, datetime, timedelta
from uuid import UUID

from incubator.aid.benchmarks import What
from incubator.aid.enter import Subject
from incubator.aid.grant import grant
from incubator.aid.rules import Benefit
from incubator.db.engine import Database, Tx, statement, transaction
from incubator.kernel.ids import uuid7
from tests.cast import Cast
from tests.moments import NOW

TODAY = NOW.date()
RATE = 42_500
"""4.2500 zł for a euro: 425 zł are 100 EUR."""


async def put_rate(tx: Tx, *, day: date | None = None, rate: int = RATE) -> None:
    """The table of the day before `NOW`, or of another."""
    on = day or (NOW - timedelta(days=1)).date()
    await tx.execute("INSERT INTO euro_rate (day, rate, table_number) VALUES ($1, $2, $3)", on, rate, f"{on}/A/NBP")


async def put_declaration(tx: Tx, *, organisation: UUID, by: UUID, at: datetime = NOW) -> None:
    await tx.execute(
        "INSERT INTO undertaking (id) SELECT $2::uuid WHERE NOT EXISTS"
        " (SELECT FROM undertaking_member WHERE organisation_id = $1)",
        organisation,
        key := uuid7(),
    )
    await tx.execute(
        "INSERT INTO undertaking_member (organisation_id, undertaking_id, because) VALUES ($1, $2, '')"
        " ON CONFLICT DO NOTHING",
        organisation,
        key,
    )
    await tx.execute(
        "INSERT INTO aid_declaration (organisation_id, account_id, declared_at) VALUES ($1, $2, $3)",
        organisation,
        by,
        at,
    )


async def ready(tx: Tx, cast: Cast) -> None:
    """A rate, and both companies have declared that there is nothing else."""
    await put_rate(tx)
    await put_declaration(tx, organisation=cast.acme, by=cast.owner.id)
    await put_declaration(tx, organisation=cast.rival, by=cast.stranger.id)


async def granted(
    tx: Tx,
    cast: Cast,
    *,
    euros: int,
    organisation: UUID | None = None,
    subject: UUID | None = None,
    now: datetime = NOW,
) -> UUID | None:
    """So many euros of aid at the usual rate, to Acme or another."""
    return await grant(
        tx,
        organisation_id=organisation or cast.acme,
        subject=Subject(kind="booking", id=subject or uuid7(), gmina_id=cast.niepolomice, incubator_id=cast.las),
        benefit=Benefit(market=euros * 425 + 1000, charged=1000, benchmark="Uchwała XII/120/2026, cennik LAS"),
        actor_id=cast.member.id,
        now=now,
    )


async def put_benchmark(
    tx: Tx, *, gmina: UUID, what: What = What.MENTOR, price: int = 18_000, since: date = TODAY, by: UUID
) -> None:
    """180 zł net for an hour, since today."""
    await tx.execute(
        "INSERT INTO aid_benchmark (gmina_id, what, since, price, source, set_by)"
        " VALUES ($1, $2, $3, $4, 'mediana trzech ofert', $5)",
        gmina,
        what,
        since,
        price,
        by,
    )


async def hours_worth(db: Database, cast: Cast, *, price: int = 18_000) -> None:
    """Both kinds of hours in Niepołomice, and what aid needs for both companies."""
    async with transaction(db) as tx:
        await ready(tx, cast)
        for what in What:
            await put_benchmark(tx, gmina=cast.niepolomice, what=what, price=price, by=cast.coordinator.id)


async def entries(db: Database, subject: UUID) -> list[tuple[int, int | None]]:
    """What was granted and taken back for it: grosz, and for how many minutes."""
    async with statement(db) as tx:
        rows = await tx.fetch("SELECT amount, minutes FROM aid_entry WHERE subject_id = $1 ORDER BY turn", subject)
    return [tuple(row) for row in rows]
