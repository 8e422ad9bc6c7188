"""What the database knows of its own state."""

import asyncpg

from incubator.db.engine import Tx

# Jobs that are done leave the table, so it stays small.
JOBS = "SELECT entrypoint, status::text, count(*) FROM pgqueuer GROUP BY 1, 2 ORDER BY 1, 2"
MAILS = "SELECT state, count(*) FROM mail GROUP BY 1 ORDER BY 1"


async def is_migrated_to(tx: Tx, revision: str) -> bool:
    try:
        return bool(await tx.fetchval("SELECT version_num FROM alembic_version") == revision)
    except asyncpg.UndefinedTableError:
        return False


async def numbers(tx: Tx) -> bytes:
    """Jobs and mails by state, in Prometheus' words; the same whichever process is asked."""
    lines = ["# TYPE incubator_database_up gauge", "incubator_database_up 1", "# TYPE incubator_jobs gauge"]
    lines += [f'incubator_jobs{{job="{job}",status="{status}"}} {n}' for job, status, n in await tx.fetch(JOBS)]
    lines.append("# TYPE incubator_mails gauge")
    lines += [f'incubator_mails{{state="{state}"}} {n}' for state, n in await tx.fetch(MAILS)]
    return ("\n".join(lines) + "\n").encode()
