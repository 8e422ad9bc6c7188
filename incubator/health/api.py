"""Health and metrics. Open to everybody and free of anything personal; a reverse proxy keeps
`/metrics` to itself (docs/operations.md)."""

import asyncio

import asyncpg
import msgspec
from litestar import Response, get
from litestar.di import NamedDependency
from litestar.types import ControllerRouterHandler
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from incubator.db.engine import Database, statement
from incubator.db.migrate import newest_revision
from incubator.health.queries import is_migrated_to, numbers
from incubator.people.guards import public

PATIENCE = 2.0
"""Seconds that a database may take to answer before it counts as away."""


class Health(msgspec.Struct, frozen=True):
    """`status` is "live", "ready", or says what is missing."""

    status: str


@get("/health/live", guards=[public], operation_id="live", include_in_schema=False)
async def live() -> Health:
    """The process answers."""
    return Health("live")


@get("/health/ready", guards=[public], operation_id="ready", include_in_schema=False)
async def ready(db: NamedDependency[Database]) -> Response[Health]:
    """The database answers and has this version's tables; 503 otherwise."""
    try:
        async with asyncio.timeout(PATIENCE), statement(db) as tx:
            migrated = await is_migrated_to(tx, newest_revision())
    except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError):
        return Response(Health("the database does not answer"), status_code=503)
    if not migrated:
        return Response(Health("the database has to be migrated"), status_code=503)
    return Response(Health("ready"))


@get("/metrics", guards=[public], operation_id="metrics", include_in_schema=False)
async def metrics(db: NamedDependency[Database]) -> Response[bytes]:
    """What Prometheus reads of this process and of the queue behind all of them."""
    lines = [generate_latest()]
    try:
        async with asyncio.timeout(PATIENCE), statement(db) as tx:
            lines.append(await numbers(tx))
    except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError):
        lines.append(b"incubator_database_up 0\n")
    return Response(b"".join(lines), headers={"content-type": CONTENT_TYPE_LATEST})


handlers: list[ControllerRouterHandler] = [live, ready, metrics]
