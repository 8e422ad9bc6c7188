"""What somebody would pay, by the list in force on the day; and what is kept of it."""

from datetime import timedelta
from uuid import UUID

import asyncpg
import pytest

from incubator.db.engine import Database, statement, transaction
from incubator.kernel.ids import uuid7
from incubator.kernel.period import WARSAW, Period
from incubator.places.queries import NoSuchSpace
from incubator.pricing.details import ExtraDetails
from incubator.pricing.keep_quote import NoSuchQuote, keep_quote, kept_quote
from incubator.pricing.personal_data import PERSONAL
from incubator.pricing.price_book import prices_on
from incubator.pricing.quote import TooLongToPrice, quote, quote_for_kind
from incubator.pricing.quote_of import NoSuchExtra, Wish
from incubator.pricing.states import Category
from incubator.pricing.views import Quote
from tests.cast import Cast
from tests.moments import NOW
from tests.pricing.cast import LATER, a_tariff, hourly, in_force
from tests.pricing.lists import local
from tests.programmes.cast import put_edition

TODAY = NOW.date()
RATES = (
    hourly("commercial", 10000),
    hourly("resident", 4000),
    hourly("resident", 2000, local_only=True),
    hourly("ngo", 1000),
    hourly("incubated", 3000),
)


def two_hours(day: object = TODAY + timedelta(days=3)) -> Wish:
    return Wish(period=Period(local(str(day), 10), local(str(day), 12)))


async def due(db: Database, cast: Cast, account_id: UUID, organisation_id: UUID | None = None) -> tuple[int, Category]:
    async with statement(db) as tx:
        found = await quote(
            tx, space_id=cast.room_l, wish=two_hours(), account_id=account_id, organisation_id=organisation_id
        )
    return found.due, found.category


async def test_who_pays_is_read_from_what_they_are(db: Database, cast: Cast) -> None:
    await in_force(db, cast, a_tariff(cast.room_l, rates=RATES))
    assert await due(db, cast, cast.resident.id) == (8000, Category.RESIDENT)
    assert await due(db, cast, cast.owner.id, cast.acme) == (20000, Category.COMMERCIAL)
    async with transaction(db) as tx:
        await tx.execute("UPDATE account SET gmina_id = $2 WHERE id = $1", cast.resident.id, cast.niepolomice)
        edition = await put_edition(tx, gmina=cast.niepolomice)
        await tx.execute(TAKES_PART, edition, cast.owner.id, cast.acme, TODAY)
        await tx.execute("UPDATE organisation SET kind = 'ngo' WHERE id = $1", cast.rival)
    assert await due(db, cast, cast.resident.id) == (4000, Category.RESIDENT)
    assert await due(db, cast, cast.owner.id, cast.acme) == (6000, Category.INCUBATED)
    assert await due(db, cast, cast.stranger.id, cast.rival) == (2000, Category.NGO)
    async with transaction(db) as tx:
        await tx.execute("UPDATE participation SET state = 'graduated', ended_on = $1", TODAY)
    assert await due(db, cast, cast.owner.id, cast.acme) == (20000, Category.COMMERCIAL)


TAKES_PART = """
INSERT INTO participation (edition_id, account_id, organisation_id, state, admitted_on, agreement_number, reason, plan, version)
VALUES ($1, $2, $3, 'active', $4, '', '', '', 1)
"""


async def test_a_list_may_say_that_every_startup_pays_as_an_incubated_one(db: Database, cast: Cast) -> None:
    await in_force(db, cast, a_tariff(cast.room_l, rates=RATES), startups_incubated=True)
    assert await due(db, cast, cast.owner.id, cast.acme) == (6000, Category.INCUBATED)


async def test_the_day_of_the_wish_says_which_list_counts(db: Database, cast: Cast) -> None:
    first = await in_force(db, cast)
    later = await in_force(db, cast, a_tariff(cast.room_l, rates=(hourly("commercial", 500),)), day=LATER)
    async with statement(db) as tx:
        for day, list_id, due in (
            (TODAY - timedelta(days=1), None, 0),
            (TODAY, first.id, 20000),
            (LATER - timedelta(days=1), first.id, 20000),
            (LATER, later.id, 1000),
        ):
            found = await quote_for_kind(
                tx, space_id=cast.room_l, wish=two_hours(day), category=Category.COMMERCIAL, at_home=False
            )
            assert (found.list_id, found.due) == (list_id, due)
        by_draft = await quote_for_kind(
            tx,
            space_id=cast.room_l,
            wish=two_hours(),
            category=Category.COMMERCIAL,
            at_home=False,
            list_id=later.id,
        )
        assert by_draft.due == 1000


async def test_a_space_without_a_tariff_costs_nothing(db: Database, cast: Cast) -> None:
    await in_force(db, cast)
    async with statement(db) as tx:
        found = await quote_for_kind(
            tx, space_id=cast.room_s, wish=two_hours(), category=Category.COMMERCIAL, at_home=False
        )
        assert (found.list_id, found.lines, found.due) == (None, (), 0)
        for key in (uuid7(),):
            with pytest.raises(NoSuchSpace):
                await prices_on(tx, space_id=key, day=TODAY)
        await tx.execute("UPDATE space SET retired_at = now() WHERE id = $1", cast.room_s)
        with pytest.raises(NoSuchSpace):
            await prices_on(tx, space_id=cast.room_s, day=TODAY)


async def test_prices_are_of_a_version_of_the_rulebook(db: Database, cast: Cast) -> None:
    async with statement(db) as tx:
        before = await prices_on(tx, space_id=cast.room_l, day=TODAY)
        await in_force(db, cast)
        after = await prices_on(tx, space_id=cast.room_l, day=TODAY)
    assert (before.tariff, after.rulebook > before.rulebook) == (None, True) and after.tariff is not None


async def test_nobody_asks_for_more_than_can_be_booked(db: Database, cast: Cast) -> None:
    start = local("2026-10-01")
    async with statement(db) as tx:
        with pytest.raises(TooLongToPrice):
            wish = Wish(period=Period(start, start + timedelta(days=400)))
            await quote_for_kind(tx, space_id=cast.room_l, wish=wish, category=Category.NGO, at_home=False)
        with pytest.raises(NoSuchExtra):
            wish = Wish(period=two_hours().period, extras=(uuid7(),))
            await quote_for_kind(tx, space_id=cast.room_l, wish=wish, category=Category.NGO, at_home=False)


async def a_quote(db: Database, cast: Cast) -> Quote:
    extra = ExtraDetails(name_pl="Kawa", name_en="Coffee", price=1500, market=2000, per="person")  # type: ignore[arg-type]
    view = await in_force(db, cast, a_tariff(cast.room_l, rates=RATES, deposit=5000), extras=(extra,), stated="net")
    async with statement(db) as tx:
        wish = Wish(period=two_hours().period, people=7, extras=(view.extras[0].id,))
        return await quote(tx, space_id=cast.room_l, wish=wish, account_id=cast.owner.id, organisation_id=cast.acme)


async def test_a_quote_is_kept_word_for_word(db: Database, cast: Cast) -> None:
    made, subject = await a_quote(db, cast), uuid7()
    assert made.amount.net == 20000 + 7 * 1500 and made.market.net == 20000 + 7 * 2000 and made.deposit == 5000
    async with transaction(db) as tx:
        key = await keep_quote(
            tx,
            quote=made,
            subject_kind="booking",
            subject_id=subject,
            account_id=cast.owner.id,
            organisation_id=cast.acme,
            now=NOW,
        )
        assert await kept_quote(tx, quote_id=key) == made
        row = await tx.fetchrow("SELECT * FROM quote WHERE subject_id = $1", subject)
    assert row is not None and (row["account_id"], row["organisation_id"]) == (None, cast.acme)
    assert (row["net"], row["vat"], row["gross"]) == (made.amount.net, made.amount.vat, made.amount.gross)
    assert row["made_at"].astimezone(WARSAW).date() == TODAY
    async with statement(db) as tx:
        with pytest.raises(NoSuchQuote):
            await kept_quote(tx, quote_id=uuid7())
        for deed in ("UPDATE quote SET deposit = 0", "DELETE FROM quote", "TRUNCATE quote CASCADE"):
            with pytest.raises(asyncpg.RestrictViolationError):
                await tx.execute(deed)


async def test_a_quote_is_somebodys(db: Database, cast: Cast) -> None:
    made = await a_quote(db, cast)
    told = {"quote": made, "subject_kind": "booking", "subject_id": uuid7(), "now": NOW}
    async with statement(db) as tx:
        with pytest.raises(asyncpg.CheckViolationError):
            await keep_quote(tx, account_id=None, organisation_id=None, **told)  # type: ignore[arg-type]
        await keep_quote(tx, account_id=cast.resident.id, organisation_id=None, **told)  # type: ignore[arg-type]


async def test_a_person_finds_their_quotes_in_their_export(db: Database, cast: Cast) -> None:
    made, subject = await a_quote(db, cast), uuid7()
    (section,) = PERSONAL
    async with transaction(db) as tx:
        for account, organisation in ((cast.resident.id, None), (cast.owner.id, cast.acme)):
            await keep_quote(
                tx,
                quote=made,
                subject_kind="booking",
                subject_id=subject,
                account_id=account,
                organisation_id=organisation,
                now=NOW,
            )
        (mine,) = await section[1](tx, cast.resident.id)
        assert (mine["gross"], mine["incubator"]) == (made.amount.gross, "LAS Open Space")
        assert await section[1](tx, cast.owner.id) == []
