"""Any free desk and free times nearby, over HTTP."""

import asyncio
from collections.abc import Callable
from typing import Any
from urllib.parse import quote
from uuid import uuid4

import httpx
import pytest

from incubator.db.engine import Database, statement, transaction
from incubator.kernel.period import Period
from tests.cast import Cast, change
from tests.moments import tuesday

Visit = Callable[..., httpx.AsyncClient]
MORNING = tuesday("9:00", "12:00")


def at(period: Period = MORNING, **said: Any) -> dict[str, Any]:
    return {"start": period.start.isoformat(), "end": period.end.isoformat(), **said}


def near(space_id: object, period: Period) -> str:
    return (
        f"/api/spaces/{space_id}/suggestions?from={quote(period.start.isoformat())}&to={quote(period.end.isoformat())}"
    )


async def test_everybody_gets_a_desk_until_there_is_none_and_is_told_what_is_free(visit: Visit, cast: Cast) -> None:
    where = f"/api/zones/{cast.zone}/bookings"
    people = (cast.member, cast.colleague, cast.resident)
    answers = [await visit(who).post(where, json=at(outright=True, title="Praca")) for who in people]
    assert [answer.status_code for answer in answers] == [201] * 3, answers[0].text
    assert {answer.json()["space"]["id"] for answer in answers} == {str(desk) for desk in cast.desks}
    assert answers[0].json()["state"] == "confirmed"
    assert (await visit(cast.member).get(answers[0].headers["location"])).json()["title"] == "Praca"
    late = await visit(cast.stranger).post(where, json=at())
    assert (late.status_code, late.json()["code"]) == (409, "no_free_desk")
    suggestions = late.json()["data"]["suggestions"]
    starts = [one["period"]["start"] for one in suggestions]
    assert starts[0] == tuesday("12:00", "15:00").start.isoformat().replace("+00:00", "Z")
    assert len(set(starts)) == len(starts) == 5, "each time once, though three desks are free then"
    again = await visit(cast.stranger).post(where, json={**suggestions[0]["period"], "outright": True})
    assert again.status_code == 201


async def test_of_many_at_once_exactly_as_many_win_as_there_are_desks(visit: Visit, cast: Cast, db: Database) -> None:
    where = f"/api/zones/{cast.zone}/bookings"
    people = (cast.member, cast.colleague, cast.owner, cast.resident, cast.stranger, cast.coordinator)
    answers = await asyncio.gather(*(visit(who).post(where, json=at()) for who in people))
    assert sorted(answer.status_code for answer in answers) == [201] * 3 + [409] * 3
    async with statement(db) as tx:
        assert await tx.fetchval("SELECT count(DISTINCT resource_id) FROM occupancy") == 3


async def test_a_repeated_request_takes_one_desk(visit: Visit, cast: Cast, db: Database) -> None:
    where, key = f"/api/zones/{cast.zone}/bookings", {"idempotency-key": "desk"}
    me = visit(cast.member)
    answers = await asyncio.gather(*(me.post(where, json=at(), headers=key) for _ in range(3)))
    assert len({answer.text for answer in answers}) == 1 and answers[0].status_code == 201
    async with statement(db) as tx:
        assert await tx.fetchval("SELECT count(*) FROM booking") == 1


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({}, 422, "invalid"),
        (at(tuesday("9:10", "10:00")), 422, "off_grid"),
        (at(tuesday("6:00", "9:00")), 422, "outside_opening_hours"),
        ({"start": "2026-09-08T10:00:00", "end": "2026-09-08T11:00:00"}, 422, "invalid"),
        ({"start": "2026-09-08T11:00:00Z", "end": "2026-09-08T10:00:00Z"}, 422, "end_before_start"),
        (at(space_id="x"), 422, "invalid"),
    ],
)
async def test_bad_input_is_refused_with_a_code(
    visit: Visit, cast: Cast, body: dict[str, Any], status: int, code: str
) -> None:
    where = f"/api/zones/{cast.zone}/bookings"
    answer = await visit(cast.member).post(where, json=body)
    assert (answer.status_code, answer.json()["code"]) == (status, code), answer.text
    assert (await visit().post(where, json=body)).status_code == 401


async def test_no_zone_no_desk_and_no_right(visit: Visit, cast: Cast, db: Database) -> None:
    gone = await visit(cast.member).post(f"/api/zones/{uuid4()}/bookings", json=at())
    assert (gone.status_code, gone.json()["code"]) == (404, "no_such_desk_zone")
    rival = await visit(cast.member).post(f"/api/zones/{cast.zone}/bookings", json=at(organisation_id=str(cast.rival)))
    assert (rival.status_code, rival.json()["code"]) == (403, "not_a_member")
    async with transaction(db) as tx:
        await tx.execute("UPDATE api_token SET scopes = '{bookings:read}' WHERE account_id = $1", cast.member.id)
    reader = await visit(cast.member).post(f"/api/zones/{cast.zone}/bookings", json=at())
    assert (reader.status_code, reader.json()["code"]) == (403, "missing_scope")


async def test_anybody_is_told_the_nearest_free_times(visit: Visit, cast: Cast) -> None:
    ten = tuesday("10:00", "11:00")
    await visit(cast.stranger).post(
        "/api/bookings", json=at(ten, space_id=str(cast.room_l), outright=True, title="secret")
    )
    answer = await visit().get(near(cast.room_l, ten))
    assert answer.status_code == 200, answer.text
    first = answer.json()["items"][0]
    assert first["space_id"] == str(cast.room_l)
    assert first["period"]["start"] in {"2026-09-08T07:00:00Z", "2026-09-08T09:00:00Z"}
    assert "secret" not in answer.text


async def test_odd_wishes_have_no_suggestions_and_are_no_faults(visit: Visit, cast: Cast, db: Database) -> None:
    asked = visit()
    assert (await asked.get(near(uuid4(), MORNING))).json()["code"] == "no_such_space"
    assert (await asked.get(f"/api/spaces/{cast.room_l}/suggestions")).status_code == 422
    naive = await asked.get(f"/api/spaces/{cast.room_l}/suggestions?from=2026-09-08T10:00:00&to=2026-09-08T11:00:00")
    assert naive.status_code == 422
    for start, end in (
        ("2001-01-01T00:00:00Z", "2001-01-01T01:00:00Z"),
        ("2001-01-01T00:00:00Z", "2190-01-01T01:00:00Z"),
        ("2190-01-01T00:00:00Z", "2190-01-01T01:00:00Z"),
    ):
        answer = await asked.get(f"/api/spaces/{cast.room_l}/suggestions?from={start}&to={end}")
        assert (answer.status_code, answer.json()) == (200, {"items": []}), answer.text
    async with transaction(db) as tx:
        await change(tx, cast.room_l, lead_minutes=30 * 1440)
    soon = await asked.get(near(cast.room_l, MORNING))
    assert soon.status_code == 200
    assert str(cast.room_l) not in {one["space_id"] for one in soon.json()["items"]}
    backwards = await asked.get(
        f"/api/spaces/{cast.room_l}/suggestions?from=2026-09-08T11:00:00Z&to=2026-09-08T10:00:00Z"
    )
    assert backwards.json()["code"] == "end_before_start"
