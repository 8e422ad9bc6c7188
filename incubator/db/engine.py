"""Two doors to one database.

`transaction` is the quick door: an asyncpg connection inside BEGIN … COMMIT, for the verbs that
must be fast and are written as statements. `session` is the ordinary door: an SQLModel session for
screens and forms. `raw` leads from the second to the first, inside the same transaction, so that
history, versions and jobs are written alike from both. Why two: docs/decisions/0002.
"""

import asyncio
import random
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar
from urllib.parse import urlsplit

import asyncpg
from asyncpg.pool import PoolConnectionProxy
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlmodel.ext.asyncio.session import AsyncSession

Tx: TypeAlias = "asyncpg.Connection[asyncpg.Record] | PoolConnectionProxy[asyncpg.Record]"
Session: TypeAlias = AsyncSession
if TYPE_CHECKING:
    Pool: TypeAlias = asyncpg.Pool[asyncpg.Record]
else:  # Litestar reads the hints of what it hands to handlers, and the class takes no parameters
    Pool = asyncpg.Pool
T = TypeVar("T")

ATTEMPTS = 8
_WITHIN: ContextVar[bool] = ContextVar("within_a_transaction", default=False)

# Our statements are few and their shape does not depend on the values: planning each anew costs
# 2 ms of the database's time where running it costs 0.2.
SETTINGS = {"timezone": "UTC", "application_name": "incubator", "plan_cache_mode": "force_generic_plan"}


@dataclass(frozen=True, slots=True)
class Database:
    """The pool of the quick door and the engine of the ordinary one."""

    pool: Pool
    engine: AsyncEngine
    url: str = field(repr=False)


@asynccontextmanager
async def open_database(
    url: str, *, pool_size: int = 16, session_pool_size: int = 8, statements: int = 100, patience: float = 30
) -> AsyncIterator[Database]:
    """Both doors of the database at `url` (postgresql://…), closed again at the end. A statement at the
    quick door that takes more than `patience` seconds raises TimeoutError; each of its connections keeps
    the last `statements` prepared."""
    # As many connections as there is work at once: waiting for one costs more than having one
    # (ENGINEERING, what a booking costs). RESET at each return costs 13 % and undoes nothing we do.
    pool = await asyncpg.create_pool(
        url,
        min_size=2,
        max_size=pool_size,
        connect=_connect,
        reset=_no_reset,
        command_timeout=patience,
        statement_cache_size=statements,
        server_settings=SETTINGS,
    )
    engine = create_async_engine(_sqlalchemy_url(url), pool_size=session_pool_size, max_overflow=0, pool_pre_ping=True)
    try:
        yield Database(pool=pool, engine=engine, url=url)
    finally:
        await engine.dispose()
        await pool.close()


@asynccontextmanager
async def transaction(db: Database) -> AsyncIterator[Tx]:
    """The quick door: commits at the end, rolls back when anything is raised."""
    async with db.pool.acquire() as connection, connection.transaction():
        with _holding():
            yield connection


@contextmanager
def _holding() -> Iterator[None]:
    before = _WITHIN.get()
    _WITHIN.set(True)
    try:
        yield
    finally:
        _WITHIN.set(before)


def within_transaction() -> bool:
    """Whether who runs this holds a transaction open: then it is no time to call the outside and wait."""
    return _WITHIN.get()


@asynccontextmanager
async def statement(db: Database) -> AsyncIterator[Tx]:
    """A connection without a transaction: each statement is one of its own. For reads, and for
    verbs that are a single statement."""
    async with db.pool.acquire() as connection:
        yield connection


@asynccontextmanager
async def snapshot(db: Database) -> AsyncIterator[Tx]:
    """Reads that all see one moment."""
    async with db.pool.acquire() as connection, connection.transaction(isolation="repeatable_read", readonly=True):
        yield connection


async def attempt(db: Database, act: Callable[[Tx], Awaitable[T]], *, bare: bool = False) -> T:
    """Run `act` in a transaction, and again when PostgreSQL chose it to end a deadlock.

    Two bookings that swap places wait for each other; one of them has to start over. `bare` hands
    it a connection without a transaction, where it is whole without one.
    """
    door = statement if bare else transaction
    for turn in range(1, ATTEMPTS + 1):
        try:
            async with door(db) as tx:
                return await act(tx)
        except (asyncpg.DeadlockDetectedError, asyncpg.SerializationError):
            if turn == ATTEMPTS:
                raise
            await asyncio.sleep(random.uniform(0.002, 0.02) * turn)  # noqa: S311 - no secret, a jitter
    raise AssertionError("unreachable")


@asynccontextmanager
async def session(db: Database) -> AsyncIterator[Session]:
    """The ordinary door: commits at the end, rolls back when anything is raised."""
    async with AsyncSession(db.engine, expire_on_commit=False) as opened, opened.begin():
        with _holding():
            yield opened


async def raw(opened: Session) -> Tx:
    """The asyncpg connection under a session, with its transaction begun.

    SQLAlchemy sends BEGIN with the first statement only; before it the raw connection would commit
    each statement by itself.
    """
    connection = await opened.connection()
    await connection.exec_driver_sql("SELECT 1")
    driver = (await connection.get_raw_connection()).driver_connection
    assert isinstance(driver, asyncpg.Connection) and driver.is_in_transaction()
    return driver


def _sqlalchemy_url(url: str) -> str:
    return url.replace(f"{urlsplit(url).scheme}://", "postgresql+asyncpg://", 1)


async def _connect(*given: Any, **named: Any) -> "asyncpg.Connection[asyncpg.Record]":
    """A server that is just starting has no socket yet, or does not answer: it is away, as one that
    refuses is. Raises ConnectionError."""
    try:
        return await asyncpg.connect(*given, **named)
    except (FileNotFoundError, TimeoutError) as error:
        raise ConnectionError("the database is not there") from error


async def _no_reset(_connection: object) -> None:
    return None
