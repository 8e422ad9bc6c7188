"""The desk blocks and closes, as a browser without scripts does it; the public sees what it may."""

import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import UUID, uuid4

import httpx
import pytest

from incubator.bookings.check_in import check_in
from incubator.db.engine import Database, statement, transaction
from incubator.kernel.period import Period
from tests.bookings.test_block import put, state_of
from tests.bookings.test_close_over import shut
from tests.bookings.test_hold import book
from tests.browsing import post_form
from tests.cast import Cast, acting
from tests.moments import NOW, tuesday

Visit = Callable[..., httpx.AsyncClient]
HOURS = {"from_day": "2026-09-08", "from_time": "09:00", "to_day": "2026-09-08", "to_time": "12:07"}


def block_form(cast: Cast, **changes: str) -> dict[str, str]:
    return {"space": str(cast.room_l), **HOURS, "reason": "Malowanie <b>", **changes}


def close_form(cast: Cast, **changes: str) -> dict[str, str]:
    return {"what": f"incubator:{cast.las}", **HOURS, "reason_pl": "Awaria", "reason_en": "Breakdown", **changes}


@pytest.fixture
def desk(visit: Visit, cast: Cast) -> httpx.AsyncClient:
    """The coordinator's browser, in English."""
    client = visit(cast.coordinator)
    client.headers["accept-language"] = "en"
    return client


def hidden(page: str) -> dict[str, str]:
    """The hidden fields of the first form that asks."""
    form = page[page.index('<div class="actions">') :]
    form = form[: form.index("</form>")]
    found = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', form)
    return {name: unescape(value) for name, value in found if name != "_csrf_token"}


def back_of(page: str) -> str:
    found = re.search(r'<a class="button outline secondary" href="([^"]+)">', page)
    assert found is not None
    return unescape(found[1])


async def test_a_space_is_blocked_shown_and_taken_back(desk: httpx.AsyncClient, cast: Cast, db: Database) -> None:
    answer = await post_form(desk, "/desk/block", block_form(cast))
    assert (answer.status_code, answer.headers["location"]) == (303, "/desk/block#blocks"), answer.text
    text = (await desk.get("/desk/block")).text
    assert "The space is blocked." in text and "Malowanie &lt;b&gt;" in text and "09:00–12:07" in text
    found = re.search(r'action="(/desk/blocks/[^"]+)"', text)
    assert found is not None
    assert (await post_form(desk, found[1])).status_code == 303
    text = (await desk.get("/desk/block")).text
    assert "the time is free again" in text and "Nothing is blocked." in text
    async with statement(db) as tx:
        assert await tx.fetchval("SELECT count(*) FROM occupancy") == 0


async def test_what_is_booked_is_asked_about_and_cancelled_on_demand(
    desk: httpx.AsyncClient, cast: Cast, db: Database
) -> None:
    booked = await book(db, cast.member, cast.room_l, tuesday("10:00", "11:00"), outright=True)
    asked = await post_form(desk, "/desk/block", block_form(cast))
    assert asked.status_code == 409
    for told in ("Member", "10:00–11:00", f"/bookings/{booked.id}", "Malowanie &lt;b&gt;", "Cancel them and write"):
        assert told in asked.text
    assert "Keep them" not in asked.text
    again = await desk.get(back_of(asked.text))
    for kept in ('value="2026-09-08"', 'value="12:07"', f'value="{cast.room_l}" selected', "Malowanie &lt;b&gt;"):
        assert kept in again.text
    done = await post_form(desk, "/desk/block", {**hidden(asked.text), "bookings": "cancel"})
    assert done.status_code == 303
    assert await state_of(db, booked.id) == "cancelled"


async def test_a_closure_asks_and_keeps_or_cancels(desk: httpx.AsyncClient, cast: Cast, db: Database) -> None:
    booked = await book(db, cast.member, cast.room_l, tuesday("10:00", "11:00"), outright=True)
    asked = await post_form(desk, "/desk/close", close_form(cast))
    assert asked.status_code == 409
    for told in ("Member", "all of LAS Open Space", "Awaria", "Cancel them and write", "Keep them and close"):
        assert told in asked.text
    assert parse_qs(urlsplit(back_of(asked.text)).query)["what"] == [f"incubator:{cast.las}"]
    kept = await post_form(desk, "/desk/close", {**hidden(asked.text), "bookings": "keep"})
    assert kept.status_code == 303 and await state_of(db, booked.id) == "confirmed"
    assert "What is booked already stands" in (await desk.get("/desk/close")).text
    cancelled = await post_form(desk, "/desk/close", {**hidden(asked.text), "bookings": "cancel"})
    assert cancelled.status_code == 303 and await state_of(db, booked.id) == "cancelled"
    text = (await desk.get("/desk/close")).text
    (first, second) = re.findall(r'action="(/desk/closures/[^"]+)"', text)
    for path in (first, second):
        assert (await post_form(desk, path)).status_code == 303
    assert "No closures are coming." in (await desk.get("/desk/close")).text


@pytest.mark.parametrize("scope", ["gmina", "space"])
async def test_a_gmina_and_a_space_are_closed_and_named(
    desk: httpx.AsyncClient, cast: Cast, db: Database, scope: str
) -> None:
    key = {"gmina": cast.niepolomice, "space": cast.room_la}[scope]
    assert (await post_form(desk, "/desk/close", close_form(cast, what=f"{scope}:{key}"))).status_code == 303
    name = {"gmina": "all of gmina Niepołomice", "space": "L-A, LAS Open Space"}[scope]
    text = (await desk.get("/desk/close")).text
    assert f"<td>{name}</td>" in text
    async with transaction(db) as tx:
        await tx.execute("UPDATE space SET retired_at = $2 WHERE id = $1", cast.room_la, NOW)
    if scope == "space":
        assert "a space that was taken out of use, LAS Open Space" in (await desk.get("/desk/close")).text


async def test_people_who_are_there_are_pointed_out(desk: httpx.AsyncClient, cast: Cast, db: Database) -> None:
    there = await book(db, cast.member, cast.room_l, Period(NOW, NOW + timedelta(hours=2)), outright=True)
    async with transaction(db) as tx:
        await check_in(tx, actor=await acting(db, cast.member), booking_id=there.id, now=NOW)
    today = {"from_day": "2026-09-07", "to_day": "2026-09-07"}
    asked = await post_form(desk, "/desk/block", block_form(cast, **today))
    assert "Not all of these can be cancelled" in asked.text and "Cancel them" not in asked.text
    asked = await post_form(desk, "/desk/close", close_form(cast, **today))
    assert "Who has checked in is there" in asked.text and "Cancel them" in asked.text


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("date=2026-09-09&start=10:00&end=11:30", ("2026-09-09", "10:00", "2026-09-09", "11:30")),
        ("start=2026-09-09T08:00Z&end=2026-09-10T09:00Z", ("2026-09-09", "10:00", "2026-09-10", "11:00")),
        ("date=2026-09-09&start=10:00", ("2026-09-09", "10:00", "2026-09-09", "11:00")),
        ("date=2026-09-09", ("2026-09-09", "08:00", "2026-09-09", "09:00")),
        ("", ("2026-09-07", "09:30", "2026-09-07", "10:30")),
        ("start=9999-12-31T23:59Z&end=0001-01-01T00:00Z", ("2026-09-07", "09:30", "2026-09-07", "10:30")),
        ("date=x&start=y&end=z&space=%00&reason=" + "x" * 300, ("2026-09-07", "09:30", "2026-09-07", "10:30")),
    ],
)
async def test_a_link_fills_the_form(desk: httpx.AsyncClient, query: str, shown: tuple[str, ...]) -> None:
    for path in ("/desk/block", "/desk/close"):
        answer = await desk.get(f"{path}?{query.replace('%00', 'nothing')}")
        assert answer.status_code == 200
        found = re.findall(r'name="(?:from|to)_(?:day|time)" value="([^"]*)"', answer.text)
        assert tuple(found) == shown


@pytest.mark.parametrize(
    ("path", "change", "said"),
    [
        ("/desk/block", {"reason": ""}, "Say why the space is blocked"),
        ("/desk/block", {"from_day": ""}, "choose from when to when"),
        ("/desk/block", {"to_time": "08:00"}, "choose from when to when"),
        ("/desk/block", {"from_day": "0001-01-01"}, "choose from when to when"),
        ("/desk/block", {"from_time": "25:00"}, "choose from when to when"),
        ("/desk/block", {"from_day": "2026-09-01"}, "already over"),
        ("/desk/block", {"to_day": "2028-09-01"}, "366 days"),
        ("/desk/block", {"space": "castle"}, "check the form"),
        ("/desk/block", {"bookings": "keep"}, "check the form"),
        ("/desk/close", {"reason_pl": ""}, "Say why it is closed"),
        ("/desk/close", {"what": "castle:1"}, "Name one thing"),
        ("/desk/close", {"what": f"castle:{UUID(int=1)}"}, "Name one thing"),
        ("/desk/close", {"from_day": "2026-09-01", "to_day": "2026-09-02"}, "has to end in the future"),
        ("/desk/close", {"reason_en": "x" * 201}, "check the form"),
    ],
)
async def test_what_makes_no_sense_is_explained_and_kept(
    desk: httpx.AsyncClient, cast: Cast, path: str, change: dict[str, str], said: str
) -> None:
    form = block_form(cast) if path == "/desk/block" else close_form(cast)
    answer = await post_form(desk, path, {**form, **change})
    assert answer.status_code == 422 and said in answer.text
    assert 'value="12:07"' in answer.text or "to_time" in change


@pytest.mark.parametrize("path", ["/desk/block", "/desk/close"])
async def test_only_coordinators_and_only_at_home(visit: Visit, cast: Cast, db: Database, path: str) -> None:
    made = await put(db, cast.coordinator, cast.room_s, tuesday("9:00", "10:00"))
    closed = await shut(db, cast.coordinator, "keep", space_id=cast.room_s)
    form: dict[str, Any] = block_form(cast) if path == "/desk/block" else close_form(cast)
    back = {"/desk/block": f"/desk/blocks/{made.id}", "/desk/close": f"/desk/closures/{closed.closure.id}"}[path]
    assert (await visit().get(path)).headers["location"].startswith("/sign-in")
    for who in (cast.member, cast.stranger, cast.office):
        assert (await visit(who).get(path)).status_code == 403
        assert (await post_form(visit(who), path, form)).status_code == 403
    other = visit(cast.other_coordinator)
    text = (await other.get(path)).text
    assert "LAS Open Space" not in text and "Inkubator Skawina" in text and WHY_OF[path] not in text
    assert (await post_form(other, path, form)).status_code == 403
    assert (await post_form(other, f"{back}/take-back")).status_code == 403
    assert (await post_form(visit(cast.coordinator), f"{back}/take-back")).status_code == 303
    assert (await post_form(visit(cast.coordinator), f"{back}/take-back")).status_code == 404
    assert (await post_form(visit(cast.coordinator), f"/desk/blocks/{uuid4()}/take-back")).status_code == 404


WHY_OF = {"/desk/block": "Malowanie ścian", "/desk/close": "Awaria prądu"}


async def test_the_desk_of_places_leads_here(desk: httpx.AsyncClient, cast: Cast) -> None:
    for path in ("/desk/incubators/las", "/desk/incubators/las/hours"):
        text = (await desk.get(path)).text
        assert "/desk/block" in text and f"/desk/close?what=incubator:{cast.las}" in text
    chosen = (await desk.get(f"/desk/close?what=incubator:{cast.las}")).text
    assert f'value="incubator:{cast.las}" selected' in chosen


async def test_each_page_has_one_heading_and_a_label_for_each_field(desk: httpx.AsyncClient) -> None:
    for path in ("/desk/block", "/desk/close"):
        told = (await desk.get(path)).text
        assert told.count("<h1") == 1
        for field in re.findall(r"<(?:input|select)[^>]*>", told):
            if 'type="hidden"' not in field:
                before = told[: told.index(field)]
                assert before.rfind("<label") > before.rfind("</label>"), f"{path}: {field}"
