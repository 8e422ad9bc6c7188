"""What those who run the house can ask it."""

import httpx
from litestar import Litestar

from incubator.db.engine import Database, transaction
from tests.web.test_problems import Visit


async def test_a_live_process_says_so(visit: Visit) -> None:
    assert (await visit().get("/health/live")).status_code == 200


async def test_ready_means_the_database_answers_and_is_migrated(visit: Visit, db: Database) -> None:
    assert (await visit().get("/health/ready")).json() == {"status": "ready"}
    async with transaction(db) as tx:
        await tx.execute("UPDATE alembic_version SET version_num = '0000'")
    behind = await visit().get("/health/ready")
    assert (behind.status_code, behind.json()) == (503, {"status": "the database has to be migrated"})


async def test_a_closed_database_is_told_from_a_broken_house(visit: Visit, app: Litestar) -> None:
    await app.state.db.pool.close()
    away = await visit().get("/health/ready")
    assert (away.status_code, away.json()) == (503, {"status": "the database does not answer"})


async def test_metrics_count_requests_by_pattern_and_jobs_by_state(visit: Visit) -> None:
    client: httpx.AsyncClient = visit()
    await client.get("/health/live")
    told = (await client.get("/metrics")).text
    assert 'incubator_request_seconds_count{method="GET",route="/health/live",status="200"}' in told
    assert "incubator_database_up 1" in told
    assert told.count("# TYPE incubator_jobs gauge") == 1
