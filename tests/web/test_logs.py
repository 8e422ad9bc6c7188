"""What the log may know: the pattern of an address, never the address; what went wrong, never whose it
was."""

import json
import logging
from collections.abc import Callable, Iterator
from io import StringIO
from typing import NoReturn

import asyncpg
import httpx
import pytest

from incubator.calendars.standing import Standings
from incubator.db.engine import Database, statement
from incubator.web.logs import configure_logs
from tests.cast import Cast

Visit = Callable[..., httpx.AsyncClient]
SECRET = "short-secret"
ERRORS = {
    "a fault of ours": RuntimeError("a wheel came off"),
    "a value that fits nowhere": asyncpg.DataError("no such number"),
    "the database is away": ConnectionResetError("gone"),
}


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], list[dict[str, object]]]]:
    """What has been logged so far, as a server does it."""
    handlers: list[logging.StreamHandler[StringIO]] = []
    # pytest's own handlers are let be.
    monkeypatch.setattr(logging, "basicConfig", lambda **given: handlers.extend(given["handlers"]))
    configure_logs("info", readable=False)
    [handler], stream = handlers, StringIO()
    handler.setStream(stream)
    logging.getLogger().addHandler(handler)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    logging.getLogger().removeHandler(handler)


@pytest.mark.parametrize("name", ERRORS)
async def test_a_fault_inside_a_personal_feed_does_not_log_its_secret(
    visit: Visit, cast: Cast, log: Callable[[], list[dict[str, object]]], monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    async def fail(*_given: object) -> NoReturn:
        raise ERRORS[name]

    monkeypatch.setattr(Standings, "__call__", fail)
    answer = await visit().get(f"/calendars/personal/{SECRET}.ics?{SECRET}")
    assert answer.status_code in {422, 500, 503}
    [line] = [line for line in log() if line["logger"] == "incubator.web.problems"]
    assert (line["method"], line["route"]) == ("GET", "/calendars/personal/{name}.ics")
    assert SECRET not in json.dumps(line)


async def test_a_fault_behind_a_link_that_signs_in_does_not_log_the_link(
    visit: Visit, log: Callable[[], list[dict[str, object]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(*_given: object, **_named: object) -> NoReturn:
        raise RuntimeError("a wheel came off")

    monkeypatch.setattr("incubator.people.pages.sign_in.look_at_link", fail)
    assert (await visit().get(f"/sign-in/{SECRET}")).status_code == 500
    [line] = [line for line in log() if line["logger"] == "incubator.web.problems"]
    assert line["route"] == "/sign-in/{secret}"
    assert SECRET not in json.dumps(line)


async def test_what_the_database_quotes_is_not_logged(
    cast: Cast, db: Database, log: Callable[[], list[dict[str, object]]]
) -> None:
    try:
        async with statement(db) as tx:
            await tx.execute(
                "INSERT INTO account (email, name, locale, version) VALUES ($1, '', 'pl', 1)", cast.member.email
            )
    except asyncpg.UniqueViolationError as error:
        assert cast.member.email in str(error)
        logging.getLogger("incubator").exception("it went wrong")
    [line] = [line for line in log() if line["event"] == "it went wrong"]
    assert "UniqueViolationError" in json.dumps(line)
    assert cast.member.email not in json.dumps(line)
