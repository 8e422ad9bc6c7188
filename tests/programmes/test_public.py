"""What everybody reads, and who sees a draft."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import httpx
import pytest

from incubator.db.engine import Database, statement, transaction
from tests.cast import Cast
from tests.moments import NOW
from tests.programmes.acts import an_edition
from tests.programmes.cast import put_call, put_programme

Visit = Callable[..., httpx.AsyncClient]
ENGLISH = {"accept-language": "en"}
TERMS = """
INSERT INTO edition_terms (edition_id, version, text_pl, text_en, in_force_from, published_by)
SELECT $1, version, 'Wersja ' || version, '', date '2026-09-01' + version * 30, $2 FROM generate_series(0, 2) AS n (n),
    LATERAL (SELECT n + 1 AS version) AS counted
"""


async def address_of(db: Database, edition: UUID) -> str:
    async with statement(db) as tx:
        return str(
            await tx.fetchval(
                "SELECT programme.slug || '/' || edition.slug FROM edition"
                " JOIN programme ON programme.id = programme_id WHERE edition.id = $1",
                edition,
            )
        )


@pytest.mark.parametrize(
    "who", ["", "stranger", "member", "office", "coordinator", "other_coordinator", "administrator"]
)
async def test_a_draft_is_there_for_those_who_run_it_alone(db: Database, cast: Cast, visit: Visit, who: str) -> None:
    runs = who in {"coordinator", "administrator"}
    async with transaction(db) as tx:
        programme = await put_programme(tx, gmina=cast.niepolomice)
        slug = await tx.fetchval("UPDATE programme SET state = 'draft' WHERE id = $1 RETURNING slug", programme)
    edition = await an_edition(db, cast, state="draft")
    async with transaction(db) as tx:
        await tx.execute(TERMS, edition, cast.coordinator.id)
    address = await address_of(db, edition)
    client = visit(getattr(cast, who)) if who else visit()
    client.headers.update(ENGLISH)
    for path in (f"/programmes/{slug}", f"/programmes/{address}", f"/programmes/{address}/terms/1"):
        answer = await client.get(path)
        assert answer.status_code == (200 if runs else 404), path
        assert ("Draft: only those who run it" in answer.text) == runs
    for path in (f"/api/programmes/{slug}", f"/api/editions/{edition}", f"/api/editions/{edition}/terms"):
        assert (await client.get(path)).status_code == (200 if runs else 404), path
    listed = (await client.get("/api/programmes")).json()["items"]
    assert (slug in {one["slug"] for one in listed}) == runs
    assert any(one["editions"] for one in listed) == runs
    assert slug not in (await client.get("/programmes")).text


async def test_a_draft_programme_of_the_metropolis_is_the_offices(db: Database, cast: Cast, visit: Visit) -> None:
    async with transaction(db) as tx:
        programme = await put_programme(tx, gmina=None)
        slug = await tx.fetchval("UPDATE programme SET state = 'draft' WHERE id = $1 RETURNING slug", programme)
    for who, status in ((cast.office, 200), (cast.coordinator, 404), (cast.administrator, 200)):
        assert (await visit(who).get(f"/programmes/{slug}")).status_code == status
        assert ((await visit(who).get("/desk/programmes")).text.count(slug) > 0) == (status == 200)


async def test_the_pages_say_when_one_can_apply(db: Database, cast: Cast, visit: Visit) -> None:
    edition = await an_edition(db, cast)
    client = visit()
    client.headers.update(ENGLISH)
    address = await address_of(db, edition)
    assert "The call is not announced yet" in (await client.get(f"/programmes/{address}")).text
    async with transaction(db) as tx:
        await put_call(tx, edition=edition, opens=NOW - timedelta(days=1), closes=NOW + timedelta(days=3))
    told = (await client.get(f"/programmes/{address}")).text
    assert "You can apply now" in told and "How you get a place" in told
    assert "Applications from 6 Sep 2026, 09:00 to 10 Sep 2026, 09:00" in told
    assert "call open until 10 Sep, 09:00" in (await client.get("/programmes")).text


async def test_a_call_that_is_not_published_is_nobodys_business(db: Database, cast: Cast, visit: Visit) -> None:
    edition = await an_edition(db, cast)
    async with transaction(db) as tx:
        await put_call(tx, edition=edition, opens=NOW - timedelta(days=1), closes=NOW + timedelta(days=3))
        await tx.execute("UPDATE call SET published_at = NULL")
    brief = (await visit().get(f"/api/editions/{edition}")).json()["brief"]
    assert (brief["opens_at"], brief["phase"]) == (None, "coming")


async def test_every_version_of_the_terms_is_readable_and_the_one_in_force_is_named(
    db: Database, cast: Cast, visit: Visit
) -> None:
    edition = await an_edition(db, cast)
    async with transaction(db) as tx:
        await tx.execute(TERMS, edition, cast.coordinator.id)
    client, address = visit(), await address_of(db, edition)
    listed = (await client.get(f"/api/editions/{edition}/terms")).json()
    assert [one["version"] for one in listed["items"]] == [1, 2, 3] and listed["in_force"] == 1
    for version in (1, 2, 3):
        assert (await client.get(f"/api/editions/{edition}/terms/{version}")).json()["text_pl"] == f"Wersja {version}"
        page = (await client.get(f"/programmes/{address}/terms/{version}")).text
        assert f"Wersja {version}" in page
        assert (f"/terms/{version + 1}" in page) == (version < 3)
    for version in (0, 4, 2**40):
        assert (await client.get(f"/api/editions/{edition}/terms/{version}")).status_code == 404
        assert (await client.get(f"/programmes/{address}/terms/{version}")).status_code == 404


async def test_a_token_without_the_scope_reads_no_draft(db: Database, cast: Cast, visit: Visit) -> None:
    edition = await an_edition(db, cast, state="draft")
    client = visit(cast.coordinator)
    assert (await client.get(f"/api/editions/{edition}")).status_code == 200
    async with transaction(db) as tx:
        await tx.execute("UPDATE api_token SET scopes = '{me}' WHERE account_id = $1", cast.coordinator.id)
    assert (await client.get(f"/api/editions/{edition}")).status_code == 404


async def test_the_list_of_programmes_is_paged(db: Database, cast: Cast, visit: Visit) -> None:
    async with transaction(db) as tx:
        for _ in range(5):
            await put_programme(tx, gmina=cast.niepolomice)
    seen, after = [], ""
    while True:
        got = (await visit().get(f"/api/programmes?limit=2{after}")).json()
        seen += [one["slug"] for one in got["items"]]
        if got["next"] is None:
            break
        after = f"&after={got['next']}"
    assert len(seen) == len(set(seen)) == 5
