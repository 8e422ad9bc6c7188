"""The page of the metropolis office, and that of a coordinator."""

import re
from collections.abc import Callable

import httpx
import pytest

from incubator.db.engine import Database, transaction
from tests.cast import Cast
from tests.moments import TUESDAY
from tests.reporting.past import crowd

Visit = Callable[..., httpx.AsyncClient]
PAGES = ("/office", "/office/use.csv", "/desk/use", "/desk/use.csv")


@pytest.fixture
async def crowded(db: Database, cast: Cast) -> None:
    await crowd(db, cast.room_s, cast.niepolomice, TUESDAY, organisations=6, persons=2)
    await crowd(db, cast.other_room, cast.skawina, TUESDAY, organisations=3, persons=0)


def row(page: str, name: str) -> str:
    """The words of the table row of this place."""
    found = re.search(rf'<th scope="row">(?:<a[^>]*>)?{name}.*?</tr>', page, re.DOTALL)
    assert found, name
    return " ".join(re.sub(r"<[^>]+>", " ", found[0]).split())


async def test_each_page_is_for_its_role(visit: Visit, cast: Cast) -> None:
    allowed = {
        cast.office: ("/office", "/office/use.csv"),
        cast.coordinator: ("/desk/use", "/desk/use.csv"),
        cast.other_coordinator: ("/desk/use", "/desk/use.csv"),
        cast.administrator: PAGES,
        cast.member: (),
        cast.stranger: (),
        cast.resident: (),
    }
    for person, paths in allowed.items():
        for path in PAGES:
            expected = 200 if path in paths else 403
            assert (await visit(person).get(path)).status_code == expected, (person.email, path)
    for path in PAGES:
        assert (await visit().get(path)).headers["location"].startswith("/sign-in?next=/")


async def test_the_way_there_is_shown_to_those_who_may_go(visit: Visit, cast: Cast) -> None:
    for person, shown in (
        (cast.office, True),
        (cast.administrator, True),
        (cast.coordinator, False),
        (cast.member, False),
    ):
        assert ('href="/office"' in (await visit(person).get("/")).text) == shown
    assert 'href="/desk/use"' in (await visit(cast.coordinator).get("/desk/incubators")).text


async def test_the_office_sees_sums_and_no_small_counts(visit: Visit, cast: Cast, crowded: None) -> None:
    page = (await visit(cast.office).get("/office?lang=en")).text
    assert "Use of the places: September 2026" in page
    # 8 spaces on 22 days of 12 hours; 11 half hours.
    assert row(page, "Together") == (
        "Together 2 open incubators, 8 spaces 2,112 5.5 0% 11 11 0 0 9 &lt; 5 fewer than 5"
    )
    assert row(page, "Niepołomice").endswith("8 8 0 0 – not shown &lt; 5 fewer than 5")
    assert row(page, "Skawina").endswith("3 3 0 0 &lt; 5 fewer than 5 0")
    assert "Secret" not in page and "LAS Open Space" not in page, "incubators are opened by a click"
    assert "“&lt; 5”" in page, "what it means is said"


async def test_a_gmina_opens_its_incubators_and_spaces(visit: Visit, cast: Cast, crowded: None) -> None:
    client = visit(cast.office)
    page = (await client.get("/office?lang=en&open=niepolomice")).text
    assert row(page, "LAS Open Space").startswith("LAS Open Space 1,848 4 ")
    assert row(page, "S<").startswith("S 264 4 2%")
    assert "joined: its hours are counted with its rooms" in row(page, "L-A")
    assert "Inkubator Skawina" not in page
    assert "Inkubator Skawina" in (await client.get("/office?lang=en&open=all")).text
    assert (await client.get("/office?open=%3Cscript%3E")).status_code == 200


async def test_a_coordinator_sees_every_count_of_their_own_gmina(visit: Visit, cast: Cast, crowded: None) -> None:
    page = (await visit(cast.other_coordinator).get("/desk/use?lang=en")).text
    assert row(page, "Skawina").endswith("3 3 0 0 3 0")
    assert "Niepołomice" not in page and "fewer than 5" not in page
    assert "Inkubator Skawina" in page, "a single gmina is open by itself"


async def test_months_follow_each_other(visit: Visit, cast: Cast) -> None:
    client = visit(cast.office)
    page = (await client.get("/office?lang=en")).text
    assert "/office?from=2026-08-01&to=2026-08-31" in page and "/office?from=2026-10-01&to=2026-10-31" in page
    first = (await client.get("/office?lang=en&from=2000-01-10&to=2000-01-20")).text
    assert "Use of the places: 10 Jan 2000 – 20 Jan 2000" in first
    assert "1999" not in first


async def test_days_that_make_no_sense_are_shown_again_with_the_reason(visit: Visit, cast: Cast) -> None:
    answer = await visit(cast.office).get("/office?lang=pl&from=2026-09-20&to=2026-09-01")
    assert answer.status_code == 422
    assert "Ostatni dzień nie może być wcześniejszy niż pierwszy." in answer.text
    assert 'value="2026-09-20"' in answer.text and 'value="2026-09-01"' in answer.text
    assert (await visit(cast.office).get("/office?from=0001-01-01&to=0001-01-02")).status_code == 422
    assert (await visit(cast.office).get("/office?from=x")).status_code == 422


async def test_nothing_booked_is_said(visit: Visit, cast: Cast) -> None:
    page = (await visit(cast.office).get("/office?lang=en")).text
    assert "Nothing was booked in these days." in page
    assert row(page, "Skawina").endswith("264 0 0% 0 0 0 0 0 0")


async def test_a_house_without_gminas_says_so(visit: Visit, db: Database, cast: Cast) -> None:
    async with transaction(db) as tx:
        await tx.execute("DELETE FROM role_grant WHERE gmina_id IS NOT NULL")
        for table in ("weekly_hours", "space_part", "space_resource", "space", "zone", "incubator", "membership"):
            await tx.execute(f"DELETE FROM {table}")
        await tx.execute("DELETE FROM organisation")
        await tx.execute("DELETE FROM gmina")
    page = await visit(cast.office).get("/office?lang=en")
    assert page.status_code == 200 and "No gmina has joined yet." in page.text
    assert (await visit(cast.office).get("/api/use")).json()["gminas"] == []


async def test_names_are_shown_as_text(visit: Visit, db: Database, cast: Cast) -> None:
    async with transaction(db) as tx:
        await tx.execute("UPDATE incubator SET name = '<script>x</script>' WHERE id = $1", cast.las)
    page = (await visit(cast.office).get("/office?open=all")).text
    assert "<script>x" not in page and "&lt;script&gt;x" in page
