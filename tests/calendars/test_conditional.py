"""Feeds over HTTP: a poll that finds nothing new gets 304, and whatever is shown moves the validator."""

from collections.abc import Callable
from datetime import timedelta
from email.utils import parsedate_to_datetime
from uuid import UUID

import httpx
import msgspec
import pytest

from incubator.bookings.block import block
from incubator.bookings.cancel import cancel
from incubator.bookings.hold import hold
from incubator.bookings.series import series_for
from incubator.bookings.split_series import split_series
from incubator.bookings.unblock import unblock
from incubator.db.engine import Database, transaction
from incubator.places.describe_incubator import describe_incubator
from incubator.places.describe_space import describe_space
from incubator.places.details import IncubatorDetails, SpaceDetails, picked
from tests.auditing import audit
from tests.calendars.conftest import Book, Subscribe
from tests.calendars.readers import with_icalendar
from tests.cast import Cast, acting
from tests.conftest import Clockwork
from tests.moments import NOW, tuesday

Visit = Callable[..., httpx.AsyncClient]


@pytest.fixture
async def paths(cast: Cast, subscribe: Subscribe) -> dict[str, str]:
    """The feeds that show a booking of the member's, for Acme, in room L."""
    return {
        "room": f"/calendars/spaces/{cast.room_l}.ics",
        "joined room": f"/calendars/spaces/{cast.room_la}.ics",
        "incubator": "/calendars/incubators/las.ics",
        "member": await subscribe(cast.member),
        "colleague": await subscribe(cast.colleague),
    }


async def test_nothing_new_is_304_until_something_is(
    visit: Visit, cast: Cast, book: Book, db: Database, paths: dict[str, str]
) -> None:
    client = visit()
    seen = {name: (await client.get(path)).headers["etag"] for name, path in paths.items()}
    actor = await acting(db, cast.member)
    made = await book(cast.member, cast.room_l, tuesday("10:00", "11:00"), organisation_id=cast.acme)
    for turn in range(2):
        for name, path in paths.items():
            answer = await client.get(path, headers={"if-none-match": seen[name]})
            assert answer.status_code == 200, name
            seen[name] = answer.headers["etag"]
            again = await client.get(path, headers={"if-none-match": seen[name]})
            assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", seen[name])
        if turn == 0:
            async with transaction(db) as tx:
                await cancel(tx, actor=actor, booking_id=made.id, now=NOW)


async def test_a_joined_booking_moves_its_parts_and_no_other_room(visit: Visit, cast: Cast, book: Book) -> None:
    client = visit()
    rooms = [cast.room_la, cast.room_l, cast.room_a, cast.room_s]
    seen = [(await client.get(f"/calendars/spaces/{room}.ics")).headers["etag"] for room in rooms]
    await book(cast.member, cast.room_la, tuesday("10:00", "11:00"))
    now = [(await client.get(f"/calendars/spaces/{room}.ics")).headers["etag"] for room in rooms]
    assert [old == new for old, new in zip(seen, now, strict=True)] == [False, False, False, True]


async def test_nothing_moves_when_a_transaction_fails(visit: Visit, cast: Cast, db: Database) -> None:
    path, client = f"/calendars/spaces/{cast.room_l}.ics", visit()
    seen = (await client.get(path)).headers["etag"]
    actor = await acting(db, cast.member)
    with pytest.raises(ZeroDivisionError):
        async with transaction(db) as tx:
            await hold(tx, actor=actor, space_id=cast.room_l, period=tuesday("10:00", "11:00"), outright=True, now=NOW)
            raise ZeroDivisionError
    assert (await client.get(path, headers={"if-none-match": seen})).status_code == 304


async def test_leaving_one_organisation_and_joining_another_moves_the_feed(
    visit: Visit, cast: Cast, book: Book, subscribe: Subscribe, db: Database
) -> None:
    """As many changes here as there: a sum of versions would not move."""
    await book(cast.colleague, cast.room_l, tuesday("10:00", "11:00"), organisation_id=cast.acme)
    await book(cast.stranger, cast.room_s, tuesday("10:00", "11:00"), organisation_id=cast.rival)
    path, client = await subscribe(cast.member), visit()
    before = await client.get(path)
    async with transaction(db) as tx:
        await tx.execute("UPDATE membership SET organisation_id = $2 WHERE account_id = $1", cast.member.id, cast.rival)
    after = await client.get(path, headers={"if-none-match": before.headers["etag"]})
    assert after.status_code == 200
    assert with_icalendar(before.content) != with_icalendar(after.content)


async def rename(db: Database, cast: Cast, table: str, key: UUID, **names: str) -> None:
    """As a coordinator does, through the verb."""
    actor = await acting(db, cast.coordinator)
    async with transaction(db) as tx:
        row = await tx.fetchrow(f"SELECT * FROM {table} WHERE id = $1", key)
        assert row is not None
        if table == "space":
            space = msgspec.structs.replace(picked(row, SpaceDetails), **names)
            await describe_space(tx, actor=actor, space_id=key, details=space, now=NOW)
        else:
            incubator = msgspec.structs.replace(picked(row, IncubatorDetails), **names)
            await describe_incubator(tx, actor=actor, incubator_id=key, details=incubator, now=NOW)


@pytest.mark.parametrize("table", ["space", "incubator"])
async def test_a_place_that_is_renamed_moves_every_feed_that_names_it(
    visit: Visit, cast: Cast, book: Book, db: Database, paths: dict[str, str], table: str
) -> None:
    await book(cast.member, cast.room_l, tuesday("10:00", "11:00"), organisation_id=cast.acme)
    client = visit()
    seen = {name: (await client.get(path)).headers["etag"] for name, path in paths.items()}
    if table == "space":
        await rename(db, cast, table, cast.room_l, name_pl="Aula", name_en="Aula")
    else:
        await rename(db, cast, table, cast.las, name="Nowy LAS")
    for name, path in paths.items():
        answer = await client.get(path, headers={"if-none-match": seen[name]})
        assert answer.status_code == 200, name
        assert ("Aula" if table == "space" else "Nowy LAS") in answer.text or name == "joined room"


async def test_the_validator_holds_all_week_and_moves_with_the_window(
    visit: Visit, cast: Cast, clock: Clockwork, paths: dict[str, str]
) -> None:
    client = visit()
    for path in paths.values():
        clock.now = NOW
        seen = (await client.get(path)).headers["etag"]
        clock.now = NOW + timedelta(days=6)
        assert (await client.get(path, headers={"if-none-match": seen})).status_code == 304
        clock.now = NOW + timedelta(days=7)
        assert (await client.get(path, headers={"if-none-match": seen})).status_code == 200


async def test_each_language_has_a_validator_of_its_own(visit: Visit, paths: dict[str, str]) -> None:
    client = visit()
    for path in paths.values():
        polish = (await client.get(f"{path}?lang=pl")).headers["etag"]
        assert (await client.get(f"{path}?lang=en", headers={"if-none-match": polish})).status_code == 200
        assert (await client.get(f"{path}?lang=pl&cache=buster", headers={"if-none-match": polish})).status_code == 304


async def test_head_says_what_get_says_without_the_body(
    visit: Visit, book: Book, cast: Cast, paths: dict[str, str]
) -> None:
    await book(cast.member, cast.room_l, tuesday("10:00", "11:00"))
    client = visit()
    for path in paths.values():
        for packing in ("identity", "gzip", "br"):
            asked = {"accept-encoding": packing}
            got, head = await client.get(path, headers=asked), await client.head(path, headers=asked)
            assert dict(got.headers) == dict(head.headers)
            assert head.content == b"" and int(head.headers["content-length"]) == got.num_bytes_downloaded
            again = await client.head(path, headers={**asked, "if-none-match": got.headers["etag"]})
            assert (again.status_code, again.headers["etag"]) == (304, got.headers["etag"])


@pytest.mark.parametrize("form", ["{0}", "W/{0}", '"other", {0}', '"other",W/{0} , "more"', "*"])
async def test_every_way_to_name_a_state_is_understood(visit: Visit, cast: Cast, form: str) -> None:
    path, client = f"/calendars/spaces/{cast.room_l}.ics", visit()
    etag = (await client.get(path)).headers["etag"]
    assert (await client.get(path, headers={"if-none-match": form.format(etag)})).status_code == 304
    assert (await client.get(path, headers={"if-none-match": '"other", nonsense'})).status_code == 200


async def test_headers_of_public_and_secret_feeds(visit: Visit, paths: dict[str, str]) -> None:
    for name, path in paths.items():
        answer = await visit().get(path, headers={"origin": "https://elsewhere.example"})
        secret = name in {"member", "colleague"}
        assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
        assert "set-cookie" not in answer.headers
        assert answer.headers.get("access-control-allow-origin") == (None if secret else "*")
        assert answer.headers["cache-control"].startswith("private" if secret else "public")
        assert parsedate_to_datetime(answer.headers["last-modified"])
        assert not answer.headers["etag"].startswith("W/")


async def test_another_origin_may_ask_whether_it_may_ask(visit: Visit, paths: dict[str, str]) -> None:
    answer = await visit().options(
        paths["room"],
        headers={
            "origin": "https://elsewhere.example",
            "access-control-request-method": "GET",
            "access-control-request-headers": "if-none-match",
        },
    )
    assert answer.status_code == 204
    assert answer.headers["access-control-allow-headers"] == "if-none-match"
    secret = await visit().options(paths["member"])
    assert (secret.status_code, secret.headers.get("access-control-allow-origin")) == (204, None)


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "PROPFIND"])
async def test_feeds_are_read_only(visit: Visit, cast: Cast, method: str) -> None:
    answer = await visit(cast.member).request(method, f"/calendars/spaces/{cast.room_l}.ics")
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD, OPTIONS")
    assert answer.json()["code"] == "method_not_allowed"


async def test_a_block_and_its_taking_back_move_the_feeds_of_all_that_share_a_part(
    visit: Visit, cast: Cast, db: Database, paths: dict[str, str]
) -> None:
    """Those of places; no person's calendar shows a block."""
    client, actor = visit(), await acting(db, cast.coordinator)
    seen = {name: (await client.get(path)).headers["etag"] for name, path in paths.items()}
    period = tuesday("10:00", "11:00")
    async with transaction(db) as tx:
        made = await block(tx, actor=actor, space_id=cast.room_a, period=period, reason="Paint", now=NOW)
    places = {"joined room": 1, "incubator": 1, "room": 0, "member": 0, "colleague": 0}
    for name, path in paths.items():
        answer = await client.get(path, headers={"if-none-match": seen[name]})
        assert answer.status_code == (200 if places[name] else 304), name
        if places[name]:
            (entry,) = with_icalendar(answer.content)
            assert (entry.start, entry.end) == (int(period.start.timestamp()), int(period.end.timestamp()))
            assert b"Paint" not in answer.content
            seen[name] = answer.headers["etag"]
    async with transaction(db) as tx:
        await unblock(tx, actor=actor, block_id=made.id, now=NOW)
    for name in ("joined room", "incubator"):
        answer = await client.get(paths[name], headers={"if-none-match": seen[name]})
        assert answer.status_code == 200 and with_icalendar(answer.content) == []


async def test_dates_that_another_series_begins_with_are_read_anew(
    visit: Visit, cast: Cast, paths: dict[str, str], db: Database
) -> None:
    """Nothing became of them, but each has another series and another number."""
    me, actor = visit(cast.member), await acting(db, cast.member)
    pattern = {"space_id": str(cast.room_l), "first_day": "2026-09-08", "weekdays": [2], "start": "10:00"}
    asked = pattern | {"length_minutes": 60, "count": 3, "organisation_id": str(cast.acme)}
    series = (await me.post("/api/series", json=asked)).json()
    stays, follows, gone = (f"/api/bookings/{one['booking_id']}" for one in series["occurrences"])
    assert (await me.post(f"{gone}/cancel", json={})).status_code == 200
    before = {path: await me.get(path) for path in (stays, follows, gone)}
    seen = {name: (await visit().get(path)).headers["etag"] for name, path in paths.items()}
    names = {one.uid for one in with_icalendar((await visit().get(paths["member"])).content)}
    assert names == {series["id"]}
    async with transaction(db) as tx:
        whole = await series_for(tx, actor=actor, series_id=UUID(series["id"]), lock=True)
        new = await split_series(tx, actor=actor, series=whole, occurrence=2, now=NOW)
        assert await audit(tx) == []
    assert (await me.get(stays)).headers["etag"] == before[stays].headers["etag"]
    for path, occurrence in ((follows, 1), (gone, 2)):
        after = await me.get(path)
        assert after.headers["etag"] != before[path].headers["etag"]
        told = after.json()
        assert told["series_id"] != series["id"] and told["occurrence"] == occurrence
        assert told["changed_at"] == before[path].json()["changed_at"]
    for name, path in paths.items():
        assert (await visit().get(path, headers={"if-none-match": seen[name]})).status_code == 200, name
    names = {one.uid for one in with_icalendar((await visit().get(paths["member"])).content)}
    assert names == {series["id"], str(new.id)}
