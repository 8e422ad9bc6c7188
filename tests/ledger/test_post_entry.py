"""An entry is posted once, whole, and stays."""

import asyncio
from uuid import uuid4

import asyncpg
import pytest

from incubator.db.engine import Database, attempt, statement, transaction
from incubator.ledger.post_entry import PostedOtherwise
from incubator.ledger.queries import balances_at
from incubator.ledger.reverse_entry import NoSuchEntry, ReversedAlready, reverse_entry
from incubator.ledger.states import Account, EntryKind
from incubator.ledger.views import Posting
from tests.cast import Cast
from tests.ledger.books import owing, paying, posted
from tests.moments import NOW

RAW = "INSERT INTO entry (gmina_id, kind, subject_kind, subject_id, number, size, at) VALUES ($1, 'charge', 'x', uuidv7(), 1, $2, now()) RETURNING id"
POST = "INSERT INTO posting (entry_id, account, amount) VALUES ($1, $2, $3)"
TRIGGERS = """
SELECT tgname, tgrelid::regclass::text AS on, tgdeferrable, tginitdeferred, tgenabled::text AS enabled
FROM pg_trigger WHERE NOT tgisinternal AND tgrelid IN ('entry'::regclass, 'posting'::regclass) ORDER BY tgname
"""


async def test_what_is_posted_moves_both_accounts(db: Database, cast: Cast) -> None:
    async with transaction(db) as tx:
        await posted(tx, cast.niepolomice, owing(12_300, organisation=cast.acme))
    async with statement(db) as tx:
        stands = await balances_at(tx, gmina_id=cast.niepolomice, at=NOW.replace(year=2027))
        assert (stands[Account.RECEIVABLE], stands[Account.REVENUE], stands[Account.BANK]) == (12_300, -12_300, 0)
        elsewhere = await balances_at(tx, gmina_id=cast.skawina, at=NOW.replace(year=2027))
        assert set(elsewhere.values()) == {0}


async def test_an_entry_that_does_not_balance_is_not_posted(db: Database, cast: Cast) -> None:
    lame = [Posting(account=Account.BANK, amount=100), Posting(account=Account.REVENUE, amount=-99)]
    async with transaction(db) as tx:
        with pytest.raises(ValueError, match="balances"):
            await posted(tx, cast.niepolomice, lame)


async def test_a_posting_names_its_party_where_the_account_has_parties_and_nowhere_else(
    db: Database, cast: Cast
) -> None:
    nobodys = owing(100)
    boths = owing(100, account=cast.member.id, organisation=cast.acme)
    banks = [
        Posting(account=Account.BANK, amount=100, account_id=cast.member.id),
        Posting(account=Account.REVENUE, amount=-100),
    ]
    async with transaction(db) as tx:
        for wrong in (nobodys, boths, banks):
            with pytest.raises(ValueError, match="party"):
                await posted(tx, cast.niepolomice, wrong)


async def test_postings_of_nothing_are_left_out(db: Database, cast: Cast) -> None:
    free_of_tax = [*owing(100, account=cast.member.id), Posting(account=Account.VAT_DUE, amount=0)]
    async with transaction(db) as tx:
        entry = await posted(tx, cast.niepolomice, free_of_tax)
        assert await tx.fetchval("SELECT count(*) FROM posting WHERE entry_id = $1", entry) == 2


async def test_a_deed_done_again_finds_its_entry_there(db: Database, cast: Cast) -> None:
    subject = uuid4()
    async with transaction(db) as tx:
        first = await posted(tx, cast.niepolomice, owing(100, account=cast.member.id), subject=subject)
        again = await posted(tx, cast.niepolomice, owing(100, account=cast.member.id), subject=subject)
        second = await posted(tx, cast.niepolomice, owing(100, account=cast.member.id), subject=subject, number=2)
    assert first == again != second


async def test_what_was_posted_with_other_amounts_is_not_posted_again(db: Database, cast: Cast) -> None:
    subject = uuid4()
    async with transaction(db) as tx:
        await posted(tx, cast.niepolomice, owing(100, account=cast.member.id), subject=subject)
        with pytest.raises(PostedOtherwise):
            await posted(tx, cast.niepolomice, owing(101, account=cast.member.id), subject=subject)
        with pytest.raises(PostedOtherwise):
            await posted(tx, cast.niepolomice, owing(100, account=cast.owner.id), subject=subject)
        with pytest.raises(PostedOtherwise):
            await posted(tx, cast.skawina, owing(100, account=cast.member.id), subject=subject)


async def test_many_who_post_one_deed_at_once_post_it_once(db: Database, cast: Cast) -> None:
    subject = uuid4()
    made = await asyncio.gather(
        *(
            attempt(db, lambda tx: posted(tx, cast.niepolomice, owing(100, account=cast.member.id), subject=subject))
            for _ in range(16)
        )
    )
    async with statement(db) as tx:
        assert len(set(made)) == 1
        assert await tx.fetchval("SELECT count(*) FROM entry") == 1
        assert await tx.fetchval("SELECT count(*) FROM posting") == 2


async def test_the_database_refuses_an_entry_that_is_not_whole(db: Database, cast: Cast) -> None:
    halves: tuple[tuple[int, list[int]], ...] = (
        (2, [100, -99]),
        (2, [100]),
        (2, []),
        (2, [100, -50, -50]),
        (3, [5, -5]),
    )
    for size, amounts in halves:
        with pytest.raises(asyncpg.CheckViolationError) as refused:
            async with transaction(db) as tx:
                entry = await tx.fetchval(RAW, cast.niepolomice, size)
                for amount in amounts:
                    await tx.execute(POST, entry, "bank", amount)
        assert refused.value.constraint_name == "entry_is_whole"


async def test_nothing_is_added_to_an_entry_afterwards(db: Database, cast: Cast) -> None:
    async with transaction(db) as tx:
        entry = await posted(tx, cast.niepolomice, owing(100, account=cast.member.id))
    with pytest.raises(asyncpg.CheckViolationError):
        async with transaction(db) as tx:
            await tx.execute(POST, entry, "bank", 7)
            await tx.execute(POST, entry, "fees", -7)


async def test_an_entry_of_one_posting_cannot_be_said(db: Database, cast: Cast) -> None:
    async with transaction(db) as tx:
        with pytest.raises(asyncpg.CheckViolationError):
            await tx.fetchval(RAW, cast.niepolomice, 1)


async def test_the_books_cannot_be_changed(db: Database, cast: Cast) -> None:
    async with transaction(db) as tx:
        await posted(tx, cast.niepolomice, owing(100, account=cast.member.id))
    for deed in (
        "UPDATE entry SET at = now()",
        "DELETE FROM entry",
        "TRUNCATE entry CASCADE",
        "UPDATE posting SET amount = 1",
        "DELETE FROM posting",
        "TRUNCATE posting",
    ):
        async with statement(db) as tx:
            with pytest.raises(asyncpg.RestrictViolationError):
                await tx.execute(deed)


async def test_the_triggers_are_there_and_switched_on(db: Database) -> None:
    """`alembic check` would not notice a trigger that is gone."""
    async with statement(db) as tx:
        there = [tuple(row) for row in await tx.fetch(TRIGGERS)]
    assert there == [
        ("entry_is_append_only", "entry", False, False, "O"),
        ("entry_is_whole", "entry", True, True, "O"),
        ("posting_is_append_only", "posting", False, False, "O"),
        ("posting_makes_whole", "posting", True, True, "O"),
    ]


async def test_an_entry_is_taken_back_by_its_opposite_once(db: Database, cast: Cast) -> None:
    async with transaction(db) as tx:
        entry = await posted(tx, cast.niepolomice, owing(100, organisation=cast.acme))
        back = await reverse_entry(tx, entry_id=entry, at=NOW, by=cast.coordinator.id)
        assert await reverse_entry(tx, entry_id=entry, at=NOW, by=cast.coordinator.id) == back
        with pytest.raises(ReversedAlready):
            await reverse_entry(tx, entry_id=back, at=NOW, by=None)
        with pytest.raises(NoSuchEntry):
            await reverse_entry(tx, entry_id=uuid4(), at=NOW, by=None)
        stands = await balances_at(tx, gmina_id=cast.niepolomice, at=NOW.replace(year=2027))
        assert set(stands.values()) == {0}


async def test_many_who_take_an_entry_back_at_once_do_it_once(db: Database, cast: Cast) -> None:
    """Time after time: two rules are in the way of the later, and which of them it meets is chance."""
    for _ in range(40):
        async with transaction(db) as tx:
            entry = await posted(tx, cast.niepolomice, paying(100, account=cast.member.id), kind=EntryKind.PAYMENT)
        made = await asyncio.gather(
            *(
                attempt(db, lambda tx, entry=entry: reverse_entry(tx, entry_id=entry, at=NOW, by=None))
                for _ in range(12)
            )
        )
        assert len(set(made)) == 1


async def test_an_entry_takes_back_only_what_is_in_the_books_of_its_own_gmina(db: Database, cast: Cast) -> None:
    async with transaction(db) as tx:
        entry = await posted(tx, cast.niepolomice, owing(100, account=cast.member.id))
        with pytest.raises(asyncpg.ForeignKeyViolationError):
            await tx.execute(
                "INSERT INTO entry (gmina_id, kind, subject_kind, subject_id, number, size, at, reverses)"
                " VALUES ($1, 'correction', 'x', uuidv7(), 1, 2, now(), $2)",
                cast.skawina,
                entry,
            )
