"""Series over HTTP: what is made and told, and what is refused."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import httpx
import pytest

from incubator.db.engine import Database, statement, transaction
from incubator.web.cursors import write_cursor
from tests.cast import Cast, change
from tests.conftest import Clockwork
from tests.moments import TUESDAY, on, tuesday

Visit = Callable[..., httpx.AsyncClient]


def pattern(cast: Cast, **changes: Any) -> dict[str, Any]:
    told = {
        "space_id": str(cast.room_l),
        "first_day": "2026-09-08",
        "weekdays": [2],
        "start": "10:00",
        "length_minutes": 120,
        "count": 4,
    }
    return {name: value for name, value in (told | changes).items() if value is not ...}


async def made(visit: Visit, cast: Cast, **changes: Any) -> dict[str, Any]:
    answer = await visit(cast.member).post("/api/series", json=pattern(cast, organisation_id=str(cast.acme), **changes))
    assert answer.status_code == 201, answer.text
    told: dict[str, Any] = answer.json()
    return told


async def taken(visit: Visit, cast: Cast, week: int, start: str = "11:00", end: str = "13:00") -> None:
    """A stranger has the Tuesday of that week."""
    period = on(TUESDAY + timedelta(weeks=week), start, end)
    wish = {
        "space_id": str(cast.room_l),
        "start": period.start.isoformat(),
        "end": period.end.isoformat(),
        "outright": True,
    }
    assert (await visit(cast.stranger).post("/api/bookings", json=wish)).status_code == 201


def states(series: dict[str, Any]) -> list[str]:
    return [one["code"] or one["state"] for one in series["occurrences"]]


async def test_a_series_is_made_with_what_became_of_each_date(visit: Visit, cast: Cast) -> None:
    await taken(visit, cast, week=1)
    me = visit(cast.member)
    answer = await me.post("/api/series", json=pattern(cast, title="Próba", until="2026-09-29", count=...))
    assert answer.status_code == 201, answer.text
    series = answer.json()
    assert states(series) == ["confirmed", "slot_taken", "confirmed", "confirmed"]
    assert (series["start"], series["until"], series["count"], series["version"]) == ("10:00", "2026-09-29", None, 1)
    first, second = series["occurrences"][:2]
    assert (first["start"], first["reason"]) == ("2026-09-08T08:00:00Z", None)
    assert (second["booking_id"], second["reason"]) == (None, "somebody else has this time")
    read = await me.get(answer.headers["location"])
    assert (read.json(), read.headers["etag"]) == (series, '"1"')
    polish = await me.get(f"{answer.headers['location']}?lang=pl")
    assert polish.json()["occurrences"][1]["reason"] == "ten termin ma już ktoś inny"
    booking = await me.get(f"/api/bookings/{first['booking_id']}")
    assert (booking.json()["series_id"], booking.json()["title"]) == (series["id"], "Próba")


async def test_one_is_told_before_what_could_be_had(visit: Visit, cast: Cast) -> None:
    await taken(visit, cast, week=1)
    answer = await visit(cast.member).post("/api/series/preview", json=pattern(cast, count=3))
    assert answer.status_code == 200, answer.text
    assert [one["code"] for one in answer.json()] == [None, "slot_taken", None]
    assert [one["can_be_had"] for one in answer.json()] == [True, False, True]
    assert (await visit(cast.member).get("/api/series")).json()["items"] == []


async def test_a_booking_is_made_a_series_once(visit: Visit, cast: Cast) -> None:
    period = tuesday("10:00", "12:00")
    wish = {"space_id": str(cast.room_l), "start": period.start.isoformat(), "end": period.end.isoformat()}
    me = visit(cast.member)
    booking = (await me.post("/api/bookings", json={**wish, "outright": True})).json()
    where = f"/api/bookings/{booking['id']}/repeat"
    answer = await me.post(where, json={"count": 3, "every_weeks": 2})
    assert answer.status_code == 201, answer.text
    dates = answer.json()["occurrences"]
    assert dates[0]["booking_id"] == booking["id"]
    assert [one["start"][:10] for one in dates] == ["2026-09-08", "2026-09-22", "2026-10-06"]
    assert (await me.get(f"/api/bookings/{booking['id']}")).headers["etag"] == '"1"'
    again = await me.post(where, json={"count": 3})
    assert (again.status_code, again.json()["code"]) == (409, "already_in_series")
    for other, status in ((cast.stranger, 404), (cast.other_coordinator, 404), (cast.coordinator, 403)):
        assert (await visit(other).post(where, json={"count": 3})).status_code == status
    assert (await visit().post(where, json={"count": 3})).status_code == 401


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"count": 10_000}, "too_many_occurrences"),
        ({"count": 10**30}, "too_many_occurrences"),
        ({"count": 0}, "series_without_dates"),
        ({"count": ...}, "series_without_end"),
        ({"until": "2026-12-01"}, "series_without_end"),
        ({"count": ..., "until": "2190-01-01"}, "too_many_occurrences"),
        ({"count": ..., "until": "9999-12-31"}, "series_out_of_reach"),
        ({"count": ..., "until": "2026-09-01"}, "series_without_dates"),
        ({"first_day": "0001-01-01"}, "series_out_of_reach"),
        ({"first_day": "2026-09-08T10:00:00"}, "invalid"),
        ({"first_day": "tomorrow"}, "invalid"),
        ({"weekdays": []}, "bad_weekdays"),
        ({"weekdays": [0]}, "bad_weekdays"),
        ({"weekdays": [8]}, "bad_weekdays"),
        ({"weekdays": [1] * 8}, "invalid"),
        ({"every_weeks": 0}, "bad_rhythm"),
        ({"every_weeks": 53}, "bad_rhythm"),
        ({"start": "24:00"}, "invalid"),
        ({"start": "10:00\n"}, "invalid"),
        ({"start": 600}, "invalid"),
        ({"length_minutes": 0}, "invalid"),
        ({"length_minutes": 10**12}, "invalid"),
        ({"length_minutes": 527_040}, "series_overlaps_itself"),
        ({"length_minutes": 45}, "off_grid"),
        ({"start": "06:00"}, "outside_opening_hours"),
        ({"weekdays": [7]}, "outside_opening_hours"),
        ({"first_day": "2026-09-01", "count": 1}, "in_the_past"),
        ({"title": "two\nlines"}, "invalid"),
        ({"colour": "red"}, "invalid"),
    ],
)
async def test_bad_input_is_refused_with_a_code(visit: Visit, cast: Cast, changes: dict[str, Any], code: str) -> None:
    answer = await visit(cast.member).post("/api/series", json=pattern(cast, **changes))
    assert (answer.status_code, answer.json()["code"]) == (422, code), answer.text
    seen = await visit(cast.member).post(
        "/api/series/preview", json={k: v for k, v in pattern(cast, **changes).items() if k != "title"}
    )
    assert seen.status_code in {200, 422}, seen.text


async def test_who_may_not_is_refused(visit: Visit, cast: Cast, db: Database) -> None:
    assert (await visit().post("/api/series", json=pattern(cast))).status_code == 401
    rival = await visit(cast.member).post("/api/series", json=pattern(cast, organisation_id=str(cast.rival)))
    assert (rival.status_code, rival.json()["code"]) == (403, "not_a_member")
    gone = await visit(cast.member).post("/api/series", json=pattern(cast, space_id=str(uuid4())))
    assert (gone.status_code, gone.json()["code"]) == (404, "no_such_space")
    async with transaction(db) as tx:
        await tx.execute("UPDATE api_token SET scopes = '{bookings:read}' WHERE account_id = $1", cast.member.id)
    reader = visit(cast.member)
    for answer in (
        await reader.post("/api/series", json=pattern(cast)),
        await reader.post("/api/series/preview", json=pattern(cast)),
        await reader.post(f"/api/series/{uuid4()}/change", json={"which": "all", "title": "x"}),
        await reader.post(f"/api/series/{uuid4()}/cancel", json={"which": "all"}),
        await reader.post(f"/api/bookings/{uuid4()}/repeat", json={"count": 2}),
    ):
        assert (answer.status_code, answer.json()["code"]) == (403, "missing_scope")
    assert (await reader.get("/api/series")).status_code == 200


async def test_where_no_date_can_be_had_nothing_is_made(visit: Visit, cast: Cast) -> None:
    await taken(visit, cast, week=0)
    answer = await visit(cast.member).post("/api/series", json=pattern(cast, weekdays=[2, 7], count=2))
    assert (answer.status_code, answer.json()["code"]) == (409, "no_date_can_be_had")
    assert answer.json()["data"]["codes"] == {"outside_opening_hours": 1, "slot_taken": 1}
    assert (await visit(cast.member).get("/api/series")).json() == {"items": [], "next": None}


async def test_a_repeated_request_makes_one_series(visit: Visit, cast: Cast, db: Database) -> None:
    me, key = visit(cast.member), {"idempotency-key": "tuesdays"}
    answers = await asyncio.gather(*(me.post("/api/series", json=pattern(cast), headers=key) for _ in range(3)))
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.text for answer in answers}) == 1
    other = await me.post("/api/series", json=pattern(cast, count=3), headers=key)
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")
    async with statement(db) as tx:
        assert await tx.fetchval("SELECT count(*) FROM series") == 1
        assert await tx.fetchval("SELECT count(*) FROM booking") == 4


async def test_one_lists_ones_own_page_by_page(visit: Visit, cast: Cast, clock: Clockwork) -> None:
    keys = []
    for n in range(3):
        clock.now += timedelta(minutes=1)
        keys.append((await made(visit, cast, start=f"{10 + 2 * n}:00"))["id"])
    for who in (cast.member, cast.colleague):
        first = (await visit(who).get("/api/series?limit=2")).json()
        assert [one["id"] for one in first["items"]] == [keys[2], keys[1]]
        rest = (await visit(who).get(f"/api/series?limit=2&after={first['next']}")).json()
        assert [one["id"] for one in rest["items"]] == [keys[0]] and rest["next"] is None
    for who in (cast.stranger, cast.coordinator, cast.other_coordinator):
        assert (await visit(who).get("/api/series")).json()["items"] == []
    naive = write_cursor(datetime(2026, 9, 7), uuid4())
    for odd in ("nonsense", naive):
        assert (await visit(cast.member).get(f"/api/series?after={odd}")).json()["code"] == "bad_cursor"
    assert (await visit(cast.member).get("/api/series?limit=51")).status_code == 422
    assert (await visit().get("/api/series")).status_code == 401
    await visit(cast.member).post(f"/api/series/{keys[1]}/cancel", json={"which": "all"})
    left = (await visit(cast.member).get("/api/series")).json()["items"]
    assert [one["id"] for one in left] == [keys[2], keys[0]], "what has no date to come is not listed"


@pytest.mark.parametrize(
    ("verb", "body"),
    [("", None), ("/change", {"which": "all", "title": "x"}), ("/cancel", {"which": "all", "reason": "x"})],
)
async def test_others_cannot_even_know_of_a_series(
    visit: Visit, cast: Cast, verb: str, body: dict[str, Any] | None
) -> None:
    where = f"/api/series/{(await made(visit, cast))['id']}{verb}"
    for other in (cast.stranger, cast.resident, cast.other_coordinator, cast.office):
        answer = await (visit(other).get(where) if body is None else visit(other).post(where, json=body))
        assert (answer.status_code, answer.json()["code"]) == (404, "no_such_series")
    assert (await visit().get(where) if body is None else await visit().post(where, json=body)).status_code == 401
    for who, start in ((cast.colleague, "14:00"), (cast.coordinator, "16:00")):
        where = f"/api/series/{(await made(visit, cast, start=start))['id']}{verb}"
        answer = await (visit(who).get(where) if body is None else visit(who).post(where, json=body))
        assert answer.status_code == 200, answer.text


async def test_this_following_and_all(visit: Visit, cast: Cast) -> None:
    series, me = await made(visit, cast), visit(cast.member)
    where = f"/api/series/{series['id']}"
    one = await me.post(f"{where}/change", json={"which": "this", "occurrence": 2, "start": "14:00"})
    assert one.status_code == 200, one.text
    assert (one.json()["changed"], one.json()["series"]["version"], one.headers["etag"]) == (1, 2, '"2"')
    assert [date["start"][11:16] for date in one.json()["series"]["occurrences"]] == [
        "08:00",
        "12:00",
        "08:00",
        "08:00",
    ]
    await taken(visit, cast, week=3, start="12:00", end="14:00")
    following = await me.post(f"{where}/change", json={"which": "following", "occurrence": 3, "length_minutes": 240})
    assert following.status_code == 200, following.text
    told = following.json()
    assert told["series"]["continues_id"] == series["id"] and told["changed"] == 1
    assert [(kept["occurrence"], kept["code"], kept["reason"]) for kept in told["kept"]] == [
        (2, "slot_taken", "somebody else has this time")
    ]
    assert len((await me.get(where)).json()["occurrences"]) == 2
    gone = await me.post(f"{where}/cancel", json={"which": "all"})
    assert states(gone.json()["series"]) == ["cancelled"] * 2
    late = await me.post(f"{where}/cancel", json={"which": "all"})
    assert (late.status_code, late.json()["code"]) == (404, "no_such_occurrence")


async def test_a_change_that_no_date_can_take_changes_nothing(visit: Visit, cast: Cast) -> None:
    series, me = await made(visit, cast), visit(cast.member)
    where = f"/api/series/{series['id']}"
    night = await me.post(f"{where}/change", json={"which": "following", "occurrence": 2, "start": "05:00"})
    assert (night.status_code, night.json()["code"]) == (422, "outside_opening_hours")
    assert (await me.get(where)).json() == series


async def test_two_people_do_not_write_over_each_other(visit: Visit, cast: Cast) -> None:
    series, me = await made(visit, cast), visit(cast.member)
    where = f"/api/series/{series['id']}"
    seen = {"if-match": (await me.get(where)).headers["etag"]}
    theirs = await visit(cast.colleague).post(f"{where}/change", json={"which": "all", "title": "Ours"}, headers=seen)
    assert theirs.status_code == 200
    for verb, body in (("change", {"which": "all", "title": "Mine"}), ("cancel", {"which": "all"})):
        stale = await me.post(f"{where}/{verb}", json=body, headers=seen)
        assert (stale.status_code, stale.json()["code"]) == (412, "changed_meanwhile")
        weak = await me.post(f"{where}/{verb}", json=body, headers={"if-match": 'W/"2"'})
        assert weak.status_code == 412
    fresh = await me.post(f"{where}/cancel", json={"which": "all"}, headers={"if-match": theirs.headers["etag"]})
    assert fresh.status_code == 200


async def test_of_many_changes_of_what_was_seen_exactly_one_is_made(visit: Visit, cast: Cast) -> None:
    series = await made(visit, cast)
    where, seen = f"/api/series/{series['id']}/change", {"if-match": '"1"'}
    answers = await asyncio.gather(
        *(
            visit(who).post(where, json={"which": "all", "title": f"{n}"}, headers=seen)
            for n, who in enumerate((cast.member, cast.colleague, cast.owner, cast.member))
        )
    )
    assert sorted(answer.status_code for answer in answers) == [200, 412, 412, 412]


@pytest.mark.parametrize(
    ("verb", "body", "status", "code"),
    [
        ("change", {"which": "all"}, 422, "nothing_to_change"),
        ("change", {"which": "some", "title": "x"}, 422, "invalid"),
        ("change", {"title": "x"}, 422, "invalid"),
        ("change", {"which": "this", "title": "x"}, 404, "no_such_occurrence"),
        ("change", {"which": "this", "occurrence": 9, "title": "x"}, 404, "no_such_occurrence"),
        ("change", {"which": "following", "occurrence": 10**12, "title": "x"}, 404, "no_such_occurrence"),
        ("change", {"which": "this", "occurrence": 1, "length_minutes": 10**15}, 422, "invalid"),
        ("change", {"which": "this", "occurrence": 1, "length_minutes": 527_040}, 422, "too_long"),
        ("change", {"which": "all", "start": "25:00"}, 422, "invalid"),
        ("change", {"which": "all", "count": 3}, 422, "invalid"),
        ("change", {"which": "all", "space_id": "00000000-0000-0000-0000-000000000000"}, 404, "no_such_space"),
        ("cancel", {"which": "following"}, 404, "no_such_occurrence"),
        ("cancel", {"which": "all", "reason": "a\nb"}, 422, "invalid"),
        ("cancel", {}, 422, "invalid"),
    ],
)
async def test_a_bad_change_is_refused_with_a_code(
    visit: Visit, cast: Cast, verb: str, body: dict[str, Any], status: int, code: str
) -> None:
    series = await made(visit, cast)
    answer = await visit(cast.member).post(f"/api/series/{series['id']}/{verb}", json=body)
    assert (answer.status_code, answer.json()["code"]) == (status, code), answer.text


async def test_the_coordinator_cancels_with_a_reason_only(visit: Visit, cast: Cast, db: Database) -> None:
    series, desk = await made(visit, cast), visit(cast.coordinator)
    where = f"/api/series/{series['id']}/cancel"
    assert (await desk.post(where, json={"which": "all"})).json()["code"] == "reason_needed"
    done = await desk.post(where, json={"which": "following", "occurrence": 3, "reason": "awaria prądu"})
    assert states(done.json()["series"]) == ["confirmed", "confirmed", "cancelled", "cancelled"]
    async with statement(db) as tx:
        text = await tx.fetchval("SELECT text FROM mail WHERE subject LIKE '%cancelled%'")
    assert "awaria prądu" in text


async def test_what_is_too_late_to_cancel_is_named(visit: Visit, cast: Cast, db: Database) -> None:
    async with transaction(db) as tx:
        await change(tx, cast.room_l, cancel_minutes=3 * 1440)
    series = await made(visit, cast)
    done = await visit(cast.member).post(f"/api/series/{series['id']}/cancel", json={"which": "all"})
    assert [(one["occurrence"], one["code"]) for one in done.json()["kept"]] == [(1, "too_late_to_cancel")]
    assert done.json()["changed"] == 3
