"""Real PostgreSQL for every test: one embedded server a run, for each test a database
as good as new, so that commits and races are real."""

import asyncio
import functools
import gc
import os
import secrets
import sys
import tempfile
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
import uvloop
from argon2 import PasswordHasher
from jinja2 import FileSystemBytecodeCache
from litestar import Litestar

from incubator.app import create_app, hand_over
from incubator.db.embedded import embedded
from incubator.db.engine import Database, Tx, open_database, transaction
from incubator.db.migrate import migrate
from incubator.mentoring.to_meet import forget_mentors
from incubator.people import passwords
from incubator.people.actor import forget_actors
from incubator.places.queries import forget_spaces
from incubator.registrations.to_register import forget_sessions
from incubator.settings import Settings
from incubator.web.letters import live_at
from incubator.web.pages import environment
from tests.cast import Cast, hire
from tests.doors import Doors
from tests.missing import SIGN
from tests.stock import Stock, at, execute

NOW = datetime(2026, 9, 7, 7, 0, tzinfo=UTC)
"""A Monday in September, nine in the morning in Warsaw."""

# Nothing is lost on a crash that a test would miss; the tests that kill start a server of their own.
SETTINGS = Settings(secret_key="t" * 32)
QUICK = "fsync = off\nsynchronous_commit = off\nfull_page_writes = off\nshared_buffers = 128MB\nautovacuum = off\n"


# The loop that the service runs in. Not by the hook of pytest-asyncio, which makes all anew for tests that are not async.
asyncio.set_event_loop_policy(uvloop.EventLoopPolicy())


# To keep a password takes a tenth of a second on purpose. How the house does it is seen in tests/people/test_sign_in.py.
HASHER = passwords.HASHER
passwords.HASHER = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)

# What templates are compiled to is kept for the next time, as it is of modules, and for the other process.
if not sys.dont_write_bytecode:
    (kept := Path(__file__).parent / "__pycache__" / "templates").mkdir(parents=True, exist_ok=True)
    environment().bytecode_cache = FileSystemBytecodeCache(str(kept))


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The address of the run's PostgreSQL. Not under pytest's own folder: that is closed to other
    users at each start of pytest, and as root the server runs as a user of its own."""
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        yield given
        return
    with (
        tempfile.TemporaryDirectory(prefix="incubator-", ignore_cleanup_errors=True) as folder,
        embedded(Path(folder), configuration=QUICK) as url,
    ):
        yield url


@pytest.fixture(scope="session")
def pattern(server: str) -> str:
    """The name of a migrated, empty database to copy."""
    name = f"pattern_{secrets.token_hex(4)}"
    asyncio.run(execute(server, f"CREATE DATABASE {name}"))
    migrate(at(server, name))
    return name


@pytest.fixture(scope="session")
def peopled(server: str, pattern: str) -> tuple[str, Cast]:
    """The name of a database to copy with the cast in it, and the cast."""

    async def people(url: str) -> Cast:
        async with open_database(url, pool_size=2) as db:
            return await hire(db)

    name = f"peopled_{secrets.token_hex(4)}"
    asyncio.run(execute(server, f"CREATE DATABASE {name} TEMPLATE {pattern} STRATEGY file_copy"))
    return name, asyncio.run(people(at(server, name)))


@pytest.fixture(scope="session")
async def stock(server: str) -> AsyncIterator[Stock]:
    """Where the tests' databases come from and go back to."""
    made = Stock(server)
    yield made
    await made.close()


@pytest.fixture
async def database_url(request: pytest.FixtureRequest, server: str, pattern: str, stock: Stock) -> AsyncIterator[str]:
    """A database as good as new for one test, with the cast in it where the test wants that."""
    # Both are there before this runs, as they open loops of their own.
    template = request.getfixturevalue("peopled")[0] if "cast" in request.fixturenames else pattern
    name = await stock.take(template)
    # What a process remembers is of one database; here it sees many, alike but for what a test does.
    forget_spaces()
    forget_actors()
    forget_mentors()
    forget_sessions()
    yield at(server, name)
    await stock.put_back(name)


@pytest.fixture(scope="session")
async def doors() -> AsyncIterator[Doors]:
    made = Doors()
    yield made
    for url in list(made.opened):
        await made.close(url)


@pytest.fixture
async def db(database_url: str, doors: Doors) -> AsyncIterator[Database]:
    yield await doors.to(database_url)
    await doors.leave(database_url)


@pytest.fixture
async def tx(db: Database) -> AsyncIterator[Tx]:
    """A transaction that commits when the test is over: for tests of one actor."""
    async with transaction(db) as opened:
        yield opened


@pytest.fixture
def cast(peopled: tuple[str, Cast]) -> Cast:
    """People, an incubator and spaces, committed. See tests/cast.py."""
    return peopled[1]


@pytest.fixture
def clock(clockwork: "Clockwork") -> "Clockwork":
    clockwork.now = NOW
    return clockwork


@pytest.fixture(scope="session")
def clockwork() -> "Clockwork":
    return Clockwork(NOW)


class Clockwork:
    """A clock that stands still until a test moves it."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture(scope="session")
def services(clockwork: Clockwork) -> Callable[[Settings], Litestar]:
    """The whole service, put together once for each way to set it up, for it takes half a second, and
    never started."""
    build = functools.cache(lambda settings: create_app(settings, clock=clockwork))

    def service(settings: Settings) -> Litestar:
        live_at(settings.address)
        return build(settings)

    return service


@pytest.fixture(scope="session")
def built(services: Callable[[Settings], Litestar]) -> Litestar:
    return services(SETTINGS)


@pytest.fixture
async def app(built: Litestar, db: Database, clock: Clockwork) -> Litestar:
    """The whole service over the test's database, in this loop."""
    hand_over(built, db=db, clock=clock, settings=SETTINGS)
    return built


@pytest.fixture
async def visit(app: Litestar, cast: Cast) -> AsyncIterator[Callable[..., httpx.AsyncClient]]:
    """`visit()` is a stranger's browser or program; `visit(cast.member)` carries that person's API
    token and session cookie. Real concurrency: no test client in another loop."""
    clients: list[httpx.AsyncClient] = []

    def of(person: object = None) -> httpx.AsyncClient:
        headers, cookies = {}, {}
        if person is not None:
            headers["authorization"] = f"Bearer {person.token}"  # type: ignore[attr-defined]
            cookies["session"] = person.cookie  # type: ignore[attr-defined]
        client = httpx.AsyncClient(
            transport=httpx.ASGITransport(app=app, raise_app_exceptions=False),
            base_url="http://testserver.local",
            headers=headers,
            cookies=cookies,
        )
        clients.append(client)
        return client

    yield of
    for client in clients:
        await client.aclose()


@asynccontextmanager
async def running(app: Litestar) -> AsyncIterator[None]:
    """The app's lifespan, held by a task of its own, as its cancel scopes want it."""
    up, down = asyncio.Event(), asyncio.Event()

    async def hold() -> None:
        async with app.lifespan():
            up.set()
            await down.wait()

    task = asyncio.create_task(hold())
    done, _ = await asyncio.wait({task, asyncio.create_task(up.wait())}, return_when=asyncio.FIRST_COMPLETED)
    if task in done:
        task.result()
    try:
        yield
    finally:
        down.set()
        await task


def pytest_collection_finish() -> None:
    """What is loaded by now stays, so the collector of garbage leaves it alone, as in the service."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """While working, what has many cases and needs a database is tried with its first one, and what
    is tried at random is left out: the rest is marked `thorough`. Rules without a database are quick
    enough to be tried with all their cases."""
    tried: set[tuple[Path, str]] = set()
    for item in items:
        if not isinstance(item, pytest.Function):
            continue
        test = (item.path, item.originalname)
        if getattr(item.function, "is_hypothesis_test", False) or (test in tried and "server" in item.fixturenames):
            item.add_marker(pytest.mark.thorough)
        tried.add(test)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What could not be tried here is said out loud, lest a green run be taken for more than it is."""
    reasons = Counter(
        report.longrepr[2].removeprefix("Skipped: ")
        for report in terminalreporter.stats.get("skipped", [])
        if isinstance(report.longrepr, tuple) and SIGN in report.longrepr[2]
    )
    for reason, times in sorted(reasons.items()):
        terminalreporter.write_line(f"{times} × {reason}", red=True, bold=True)
