"""Aid is granted under the ceiling of the day, or refused with the figures."""

from datetime import UTC, date, datetime, timedelta

import asyncpg
import pytest

from incubator.aid.dated import NoAidLimit, NoEuroRate
from incubator.aid.enter import Subject
from incubator.aid.grant import AidCeiling, DeclarationNeeded, grant
from incubator.aid.queries import standing_for, standing_of
from incubator.aid.rules import Benefit
from incubator.aid.take_back import take_back
from incubator.db.engine import Database, Tx, transaction
from incubator.db.history import history_of
from incubator.kernel.ids import uuid7
from tests.aid.cast import RATE, granted, put_declaration, put_rate, ready
from tests.cast import Cast, acting
from tests.moments import NOW


async def standing(tx: Tx, cast: Cast, now: datetime = NOW) -> int:
    return (await standing_of(tx, organisation_id=cast.acme, now=now)).granted_cents


async def test_the_difference_to_the_market_is_granted_in_both_currencies(tx: Tx, cast: Cast) -> None:
    await ready(tx, cast)
    key = await granted(tx, cast, euros=100)
    assert key is not None
    row = await tx.fetchrow("SELECT * FROM aid_entry WHERE id = $1", key)
    assert (row["market"], row["charged"], row["amount"], row["amount_cents"]) == (43_500, 1000, 42_500, 10_000)
    assert (row["rate"], row["rate_day"], row["basis"]) == (RATE, (NOW - timedelta(days=1)).date(), "2023/2831")
    assert [deed["verb"] for deed in await history_of(tx, subject_id=key)] == ["grant_aid"]
    assert await tx.fetchval("SELECT count(*) FROM aid_certificate WHERE entry_id = $1 AND number IS NULL", key) == 1


async def test_a_person_without_business_gets_no_aid(tx: Tx, cast: Cast) -> None:
    benefit = Benefit(market=10_000, charged=0, benchmark="")
    subject = Subject(kind="booking", id=uuid7(), gmina_id=cast.niepolomice)
    assert await grant(tx, organisation_id=None, subject=subject, benefit=benefit, actor_id=None, now=NOW) is None
    assert await tx.fetchval("SELECT count(*) FROM aid_entry") == 0


async def test_the_markets_price_is_no_aid_and_needs_no_declaration(tx: Tx, cast: Cast) -> None:
    assert await granted(tx, cast, euros=0) is None


async def test_the_ceiling_itself_may_be_reached_and_a_cent_more_not(tx: Tx, cast: Cast) -> None:
    await ready(tx, cast)
    await granted(tx, cast, euros=299_999)
    assert await granted(tx, cast, euros=1) is not None
    with pytest.raises(AidCeiling) as refused:
        await granted(tx, cast, euros=1)
    assert vars(refused.value) == {
        "aid": "1.00",
        "granted": "300000.00",
        "ceiling": "300000.00",
        "since": date(NOW.year - 3, NOW.month, NOW.day),
    }


async def test_what_linked_companies_were_granted_counts(tx: Tx, cast: Cast) -> None:
    await ready(tx, cast)
    await granted(tx, cast, euros=299_000, organisation=cast.rival)
    assert await granted(tx, cast, euros=2000) is not None
    await tx.execute(
        "UPDATE undertaking_member SET undertaking_id = (SELECT undertaking_id FROM undertaking_member"
        " WHERE organisation_id = $1) WHERE organisation_id = $2",
        cast.acme,
        cast.rival,
    )
    with pytest.raises(AidCeiling):
        await granted(tx, cast, euros=1)


async def test_what_was_declared_of_elsewhere_counts(tx: Tx, cast: Cast) -> None:
    await ready(tx, cast)
    await tx.execute(
        "INSERT INTO aid_elsewhere (organisation_id, granted_on, provider, amount_cents, entered_by, entered_at)"
        " VALUES ($1, $2, 'PARP', 29990000, $3, $4)",
        cast.acme,
        NOW.date() - timedelta(days=700),
        cast.owner.id,
        NOW,
    )
    with pytest.raises(AidCeiling):
        await granted(tx, cast, euros=101)
    assert await granted(tx, cast, euros=100) is not None


async def test_nothing_is_granted_without_a_declaration_of_the_last_year(tx: Tx, cast: Cast) -> None:
    await put_rate(tx)
    with pytest.raises(DeclarationNeeded):
        await granted(tx, cast, euros=1)
    await put_declaration(tx, organisation=cast.acme, by=cast.owner.id, at=NOW - timedelta(days=366))
    with pytest.raises(DeclarationNeeded):
        await granted(tx, cast, euros=1)
    await put_declaration(tx, organisation=cast.acme, by=cast.owner.id, at=NOW - timedelta(days=364))
    assert await granted(tx, cast, euros=1) is not None


async def test_a_declaration_is_good_to_the_end_of_its_last_day(db: Database, tx: Tx, cast: Cast) -> None:
    await put_rate(tx)
    at = NOW - timedelta(days=365, hours=5)
    await put_declaration(tx, organisation=cast.acme, by=cast.owner.id, at=at)
    owner = await acting(db, cast.owner)
    told = await standing_for(tx, actor=owner, organisation_id=cast.acme, now=NOW)
    assert told.declared_until == NOW.date()
    late = NOW.replace(hour=21, minute=59)  # a minute before midnight in Warsaw
    assert await granted(tx, cast, euros=1, now=late) is not None
    with pytest.raises(DeclarationNeeded):
        await granted(tx, cast, euros=1, now=late + timedelta(minutes=1))


async def test_the_rate_is_the_last_that_was_published_by_the_day(tx: Tx, cast: Cast) -> None:
    await put_declaration(tx, organisation=cast.acme, by=cast.owner.id)
    with pytest.raises(NoEuroRate):
        await granted(tx, cast, euros=1)
    await put_rate(tx, day=NOW.date() - timedelta(days=11), rate=41_000)
    with pytest.raises(NoEuroRate):
        await granted(tx, cast, euros=1)
    await put_rate(tx, day=NOW.date() - timedelta(days=3), rate=43_000)
    await put_rate(tx, day=NOW.date() + timedelta(days=1), rate=99_000)
    key = await granted(tx, cast, euros=1)
    assert await tx.fetchval("SELECT rate FROM aid_entry WHERE id = $1", key) == 43_000


async def test_what_is_older_than_three_years_counts_no_more(tx: Tx, cast: Cast) -> None:
    await ready(tx, cast)
    await granted(tx, cast, euros=300_000)
    later = NOW.replace(year=NOW.year + 3)
    await put_rate(tx, day=later.date())
    await put_declaration(tx, organisation=cast.acme, by=cast.owner.id, at=later)
    with pytest.raises(AidCeiling):
        await granted(tx, cast, euros=1, now=later)
    after = later + timedelta(days=1)
    assert await granted(tx, cast, euros=300_000, now=after) is not None


async def test_another_law_is_another_ceiling_from_its_day(tx: Tx, cast: Cast) -> None:
    """The clock moves over the end of Regulation 2023/2831."""
    await tx.execute(
        "INSERT INTO aid_limit (valid_from, ceiling_cents, years, declared_days, basis)"
        " VALUES ('2031-01-01', 50000000, 3, 365, '2030/9999')"
    )
    for moment, ceiling, basis in (
        (datetime(2030, 12, 31, 22, 30, tzinfo=UTC), 300_000, "2023/2831"),
        (datetime(2030, 12, 31, 23, 30, tzinfo=UTC), 500_000, "2030/9999"),  # the new year in Warsaw
    ):
        if ceiling == 300_000:
            await put_rate(tx, day=date(2030, 12, 31))
        await put_declaration(tx, organisation=cast.acme, by=cast.owner.id, at=moment)
        left = ceiling - await standing(tx, cast, moment) // 100
        with pytest.raises(AidCeiling):
            await granted(tx, cast, euros=left + 1, now=moment)
        key = await granted(tx, cast, euros=left, now=moment)
        assert await tx.fetchval("SELECT basis FROM aid_entry WHERE id = $1", key) == basis


async def test_where_no_law_counts_nothing_is_granted(tx: Tx, cast: Cast) -> None:
    later = datetime(2031, 1, 1, 12, tzinfo=UTC)
    await put_rate(tx, day=later.date())
    await put_declaration(tx, organisation=cast.acme, by=cast.owner.id, at=later)
    with pytest.raises(NoAidLimit):
        await granted(tx, cast, euros=1, now=later)


async def test_what_was_taken_back_counts_no_more_even_when_the_grant_is_older(tx: Tx, cast: Cast) -> None:
    await ready(tx, cast)
    subject = uuid7()
    await granted(tx, cast, euros=300_000, subject=subject)
    assert await take_back(tx, subject_kind="booking", subject_id=subject, actor_id=None, now=NOW) is not None
    assert await take_back(tx, subject_kind="booking", subject_id=subject, actor_id=None, now=NOW) is None
    assert await standing(tx, cast) == 0
    assert await tx.fetchval("SELECT sum(amount_cents) FROM aid_entry") == 0
    assert await granted(tx, cast, euros=300_000) is not None


async def test_the_database_is_the_judge(db: Database, cast: Cast) -> None:
    """Whatever code writes: over the ceiling, changed, deleted, all are refused."""
    async with transaction(db) as tx:
        await ready(tx, cast)
        await granted(tx, cast, euros=300_000)
    put = (
        "INSERT INTO aid_entry (gmina_id, organisation_id, subject_kind, subject_id, turn, granted_on, granted_at, market,"
        " charged, amount, amount_cents, rate, rate_day, rate_table, basis, benchmark)"
        " SELECT gmina_id, organisation_id, 'meeting', uuidv7(), 1, granted_on, granted_at, 1, 0, 1, 1, rate, rate_day,"
        " rate_table, basis, benchmark FROM aid_entry"
    )
    for sql, name in (
        (put, "aid_ceiling"),
        ("UPDATE aid_entry SET amount_cents = 0", "aid_is_append_only"),
        ("DELETE FROM aid_entry", "aid_is_append_only"),
        ("TRUNCATE aid_entry CASCADE", "aid_is_append_only"),
    ):
        with pytest.raises(asyncpg.PostgresError) as refused:
            async with transaction(db) as tx:
                await tx.execute(sql)
        assert refused.value.constraint_name == name  # type: ignore[attr-defined]


async def test_what_is_granted_and_stands_is_not_granted_again_and_anew_after_it_was_taken_back(
    tx: Tx, cast: Cast
) -> None:
    await ready(tx, cast)
    subject = uuid7()
    first = await granted(tx, cast, euros=10, subject=subject)
    assert await granted(tx, cast, euros=20, subject=subject) == first
    await take_back(tx, subject_kind="booking", subject_id=subject, actor_id=None, now=NOW)
    again = await granted(tx, cast, euros=20, subject=subject)
    assert again != first
    rows = await tx.fetch("SELECT turn, amount_cents FROM aid_entry ORDER BY turn")
    assert [tuple(row) for row in rows] == [(1, 1_000), (2, -1_000), (3, 2_000)]
