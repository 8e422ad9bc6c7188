"""Every change of a place: who may, that it needs the version seen, that bad input is refused."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import httpx
import pytest

from tests.cast import Cast

Visit = Callable[..., httpx.AsyncClient]
Request = tuple[str, str, Any]

DETAILS = {"name_pl": "Sala", "capacity": 8}
OPERATIONS: dict[str, Callable[[Cast], Request]] = {
    "describe gmina": lambda cast: ("PUT", "gminas/niepolomice/details", {"brand_pl": "Puszcza"}),
    "add incubator": lambda cast: (
        "POST",
        "incubators",
        {"gmina": "niepolomice", "code": "P2", "slug": "nowy", "details": {"name": "Nowy"}},
    ),
    "describe incubator": lambda cast: ("PUT", "incubators/las/details", {"name": "LAS"}),
    "close incubator": lambda cast: ("PUT", "incubators/las/status", {"status": "closed"}),
    "add space": lambda cast: ("POST", "incubators/las/spaces", {"kind": "room", "details": DETAILS}),
    "join rooms": lambda cast: (
        "POST",
        "incubators/las/spaces",
        {"kind": "room", "details": DETAILS, "parts": [str(cast.room_a), str(cast.room_s)]},
    ),
    "describe space": lambda cast: ("PUT", f"spaces/{cast.room_l}/details", DETAILS),
    "set rules": lambda cast: ("PUT", f"spaces/{cast.room_l}/rules", {"grid_minutes": 15}),
    "set parts": lambda cast: (
        "PUT",
        f"spaces/{cast.room_la}/parts",
        {"parts": [str(cast.room_l), str(cast.room_s)]},
    ),
    "retire": lambda cast: ("DELETE", f"spaces/{cast.office_space}", None),
    "add zone": lambda cast: ("POST", "incubators/las/zones", {"name_pl": "Cisza"}),
    "rename zone": lambda cast: ("PUT", f"incubators/las/zones/{cast.zone}", {"name_pl": "Cisza"}),
    "add desks": lambda cast: (
        "POST",
        f"incubators/las/zones/{cast.zone}/desks",
        {"count": 2, "names": {"name_pl": "Biurko"}},
    ),
    "weekly hours": lambda cast: (
        "PUT",
        "incubators/las/hours",
        {"weekly": [{"weekday": 1, "opens": "08:00", "closes": "24:00"}]},
    ),
    "hours of a space": lambda cast: (
        "PUT",
        f"spaces/{cast.room_l}/hours",
        {"weekly": [{"weekday": 6, "opens": "10:00", "closes": "14:00"}]},
    ),
    "exception": lambda cast: ("PUT", "incubators/las/exceptions/2026-12-31", {"note": "Sylwester"}),
    "exception of a space": lambda cast: (
        "PUT",
        f"spaces/{cast.room_l}/exceptions/2026-12-31",
        {"hours": [{"opens": "08:00", "closes": "12:00"}]},
    ),
    "add quota": lambda cast: (
        "POST",
        "incubators/las/quotas",
        {"unit": "week", "limits": {"name": "Sale", "organisation_minutes": 600}},
    ),
}


async def send(client: httpx.AsyncClient, request: Request, *, match: str | None = "*") -> httpx.Response:
    method, path, body = request
    headers = {"if-match": match} if match else {}
    return await client.request(method, f"/api/{path}", json=body, headers=headers)


@pytest.mark.parametrize("name", OPERATIONS)
async def test_strangers_members_and_other_gminas_may_not(visit: Visit, cast: Cast, name: str) -> None:
    request = OPERATIONS[name](cast)
    assert (await send(visit(), request)).status_code == 401
    for person in (cast.member, cast.owner, cast.office, cast.other_coordinator):
        answer = await send(visit(person), request)
        assert answer.status_code == 403 and answer.json()["code"] == "forbidden", answer.text


@pytest.mark.parametrize("name", OPERATIONS)
async def test_the_coordinator_may(visit: Visit, cast: Cast, name: str) -> None:
    answer = await send(visit(cast.coordinator), OPERATIONS[name](cast))
    assert answer.is_success, answer.text


@pytest.mark.parametrize("name", [name for name in OPERATIONS if not name.startswith(("add", "join"))])
async def test_a_change_says_which_version_it_saw(visit: Visit, cast: Cast, name: str) -> None:
    request, client = OPERATIONS[name](cast), visit(cast.coordinator)
    missing = await send(client, request, match=None)
    assert missing.status_code == 422 and missing.json()["code"] == "if_match_required"
    assert (await send(client, request, match='"1"')).is_success
    late = await send(client, request, match='"1"')
    assert late.status_code in {410, 412}, late.text


@pytest.mark.parametrize("name", OPERATIONS)
async def test_unknown_fields_and_wrong_types_are_refused(visit: Visit, cast: Cast, name: str) -> None:
    method, path, body = OPERATIONS[name](cast)
    if body is None:
        return
    client = visit(cast.coordinator)
    for bad in ({**body, "surprise": 1}, dict.fromkeys(body, object.__name__ + "\x00"), [], "x", None):
        answer = await send(client, (method, path, bad))
        assert answer.status_code in {400, 422}, (bad, answer.text)
        assert answer.json()["code"]


async def test_an_idempotency_key_adds_one_space(visit: Visit, cast: Cast) -> None:
    client = visit(cast.coordinator)
    body = {"kind": "room", "details": {"name_pl": "Sala Zielona"}}
    headers = {"idempotency-key": "k1"}
    one = await client.post("/api/incubators/las/spaces", json=body, headers=headers)
    two = await client.post("/api/incubators/las/spaces", json=body, headers=headers)
    assert one.status_code == two.status_code == 201 and one.json() == two.json()
    assert one.headers["location"] == f"/api/spaces/{one.json()['id']}"
    assert one.json()["slug"] == "sala-zielona"


@pytest.mark.parametrize("path", ["gminas/nowhere/details", "incubators/nowhere/details"])
async def test_what_is_not_there_cannot_be_changed(visit: Visit, cast: Cast, path: str) -> None:
    answer = await send(visit(cast.coordinator), ("PUT", path, {"name": "X"} if "incub" in path else {}))
    assert answer.status_code == 404


async def test_ids_that_are_nobodys_are_not_found(visit: Visit, cast: Cast) -> None:
    client = visit(cast.coordinator)
    for path, body in (
        (f"spaces/{uuid4()}/details", DETAILS),
        (f"incubators/las/zones/{uuid4()}", {"name_pl": "X"}),
        (f"incubators/las/quotas/{uuid4()}", {"name": "X"}),
        (f"incubators/rynek/zones/{cast.zone}", {"name_pl": "X"}),
    ):
        answer = await send(client, ("PUT", path, body))
        assert answer.status_code in {403, 404}, answer.text
