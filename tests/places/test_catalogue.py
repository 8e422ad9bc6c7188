"""What everybody may read of gminas, incubators and spaces."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

import httpx
import pytest

from incubator.db.engine import Database, transaction
from tests.cast import Cast, change

Visit = Callable[..., httpx.AsyncClient]


async def slugs(visit: Visit, **wish: object) -> set[str]:
    answer = await visit().get("/api/spaces", params={"limit": 100, **wish})
    assert answer.status_code == 200, answer.text
    return {item["slug"] for item in answer.json()["items"]}


async def test_gminas_show_their_incubators(visit: Visit) -> None:
    answer = await visit().get("/api/gminas")
    found = {gmina["slug"]: gmina for gmina in answer.json()["items"]}
    assert set(found) == {"niepolomice", "skawina"}
    (las,) = found["niepolomice"]["incubators"]
    assert las["status"] == "open" and las["spaces"] == 8
    assert las["kinds"] == ["hot_desk", "private_office", "room"]


async def test_a_gmina_by_its_slug_has_an_etag(visit: Visit) -> None:
    answer = await visit().get("/api/gminas/skawina")
    assert answer.json()["name"] == "Skawina" and answer.headers["etag"] == '"1"'


@pytest.mark.parametrize(
    "address", ["gminas/atlantis", "incubators/atlantis", "spaces/0a963d19-fdf0-4a90-b51a-9f3386865c38", "spaces/l"]
)
async def test_what_is_not_there_is_not_found(visit: Visit, address: str) -> None:
    answer = await visit().get(f"/api/{address}")
    assert answer.status_code == 404 and answer.json()["code"].startswith(("no_such", "not_found"))


async def test_an_incubator_tells_its_hours_and_zones(visit: Visit, cast: Cast) -> None:
    las = (await visit().get("/api/incubators/las")).json()
    assert las["gmina_slug"] == "niepolomice"
    assert las["hours"] == [{"weekday": day, "opens": "08:00", "closes": "20:00"} for day in range(1, 6)]
    assert [zone["desks"] for zone in las["zones"]] == [3]


async def test_incubators_are_listed_by_gmina_and_status(visit: Visit) -> None:
    async def found(**wish: str) -> list[str]:
        return [item["slug"] for item in (await visit().get("/api/incubators", params=wish)).json()["items"]]

    assert await found() == ["las", "rynek"]
    assert await found(gmina="skawina") == ["rynek"]
    assert await found(status="planned") == []


async def test_spaces_are_found_by_gmina_kind_capacity_equipment_and_access(
    visit: Visit, cast: Cast, db: Database
) -> None:
    async with transaction(db) as tx:
        await change(tx, cast.room_l, equipment=["projector", "whiteboard"], step_free=True, induction_loop=True)
        await change(tx, cast.room_a, equipment=["projector"], step_free=True, accessible_wc=True)
    assert await slugs(visit, gmina="skawina") == {"sala"}
    assert await slugs(visit, incubator="las", kind="private_office") == {"office"}
    assert await slugs(visit, capacity=31) == {"l", "l-a"}
    assert await slugs(visit, equipment="projector") == {"l", "a"}
    assert await slugs(visit, equipment=["projector", "whiteboard"]) == {"l"}
    assert await slugs(visit, step_free="true", accessible_wc="true") == {"a"}
    assert await slugs(visit, induction_loop="true") == {"l"}
    assert await slugs(visit, equipment="'; DROP TABLE space; --") == set()


@pytest.mark.parametrize(
    "wish", [{"kind": "castle"}, {"capacity": 0}, {"capacity": "many"}, {"limit": 0}, {"limit": 101}, {"after": "x"}]
)
async def test_a_wish_that_makes_no_sense_is_refused(visit: Visit, wish: dict[str, object]) -> None:
    answer = await visit().get("/api/spaces", params=wish)
    assert answer.status_code == 422, answer.text
    assert answer.json()["code"]


async def test_pages_of_spaces_follow_each_other_without_loss(visit: Visit) -> None:
    seen: list[str] = []
    after = None
    while True:
        answer = await visit().get("/api/spaces", params={"limit": 4, **({"after": after} if after else {})})
        seen += [item["id"] for item in answer.json()["items"]]
        after = answer.json()["next"]
        if after is None:
            break
    assert len(seen) == len(set(seen)) == 9


async def test_a_joined_room_names_its_parts_and_its_rules(visit: Visit, cast: Cast) -> None:
    answer = await visit().get(f"/api/spaces/{cast.room_la}")
    told = answer.json()
    assert {UUID(part) for part in told["parts"]} == {cast.room_l, cast.room_a}
    assert told["rules"]["grid_minutes"] == 30 and told["drawing"] == "/drawings/room-90.svg"
    assert answer.headers["etag"] == '"1"'


async def test_a_retired_space_is_gone_and_listed_no_more(
    visit: Visit, cast: Cast, db: Database, clock: Callable[[], datetime]
) -> None:
    async with transaction(db) as tx:
        await change(tx, cast.office_space, retired_at=clock())
    answer = await visit().get(f"/api/spaces/{cast.office_space}")
    assert answer.status_code == 410 and answer.json()["code"] == "space_retired"
    assert "office" not in await slugs(visit)
