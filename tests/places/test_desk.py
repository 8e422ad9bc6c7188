"""The desk of a coordinator: forms that do what the verbs do, and keep what was typed."""

import re
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from incubator.db.engine import Database, statement
from tests.browsing import post_form
from tests.cast import Cast
from tests.places.test_pictures import picture

Visit = Callable[..., httpx.AsyncClient]
ENGLISH = {"accept-language": "en"}


@pytest.fixture
def desk(visit: Visit, cast: Cast) -> httpx.AsyncClient:
    """The coordinator's browser, in English."""
    client = visit(cast.coordinator)
    client.headers.update(ENGLISH)
    return client


def pages(cast: Cast) -> list[str]:
    return [
        "/desk/gminas/niepolomice",
        "/desk/incubators/las",
        "/desk/incubators/las/hours",
        "/desk/incubators/las/quotas",
        f"/desk/spaces/{cast.room_l}",
        f"/desk/spaces/{cast.room_la}",
        f"/desk/spaces/{cast.desks[0]}",
    ]


async def test_every_page_of_the_desk_is_the_coordinators_alone(
    visit: Visit, desk: httpx.AsyncClient, cast: Cast
) -> None:
    for path in pages(cast):
        assert (await desk.get(path)).status_code == 200, path
        assert (await visit().get(path)).status_code in {302, 303, 307}, path
        for person in (cast.member, cast.owner, cast.other_coordinator):
            assert (await visit(person).get(path)).status_code == 403, path
            assert (await post_form(visit(person), path, {"form": "details", "version": "1"})).status_code in {403, 404}


async def test_each_page_has_one_heading_and_a_label_for_each_field(desk: httpx.AsyncClient, cast: Cast) -> None:
    for path in pages(cast):
        told = (await desk.get(path)).text
        assert told.count("<h1") == 1
        for field in re.findall(r"<(?:input|select|textarea)[^>]*>", told):
            if 'type="hidden"' in field or "aria-label" in field:
                continue
            before = told[: told.index(field)]
            assert before.rfind("<label") > before.rfind("</label>"), f"{path}: {field}"


async def test_a_list_leads_to_own_places_alone(desk: httpx.AsyncClient) -> None:
    told = (await desk.get("/desk/incubators")).text
    assert "/desk/incubators/las" in told and "/desk/incubators/rynek" not in told


async def test_details_are_saved_and_said_so(desk: httpx.AsyncClient) -> None:
    form = {"form": "details", "version": "1", "name": "LAS <b>Nowy</b> 🌲", "email": "las@example.com"}
    answer = await post_form(desk, "/desk/incubators/las", form)
    assert answer.status_code == 303 and answer.headers["location"] == "/desk/incubators/las"
    told = (await desk.get("/desk/incubators/las")).text
    assert "LAS &lt;b&gt;Nowy&lt;/b&gt; 🌲" in told and "details are saved" in told


@pytest.mark.parametrize(
    ("field", "value", "label"),
    [
        ("name", "", "Name"),
        ("postcode", "32005", "Postcode"),
        ("email", "nobody", "E-mail"),
        ("latitude", "nan", "Latitude"),
        ("latitude", "north", "Latitude"),
        ("version", "x", "Version"),
    ],
)
async def test_a_field_that_does_not_fit_is_named_and_what_was_typed_is_kept(
    desk: httpx.AsyncClient, field: str, value: str, label: str
) -> None:
    form = {"form": "details", "version": "1", "name": "LAS", "town": "Typed town", field: value}
    answer = await post_form(desk, "/desk/incubators/las", form)
    assert answer.status_code == 422
    assert f"Please check the field “{label}”." in answer.text and "Typed town" in answer.text


async def test_who_comes_second_is_told_and_loses_nothing(desk: httpx.AsyncClient) -> None:
    await post_form(desk, "/desk/incubators/las", {"form": "details", "version": "1", "name": "First"})
    answer = await post_form(desk, "/desk/incubators/las", {"form": "details", "version": "1", "name": "Second"})
    assert answer.status_code == 412 and 'value="Second"' in answer.text and "<h1>First" in answer.text


async def test_an_incubator_is_closed_only_on_a_second_yes_and_can_be_opened_again(desk: httpx.AsyncClient) -> None:
    path = "/desk/incubators/las"
    assert "Close for good" not in (await desk.get(path)).text
    shut = {"form": "status", "status": "closed", "version": "1"}
    refused = await post_form(desk, path, shut)
    assert refused.status_code == 422 and "Please check the field “Yes, I am sure”." in refused.text
    assert (await post_form(desk, path, shut | {"sure": "yes"})).status_code == 303
    assert "closed until further notice" in (await desk.get(path)).text
    opened = await post_form(desk, path, {"form": "status", "status": "open", "version": "2"})
    assert opened.status_code == 303 and "closed until" not in (await desk.get(path)).text


async def test_who_comes_second_is_led_to_the_page_as_it_is_now(desk: httpx.AsyncClient, cast: Cast) -> None:
    anew = "Load the page anew"
    for path, own in ((f"/desk/spaces/{cast.room_l}", "/retire"), ("/desk/incubators/las", "")):
        assert anew not in (await post_form(desk, path, {"form": "details", "version": "1"})).text
        form = {"form": "details", "name": "L", "name_pl": "L", "capacity": "1", "position": "0", "version": "1"}
        assert (await post_form(desk, path, form)).status_code == 303
        second = await post_form(desk, path, form)
        assert second.status_code == 412 and f'<a href="{path}">{anew}' in second.text
        if own:
            late = await post_form(desk, path + own, {"form": "retire", "sure": "yes", "version": "1"})
            assert late.status_code == 412 and f'<a href="{path}">{anew}' in late.text


async def test_the_week_is_edited_without_a_script(desk: httpx.AsyncClient, db: Database, cast: Cast) -> None:
    week = {"opens_1_0": "08:00", "closes_1_0": "12:00", "opens_1_1": "13:00", "closes_1_1": "00:00"}
    answer = await post_form(desk, "/desk/incubators/las/hours", {"form": "week", "version": "1", **week})
    assert answer.status_code == 303
    async with statement(db) as tx:
        rows = await tx.fetch("SELECT weekday, opens, closes FROM weekly_hours WHERE incubator_id = $1", cast.las)
    assert sorted(map(tuple, rows)) == [(1, 480, 720), (1, 780, 1440)]
    told = (await desk.get("/desk/incubators/las/hours")).text
    assert 'name="closes_1_1" value="00:00"' in told


@pytest.mark.parametrize(
    "week",
    [
        {"opens_1_0": "08:00"},
        {"opens_1_0": "8 o'clock", "closes_1_0": "12:00"},
        {"opens_1_0": "12:00", "closes_1_0": "08:00"},
        {"opens_1_0": "08:00", "closes_1_0": "12:00", "opens_1_1": "11:00", "closes_1_1": "13:00"},
    ],
)
async def test_hours_that_make_no_sense_are_shown_again(desk: httpx.AsyncClient, week: dict[str, str]) -> None:
    answer = await post_form(desk, "/desk/incubators/las/hours", {"form": "week", "version": "1", **week})
    assert answer.status_code == 422 and 'role="alert"' in answer.text
    for name, value in week.items():
        assert f'name="{name}" value="{value.replace(chr(39), "&#39;")}"' in answer.text


async def test_an_exception_comes_and_goes(desk: httpx.AsyncClient) -> None:
    path, day = "/desk/incubators/las/hours", {"day": "2026-12-31"}
    closed = await post_form(desk, path, {"form": "exception", "version": "1", "note": "Sylwester", **day})
    assert closed.status_code == 303 and "Sylwester" in (await desk.get(path)).text
    assert (await post_form(desk, path, {"form": "as_usual", "version": "2", **day})).status_code == 303
    assert "Sylwester" not in (await desk.get(path)).text
    past = await post_form(desk, path, {"form": "exception", "version": "3", "day": "2026-09-06"})
    assert past.status_code == 422


async def test_a_quota_in_hours_is_kept_in_minutes(desk: httpx.AsyncClient, db: Database, cast: Cast) -> None:
    path = "/desk/incubators/las/quotas"
    form = {"form": "quota", "version": "1", "name": "Sale", "unit": "month", "organisation_hours": "7.5"}
    assert (await post_form(desk, path, form)).status_code == 303
    async with statement(db) as tx:
        row = await tx.fetchrow("SELECT * FROM quota WHERE incubator_id = $1", cast.las)
    assert row is not None
    assert (row["unit"], row["organisation_minutes"], row["person_minutes"]) == ("month", 450, None)
    for bad in ("nan", "-1", "many"):
        answer = await post_form(desk, path, {**form, "version": "2", "organisation_hours": bad})
        assert answer.status_code == 422, bad


RULES = {
    "grid_minutes": "30", "shortest_minutes": "1", "shortest_minutes_unit": "hour", "longest_minutes": "8",
    "longest_minutes_unit": "hour", "lead_minutes": "1", "lead_minutes_unit": "day", "horizon_days": "60",
    "turnaround_minutes": "15", "cancel_minutes": "24", "cancel_minutes_unit": "hour", "hold_minutes": "15",
    "audience": ["ngo", "public"], "needs_approval": "yes",
}  # fmt: skip


async def test_rules_are_set_in_the_units_that_people_use(desk: httpx.AsyncClient, db: Database, cast: Cast) -> None:
    path = f"/desk/spaces/{cast.room_l}"
    assert (await post_form(desk, path, {"form": "rules", "version": "1", **RULES})).status_code == 303
    async with statement(db) as tx:
        row = await tx.fetchrow("SELECT * FROM space WHERE id = $1", cast.room_l)
    assert row is not None
    assert (row["shortest_minutes"], row["longest_minutes"], row["lead_minutes"], row["cancel_minutes"]) == (
        60,
        480,
        1440,
        1440,
    )
    assert row["needs_approval"] and not row["closed_on_holidays"] and row["audience"] == ["ngo", "public"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"grid_minutes": "7"}, "divide a day evenly"),
        ({"shortest_minutes_unit": "day"}, "must not be longer"),
        ({"audience": []}, "Choose at least one"),
        ({"lead_minutes": "60"}, "Nobody could ever book"),
        ({"longest_minutes": "x"}, "Longest booking"),
        ({"longest_minutes_unit": "year"}, "Longest booking"),
        ({"horizon_days": "0"}, "How far ahead"),
        ({"audience": ["aliens"]}, "Who may book"),
        ({"quota_id": "x"}, "Quota"),
    ],
)
async def test_rules_that_make_no_sense_are_explained(
    desk: httpx.AsyncClient, cast: Cast, change: dict[str, Any], said: str
) -> None:
    form = {"form": "rules", "version": "1", **RULES, **change}
    answer = await post_form(desk, f"/desk/spaces/{cast.room_l}", form)
    assert answer.status_code == 422 and said in answer.text, answer.text[:500]


async def test_spaces_are_added_joined_and_retired(desk: httpx.AsyncClient, cast: Cast) -> None:
    path = "/desk/incubators/las"
    room = {"form": "space", "version": "1", "kind": "room", "name_pl": "Sala Mała", "capacity": "6"}
    assert (await post_form(desk, path, room)).status_code == 303
    joined = {"form": "joined", "version": "1", "name_pl": "A+S", "capacity": "40"}
    parts = [str(cast.room_a), str(cast.room_s)]
    assert (await post_form(desk, path, {**joined, "parts": parts[:1]})).status_code == 422
    assert (await post_form(desk, path, {**joined, "parts": parts})).status_code == 303
    assert "Sala Mała" in (await desk.get(path)).text
    retire = f"/desk/spaces/{cast.room_a}/retire"
    assert (await post_form(desk, retire, {"form": "retire", "version": "1"})).status_code == 422, "not sure"
    needed = await post_form(desk, retire, {"form": "retire", "version": "1", "sure": "yes"})
    assert needed.status_code == 409 and "A+S" in needed.text
    office = f"/desk/spaces/{cast.office_space}"
    done = await post_form(desk, f"{office}/retire", {"form": "retire", "version": "1", "sure": "yes"})
    assert done.status_code == 303 and (await desk.get(office)).status_code == 410


async def test_a_photo_is_added_shown_and_removed(desk: httpx.AsyncClient, visit: Visit, cast: Cast) -> None:
    path = f"/desk/spaces/{cast.room_l}"
    await desk.get(path)
    form = {"_csrf_token": desk.cookies["csrf"], "form": "photo", "version": "1", "alt_pl": "Sala L"}
    answer = await desk.post(f"{path}/photos", data=form, files={"photo": ("a.jpg", picture(), "image/jpeg")})
    assert answer.status_code == 303, answer.text
    (photo,) = (await visit().get(f"/api/spaces/{cast.room_l}")).json()["photos"]
    shown = await visit().get(photo["path"])
    assert shown.headers["content-type"] == "image/webp" and b"SecretCamera" not in shown.content
    assert "set-cookie" not in shown.headers
    for content, status in ((b"nothing", 422), (b"", 422), (b"\xff\xd8" + b"0" * 2_100_000, 413)):
        bad = await desk.post(f"{path}/photos", data=form, files={"photo": ("a.jpg", content, "image/jpeg")})
        assert bad.status_code == status
    remove = {"form": "remove_photo", "version": "2", "photo_id": photo["id"]}
    assert (await post_form(desk, path, remove)).status_code == 303
    assert (await visit().get(photo["path"])).status_code == 404


async def test_an_unknown_form_is_not_found(desk: httpx.AsyncClient) -> None:
    assert (await post_form(desk, "/desk/incubators/las", {"form": "demolish"})).status_code == 404
