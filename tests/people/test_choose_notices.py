"""What mails one gets is one's own choice, on a page and over the API."""

from collections.abc import Callable

import httpx
import pytest

from incubator.db.engine import Database, statement
from incubator.db.history import history_of
from tests.browsing import post_form
from tests.cast import Cast

Visit = Callable[..., httpx.AsyncClient]
UNSAID = {
    "bookings": {"invitations": True, "reminders": "none"},
    "meetings": {"invitations": True, "reminders": "day"},
    "sessions": {"invitations": True, "reminders": "day"},
}
CHOSEN = {
    "bookings": {"invitations": False, "reminders": "both"},
    "meetings": {"invitations": True, "reminders": "hour"},
    "sessions": {"invitations": False, "reminders": "none"},
}


async def test_who_never_said_gets_invitations_and_is_reminded_of_appointments(visit: Visit, cast: Cast) -> None:
    assert (await visit(cast.member).get("/api/me/notifications")).json() == UNSAID


async def test_it_is_changed_whole_and_nobody_elses(visit: Visit, cast: Cast, db: Database) -> None:
    me = visit(cast.member)
    for _ in range(2):
        answer = await me.put("/api/me/notifications", json=CHOSEN)
        assert (answer.status_code, answer.json()) == (200, CHOSEN)
    assert (await me.get("/api/me/notifications")).json() == CHOSEN
    assert (await visit(cast.colleague).get("/api/me/notifications")).json() == UNSAID
    async with statement(db) as tx:
        verbs = [deed["verb"] for deed in await history_of(tx, subject_id=cast.member.id)]
    assert verbs == ["choose_notices"] * 2


@pytest.mark.parametrize(
    "wrong",
    [{}, {**CHOSEN, "bookings": None}, {**CHOSEN, "meetings": {"invitations": True, "reminders": "week"}}, [], None],
)
async def test_what_makes_no_sense_is_refused(visit: Visit, cast: Cast, wrong: object) -> None:
    assert (await visit(cast.member).put("/api/me/notifications", json=wrong)).status_code in {400, 422}


async def test_the_page_shows_and_saves_the_same(visit: Visit, cast: Cast) -> None:
    me = visit(cast.member)
    typed = {"form": "choose", "version": "0", "bookings_reminders": "both", "meetings_reminders": "hour"}
    typed |= {"meetings_invitations": "yes", "sessions_reminders": "none"}
    assert (await post_form(me, "/me/notifications", typed)).status_code == 303
    assert (await me.get("/api/me/notifications")).json() == CHOSEN
    page = (await me.get("/me/notifications")).text
    assert page.count("checked") == 1 and page.count("selected>") >= 3
    again = await post_form(me, "/me/notifications", {**typed, "sessions_reminders": "week"})
    assert again.status_code == 422 and "Reminder by mail" in again.text


async def test_it_goes_with_the_person_and_stands_in_what_they_take_along(
    visit: Visit, cast: Cast, db: Database
) -> None:
    me = visit(cast.resident)
    await me.put("/api/me/notifications", json=CHOSEN)
    told = (await me.get("/api/me/export")).json()
    assert [row["about"] for row in told["notices"]] == ["bookings", "meetings", "sessions"]
    assert told["invited"] == [] and told["reminded"] == []
    erased = await post_form(me, "/me/erase", {"confirmation": cast.resident.email})
    assert erased.status_code in {200, 303}
    async with statement(db) as tx:
        assert await tx.fetchval("SELECT count(*) FROM notice_choice") == 0
