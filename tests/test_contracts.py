"""What others build on: the published contract, the tables, the constraints."""

import asyncio
import re
from collections import Counter
from datetime import timedelta

import asyncpg
import pytest

from alembic import command
from incubator.commands.schema import ROOT, contracts, load_everything
from incubator.db.engine import Database, statement, transaction
from incubator.db.migrate import config, demigrate, migrate
from incubator.kernel.clock import system_clock
from incubator.kernel.errors import Refusal
from incubator.kernel.period import local_midnight
from incubator.tables import metadata
from incubator.web.framework import FRAMEWORK
from incubator.web.problems import STATUS
from incubator.web.refusals import kinds, published
from tests.cast import hire
from tests.mentoring.cast import a_mentor
from tests.moments import NOW
from tests.pricing.cast import put_list
from tests.programmes.cast import put_application, put_call, put_edition
from tests.stock import at

CONSTRAINTS = "SELECT conname, conrelid::regclass::text AS on, contype::text AS type FROM pg_constraint"


@pytest.fixture(scope="module")
def made() -> dict[str, str]:
    return contracts()


@pytest.mark.parametrize("name", ["schemas/openapi.json", "schemas/problem.json", "docs/errors.md"])
def test_the_published_contract_is_what_the_code_does(made: dict[str, str], name: str) -> None:
    assert (ROOT / name).read_text() == made[name], "run `make schema` and look at what changes"


def test_nothing_is_published_that_is_not_made(made: dict[str, str]) -> None:
    assert {f"schemas/{path.name}" for path in (ROOT / "schemas").iterdir()} <= set(made)


def test_every_refusal_has_a_code_and_a_sentence_of_its_own() -> None:
    load_everything()
    everything = list(kinds())
    codes = Counter(kind.code for kind in everything)
    assert [code for code, n in codes.items() if n > 1] == []
    assert [kind.code for kind in everything if not re.fullmatch(r"[a-z]+(_[a-z]+)*", kind.code)] == []
    assert [kind.code for kind in everything if not kind.sentence.endswith((".", "}", "?"))] == []
    nameless = [kind for kind in _all(Refusal) if kind.__subclasses__() == [] and not kind.code]
    assert [
        kind.__qualname__
        for kind in nameless
        if kind.__module__.startswith("incubator.") and "kernel" not in kind.__module__
    ] == []


def test_every_refusal_has_a_status() -> None:
    assert {refusal.status for refusal in published()} <= {status for _, status in STATUS} | set(FRAMEWORK)


def _all(family: type[Refusal]) -> set[type[Refusal]]:
    return {family}.union(*(_all(kind) for kind in family.__subclasses__()))


async def test_nothing_can_be_in_two_places_at_once(db: Database) -> None:
    """`alembic check` would not notice a dropped exclusion constraint."""
    async with statement(db) as tx:
        how = await tx.fetchval("SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = 'nothing_twice'")
    assert how == "EXCLUDE USING gist (slot WITH &&)"


async def test_every_constraint_that_the_tables_declare_is_in_the_database(db: Database) -> None:
    declared = {
        (str(constraint.name), table.name)
        for table in metadata.tables.values()
        for constraint in table.constraints
        if constraint.name is not None
    }
    async with statement(db) as tx:
        there = {(row["conname"], row["on"].strip('"')) for row in await tx.fetch(CONSTRAINTS)}
    assert declared - there == set()
    assert len(declared) > 40


async def test_history_cannot_be_changed(db: Database) -> None:
    async with statement(db) as tx:
        for deed in ("UPDATE history SET verb = 'x'", "DELETE FROM history", "TRUNCATE history"):
            with pytest.raises(asyncpg.RestrictViolationError):
                await tx.execute(deed)


def test_tables_and_migrations_say_the_same(database_url_of_a_fresh_one: str) -> None:
    command.check(config(database_url_of_a_fresh_one))


async def test_mentors_and_programmes_go_down_and_come_up_again(db: Database, database_url: str) -> None:
    """Down to the house without them, with their rows in it; what was there before stays."""
    cast = await hire(db)
    mentor = await a_mentor(db, cast)
    async with transaction(db) as tx:
        await tx.execute(TAKEN, mentor.resource_id, mentor.id)
        edition = await put_edition(tx, gmina=cast.niepolomice)
        await put_call(tx, edition=edition, opens=NOW, closes=NOW + timedelta(days=1))
        await put_application(tx, edition=edition, account=cast.owner.id, organisation=cast.acme, at=NOW)
        await tx.execute(GRANTED, cast.acme)
    await asyncio.to_thread(demigrate, database_url, to="0003")
    async with statement(db) as tx:
        assert await tx.fetchval("SELECT count(*) FROM organisation WHERE id = $1", cast.acme) == 1
        assert await tx.fetchval("SELECT count(*) FROM resource WHERE kind = 'mentor'") == 0
        assert await tx.fetchval("SELECT count(*) FROM occupancy") == 0
    await asyncio.to_thread(migrate, database_url)
    await db.pool.expire_connections()
    async with statement(db) as tx:
        assert await tx.fetchval("SELECT count(*) FROM topic") == 20
        assert await tx.fetchval("SELECT count(*) FROM bundle") == 1


TAKEN = """
INSERT INTO occupancy (resource_id, during, purpose, subject_id, state)
VALUES ($1, '[2026-10-01 10:00+00, 2026-10-01 11:00+00)', 'meeting', $2, 'firm')
"""
GRANTED = """
INSERT INTO credit (organisation_id, kind, source_id, name_pl, name_en, valid, granted, used)
VALUES ($1, 'room_minutes', uuidv7(), '', '', '[2026-10-01, 2027-03-31)', 600, 0)
"""


async def test_what_people_hold_for_themselves_goes_down_with_the_shape_that_holds_it_and_is_granted_again(
    db: Database, database_url: str
) -> None:
    """Bookings and meetings on it stay; the organisation's own stay as they are; a locked record is not touched."""
    cast = await hire(db)
    mentor = await a_mentor(db, cast)
    async with transaction(db) as tx:
        edition = await put_edition(
            tx, gmina=cast.niepolomice, ends=(ends := system_clock().date() + timedelta(days=99))
        )
        await tx.execute(PERKS, edition)
        for account, organisation in ((cast.resident.id, None), (cast.owner.id, cast.acme)):
            await tx.execute(TAKES_PART, edition, account, organisation, NOW.date())
        its = await tx.fetchval(f"{GRANTED} RETURNING id", cast.acme)
        own = await tx.fetchval(OWN, cast.resident.id)
        booking, waits, locked = [await tx.fetchval("SELECT uuidv7()") for _ in range(3)]
        await tx.execute(BOOKED, booking, cast.room_s, cast.resident.id, own)
        await tx.execute(MET, waits, mentor.id, cast.niepolomice, cast.resident.id, own, "booked", None)
        await tx.execute(MET, locked, mentor.id, cast.niepolomice, cast.resident.id, own, "took_place", NOW)
    await asyncio.to_thread(demigrate, database_url, to="0009")
    await db.pool.expire_connections()
    async with statement(db) as tx:
        assert [row["id"] for row in await tx.fetch("SELECT id FROM credit")] == [its]
        assert await tx.fetchval("SELECT credit_id IS NULL FROM booking WHERE id = $1", booking)
        drew = {row["id"]: row["credit_id"] for row in await tx.fetch("SELECT id, credit_id FROM meeting")}
        assert drew == {waits: None, locked: own}
        with pytest.raises(asyncpg.NotNullViolationError):
            await tx.execute("INSERT INTO credit (kind) VALUES ('seats')")
    await asyncio.to_thread(migrate, database_url)
    await db.pool.expire_connections()
    async with statement(db) as tx:
        (held,) = await tx.fetch("SELECT * FROM credit WHERE account_id IS NOT NULL")
        assert (held["account_id"], held["holder_id"]) == (cast.resident.id, cast.resident.id)
        assert (held["kind"], held["granted"], held["used"], held["gmina_id"]) == ("seats", 3, 0, cast.niepolomice)
        assert held["valid"].lower.isoformat() == "2026-09-30T22:00:00+00:00"
        assert held["valid"].upper == local_midnight(ends + timedelta(days=1)), "good in Warsaw to the last day"
        assert await tx.fetchval("SELECT holder_id FROM credit WHERE id = $1", its) == cast.acme


OWN = """
INSERT INTO credit (account_id, kind, source_id, name_pl, name_en, valid, granted, used)
VALUES ($1, 'room_minutes', uuidv7(), '', '', '[2026-10-01, 2027-03-31)', 600, 60) RETURNING id
"""
PERKS = """
INSERT INTO edition_perk (edition_id, position, kind, amount, name_pl, name_en)
VALUES ($1, 0, 'seats', 3, 'Miejsca', ''), ($1, 1, 'other', NULL, 'Prasa', '')
"""
TAKES_PART = """
INSERT INTO participation (edition_id, account_id, organisation_id, state, admitted_on, agreement_number, reason, plan, version)
VALUES ($1, $2, $3, 'admitted', $4, '', '', '', 1)
"""
BOOKED = """
INSERT INTO booking (id, space_id, incubator_id, gmina_id, account_id, period, state, title, note, credit_id, reason, sequence)
SELECT $1, space.id, incubator_id, gmina_id, $3, '[2026-10-05 10:00+00, 2026-10-05 11:00+00)', 'confirmed', '', '', $4, '', 0
FROM space JOIN incubator ON incubator.id = incubator_id WHERE space.id = $2
"""
MET = """
INSERT INTO meeting (id, mentor_id, gmina_id, account_id, period, state, mode, question, credit_id, draws_policy,
    drawn_minutes, reason, outcome, settled_reason, settled_by, locked_at, sequence)
VALUES ($1, $2, $3, $4::uuid, '[2026-10-06 10:00+00, 2026-10-06 11:00+00)', $6, 'online', '', $5, false, 60, '', '', '',
    CASE WHEN $7::timestamptz IS NOT NULL THEN $4::uuid END, $7, 0)
"""


async def test_prices_and_what_was_quoted_go_down_and_their_place_comes_up_again(
    db: Database, database_url: str
) -> None:
    """Published ones too: what refuses to change them goes along, and bookings move the rulebook as before."""
    cast = await hire(db)
    async with transaction(db) as tx:
        made = await put_list(tx, incubator=cast.las, space=cast.room_l, published=True)
        await tx.execute(QUOTED, cast.niepolomice, cast.las, made.id, cast.resident.id)
    await asyncio.to_thread(demigrate, database_url, to="0017")
    async with statement(db) as tx:
        assert (
            await tx.fetchval(
                "SELECT count(*) FROM pg_proc WHERE proname IN ('price_list_stands', 'quote_is_append_only')"
            )
            == 0
        )
        await tx.execute("UPDATE space SET capacity = 7 WHERE id = $1", cast.room_l)
    await asyncio.to_thread(migrate, database_url)
    await db.pool.expire_connections()
    async with transaction(db) as tx:
        assert await tx.fetchval("SELECT count(*) FROM price_list") == 0
        await put_list(tx, incubator=cast.las, space=cast.room_l, published=True)


QUOTED = """
INSERT INTO quote (gmina_id, incubator_id, list_id, subject_kind, subject_id, account_id, category, stated, net, vat,
    gross, market_net, market_vat, deposit, lines)
VALUES ($1, $2, $3, 'booking', uuidv7(), $4, 'resident', 'net', 1, 0, 1, 1, 0, 0, '[]')
"""


async def test_a_migrated_house_with_people_in_it_goes_down_and_up_again(db: Database, database_url: str) -> None:
    await hire(db)
    await asyncio.to_thread(demigrate, database_url)
    async with statement(db) as tx:
        left = await tx.fetch(
            "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'"
        )
        assert [row["relname"] for row in left] == ["alembic_version"]
        types = await tx.fetchval(
            "SELECT count(*) FROM pg_type WHERE typnamespace = 'public'::regnamespace AND typtype = 'e'"
        )
        assert types == 0
    await asyncio.to_thread(migrate, database_url)
    await db.pool.expire_connections()
    await hire(db)


@pytest.fixture
def database_url_of_a_fresh_one(server: str, pattern: str) -> str:
    """The pattern itself: nothing is written by looking."""
    return at(server, pattern)
