"""The coordinator's lists over the API."""

from collections.abc import Callable

import httpx

from incubator.db.engine import Database
from tests.bookings.pages.desk_kit import booked
from tests.cast import Cast
from tests.moments import tuesday

SPAN = "from=2026-09-08T00:00:00Z&to=2026-09-09T00:00:00Z"


async def test_an_incubators_bookings_are_its_coordinators(
    visit: Callable[..., httpx.AsyncClient], cast: Cast, db: Database
) -> None:
    booking = await booked(db, cast.member, cast.room_l, tuesday("10:00", "11:00"), title="Talk")
    where = f"/api/incubators/by-id/{cast.las}/bookings?{SPAN}"
    for person in (cast.coordinator, cast.administrator):
        items = (await visit(person).get(where)).json()["items"]
        assert [(one["id"], one["title"]) for one in items] == [(str(booking.id), "Talk")]
    assert (await visit(cast.other_coordinator).get(where)).json()["items"] == []
    assert (await visit(cast.member).get(where)).status_code == 403
    assert (await visit().get(where)).status_code == 401
