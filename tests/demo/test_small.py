"""The demonstration shows every side of the house, and lives by its rules."""

import asyncio
import secrets
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from stdnum.pl import nip

from incubator.applications.states import State as ApplicationState
from incubator.bookings.states import State
from incubator.db.engine import Database, open_database, statement, transaction
from incubator.demo.gminas import gminas
from incubator.demo.load import is_loaded, load
from incubator.demo.venues import VENUES
from incubator.kernel.period import Period, local_midnight
from incubator.mentoring.absences import stand_ins_for
from incubator.mentoring.be_away import be_away
from incubator.people.actor import actor_by_account
from incubator.pricing.queries import lists_that_count
from incubator.pricing.quote import quote_for_kind
from incubator.pricing.quote_of import Wish
from incubator.pricing.states import Category
from tests.auditing import audit
from tests.stock import at, execute

pytestmark = pytest.mark.thorough

NOW = datetime(2026, 9, 9, 9, 40, tzinfo=UTC)
"""A Wednesday, 11:40 in Warsaw: some bookings are going on."""

UNDER = """
SELECT count(*) FROM booking JOIN closure ON closure.incubator_id = booking.incubator_id AND during && period
WHERE state IN ('held', 'awaiting_approval', 'confirmed', 'checked_in')
"""


@pytest.fixture(scope="module")
def loaded(server: str, pattern: str) -> Iterator[str]:
    """A database with the demonstration, loaded once for the tests here, which only read."""
    name = f"test_{secrets.token_hex(6)}"
    asyncio.run(execute(server, f"CREATE DATABASE {name} TEMPLATE {pattern} STRATEGY file_copy"))
    asyncio.run(_load(at(server, name)))
    yield at(server, name)
    asyncio.run(execute(server, f"DROP DATABASE {name} WITH (FORCE)"))


async def _load(url: str) -> None:
    async with open_database(url) as db:
        assert not await is_loaded(db)
        await load(db, size="small", now=NOW)


@pytest.fixture
async def bundle(loaded: str) -> AsyncIterator[Database]:
    async with open_database(loaded, pool_size=2) as db:
        yield db


async def test_every_gmina_has_an_incubator_and_every_state_a_booking(bundle: Database) -> None:
    assert await is_loaded(bundle)
    async with statement(bundle) as tx:
        assert await tx.fetchval("SELECT count(DISTINCT gmina_id) FROM incubator WHERE status = 'open'") == 15
        states = {row["state"] for row in await tx.fetch("SELECT DISTINCT state FROM booking")}
        assert states == set(State)
        # Made through the verbs: whatever was made, somebody made, and history tells.
        assert not await tx.fetchval(
            "SELECT count(*) FROM booking WHERE NOT EXISTS (SELECT FROM history WHERE subject_id = booking.id)"
        )
        assert await tx.fetchval("SELECT count(*) FROM history WHERE at > $1", NOW) == 0


async def test_two_rivals_wait_for_the_whole_of_las(bundle: Database) -> None:
    async with statement(bundle) as tx:
        waiting = await tx.fetch(
            "SELECT period FROM booking JOIN space ON space.id = space_id"
            " WHERE slug = 'l-a-s' AND state = 'awaiting_approval'"
        )
        standing = await tx.fetch(
            "SELECT during FROM occupancy JOIN space_resource USING (resource_id)"
            " JOIN space ON space.id = space_id WHERE slug = 'l-a-s'"
        )
    first, second = (row["period"] for row in waiting)
    assert first.lower < second.upper and second.lower < first.upper
    # Either can be approved: nothing stands in the rooms at their time.
    assert not [row for row in standing if row["during"].upper > first.lower and row["during"].lower < second.upper]


async def test_a_session_of_the_metropolis_waits_for_a_room(bundle: Database) -> None:
    async with statement(bundle) as tx:
        [row] = await tx.fetch(
            "SELECT booking.state, session.state AS told, gmina.slug FROM session JOIN booking ON booking.part_of = session.id"
            " JOIN gmina ON gmina.id = booking.gmina_id WHERE session.gmina_id IS NULL"
        )
        assert tuple(row) == ("awaiting_approval", "published", "wieliczka")


async def test_closures_and_a_block_are_told_of_and_nothing_stands_under_those_to_come(bundle: Database) -> None:
    async with statement(bundle) as tx:
        closures = await tx.fetch("SELECT upper(during) < $1 AS over FROM closure", NOW)
        assert sorted(row["over"] for row in closures) == [False, True]
        assert await tx.fetchval("SELECT count(*) FROM block WHERE lower(period) > $1", NOW) == 1
        assert await tx.fetchval("SELECT count(*) FROM occupancy JOIN block ON block.id = subject_id") == 1
        assert not await tx.fetchval(UNDER)
        assert await audit(tx) == []


async def test_a_team_meets_every_week_and_others_wait_for_its_time(bundle: Database) -> None:
    async with statement(bundle) as tx:
        (series,) = await tx.fetch("SELECT id, count FROM series")
        dates = await tx.fetchval(
            "SELECT count(*) FROM booking WHERE series_id = $1 AND state = 'confirmed'", series["id"]
        )
        skipped = await tx.fetchval("SELECT count(*) FROM series_skip WHERE series_id = $1", series["id"])
        waiting = await tx.fetchval("SELECT count(*) FROM waitlist_entry WHERE state = 'waiting'")
    assert dates > 4 and dates + skipped == series["count"]
    assert waiting == 2


async def test_each_role_has_an_account(bundle: Database) -> None:
    async with statement(bundle) as tx:
        addresses = {row["email"] for row in await tx.fetch("SELECT email FROM account")}
        roles = {
            row["role"]: row["count"] for row in await tx.fetch("SELECT role, count(*) FROM role_grant GROUP BY 1")
        }
    assert {f"koordynator.{facts.slug}@demo.invalid" for facts in gminas()} <= addresses
    assert {"biuro.smk@demo.invalid", "administrator@demo.invalid"} <= addresses
    assert all(address.endswith("@demo.invalid") for address in addresses)
    assert roles == {"administrator": 1, "office": 1, "coordinator": 15, "mentor": 14}


async def test_organisations_have_valid_numbers_of_no_tax_office(bundle: Database) -> None:
    async with statement(bundle) as tx:
        numbers = [row["nip"] for row in await tx.fetch("SELECT nip FROM organisation")]
    assert numbers and all(nip.is_valid(number) and number.startswith("999") for number in numbers)


def test_made_up_venues_say_so() -> None:
    for venue in VENUES:
        assert "pokazow" in venue.about_pl.lower(), venue.slug
        assert "demonstration data" in venue.about_en.lower(), venue.slug


def test_las_can_be_joined_in_three_ways() -> None:
    las = next(venue for venue in VENUES if venue.slug == "las")
    assert {place.parts for place in las.places if place.parts} == {("l", "a"), ("a", "s"), ("l", "a", "s")}


async def test_every_state_has_an_edition_and_each_has_terms_perks_and_dates(bundle: Database) -> None:
    async with statement(bundle) as tx:
        found = await tx.fetch(
            "SELECT state, (SELECT count(*) FROM edition_terms WHERE edition_id = edition.id) AS terms,"
            " EXISTS (SELECT FROM edition_perk WHERE edition_id = edition.id) AS perks,"
            " EXISTS (SELECT FROM edition_date WHERE edition_id = edition.id) AS dates FROM edition"
        )
    assert {row["state"] for row in found} == {"draft", "published", "running", "closed"}
    assert all(row["perks"] and row["dates"] and row["terms"] for row in found if row["state"] != "draft")
    assert max(row["terms"] for row in found) == 2


class Undone(Exception):
    """So that the tests here only read."""


async def test_a_stand_in_can_be_tried(bundle: Database) -> None:
    start = local_midnight(NOW.date() + timedelta(days=7))
    with pytest.raises(Undone):
        async with transaction(bundle) as tx:
            barbara = await tx.fetchrow("SELECT id, account_id, gmina_id FROM mentor WHERE slug = 'barbara-kompas'")
            actor = await actor_by_account(tx, account_id=barbara["account_id"])
            ((other, name),) = await stand_ins_for(tx, mentor_id=barbara["id"], gmina_id=barbara["gmina_id"])
            assert actor is not None and name == "Magdalena Iskra-Scena"
            day = Period(start, start + timedelta(days=1))
            asked = {"mentor_id": barbara["id"], "period": day, "stand_in_id": other}
            done = await be_away(tx, actor=actor, **asked, meetings="settle", now=NOW)
            assert (done.handed_over, done.called_off) == (1, 0)
            raise Undone


async def test_mentors_can_be_met_in_many_gminas(bundle: Database) -> None:
    async with statement(bundle) as tx:
        rows = await tx.fetch(
            "SELECT mentor.name, gmina_id, headline_en <> '' AND about_en <> '' AS told,"
            " EXISTS (SELECT FROM mentor_hours WHERE mentor_id = mentor.id) AS hours,"
            " EXISTS (SELECT FROM mentor_topic WHERE mentor_id = mentor.id) AS topics,"
            " EXISTS (SELECT FROM role_grant WHERE role = 'mentor' AND role_grant.account_id = mentor.account_id) AS role"
            " FROM mentor"
        )
    assert len(rows) >= 14 and len({row["gmina_id"] for row in rows}) >= 8
    assert not [row["name"] for row in rows if not (row["told"] and row["hours"] and row["topics"] and row["role"])]


async def test_applications_are_in_every_state_that_their_people_meet(bundle: Database) -> None:
    async with statement(bundle) as tx:
        states = {row["state"] for row in await tx.fetch("SELECT DISTINCT state FROM application")}
        assert states == set(ApplicationState)
        kinds = await tx.fetchval("SELECT count(DISTINCT kind) FROM question")
        assert kinds == 9
        assert not await tx.fetchval(
            "SELECT count(*) FROM application WHERE NOT EXISTS (SELECT FROM history WHERE subject_id = application.id)"
        )


async def test_some_incubators_charge_and_one_list_is_still_to_come(bundle: Database) -> None:
    async with statement(bundle) as tx:
        incubator_id = await tx.fetchval("SELECT id FROM incubator WHERE slug = 'las'")
        room = await tx.fetchval("SELECT id FROM space WHERE slug = 'l' AND incubator_id = $1", incubator_id)
        lists = await lists_that_count(tx, incubator_id=incubator_id, today=NOW.date())
        assert [one.in_force for one in lists] == [True, False]
        assert await tx.fetchval("SELECT count(*) FROM price_list WHERE state = 'draft'") == 1
        assert await tx.fetchval("SELECT count(DISTINCT incubator_id) FROM price_list") == 3
        wish = Wish(period=Period(NOW + timedelta(days=2), NOW + timedelta(days=2, hours=3)))
        ngo = partial(quote_for_kind, tx, space_id=room, wish=wish, category=Category.NGO)
        assert ((await ngo(at_home=True)).due, (await ngo(at_home=False)).due) == (0, 15000)


COMES = """
SELECT kind, array_agg(registration.state) AS states
FROM registration JOIN session ON session.id = session_id
WHERE lower(period) > $1 AND session.state = 'published' AND ($2 = '' OR kind = $2) GROUP BY session.id, kind
"""


async def test_people_come_to_the_demo_day_and_wait_where_it_is_full(bundle: Database) -> None:
    async with statement(bundle) as tx:
        (demo_day,) = await tx.fetch(COMES, NOW, "demo_day")
        (market,) = await tx.fetch(COMES, NOW, "market")
        every = await tx.fetch(COMES, NOW, "workshop")
    assert demo_day["states"].count("registered") >= 3
    assert market["states"].count("registered") >= 2
    assert any({"registered", "offered", "waiting"} <= set(one["states"]) for one in every)


async def test_payments_by_card_are_paid_out_compared_and_disputed(bundle: Database) -> None:
    async with statement(bundle) as tx:
        disputes = await tx.fetch("SELECT state FROM stripe_dispute ORDER BY opened_at")
        payouts = await tx.fetch("SELECT state FROM stripe_payout ORDER BY sent_at")
        days = await tx.fetch(
            "SELECT count(stripe_difference.id) FROM stripe_day LEFT JOIN stripe_difference ON day_id = stripe_day.id"
            " WHERE done_at IS NOT NULL GROUP BY stripe_day.id ORDER BY day"
        )
        faults = await tx.fetch("SELECT faults FROM book_check")
    assert [row["state"] for row in disputes] == ["lost", "open"]
    assert [row["state"] for row in payouts] == ["paid", "sent"]
    assert [row["count"] for row in days] == [0, 1]
    assert not [row for row in faults if row["faults"]]


FREE = """
SELECT entry.subject_kind, entry.minutes, entry.amount, certificate.number IS NOT NULL AS certified,
    aid_report.approved_at IS NOT NULL AS reported, meeting.state AS met, registration.state AS came
FROM aid_entry AS entry JOIN gmina ON gmina.id = entry.gmina_id JOIN organisation ON organisation.id = organisation_id
    LEFT JOIN aid_certificate AS certificate ON certificate.entry_id = entry.id
    LEFT JOIN aid_reported ON aid_reported.entry_id = entry.id LEFT JOIN aid_report ON aid_report.id = report_id
    LEFT JOIN meeting ON meeting.id = subject_id LEFT JOIN registration ON registration.id = subject_id
WHERE gmina.slug = 'krakow' AND organisation.name = 'Sensoria Lab' ORDER BY subject_kind
"""


async def test_a_company_was_given_an_hour_and_a_seat_that_are_aid_with_its_papers(bundle: Database) -> None:
    async with statement(bundle) as tx:
        found = [tuple(row) for row in await tx.fetch(FREE)]
    assert found == [
        ("meeting", 60, 22_000, True, True, "took_place", None),
        ("registration", 120, 14_000, True, True, None, "registered"),
    ]


async def test_nothing_is_charged_twice(bundle: Database) -> None:
    async with statement(bundle) as tx:
        twice = await tx.fetch(
            "SELECT subject_id FROM charge WHERE state IN ('open', 'paid') GROUP BY subject_id HAVING count(*) > 1"
        )
    assert not twice
