"""What every request passes."""

import json
from collections.abc import AsyncIterator

import httpx
import pytest
from litestar import Litestar

from incubator.app import create_app, hand_over
from incubator.db.engine import Database
from incubator.settings import Settings
from incubator.web.gate import without_secrets
from tests.conftest import SETTINGS, Clockwork, running
from tests.web.test_problems import Visit


@pytest.fixture(scope="module")
def logging(clockwork: Clockwork) -> tuple[Litestar, list[bytes]]:
    """The service, and what it wrote to its log."""
    written: list[bytes] = []
    return create_app(SETTINGS, clock=clockwork, write_log=written.append), written


@pytest.fixture
async def lines(
    logging: tuple[Litestar, list[bytes]], db: Database, clock: Clockwork
) -> AsyncIterator[tuple[httpx.AsyncClient, list[bytes]]]:
    made, written = logging
    written.clear()
    hand_over(made, db=db, clock=clock, settings=SETTINGS)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=made), base_url="http://test.local") as client:
        yield client, written


async def test_a_line_of_the_log_holds_method_path_status_and_time_alone(
    lines: tuple[httpx.AsyncClient, list[bytes]],
) -> None:
    client, written = lines
    await client.get("/api/nothing?q=secret", headers={"authorization": "Bearer x", "cookie": "session=y"})
    [line] = written
    assert set(json.loads(line)) == {"timestamp", "method", "path", "status", "ms", "event", "level"}
    assert json.loads(line)["path"] == "/api/nothing"


async def test_tokens_in_paths_are_left_out(lines: tuple[httpx.AsyncClient, list[bytes]]) -> None:
    client, written = lines
    token = "k3J9_" + "x" * 38
    await client.get(f"/calendars/mine/{token}.ics")
    assert token.encode() not in written[0]
    assert without_secrets(f"/calendars/mine/{token}.ics") == "/calendars/mine/….ics"
    assert without_secrets("/incubators/las-open-space/sala-l") == "/incubators/las-open-space/sala-l"
    booking = "/bookings/01890b1e-8a5f-7c3e-9d4e-1a2b3c4d5e6f"
    assert without_secrets(booking) == booking


async def test_health_that_is_well_is_not_worth_a_line(lines: tuple[httpx.AsyncClient, list[bytes]]) -> None:
    client, written = lines
    assert (await client.get("/health/live")).json() == {"status": "live"}
    assert written == []


@pytest.mark.parametrize("path", ["/", "/nothing", "/api/nothing", "/health/live", "/static/pico.min.css"])
async def test_every_answer_says_how_browsers_should_treat_it(visit: Visit, path: str) -> None:
    headers = (await visit().get(path)).headers
    assert "script-src" not in headers["content-security-policy"], "default-src 'self' is for scripts"
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert "referrer-policy" in headers
    assert "strict-transport-security" not in headers


async def test_over_https_browsers_are_told_to_stay_there(database_url: str) -> None:
    settings = Settings(database_url=database_url, secret_key="t" * 32, public_url="https://inkubatory.example.pl")
    made = create_app(settings)
    async with running(made), httpx.AsyncClient(transport=httpx.ASGITransport(app=made), base_url="http://x") as client:
        assert "strict-transport-security" in (await client.get("/health/live")).headers


@pytest.mark.parametrize("address", ["/api/%00", "/api/nothing?a=%00", "/api/%ff", "/api/nothing?a=%C3%28"])
async def test_addresses_that_are_no_text_are_refused(visit: Visit, address: str) -> None:
    answer = await visit().get(address)
    assert answer.status_code == 422
    assert answer.json()["code"] == "unreadable_address"


async def test_addresses_in_polish_are_read(visit: Visit) -> None:
    assert (await visit().get("/api/zażółć?a=gęślą")).json()["code"] == "not_found"


async def test_what_is_too_large_is_refused(app: Litestar, visit: Visit) -> None:
    for path in ("/sign-in", "/api/nothing"):
        answer = await visit().post(path, content=b"a=" + b"x" * 10_000_000)
        assert answer.status_code in {403, 404, 413}, answer.text[:200]


@pytest.mark.parametrize("path", ["/", "/api/gminas", "/nowhere", "/api/nowhere", "/health/live", "/%ff"])
async def test_a_head_is_answered_as_a_get_without_its_body(visit: Visit, path: str) -> None:
    whole, head = await visit().get(path), await visit().head(path)
    assert head.status_code == whole.status_code
    assert head.content == b"" and whole.content
    same = ("content-type", "content-length", "etag", "content-security-policy")
    for name in same:
        if name != "content-length" or "csrf" not in whole.headers.get("set-cookie", ""):
            assert head.headers.get(name) == whole.headers.get(name)
