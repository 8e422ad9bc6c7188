"""Pages of mentors: forms that do what the verbs do, and keep what was typed."""

import re
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from incubator.db.engine import Database, statement
from tests.browsing import post_form
from tests.cast import Cast
from tests.mentoring.cast import MentorAtHand, a_mentor
from tests.places.test_pictures import picture

Visit = Callable[..., httpx.AsyncClient]


@pytest.fixture
async def ewa(db: Database, cast: Cast) -> MentorAtHand:
    return await a_mentor(db, cast)


@pytest.fixture
def own(visit: Visit, ewa: MentorAtHand) -> httpx.AsyncClient:
    client = visit(ewa.person)
    client.headers["accept-language"] = "en"
    return client


async def sent(client: httpx.AsyncClient, path: str, what: str, version: int = 1, **typed: Any) -> httpx.Response:
    return await post_form(client, path, {"form": what, "version": str(version), **typed})


async def test_the_profile_is_saved_from_its_form(own: httpx.AsyncClient) -> None:
    typed = {"name": "Ewa Nowa", "headline_en": "A lawyer", "languages": ["pl", "de"], "topics": ["prawo"]}
    assert (await sent(own, "/mentors/ewa/edit", "details", **typed)).status_code == 303
    told = (await own.get("/mentors/ewa")).text
    assert "Ewa Nowa" in told and "A lawyer" in told and "German" in told
    late = await sent(own, "/mentors/ewa/edit", "details", **{**typed, "headline_en": "Kept as typed"})
    assert late.status_code == 412 and "Kept as typed" in late.text


async def test_the_rules_are_saved_from_their_form(own: httpx.AsyncClient) -> None:
    typed = {
        "lengths": ["30", "45"],
        "grid_minutes": "15",
        "break_minutes": "10",
        "lead_minutes": "2",
        "lead_minutes_unit": "day",
        "horizon_days": "30",
        "cancel_minutes": "3",
        "cancel_minutes_unit": "hour",
    }
    assert (await sent(own, "/mentors/ewa/edit", "rules", **typed)).status_code == 303
    rules = (await own.get("/api/mentors/ewa")).json()["rules"]
    assert rules == {
        "lengths": [30, 45],
        "grid_minutes": 15,
        "break_minutes": 10,
        "lead_minutes": 2880,
        "horizon_days": 30,
        "cancel_minutes": 180,
    }
    bad = await sent(own, "/mentors/ewa/edit", "rules", 2, **{**typed, "break_minutes": "300"})
    assert bad.status_code == 422 and "Break after each meeting" in bad.text


async def test_the_week_is_saved_from_its_rows(own: httpx.AsyncClient, cast: Cast) -> None:
    rows = {
        "weekday_0": "2",
        "opens_0": "10:00",
        "closes_0": "00:00",
        "where_0": str(cast.las),
        "online_0": "yes",
        "for_0": "organisations",
        "weekday_1": "1",
        "opens_1": "",
        "closes_1": "",
        "where_1": "online",
        "weekday_2": "1",
        "opens_2": "08:00",
        "closes_2": "09:30",
        "where_2": "online",
        "for_2": "everyone",
    }
    assert (await sent(own, "/mentors/ewa/hours", "week", **rows)).status_code == 303
    week = (await own.get("/api/mentors/ewa")).json()["week"]
    told = [(one["weekday"], one["opens"], one["closes"], one["incubator_slug"], one["online"]) for one in week]
    assert told == [(1, "08:00", "09:30", None, True), (2, "10:00", "24:00", "las", True)]
    page = (await own.get("/mentors/ewa")).text
    assert "for startups and other organisations" in page
    again = await sent(own, "/mentors/ewa/hours", "week", 2, **{**rows, "closes_2": "x", "opens_0": "10:15"})
    assert again.status_code == 422 and 'value="10:15"' in again.text
    for bad in ({"where_0": "x"}, {"for_0": "x"}, {"weekday_0": "8"}):
        assert (await sent(own, "/mentors/ewa/hours", "week", 2, **{**rows, **bad})).status_code == 422


async def test_a_day_is_made_different_and_usual_again(own: httpx.AsyncClient) -> None:
    assert (await sent(own, "/mentors/ewa/hours", "exception", day="2026-12-31")).status_code == 303
    assert "31 December 2026" in (await own.get("/mentors/ewa/hours")).text
    assert (await sent(own, "/mentors/ewa/hours", "as_usual", 2, day="2026-12-31")).status_code == 303
    assert "31 December 2026" not in (await own.get("/mentors/ewa/hours")).text


async def test_a_portrait_comes_with_a_form(own: httpx.AsyncClient) -> None:
    await own.get("/accessibility")
    data = {"_csrf_token": own.cookies["csrf"], "form": "portrait", "version": "1"}
    files = {"photo": ("x.jpg", picture(), "image/jpeg")}
    assert (await own.post("/mentors/ewa/edit", data=data, files=files)).status_code == 303
    path = re.search(r"/portraits/[0-9a-f-]+", (await own.get("/mentors/ewa")).text)
    assert path and (await own.get(path[0])).status_code == 200
    data["version"] = "2"
    no = await own.post("/mentors/ewa/edit", data=data, files={"photo": ("x.jpg", b"", "image/jpeg")})
    assert no.status_code == 422
    assert (await sent(own, "/mentors/ewa/edit", "remove_portrait", 2)).status_code == 303


async def test_contracts_are_agreed_on_and_changed_at_the_desk(
    db: Database, visit: Visit, cast: Cast, ewa: MentorAtHand
) -> None:
    desk = visit(cast.coordinator)
    typed = {"number": "7/26", "starts": "2026-01-01", "ends": "2026-12-31", "rate": "150,50", "budget_hours": "2,5"}
    assert (await sent(desk, "/desk/mentors/ewa", "add_contract", **typed)).status_code == 303
    async with statement(db) as tx:
        row = await tx.fetchrow("SELECT * FROM mentor_contract")
        await tx.execute("UPDATE mentor_contract SET used_minutes = 120")
    assert (row["rate_minor"], row["budget_minutes"]) == (15050, 150)
    key = {"contract_id": str(row["id"])}
    small = await sent(desk, "/desk/mentors/ewa", "contract", **key, **{**typed, "budget_hours": "1"})
    assert small.status_code == 409 and "120" in small.text
    assert (
        await sent(desk, "/desk/mentors/ewa", "contract", **key, **{**typed, "budget_hours": "2"})
    ).status_code == 303
    own = (await visit(ewa.person).get("/mentors/ewa/edit")).text
    assert "7/26" in own and "150" in own
    assert (await visit(ewa.person).get("/desk/mentors/ewa")).status_code == 403


async def test_a_mentor_is_paused_resumed_and_retired_at_the_desk(visit: Visit, cast: Cast, ewa: MentorAtHand) -> None:
    desk = visit(cast.coordinator)
    assert (await sent(desk, "/desk/mentors/ewa", "pause")).status_code == 303
    assert (await sent(desk, "/desk/mentors/ewa", "resume", 2)).status_code == 303
    assert (await sent(desk, "/desk/mentors/ewa", "retire", 3)).status_code == 422, "without a tick"
    assert (await sent(desk, "/desk/mentors/ewa", "retire", 3, sure="yes")).status_code == 303
    for path in (
        "/desk/mentors",
        "/desk/mentors/ewa",
        "/mentors/ewa/timesheet",
        "/mentors/ewa/edit",
        "/mentors/ewa/hours",
    ):
        assert (await desk.get(path)).status_code == 200, path


async def test_people_and_limits_are_added_at_the_desk(visit: Visit, cast: Cast) -> None:
    desk, gmina = visit(cast.coordinator), {"gmina_id": str(cast.niepolomice)}
    assert "empty" in (await desk.get("/desk/mentors")).text
    added = await sent(desk, "/desk/mentors", "add", 0, name="Zoe", email="zoe@example.com", **gmina)
    assert added.headers["location"] == "/desk/mentors/zoe"
    assert "Zoe" in (await desk.get("/desk/mentors")).text
    twice = await sent(desk, "/desk/mentors", "add", 0, name="Zoe", email="zoe@example.com", **gmina)
    assert twice.status_code == 409 and 'value="zoe@example.com"' in twice.text
    assert (await sent(desk, "/desk/mentors", "policy", 0, organisation_hours="4", **gmina)).status_code == 303
    limits = (await desk.get("/api/gminas/niepolomice/mentoring-policy")).json()
    assert (limits["organisation_minutes"], limits["person_minutes"]) == (240, None)
    other = {"gmina_id": str(cast.skawina)}
    assert (await sent(desk, "/desk/mentors", "policy", 0, **other)).status_code == 403


async def test_the_office_changes_topics_on_its_page(visit: Visit, cast: Cast) -> None:
    office = visit(cast.office)
    new = {"name_pl": "Rolnictwo i las", "name_en": "Farming", "position": "1"}
    assert (await sent(office, "/office/topics", "add", 0, **new)).status_code == 303
    change = {"slug": "rolnictwo-i-las", "name_pl": "Las", "name_en": "Forest", "position": "2"}
    assert (await sent(office, "/office/topics", "rename", **change)).status_code == 303
    assert (await sent(office, "/office/topics", "rename", **change)).status_code == 412
    assert (await sent(office, "/office/topics", "retire", 2, slug="rolnictwo-i-las")).status_code == 303


async def test_the_directory_looks_for_people(visit: Visit, ewa: MentorAtHand) -> None:
    stranger = visit()
    stranger.headers["accept-language"] = "en"
    for query in ("", "?topic=prawo", "?language=en", "?gmina=niepolomice", "?online=yes", "?q=EWA"):
        assert "/mentors/ewa" in (await stranger.get(f"/mentors{query}")).text, query
    for query in ("?topic=rynek", "?language=de", "?gmina=skawina", "?q=%25", "?topic=%F0%9F%8E%82"):
        told = await stranger.get(f"/mentors{query}")
        assert told.status_code == 200 and "Nobody fits all of this" in told.text, query
    assert (await stranger.get("/mentors?q=%00")).status_code == 422
