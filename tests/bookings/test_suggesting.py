"""A refusal because of a taken time says what is free instead."""

from collections.abc import Callable

import httpx

from tests.cast import Cast
from tests.moments import tuesday

Visit = Callable[..., httpx.AsyncClient]


def wish(space_id: object, start: str, end: str) -> dict[str, object]:
    asked = tuesday(start, end)
    return {
        "space_id": str(space_id),
        "start": asked.start.isoformat(),
        "end": asked.end.isoformat(),
        "outright": True,
    }


async def test_second_booking_of_an_hour_is_told_what_is_free(visit: Visit, cast: Cast) -> None:
    assert (await visit(cast.member).post("/api/bookings", json=wish(cast.room_l, "10:00", "11:00"))).status_code == 201
    refused = await visit(cast.stranger).post("/api/bookings", json=wish(cast.room_l, "10:30", "11:30"))
    assert refused.status_code == 409
    first = refused.json()["data"]["suggestions"][0]
    assert first["space_id"] == str(cast.room_l)
    again = {"space_id": first["space_id"], **first["period"], "outright": True}
    assert (await visit(cast.stranger).post("/api/bookings", json=again)).status_code == 201


async def test_moving_onto_a_taken_hour_is_told_what_is_free(visit: Visit, cast: Cast) -> None:
    member = visit(cast.member)
    await member.post("/api/bookings", json=wish(cast.room_l, "10:00", "11:00"))
    mine = (await member.post("/api/bookings", json=wish(cast.room_l, "14:00", "15:00"))).json()
    taken = tuesday("10:00", "11:00")
    body = {"start": taken.start.isoformat(), "end": taken.end.isoformat()}
    refused = await member.post(f"/api/bookings/{mine['id']}/reschedule", json=body)
    assert refused.status_code == 409
    assert refused.json()["data"]["suggestions"]
