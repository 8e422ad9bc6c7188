"""The pages and the API of calendars kept elsewhere, over a server that stands in for one."""

from collections.abc import Callable
from datetime import timedelta

import httpx
import pytest
from litestar import Litestar

from incubator.db.engine import Database, attempt, statement
from incubator.outside.look import Outside
from incubator.outside.personal_data import PERSONAL, forget_calendars
from tests.browsing import post_form
from tests.cast import Cast, acting
from tests.mentoring.cast import a_mentor
from tests.mentoring.meetings import TEN, count, credit, met, order
from tests.moments import NOW
from tests.outside.cast import added, file, says, taken
from tests.outside.servers import TESTING, answer, serving

Visiting = Callable[..., httpx.AsyncClient]
PAGE, API = "/mentors/ewa/calendars", "/api/mentors/ewa/outside-calendars"


@pytest.fixture
def open_ways(app: Litestar) -> None:
    """Servers of this machine can be reached."""
    app.state.outside = Outside(TESTING)


@pytest.mark.usefixtures("open_ways")
async def test_a_mentor_adds_reads_and_removes_a_calendar(db: Database, cast: Cast, visit: Visiting) -> None:
    ewa = await a_mentor(db, cast)
    browser = visit(ewa.person)
    async with serving(answer(file(TEN)), answer(file()), answer(status="404 No")) as server:
        address = server.at("/hush.ics").whole
        told = await post_form(browser, f"{PAGE}/add", {"form": "add", "version": "0", "address": address, "name": "U"})
        async with statement(db) as tx:
            key = str(await tx.fetchval("SELECT id FROM outside_calendar"))
        assert (told.status_code, told.headers["location"]) == (303, f"{PAGE}#calendar-{key}")
        assert await taken(db, ewa.resource_id) == [TEN]
        page = (await browser.get(PAGE)).text
        assert "hush" not in page and f"http://127.0.0.1:{server.port}/…" in page
        assert f'id="calendar-{key}"' in page
        assert "Read on Mon 7 Sep, 09:00: 1 busy time to come, the next on Tue 8 Sep, 10:00." in page
        assert "It is read again on Mon 7 Sep at about 09:3" in page
        polish = (await browser.get(f"{PAGE}?lang=pl")).text
        assert "Odczytano pon. 7 wrz, 09:00: 1 zajęty termin przed nami, najbliższy wt. 8 wrz, 10:00." in polish
        await browser.get(f"{PAGE}?lang=en")
        form = {"form": "read", "version": "0", "calendar_id": key}
        again = await post_form(browser, f"{PAGE}/read", form)
        assert again.status_code == 429 and "wait a minute" in again.text
        await _a_while_ago(db)
        assert (await post_form(browser, f"{PAGE}/read", form)).status_code == 303
        assert await taken(db, ewa.resource_id) == []
        assert "no busy time to come" in (await browser.get(PAGE)).text
        await _a_while_ago(db)
        failed = await post_form(browser, f"{PAGE}/read", form)
        assert failed.status_code == 422 and "There is no calendar at this address" in failed.text
    gone = await post_form(browser, PAGE, {**form, "form": "remove"})
    assert gone.status_code == 303 and await count(db, "outside_calendar") == 0


async def _a_while_ago(db: Database) -> None:
    async with statement(db) as tx:
        await tx.execute("UPDATE outside_calendar SET tried_at = tried_at - interval '2 minutes'")


@pytest.mark.usefixtures("open_ways")
async def test_what_cannot_be_read_is_not_added_and_shown_again(db: Database, cast: Cast, visit: Visiting) -> None:
    ewa = await a_mentor(db, cast)
    async with serving(answer(b"<html>")) as server:
        typed = {"form": "add", "version": "0", "address": server.at().whole, "name": "Moja nazwa"}
        told = await post_form(visit(ewa.person), f"{PAGE}/add", typed)
    assert told.status_code == 422 and "not a whole calendar file" in told.text and "Moja nazwa" in told.text
    assert await count(db, "outside_calendar") == 0


async def test_a_calendar_that_fails_says_what_to_do(db: Database, cast: Cast, visit: Visiting) -> None:
    ewa = await a_mentor(db, cast)
    await added(db, ewa.person, says(TEN), mentor_id=ewa.id)
    failing = "UPDATE outside_calendar SET problem = 'calendar_not_shown', failures = $1, next_fetch_at = $2"
    for failures, next_at, told in (
        (1, NOW + timedelta(minutes=30), "It is tried again on Mon 7 Sep at about 09:30."),
        (5, NOW + timedelta(hours=8), "Copy its address"),
        (1, None, "Copy its address"),
    ):
        async with statement(db) as tx:
            await tx.execute(failing, failures, next_at)
        page = (await visit(ewa.person).get(PAGE)).text
        assert told in page and "What it said then still counts." in page
        assert ("Copy its address" in page) == (told == "Copy its address")


async def test_an_address_inside_is_refused_and_trying_is_counted(db: Database, cast: Cast, visit: Visiting) -> None:
    ewa = await a_mentor(db, cast)
    program = visit(ewa.person)
    codes = [(await program.post(API, json={"address": f"https://10.0.0.{n}/a.ics"})).json()["code"] for n in range(21)]
    assert codes == ["calendar_address_not_public"] * 20 + ["too_often"]


@pytest.mark.usefixtures("open_ways")
async def test_the_api_of_a_space(db: Database, cast: Cast, visit: Visiting) -> None:
    program, path = visit(cast.coordinator), f"/api/spaces/{cast.room_s}/outside-calendars"
    async with serving(answer(file(TEN))) as server:
        made = await program.post(path, json={"address": server.at("/hush.ics").whole, "name": "Dom kultury"})
    assert made.status_code == 201 and made.json()["busy"] == 1 and "hush" not in made.text
    listed = (await program.get(path)).json()
    assert [one["name"] for one in listed] == ["Dom kultury"]
    free = await visit().get(f"/api/incubators/las/spaces/s/availability?from={TEN.start:%Y-%m-%d}&days=1")
    assert "Dom kultury" not in free.text
    assert (await program.delete(f"/api/outside-calendars/{listed[0]['id']}")).status_code == 204
    assert (await program.get(path)).json() == []


async def test_the_page_shows_a_clash_with_its_meeting(db: Database, cast: Cast, visit: Visiting) -> None:
    ewa = await a_mentor(db, cast)
    await credit(db, cast.acme, 600)
    meeting = await met(db, cast.member, order(ewa, cast, organisation_id=cast.acme))
    await added(db, ewa.person, says(TEN), mentor_id=ewa.id)
    page = (await visit(ewa.person).get(PAGE)).text
    assert f'href="/meetings/{meeting.id}"' in page and "1 booked time is in the way.</strong> It stands." in page


async def test_an_export_holds_the_times_and_no_address_and_an_erasure_ends_them(db: Database, cast: Cast) -> None:
    ewa = await a_mentor(db, cast)
    await added(db, ewa.person, says(TEN), mentor_id=ewa.id)
    async with statement(db) as tx:
        told = {name: await ask(tx, ewa.person.id) for name, ask in PERSONAL}
    assert told["outside_calendars"][0]["server"] == "https://calendar.example" and "hush" not in str(told)
    assert told["outside_busy_times"][0]["start"] == TEN.start
    actor = await acting(db, ewa.person)
    await attempt(db, lambda tx: forget_calendars(tx, actor=actor, now=NOW))
    assert await count(db, "outside_calendar") == 0 and await taken(db, ewa.resource_id) == []
