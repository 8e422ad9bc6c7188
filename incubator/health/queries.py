"""What the database knows of its own state."""

import asyncpg

from incubator.db.engine import Tx

# Jobs that are done leave the table, so it stays small.
JOBS = "SELECT entrypoint, status::text, count(*) FROM pgqueuer GROUP BY 1, 2 ORDER BY 1, 2"
# Of a quarter of a year: then they are forgotten.
REPLIES = "SELECT outcome, count(*) FROM reply GROUP BY 1 ORDER BY 1"
REPLY_BOXES = "SELECT box, failures, extract(epoch FROM read_at)::float AS read_at FROM reply_box ORDER BY 1"
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
    lines.append("# TYPE incubator_replies gauge")
    lines += [f'incubator_replies{{outcome="{outcome}"}} {n}' for outcome, n in await tx.fetch(REPLIES)]
    lines += await _reply_boxes(tx)
    return ("\n".join(lines) + "\n").encode()


async def _reply_boxes(tx: Tx) -> list[str]:
    """How often in a row each mailbox of answers could not be read, and when it last could."""
    rows = await tx.fetch(REPLY_BOXES)
    failures = [f'incubator_reply_box_failures{{box="{row["box"]}"}} {row["failures"]}' for row in rows]
    read = [f'incubator_reply_box_read{{box="{row["box"]}"}} {row["read_at"]}' for row in rows if row["read_at"]]
    return ["# TYPE incubator_reply_box_failures gauge", *failures, "# TYPE incubator_reply_box_read gauge", *read]
