"""Bookings over HTTP: the acts, and who may not."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import httpx
import pytest

from incubator.db.engine import Database, transaction
from incubator.kernel.period import Period
from tests.browsing import post_form
from tests.cast import Cast, change
from tests.conftest import Clockwork
from tests.moments import NOW, tuesday

Visit = Callable[..., httpx.AsyncClient]


def wish(cast: Cast, period: Period | None = None, **said: Any) -> dict[str, Any]:
    period = period or tuesday("10:00", "11:00")
    return {
        "space_id": str(cast.room_l),
        "start": period.start.isoformat(),
        "end": period.end.isoformat(),
        **said,
    }


async def booked(visit: Visit, cast: Cast, **said: Any) -> str:
    answer = await visit(cast.member).post("/api/bookings", json=wish(cast, **said))
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


async def test_hold_confirm_read_and_cancel(visit: Visit, cast: Cast) -> None:
    me = visit(cast.member)
    held = await me.post("/api/bookings", json=wish(cast, title="Próba 🎤", organisation_id=str(cast.acme)))
    assert held.status_code == 201
    assert held.json()["state"] == "held"
    where = held.headers["location"]
    confirmed = await me.post(f"{where}/confirm", json={"attendees": 12})
    assert confirmed.json()["state"] == "confirmed", confirmed.text
    read = await me.get(where)
    assert read.json()["attendees"] == 12
    assert read.headers["etag"] == '"1"'
    assert [deed["verb"] for deed in (await me.get(f"{where}/history")).json()] == ["hold", "confirm"]
    cancelled = await me.post(f"{where}/cancel", json={})
    assert cancelled.json()["state"] == "cancelled"
    assert (await me.post(f"{where}/cancel", json={})).json()["code"] == "wrong_state"


async def test_more_people_than_there_is_room_for_are_refused_on_confirming_as_on_booking(
    visit: Visit, cast: Cast
) -> None:
    me, many = visit(cast.member), {"attendees": 61}
    on_booking = await me.post("/api/bookings", json=wish(cast, **many))
    where = f"/bookings/{await booked(visit, cast, attendees=7)}"
    on_confirming = await me.post(f"/api{where}/confirm", json=many)
    assert (on_confirming.status_code, on_confirming.json()["code"]) == (422, "too_many_people")
    assert on_confirming.json()["detail"] == on_booking.json()["detail"]
    typed = await post_form(me, f"{where}/confirm", {"attendees": "61", "agreed": "yes"})
    assert typed.status_code == 422 and on_booking.json()["detail"] in typed.text
    held = (await me.get(f"/api{where}")).json()
    assert (held["state"], held["attendees"]) == ("held", 7)
    assert (await me.post(f"/api{where}/confirm", json={"attendees": 60})).json()["attendees"] == 60


async def test_taken_time_is_a_conflict_with_its_code(visit: Visit, cast: Cast) -> None:
    await booked(visit, cast)
    answer = await visit(cast.stranger).post("/api/bookings", json=wish(cast))
    assert answer.status_code == 409
    assert answer.json()["code"] == "slot_taken"


@pytest.mark.parametrize("who", ["stranger", "resident", "other_coordinator", "office"])
@pytest.mark.parametrize(
    ("verb", "body"),
    [
        ("", None),
        ("/history", None),
        ("/confirm", {}),
        ("/cancel", {"reason": "no"}),
        ("/approve", {}),
        ("/decline", {"reason": "no"}),
        ("/check-in", {}),
        ("/complete", {}),
        ("/no-show", {}),
        ("/reschedule", {"start": "2026-09-08T10:00:00Z", "end": "2026-09-08T11:00:00Z"}),
        ("/extend", {"end": "2026-09-08T11:00:00Z"}),
    ],
)
async def test_others_cannot_even_know_of_a_booking(
    visit: Visit, cast: Cast, who: str, verb: str, body: dict[str, Any] | None
) -> None:
    where = f"/api/bookings/{await booked(visit, cast)}{verb}"
    other = visit(getattr(cast, who))
    answer = await (other.get(where) if body is None else other.post(where, json=body))
    assert answer.status_code in {403, 404}, answer.text
    assert (await visit().get(where) if body is None else await visit().post(where, json=body)).status_code == 401


async def test_coordinator_cancels_with_a_reason_only(visit: Visit, cast: Cast) -> None:
    where = f"/api/bookings/{await booked(visit, cast)}/cancel"
    desk = visit(cast.coordinator)
    assert (await desk.post(where, json={})).json()["code"] == "reason_needed"
    assert (await desk.post(where, json={"reason": "awaria prądu"})).json()["reason"] == "awaria prądu"


async def test_cancellation_window_binds_the_holder(visit: Visit, cast: Cast, db: Database, clock: Clockwork) -> None:
    async with transaction(db) as tx:
        await change(tx, cast.room_l, cancel_minutes=120)
    where = f"/api/bookings/{await booked(visit, cast, outright=True)}"
    clock.now = tuesday("8:30", "9:00").start
    answer = await visit(cast.member).post(f"{where}/cancel", json={})
    assert (answer.status_code, answer.json()["code"]) == (409, "too_late_to_cancel")
    assert (await visit(cast.coordinator).post(f"{where}/cancel", json={"reason": "on request"})).status_code == 200


async def test_idempotency_key_makes_one_booking(visit: Visit, cast: Cast) -> None:
    me, headers = visit(cast.member), {"Idempotency-Key": "one"}
    first = await me.post("/api/bookings", json=wish(cast), headers=headers)
    again = await me.post("/api/bookings", json=wish(cast), headers=headers)
    assert (first.status_code, first.content) == (again.status_code, again.content)
    other = await me.post("/api/bookings", json=wish(cast, title="x"), headers=headers)
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")
    assert len((await me.get("/api/bookings")).json()["items"]) == 1


async def test_list_goes_on_where_the_cursor_says(visit: Visit, cast: Cast) -> None:
    hours = [await booked(visit, cast, period=tuesday(f"{h}:00", f"{h + 1}:00")) for h in range(9, 14)]
    me, seen, after = visit(cast.member), [], ""
    for _ in range(4):
        page = (await me.get(f"/api/bookings?limit=2{after}")).json()
        seen += [item["id"] for item in page["items"]]
        after = f"&after={page['next']}"
        if page["next"] is None:
            break
    assert seen == hours
    assert (await me.get("/api/bookings?after=nonsense")).json()["code"] == "bad_cursor"


async def test_member_sees_the_organisations_bookings_and_not_private_ones(visit: Visit, cast: Cast) -> None:
    ours = await booked(visit, cast, organisation_id=str(cast.acme))
    await booked(visit, cast, period=tuesday("14:00", "15:00"))
    found = (await visit(cast.colleague).get("/api/bookings")).json()["items"]
    assert [item["id"] for item in found] == [ours]


async def test_reschedule_moves_time_and_gives_back_the_old(visit: Visit, cast: Cast) -> None:
    where = f"/api/bookings/{await booked(visit, cast, outright=True)}"
    late = tuesday("15:00", "16:00")
    body = {"start": late.start.isoformat(), "end": late.end.isoformat(), "space_id": str(cast.room_s)}
    moved = await visit(cast.member).post(f"{where}/reschedule", json=body, headers={"If-Match": '"0"'})
    assert moved.json()["space"]["slug"] == "s", moved.text
    stale = await visit(cast.member).post(f"{where}/reschedule", json=body, headers={"If-Match": '"0"'})
    assert (stale.status_code, stale.json()["code"]) == (412, "changed_meanwhile")
    await booked(visit, cast)


async def test_reschedule_onto_a_taken_time_changes_nothing(visit: Visit, cast: Cast) -> None:
    where = f"/api/bookings/{await booked(visit, cast)}"
    other = tuesday("15:00", "16:00")
    await booked(visit, cast, period=other)
    body = {"start": other.start.isoformat(), "end": other.end.isoformat()}
    assert (await visit(cast.member).post(f"{where}/reschedule", json=body)).json()["code"] == "slot_taken"
    assert (await visit(cast.member).get(where)).json()["start"] == "2026-09-08T08:00:00Z"


async def test_extend_and_shorten(visit: Visit, cast: Cast) -> None:
    where = f"/api/bookings/{await booked(visit, cast, outright=True)}/extend"
    me = visit(cast.member)
    for end in ("12:00", "10:30"):
        period = tuesday("10:00", end)
        assert (await me.post(where, json={"end": period.end.isoformat()})).status_code == 200
    early = await me.post(where, json={"end": "2026-09-08T07:00:00Z"})
    assert early.json()["code"] == "end_before_start"


async def test_approving_one_request_answers_the_other(visit: Visit, cast: Cast, db: Database) -> None:
    async with transaction(db) as tx:
        await change(tx, cast.room_l, needs_approval=True)
    first = await booked(visit, cast, outright=True)
    rival = await visit(cast.stranger).post("/api/bookings", json=wish(cast, outright=True))
    desk = visit(cast.coordinator)
    waiting = (await desk.get("/api/requests")).json()
    assert [len(one["rivals"]) for one in waiting] == [1, 1]
    assert (await visit(cast.other_coordinator).get("/api/requests")).json() == []
    assert (await visit(cast.member).get("/api/requests")).status_code == 403
    assert (await desk.post(f"/api/bookings/{first}/approve", json={})).json()["state"] == "confirmed"
    answered = (await visit(cast.stranger).get(rival.headers["location"])).json()
    assert answered["state"] == "declined"
    assert answered["reason"]


async def test_check_in_then_complete_and_no_show(visit: Visit, cast: Cast, clock: Clockwork) -> None:
    came = f"/api/bookings/{await booked(visit, cast, outright=True)}"
    missed = f"/api/bookings/{await booked(visit, cast, period=tuesday('12:00', '13:00'), outright=True)}"
    me, desk = visit(cast.member), visit(cast.coordinator)
    assert (await me.post(f"{came}/check-in")).json()["code"] == "not_yet_time"
    clock.now = tuesday("9:45", "10:00").start
    assert (await me.post(f"{came}/check-in")).json()["state"] == "checked_in"
    assert (await desk.post(f"{came}/complete")).json()["code"] == "not_over"
    clock.now = tuesday("13:00", "14:00").start
    assert (await desk.post(f"{came}/complete")).json()["state"] == "completed"
    assert (await desk.post(f"{missed}/no-show")).json()["state"] == "no_show"


async def test_availability_says_when_and_never_who(visit: Visit, cast: Cast) -> None:
    await booked(visit, cast, title="secret")
    span = "from=2026-09-08T00:00:00Z&to=2026-09-09T00:00:00Z"
    for where in (f"spaces/{cast.room_l}", "incubators/las", "gminas/niepolomice"):
        answer = await visit().get(f"/api/{where}/availability?{span}")
        assert answer.status_code == 200, answer.text
        (room,) = [one for one in answer.json()["spaces"] if one["space_id"] == str(cast.room_l)]
        assert [pair[0][11:16] for pair in room["taken"]] == ["08:00"]
        assert "secret" not in answer.text
    naive = await visit().get(f"/api/spaces/{cast.room_l}/availability?from=2026-09-08T00:00:00&to=2026-09-09T00:00:00")
    assert naive.status_code == 422
    long = await visit().get("/api/incubators/las/availability?from=2026-09-08T00:00:00Z&to=2027-09-09T00:00:00Z")
    assert long.json()["code"] == "span_too_long"


async def test_hold_that_lapses_while_its_owner_confirms(visit: Visit, cast: Cast, clock: Clockwork) -> None:
    """A second over, it is still the owner's; once given to another, it is not."""
    mine = await booked(visit, cast)
    clock.now = NOW + timedelta(minutes=15, seconds=1)
    assert (await visit(cast.member).post(f"/api/bookings/{mine}/confirm", json={})).json()["state"] == "confirmed"
    other = await booked(visit, cast, period=tuesday("12:00", "13:00"))
    clock.now += timedelta(minutes=16)
    taken = await visit(cast.stranger).post("/api/bookings", json=wish(cast, tuesday("12:00", "13:00")))
    assert taken.status_code == 201
    answer = await visit(cast.member).post(f"/api/bookings/{other}/confirm", json={})
    assert (answer.status_code, answer.json()["code"]) == (409, "hold_lapsed")
