"""An incubator that takes no bookings: it says so, and shows no free time anywhere."""

from collections.abc import Callable

import httpx
import pytest

from incubator.db.engine import Database, transaction
from tests.bookings.pages.test_mine import booked
from tests.browsing import post_form
from tests.cast import Cast
from tests.moments import tuesday

Visit = Callable[..., httpx.AsyncClient]
SAID = {"closed": "closed until further notice", "planned": "not open yet"}
SPAN = "from=2026-09-08T00:00:00Z&to=2026-09-09T00:00:00Z"
PICK = {"date": "2026-09-08", "start": "2026-09-08T08:00Z", "end": "2026-09-08T10:00Z"}


async def become(db: Database, cast: Cast, status: str) -> None:
    async with transaction(db) as tx:
        await tx.execute("UPDATE incubator SET status = $2 WHERE id = $1", cast.las, status)


@pytest.mark.parametrize("status", ["closed", "planned"])
async def test_it_says_so_and_offers_neither_times_nor_a_form(
    visit: Visit, cast: Cast, db: Database, status: str
) -> None:
    await become(db, cast, status)
    for part in ("", "/s", "/l-a", "/zones/strefa", "/office"):
        answer = await visit(cast.member).get(f"/incubators/las{part}?date=2026-09-08&lang=en")
        assert answer.status_code == 200 and f"This incubator is {SAID[status]}." in answer.text, part
        for absent in ("Open today", "Closed today", "start=2026", 'name="start"', "Wait for a taken", "Choose a free"):
            assert absent not in answer.text, (part, absent)
    house = (await visit().get("/incubators/las?lang=en")).text
    assert 'href="/incubators/las/s"' in house and "3 hot desks" in house
    assert "Ten inkubator" in (await visit().get("/incubators/las?lang=pl")).text
    panel = await visit().get("/incubators/las/s", headers={"hx-request": "true"})
    assert 'name="start"' not in panel.text


async def test_a_form_from_before_it_closed_is_answered_with_why(visit: Visit, cast: Cast, db: Database) -> None:
    client = visit(cast.member)
    await become(db, cast, "closed")
    answer = await post_form(client, "/incubators/las/s/hold?lang=en", PICK)
    assert answer.status_code == 404 and SAID["closed"] in answer.text and 'name="start"' not in answer.text


async def test_the_api_reports_none_of_its_times_as_free(visit: Visit, cast: Cast, db: Database) -> None:
    async def shown(where: str) -> httpx.Response:
        return await visit().get(f"/api/{where}/availability?{SPAN}")

    assert len((await shown("incubators/las")).json()["spaces"]) == 8
    assert len((await shown("gminas/niepolomice")).json()["spaces"]) == 8
    assert (await shown(f"spaces/{cast.room_s}")).status_code == 200
    await become(db, cast, "closed")
    assert (await shown("incubators/las")).json() == {"spaces": []}
    assert (await shown("gminas/niepolomice")).json() == {"spaces": []}
    gone = await shown(f"spaces/{cast.room_s}")
    assert (gone.status_code, gone.json()["code"]) == (404, "no_such_space")


async def test_its_coordinator_still_sees_what_was_booked(visit: Visit, cast: Cast, db: Database) -> None:
    booking = await booked(db, cast.member, cast.room_s, tuesday("10:00", "12:00"))
    await become(db, cast, "closed")
    for page in ("day", "week"):
        text = (await visit(cast.coordinator).get(f"/desk/incubators/las/{page}?date=2026-09-08")).text
        assert f"/bookings/{booking.id}" in text, page
