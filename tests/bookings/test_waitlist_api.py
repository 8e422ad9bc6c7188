"""The waiting list over HTTP: stand in line, be offered, leave; and who sees whom waiting."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import httpx
import pytest

from incubator.bookings.join_line import MOST
from incubator.db.engine import Database, statement, transaction
from incubator.kernel.period import Period
from tests.cast import Cast, Person
from tests.conftest import Clockwork
from tests.moments import tuesday

Visit = Callable[..., httpx.AsyncClient]
TEN = tuesday("10:00", "11:00")


def wish(cast: Cast, period: Period = TEN, **said: Any) -> dict[str, Any]:
    return {
        "space_id": str(cast.room_l),
        "start": period.start.isoformat(),
        "end": period.end.isoformat(),
        **said,
    }


async def taken(visit: Visit, cast: Cast, period: Period = TEN) -> str:
    answer = await visit(cast.stranger).post("/api/bookings", json=wish(cast, period, outright=True))
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


async def waiting(visit: Visit, who: Person, cast: Cast, **said: Any) -> dict[str, Any]:
    answer = await visit(who).post("/api/waitlist", json=wish(cast, **said))
    assert answer.status_code == 201, answer.text
    told: dict[str, Any] = answer.json()
    return told


async def test_the_first_in_line_is_offered_what_becomes_free(visit: Visit, cast: Cast, clock: Clockwork) -> None:
    booking = await taken(visit, cast)
    mine = await waiting(visit, cast.member, cast, organisation_id=str(cast.acme), title="Próba")
    clock.now += timedelta(minutes=1)
    second = await waiting(visit, cast.colleague, cast)
    assert (mine["state"], mine["place"], second["place"]) == ("waiting", 1, 2)
    assert mine["organisation_name"] == "Acme" and mine["booking_id"] is None
    await visit(cast.stranger).post(f"/api/bookings/{booking}/cancel", json={})
    me = visit(cast.member)
    offered = (await me.get(f"/api/waitlist/{mine['id']}")).json()
    assert offered["state"] == "offered" and offered["place"] is None
    assert (await me.get("/api/waitlist")).json()["items"] == [offered]
    assert (await visit(cast.colleague).get("/api/waitlist")).json()["items"][0]["place"] == 1
    confirmed = await me.post(f"/api/bookings/{offered['booking_id']}/confirm", json={})
    assert confirmed.json()["state"] == "confirmed"
    assert (await me.get(f"/api/waitlist/{mine['id']}")).json()["state"] == "taken"
    assert (await me.get("/api/waitlist")).json()["items"] == []


async def test_who_leaves_lets_the_next_one_in(visit: Visit, cast: Cast, clock: Clockwork) -> None:
    booking = await taken(visit, cast)
    mine = await waiting(visit, cast.member, cast)
    clock.now += timedelta(minutes=1)
    second = await waiting(visit, cast.colleague, cast)
    await visit(cast.stranger).post(f"/api/bookings/{booking}/cancel", json={})
    me = visit(cast.member)
    left = await me.delete(f"/api/waitlist/{mine['id']}")
    assert (left.status_code, left.json()["state"]) == (200, "left")
    assert (await me.delete(f"/api/waitlist/{mine['id']}")).json()["state"] == "left"
    assert (await visit(cast.colleague).get(f"/api/waitlist/{second['id']}")).json()["state"] == "offered"


async def test_a_wish_is_its_owners_alone_and_the_coordinators_to_see(visit: Visit, cast: Cast) -> None:
    await taken(visit, cast)
    mine = await waiting(visit, cast.member, cast, organisation_id=str(cast.acme))
    where, line = f"/api/waitlist/{mine['id']}", f"/api/incubators/by-id/{cast.las}/waitlist"
    for other in (cast.colleague, cast.stranger, cast.coordinator, cast.other_coordinator):
        for answer in (await visit(other).get(where), await visit(other).delete(where)):
            assert (answer.status_code, answer.json()["code"]) == (404, "not_in_line")
        assert (await visit(other).get("/api/waitlist")).json()["items"] == []
    for method in ("get", "delete"):
        assert (await getattr(visit(), method)(where)).status_code == 401
    assert [one["id"] for one in (await visit(cast.coordinator).get(line)).json()["items"]] == [mine["id"]]
    assert (await visit(cast.administrator).get(line)).json()["items"][0]["account_name"] == "Member"
    assert (await visit(cast.other_coordinator).get(line)).json()["items"] == []
    for outsider in (cast.member, cast.stranger, cast.office):
        assert (await visit(outsider).get(line)).status_code == 403
    assert (await visit().get(line)).status_code == 401


async def test_nobody_waits_for_what_is_free_closed_or_waited_for_already(visit: Visit, cast: Cast) -> None:
    me = visit(cast.member)
    free = await me.post("/api/waitlist", json=wish(cast))
    assert (free.status_code, free.json()["code"]) == (409, "free_now")
    await taken(visit, cast)
    await waiting(visit, cast.member, cast)
    again = await me.post("/api/waitlist", json=wish(cast))
    assert (again.status_code, again.json()["code"]) == (409, "already_in_line")
    rival = await me.post("/api/waitlist", json=wish(cast, organisation_id=str(cast.rival)))
    assert (rival.status_code, rival.json()["code"]) == (403, "not_a_member")


async def test_wishes_have_a_limit(visit: Visit, cast: Cast) -> None:
    await taken(visit, cast, tuesday("8:00", "16:00"))
    starts = [(h, m) for h in range(8, 15) for m in (0, 30)]
    wishes = [tuesday(f"{h}:{m:02}", f"{h + 1}:{m:02}") for h, m in starts]
    wishes += [tuesday(f"{h}:00", f"{h + 2}:00") for h in range(8, 15)]
    me = visit(cast.member)
    for period in wishes[:MOST]:
        assert (await me.post("/api/waitlist", json=wish(cast, period))).status_code == 201
    more = await me.post("/api/waitlist", json=wish(cast, wishes[MOST]))
    assert (more.status_code, more.json()["code"]) == (429, "too_many_wishes")


@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        ({"start": "2026-09-08T10:00:00"}, 422, "invalid"),
        ({"start": "2026-09-08T12:00:00Z"}, 422, "end_before_start"),
        ({"start": "0001-01-01T00:00:00Z"}, 422, "out_of_reach"),
        ({"start": "2026-09-08T08:10:00Z"}, 422, "off_grid"),
        ({"space_id": str(uuid4())}, 404, "no_such_space"),
        ({"space_id": "l"}, 422, "invalid"),
        ({"title": "two\nlines"}, 422, "invalid"),
        ({"place": 1}, 422, "invalid"),
    ],
)
async def test_bad_input_is_refused_with_a_code(
    visit: Visit, cast: Cast, changes: dict[str, Any], status: int, code: str
) -> None:
    await taken(visit, cast)
    answer = await visit(cast.member).post("/api/waitlist", json=wish(cast) | changes)
    assert (answer.status_code, answer.json()["code"]) == (status, code), answer.text
    assert (await visit().post("/api/waitlist", json=wish(cast))).status_code == 401


async def test_a_repeated_request_stands_in_line_once(visit: Visit, cast: Cast, db: Database) -> None:
    await taken(visit, cast)
    me, key = visit(cast.member), {"idempotency-key": "once"}
    answers = await asyncio.gather(*(me.post("/api/waitlist", json=wish(cast), headers=key) for _ in range(3)))
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.text for answer in answers}) == 1
    async with statement(db) as tx:
        assert await tx.fetchval("SELECT count(*) FROM waitlist_entry") == 1


async def test_of_many_wishes_of_one_person_at_once_one_is_kept(visit: Visit, cast: Cast) -> None:
    """The unique index `waitlist_once` is the judge."""
    await taken(visit, cast)
    answers = await asyncio.gather(*(visit(cast.member).post("/api/waitlist", json=wish(cast)) for _ in range(6)))
    assert sorted(answer.status_code for answer in answers) == [201, *[409] * 5]


async def test_a_token_that_only_reads_does_not_wait(visit: Visit, cast: Cast, db: Database) -> None:
    await taken(visit, cast)
    mine = await waiting(visit, cast.member, cast)
    async with transaction(db) as tx:
        await tx.execute("UPDATE api_token SET scopes = '{bookings:read}' WHERE account_id = $1", cast.member.id)
    reader = visit(cast.member)
    assert (await reader.get("/api/waitlist")).status_code == 200
    for answer in (
        await reader.post("/api/waitlist", json=wish(cast)),
        await reader.delete(f"/api/waitlist/{mine['id']}"),
    ):
        assert (answer.status_code, answer.json()["code"]) == (403, "missing_scope")
