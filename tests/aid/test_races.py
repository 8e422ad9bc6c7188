"""Many grants at once: the ceiling holds, for one company and for linked ones."""

from datetime import timedelta
from uuid import UUID

from incubator.aid.certify import CertifiedAlready, certify
from incubator.aid.declare import declare
from incubator.aid.details import Elsewhere
from incubator.aid.grant import AidCeiling
from incubator.aid.report import NothingToReport, draft_report
from incubator.aid.take_back import take_back
from incubator.aid.undertakings import LinkedAlready, link
from incubator.db.engine import Database, attempt, statement, transaction
from incubator.kernel.ids import uuid7
from tests.aid.cast import granted, ready
from tests.cast import Cast, acting
from tests.moments import NOW
from tests.races import outcomes


async def cents(db: Database) -> int:
    async with statement(db) as tx:
        found: int = await tx.fetchval("SELECT coalesce(sum(amount_cents), 0)::bigint FROM aid_entry")
    return found


async def test_the_last_of_the_ceiling_goes_to_one(db: Database, cast: Cast) -> None:
    async with transaction(db) as tx:
        await ready(tx, cast)
        await granted(tx, cast, euros=299_000)
    got = await outcomes(*(attempt(db, lambda tx: granted(tx, cast, euros=1000)) for _ in range(16)))
    assert got.count(AidCeiling) == 15
    assert await cents(db) == 30_000_000


async def test_small_grants_at_once_fill_the_ceiling_to_the_last_and_not_beyond(db: Database, cast: Cast) -> None:
    async with transaction(db) as tx:
        await ready(tx, cast)
        await granted(tx, cast, euros=290_000)
    got = await outcomes(*(attempt(db, lambda tx: granted(tx, cast, euros=700)) for _ in range(24)))
    assert got.count(AidCeiling) == 10
    assert await cents(db) == 29_980_000


async def test_companies_that_are_being_linked_cannot_both_reach_the_ceiling(db: Database, cast: Cast) -> None:
    """Whichever comes first: after the link nothing more is granted beyond what both had."""
    async with transaction(db) as tx:
        await ready(tx, cast)
        await granted(tx, cast, euros=150_000)
        await granted(tx, cast, euros=150_000, organisation=cast.rival)
    coordinator = await acting(db, cast.coordinator)

    async def join() -> object:
        return await attempt(
            db,
            lambda tx: link(
                tx, actor=coordinator, organisation_id=cast.acme, nip="1132191233", because="udziały", now=NOW
            ),
        )

    async def more(organisation: UUID) -> object:
        return await attempt(db, lambda tx: granted(tx, cast, euros=100_000, organisation=organisation))

    joined, *got = await outcomes(join(), *(more(one) for one in (cast.acme, cast.rival) for _ in range(8)))
    assert isinstance(joined, list)
    before = await cents(db)
    assert before <= 50_000_000  # each alone may have had one more
    assert got.count(AidCeiling) == 16 - (before - 30_000_000) // 10_000_000
    assert await outcomes(more(cast.acme), more(cast.rival)) == [AidCeiling, AidCeiling]


async def test_both_coordinators_link_the_same_two_at_once(db: Database, cast: Cast) -> None:
    here, there = await acting(db, cast.coordinator), await acting(db, cast.other_coordinator)

    def join(who: object, of: UUID, nip: str) -> object:
        return attempt(db, lambda tx: link(tx, actor=who, organisation_id=of, nip=nip, because="wspólnik", now=NOW))

    got = await outcomes(
        *(join(here, cast.acme, "1132191233") for _ in range(6)),
        *(join(there, cast.rival, "5261040828") for _ in range(6)),
    )
    assert got.count(LinkedAlready) == 11
    async with statement(db) as tx:
        assert await tx.fetchval("SELECT count(DISTINCT undertaking_id) FROM undertaking_member") == 1


async def test_a_declaration_and_a_grant_at_once_do_not_pass_each_other(db: Database, cast: Cast) -> None:
    async with transaction(db) as tx:
        await ready(tx, cast)
        await granted(tx, cast, euros=100_000)
    owner = await acting(db, cast.owner)
    other = Elsewhere(granted_on=NOW.date() - timedelta(days=9), provider="PARP", amount_cents=20_000_000)

    def say() -> object:
        return attempt(db, lambda tx: declare(tx, actor=owner, organisation_id=cast.acme, elsewhere=[other], now=NOW))

    got = await outcomes(say(), *(attempt(db, lambda tx: granted(tx, cast, euros=150_000)) for _ in range(8)))
    ours = await cents(db)
    assert ours in (10_000_000, 25_000_000)
    assert got.count(AidCeiling) == (8 if ours == 10_000_000 else 7)


async def test_a_grant_is_taken_back_once(db: Database, cast: Cast) -> None:
    subject = uuid7()
    async with transaction(db) as tx:
        await ready(tx, cast)
        await granted(tx, cast, euros=10, subject=subject)
    got = await outcomes(
        *(
            attempt(db, lambda tx: take_back(tx, subject_kind="booking", subject_id=subject, actor_id=None, now=NOW))
            for _ in range(8)
        )
    )
    assert got.count(None) == 7
    assert await cents(db) == 0


async def test_certificates_are_numbered_without_a_gap(db: Database, cast: Cast) -> None:
    async with transaction(db) as tx:
        await ready(tx, cast)
        keys = [await granted(tx, cast, euros=1) for _ in range(12)]
    coordinator = await acting(db, cast.coordinator)
    got = await outcomes(
        *(
            attempt(db, lambda tx, key=key: certify(tx, actor=coordinator, entry_id=key, now=NOW))  # type: ignore[misc]
            for key in keys
            for _ in range(2)
        )
    )
    assert got.count(CertifiedAlready) == 12
    async with statement(db) as tx:
        numbers = [row["number"] for row in await tx.fetch("SELECT number FROM aid_certificate ORDER BY number")]
    assert numbers == list(range(1, 13))


async def test_an_entry_is_reported_once(db: Database, cast: Cast) -> None:
    async with transaction(db) as tx:
        await ready(tx, cast)
        for _ in range(20):
            await granted(tx, cast, euros=1)
    coordinator = await acting(db, cast.coordinator)
    days = {"first_day": NOW.date() - timedelta(days=2), "last_day": NOW.date()}
    got = await outcomes(
        *(
            attempt(db, lambda tx: draft_report(tx, actor=coordinator, gmina_id=cast.niepolomice, **days, now=NOW))
            for _ in range(6)
        )
    )
    assert got.count(NothingToReport) >= 1
    async with statement(db) as tx:
        assert await tx.fetchval("SELECT count(*) FROM aid_reported") == 20
