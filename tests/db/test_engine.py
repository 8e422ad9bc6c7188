"""The door to the database."""

from pathlib import Path

import pytest

from incubator.db.engine import open_database


async def test_a_server_without_a_socket_is_away_like_one_that_refuses(tmp_path: Path) -> None:
    with pytest.raises(ConnectionError):
        async with open_database(f"postgresql://postgres@/postgres?host={tmp_path}"):
            pass
