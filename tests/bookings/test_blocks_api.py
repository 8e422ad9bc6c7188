"""Blocks and closures over HTTP: the acts, the list that is asked about, and who may not."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import httpx
import pytest

from incubator.db.engine import Database, statement
from incubator.kernel.period import Period
from tests.bookings.test_api import booked
from tests.cast import Cast
from tests.moments import tuesday

Visit = Callable[..., httpx.AsyncClient]
DAY = tuesday("8:00", "20:00")


def times(period: Period = DAY) -> dict[str, str]:
    return {"start": period.start.isoformat(), "end": period.end.isoformat()}


def block(cast: Cast, **said: Any) -> dict[str, Any]:
    return {"space_id": str(cast.room_l), "reason": "Malowanie", **times(), **said}


def closure(cast: Cast, **said: Any) -> dict[str, Any]:
    return {"incubator_id": str(cast.las), "reason_pl": "Awaria", "reason_en": "Breakdown", **times(), **said}


async def blocks_of(client: httpx.AsyncClient, cast: Cast, **params: str) -> httpx.Response:
    span = {"from": DAY.start.isoformat(), "to": DAY.end.isoformat()}
    return await client.get(f"/api/incubators/by-id/{cast.las}/blocks", params={**span, **params})


async def test_block_list_and_take_back(visit: Visit, cast: Cast) -> None:
    desk = visit(cast.coordinator)
    made = await desk.post("/api/blocks", json=block(cast))
    assert made.status_code == 201, made.text
    told = made.json()
    assert (told["space_name"], told["reason"], told["created_by_name"]) == ("L", "Malowanie", "Coordinator")
    assert (await blocks_of(desk, cast)).json()["items"] == [told]
    assert (await desk.delete(made.headers["location"])).status_code == 204
    assert (await blocks_of(desk, cast)).json()["items"] == []
    assert (await desk.delete(made.headers["location"])).json()["code"] == "no_such_block"


async def test_bookings_in_the_way_are_handed_back_and_cancelled_when_told_to(visit: Visit, cast: Cast) -> None:
    booking_id, desk = await booked(visit, cast, outright=True), visit(cast.coordinator)
    for path, body in (("/api/blocks", block(cast)), ("/api/closures", closure(cast))):
        asked = await desk.post(path, json=body)
        assert (asked.status_code, asked.json()["code"]) == (409, "bookings_in_the_way")
        (item,) = asked.json()["data"]["items"]
        assert asked.json()["data"]["count"] == 1
        assert (item["kind"], item["id"], item["who"], item["can_be_cancelled"]) == (
            "booking",
            booking_id,
            "Member",
            True,
        )
    closed = await desk.post("/api/closures", json=closure(cast, bookings="cancel"))
    assert closed.status_code == 201, closed.text
    assert (closed.json()["cancelled"], closed.json()["standing"]) == (1, 0)
    seen = await visit(cast.member).get(f"/api/bookings/{booking_id}")
    assert (seen.json()["state"], seen.json()["reason"]) == ("cancelled", "Breakdown")
    assert (await visit().get("/api/gminas/niepolomice/closures")).json()["items"] == [closed.json()["closure"]]
    assert (await desk.delete(closed.headers["location"])).status_code == 204


async def test_a_block_may_cancel_and_never_keep(visit: Visit, cast: Cast) -> None:
    await booked(visit, cast)
    desk = visit(cast.coordinator)
    assert (await desk.post("/api/blocks", json=block(cast, bookings="keep"))).status_code == 422
    assert (await desk.post("/api/blocks", json=block(cast, bookings="cancel"))).status_code == 201


async def test_sent_again_with_its_key_it_is_made_once(visit: Visit, cast: Cast, db: Database) -> None:
    desk = visit(cast.coordinator)
    for path, body in (("/api/blocks", block(cast)), ("/api/closures", closure(cast, bookings="keep"))):
        headers = {"idempotency-key": path}
        first, second = [await desk.post(path, json=body, headers=headers) for _ in range(2)]
        assert first.status_code == second.status_code == 201 and first.json() == second.json()
    async with statement(db) as tx:
        assert await tx.fetchval("SELECT (SELECT count(*) FROM block) + (SELECT count(*) FROM closure)") == 2


@pytest.mark.parametrize("who", ["member", "owner", "stranger", "other_coordinator", "office"])
async def test_only_who_runs_the_place_may(visit: Visit, cast: Cast, who: str) -> None:
    made = await visit(cast.coordinator).post("/api/blocks", json=block(cast))
    client = visit(getattr(cast, who))
    assert (await client.post("/api/blocks", json=block(cast))).json()["code"] == "forbidden"
    for scope in ("incubator_id", "gmina_id", "space_id"):
        named = {"incubator_id": cast.las, "gmina_id": cast.niepolomice, "space_id": cast.room_l}[scope]
        body = {**closure(cast), "incubator_id": None, scope: str(named)}
        assert (await client.post("/api/closures", json=body)).json()["code"] == "forbidden"
    assert (await client.delete(made.headers["location"])).json()["code"] == "forbidden"
    seen = await blocks_of(client, cast)
    assert seen.status_code == 403 or seen.json()["items"] == []


async def test_strangers_sign_in_first(visit: Visit, cast: Cast) -> None:
    for method, path, body in (
        ("POST", "/api/blocks", block(cast)),
        ("POST", "/api/closures", closure(cast)),
        ("DELETE", f"/api/blocks/{uuid4()}", None),
    ):
        assert (await visit().request(method, path, json=body)).status_code == 401
    assert (await blocks_of(visit(), cast)).status_code == 401


@pytest.mark.parametrize("scopes", [["bookings:write"], ["places:write"], ["bookings:read"]])
async def test_a_token_needs_both_scopes_to_close(visit: Visit, cast: Cast, db: Database, scopes: list[str]) -> None:
    async with statement(db) as tx:
        await tx.execute("UPDATE api_token SET scopes = $1 WHERE account_id = $2", scopes, cast.coordinator.id)
    answer = await visit(cast.coordinator).post("/api/closures", json=closure(cast))
    assert answer.json()["code"] == "missing_scope"


@pytest.mark.parametrize(
    ("path", "change", "code"),
    [
        ("/api/blocks", {"reason": " "}, "invalid"),
        ("/api/blocks", {"end": DAY.start.isoformat()}, "end_before_start"),
        ("/api/blocks", {"start": "2026-09-07T08:00:00"}, "invalid"),
        ("/api/blocks", {"start": "2026-09-07T08:00:00+02:00"}, "in_the_past"),
        ("/api/blocks", {"end": "2027-12-01T08:00:00+02:00"}, "block_too_long"),
        ("/api/blocks", {"end": "2026-09-08T20:00:30+02:00"}, "not_a_full_minute"),
        ("/api/blocks", {"end": "9999-09-08T20:00:00+02:00"}, "out_of_reach"),
        ("/api/blocks", {"space_id": "0198f2e4-0000-7000-8000-000000000000"}, "no_such_space"),
        ("/api/closures", {"space_id": "0198f2e4-0000-7000-8000-000000000000"}, "closure_of_one"),
        ("/api/closures", {"incubator_id": None}, "closure_of_one"),
        ("/api/closures", {"incubator_id": "0198f2e4-0000-7000-8000-000000000000"}, "no_such_incubator"),
        ("/api/closures", {"reason_pl": ""}, "invalid"),
        ("/api/closures", {"bookings": "burn"}, "invalid"),
        ("/api/closures", {"start": "2026-09-01T08:00:00+02:00", "end": "2026-09-02T08:00:00+02:00"}, "closure_is_over"),
    ],
)  # fmt: skip
async def test_what_makes_no_sense_has_its_code(
    visit: Visit, cast: Cast, path: str, change: dict[str, Any], code: str
) -> None:
    body = block(cast) if path == "/api/blocks" else closure(cast)
    answer = await visit(cast.coordinator).post(path, json={**body, **change})
    assert answer.json()["code"] == code and 400 <= answer.status_code < 500


async def test_a_span_too_long_and_retired_spaces_are_refused(visit: Visit, cast: Cast, db: Database) -> None:
    desk = visit(cast.coordinator)
    assert (await blocks_of(desk, cast, to="2027-09-08T00:00:00Z")).json()["code"] == "span_too_long"
    async with statement(db) as tx:
        await tx.execute("UPDATE space SET retired_at = now() WHERE id = $1", cast.room_s)
    answer = await desk.post("/api/blocks", json=block(cast, space_id=str(cast.room_s)))
    assert (answer.status_code, answer.json()["code"]) == (410, "space_retired")
