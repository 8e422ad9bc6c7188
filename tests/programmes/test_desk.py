"""The forms of the desks: they do what the verbs do, keep what was typed, and never fail on bad input."""

from collections.abc import Callable
from uuid import UUID

import httpx
import pytest

from incubator.db.engine import Database, statement
from tests.applications.cast import announced
from tests.browsing import post_form
from tests.cast import Cast
from tests.moments import NOW
from tests.programmes.acts import admit, an_edition

Visit = Callable[..., httpx.AsyncClient]


@pytest.fixture
def desk(visit: Visit, cast: Cast) -> httpx.AsyncClient:
    """The coordinator's browser, in English."""
    client = visit(cast.coordinator)
    client.headers["accept-language"] = "en"
    return client


async def version_of(db: Database, key: UUID) -> str:
    async with statement(db) as tx:
        return str(await tx.fetchval("SELECT version FROM edition WHERE id = $1", key))


async def test_a_programme_goes_from_its_start_to_a_published_edition(
    db: Database, cast: Cast, desk: httpx.AsyncClient
) -> None:
    form = {"form": "programme", "version": "0", "gmina": str(cast.niepolomice), "name_pl": "Rozruch"}
    page = "/desk/programmes/rozruch"
    assert (await post_form(desk, "/desk/programmes", form)).headers["location"] == page
    edition = {
        "form": "edition",
        "version": "1",
        "name_pl": "Edycja 1",
        "starts_on": "2026-11-01",
        "ends_on": "2027-04-30",
        "places": "4",
        "presence_percent": "80",
    }
    made = await post_form(desk, page, edition)
    async with statement(db) as tx:
        key = await tx.fetchval("SELECT id FROM edition WHERE slug = 'edycja-1'")
    assert made.headers["location"] == f"/desk/editions/{key}"
    assert "can be published once its programme is" in (await desk.get(f"/desk/editions/{key}")).text
    assert (await post_form(desk, page, {"form": "publish", "version": "1"})).status_code == 303
    assert (await post_form(desk, f"/desk/editions/{key}", {"form": "publish", "version": "1"})).status_code == 303
    assert (await desk.get("/programmes/rozruch/edycja-1")).status_code == 200


async def test_each_page_of_an_edition_says_where_it_is_in_the_same_way(
    db: Database, cast: Cast, desk: httpx.AsyncClient
) -> None:
    home = f"/desk/editions/{(await announced(db, cast)).edition}"
    for part, name in (
        ("", "Edition"),
        ("/call", "Call"),
        ("/applications", "Applications"),
        ("/formal", "Formal check"),
        ("/assessment", "Merit assessment"),
        ("/ranking", "Ranking"),
        ("/participants", "Participants"),
        ("/meetings", "Meetings of the programme"),
        ("/outcomes", "Outcomes"),
        ("/record", "Record of participation"),
    ):
        told = (await desk.get(f"{home}{part}?lang=en")).text
        assert f'href="{home}{part}" aria-current="page">{name}</a>' in told, part
        assert f"<h1>{name}" in told and told.count("<h1") == 1, part
        assert told.count(f'<li><a href="{home}">') == 1, "the way back to the edition"


async def test_rows_are_kept_without_the_empty_ones_and_hours_become_minutes(
    db: Database, cast: Cast, desk: httpx.AsyncClient
) -> None:
    key = await an_edition(db, cast)
    page = f"/desk/editions/{key}"
    perks = {
        "form": "perks",
        "version": "1",
        "amount_0": "",
        "kind_0": "room_minutes",
        "amount_1": "2,5",
        "kind_1": "mentor_minutes",
        "amount_2": "10",
        "kind_2": "desk_days",
        "name_pl_3": "Porady",
        "kind_3": "other",
    }
    assert (await post_form(desk, page, perks)).status_code == 303
    async with statement(db) as tx:
        kept = await tx.fetch("SELECT kind, amount FROM edition_perk WHERE edition_id = $1 ORDER BY position", key)
    assert [tuple(row) for row in kept] == [("mentor_minutes", 150), ("desk_days", 10), ("other", None)]
    shown = (await desk.get(page)).text
    assert 'name="amount_0" value="2.5"' in shown
    assert "Mentors: 2 h 30 min" in (await desk.get(await public(db, key))).text


async def public(db: Database, key: UUID) -> str:
    async with statement(db) as tx:
        return str(
            await tx.fetchval(
                "SELECT '/programmes/' || programme.slug || '/' || edition.slug FROM edition"
                " JOIN programme ON programme.id = programme_id WHERE edition.id = $1",
                key,
            )
        )


@pytest.mark.parametrize(
    "typed",
    [
        {"form": "perks", "amount_0": "1e999", "kind_0": "seats"},
        {"form": "perks", "amount_0": "nan", "kind_0": "seats"},
        {"form": "perks", "amount_0": "0.1", "kind_0": "seats"},
        {"form": "perks", "amount_0": "99999999999999", "kind_0": "room_minutes"},
        {"form": "perks", "amount_0": "3", "kind_0": "gold"},
        {"form": "perks", "amount_0": "", "name_pl_0": "Sale", "kind_0": "room_minutes"},
        {"form": "dates", "on_day_0": "9999-99-99", "name_pl_0": "X"},
        {"form": "dates", "on_day_0": "2026-10-01"},
        {"form": "partners", "name_0": "X", "url_0": "javascript:alert(1)"},
        {"form": "partners", "name_0": "X", "url_0": 'https://a"b'},
        {"form": "partners", "url_0": "https://example.com"},
        {"form": "mentors", "mentors": "nobody"},
        {"form": "mentors", "mentors": "00000000-0000-0000-0000-000000000000"},
        {"form": "terms", "text_pl": "", "in_force_from": "2026-09-08"},
        {"form": "terms", "text_pl": "§", "in_force_from": "2020-01-01"},
        {"form": "terms", "text_pl": "x" * 40_001, "in_force_from": "2026-09-08"},
        {"form": "details", "name_pl": "E", "starts_on": "2026-10-02", "ends_on": "2026-10-01", "places": "3"},
        {"form": "details", "name_pl": "E", "starts_on": "2026-10-02", "ends_on": "2026-10-03", "places": "9" * 30},
        {"form": "close", "sure": ""},
        {"form": "publish"},
    ],
    ids=str,
)
async def test_what_does_not_fit_is_said_and_nothing_is_changed(
    db: Database, cast: Cast, desk: httpx.AsyncClient, typed: dict[str, str]
) -> None:
    key = await an_edition(db, cast)
    answer = await post_form(desk, f"/desk/editions/{key}", {"version": "1", **typed})
    assert answer.status_code in {409, 413, 422}, answer.text[:300]
    assert 'role="alert"' in answer.text
    assert await version_of(db, key) == "1"


async def test_what_was_typed_is_kept(db: Database, cast: Cast, desk: httpx.AsyncClient) -> None:
    key = await an_edition(db, cast)
    typed = {"form": "partners", "version": "1", "name_3": "Izba", "url_3": "nonsense", "role_pl_3": "partner branżowy"}
    shown = (await post_form(desk, f"/desk/editions/{key}", typed)).text
    assert 'value="nonsense"' in shown and 'value="partner branżowy"' in shown
    assert "Web address" in shown


async def test_a_page_that_is_behind_says_so(db: Database, cast: Cast, desk: httpx.AsyncClient) -> None:
    key = await an_edition(db, cast)
    form = {"form": "dates", "version": "1", "on_day_0": str(NOW.date()), "name_pl_0": "Start"}
    assert (await post_form(desk, f"/desk/editions/{key}", form)).status_code == 303
    answer = await post_form(desk, f"/desk/editions/{key}", form)
    assert answer.status_code == 412 and "Load the page anew" in answer.text


async def test_frozen_perks_have_no_form(db: Database, cast: Cast, desk: httpx.AsyncClient) -> None:
    key = await an_edition(db, cast)
    assert 'value="perks"' in (await desk.get(f"/desk/editions/{key}")).text
    await admit(db, cast, key)
    assert 'value="perks"' not in (await desk.get(f"/desk/editions/{key}")).text


async def test_a_form_that_is_not_there_is_not_found(db: Database, cast: Cast, desk: httpx.AsyncClient) -> None:
    key = await an_edition(db, cast)
    answer = await post_form(desk, f"/desk/editions/{key}", {"form": "nothing", "version": "1"})
    assert answer.status_code == 404


@pytest.mark.parametrize("who", ["member", "office", "other_coordinator"])
async def test_who_does_not_run_it_neither_sees_nor_changes_it(
    db: Database, cast: Cast, visit: Visit, who: str
) -> None:
    key = await an_edition(db, cast)
    client = visit(getattr(cast, who))
    assert (await client.get(f"/desk/editions/{key}")).status_code == 403
    answer = await post_form(client, f"/desk/editions/{key}", {"form": "dates", "version": "1"})
    assert answer.status_code == 403
    assert await version_of(db, key) == "1"
