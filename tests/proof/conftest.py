"""One house for the tests that race and kill."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.proof.house import House, build


@pytest.fixture(scope="module")
def house() -> Iterator[House]:
    # Not under pytest's own folder, which is closed to the user that PostgreSQL runs as.
    with tempfile.TemporaryDirectory(prefix="house-") as folder:
        path = Path(folder)
        path.chmod(0o755)
        made = build(path)
        try:
            yield made
        finally:
            made.postgres.stop()
