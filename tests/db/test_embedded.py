"""The embedded PostgreSQL over what crashes, kills and other processes leave."""

import asyncio
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import asyncpg
import pytest

from incubator.db import postmaster
from incubator.db.embedded import embedded
from incubator.db.postmaster import NotServing, standing
from tests.stock import execute

START = "import sys; from pathlib import Path; from incubator.db.embedded import embedded\n"
ONCE = f"{START}with embedded(Path(sys.argv[1])): print('served')"

pytestmark = pytest.mark.slow


@pytest.fixture
def folder() -> Iterator[Path]:
    """Open to the user that the server runs as, which pytest's own is not."""
    with tempfile.TemporaryDirectory(prefix="incubator-", ignore_cleanup_errors=True) as name:
        yield Path(name)


def starting(folder: Path) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", ONCE, str(folder)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )


def until(found: Callable[[], object], process: "subprocess.Popen[str]") -> None:
    while not found():
        assert process.poll() is None, process.communicate()[0]
        time.sleep(0.005)


async def serves(url: str) -> bool:
    await execute(url, "SELECT 1")
    return True


def within_20_s_nobody_stands(data: Path) -> None:
    deadline = time.monotonic() + 20
    while standing(data) is not None:
        assert time.monotonic() < deadline
        time.sleep(0.02)


@pytest.mark.parametrize("whole", [True, False], ids=["with initdb", "without initdb"])
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
async def test_a_first_start_that_is_killed_is_started_over(folder: Path, how: signal.Signals, whole: bool) -> None:
    first = starting(folder)
    until(lambda: list(folder.glob("*/PG_VERSION")), first)
    time.sleep(0.3)
    (os.killpg if whole else os.kill)(first.pid, how)
    first.communicate()
    with embedded(folder) as url:
        assert await serves(url)
    with embedded(folder) as url:
        assert await serves(url)


async def test_what_an_earlier_version_left_incomplete_is_put_aside(folder: Path) -> None:
    left = folder / "postgres"
    (left / "base" / "1").mkdir(parents=True)
    (left / "PG_VERSION").write_text("18\n")
    with embedded(folder) as url:
        assert await serves(url)
    assert [path.name for path in folder.glob("postgres-incomplete-*/base/*")] == ["1"]


async def test_what_is_complete_is_never_put_aside(folder: Path) -> None:
    with embedded(folder) as url:
        await execute(url, "CREATE TABLE kept ()")
    (folder / ".postgres-left").mkdir()
    with embedded(folder) as url:
        await execute(url, "SELECT FROM kept")
    assert not list(folder.glob("postgres-incomplete-*"))


async def test_two_first_starts_at_once_make_one_database(folder: Path) -> None:
    both = [starting(folder), starting(folder)]
    assert [(one.communicate()[0], one.returncode) for one in both] == [("served\n", 0)] * 2
    assert not list(folder.glob("postgres-*")) and not list(folder.glob(".postgres-*"))


@pytest.mark.parametrize(
    "note",
    ["", "\n", "no number\n", "-4194000\n/elsewhere\n", "4194000\n", f"{os.getpid()}\n", "99999999999999999999\n"],
    ids=["empty", "a line", "no number", "a backend alone", "nobody's", "somebody else's", "too large"],
)
async def test_a_note_of_no_living_server_is_stale(folder: Path, note: str) -> None:
    data = folder / "postgres"
    with embedded(folder) as url:
        assert await serves(url)
    (data / "postmaster.pid").write_text(note)
    within_20_s_nobody_stands(data)  # it takes its own note away some moments before it ends
    with embedded(folder) as url:
        assert await serves(url)


async def test_another_server_is_not_taken_for_ours(folder: Path) -> None:
    with embedded(folder / "theirs"):
        theirs = (folder / "theirs" / "postgres" / "postmaster.pid").read_text()
        with embedded(folder / "ours"):
            pass
        (folder / "ours" / "postgres" / "postmaster.pid").write_text(theirs)
        with embedded(folder / "ours") as url:
            assert str(folder / "ours") in url
            assert await serves(url)


def recover_slowly(data: Path, seconds: int) -> None:
    """At the next start the server looks for more of its log, and that takes its time."""
    settings = data / "postgresql.auto.conf"
    with settings.open("a") as conf:
        conf.write(f"restore_command = 'sleep {seconds}; false'\nhot_standby = off\n")
    signal_file = data / "recovery.signal"
    signal_file.touch()
    os.chown(signal_file, settings.stat().st_uid, settings.stat().st_gid)


async def test_a_recovery_of_more_than_10_s_is_waited_for_by_all_who_start(folder: Path) -> None:
    with embedded(folder):
        pass
    recover_slowly(folder / "postgres", 6)
    begun = time.monotonic()
    both = [starting(folder), starting(folder)]
    told = [one.communicate()[0] for one in both]
    assert [one.returncode for one in both] == [0, 0], told
    assert time.monotonic() - begun > 10
    assert "is not ready yet" in "".join(told)


async def test_a_server_that_never_comes_is_said_and_goes_on_trying(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with embedded(folder):
        pass
    recover_slowly(folder / "postgres", 2)
    monkeypatch.setattr(postmaster, "SOON", 1)
    with pytest.raises(NotServing, match=r"not ready after 0 s. It goes on trying"), embedded(folder, patience=0.2):
        pass
    assert standing(folder / "postgres") == "starting"
    with embedded(folder) as url:
        assert await serves(url)
    assert standing(folder / "postgres") is None


async def test_a_statement_that_outlives_its_killed_server_is_waited_for(folder: Path) -> None:
    note = folder / "postgres" / "postmaster.pid"
    with embedded(folder) as url:
        connection = await asyncpg.connect(url)
        ends = "clock_timestamp() + interval '5 s'"
        loop = f"DO $$ DECLARE ends timestamptz = {ends}; BEGIN WHILE clock_timestamp() < ends LOOP END LOOP; END $$"
        statement = asyncio.create_task(connection.execute(loop))
        await asyncio.sleep(0.5)
        os.kill(int(note.read_text().split()[0]), signal.SIGKILL)
    with embedded(folder) as url:
        assert await serves(url)
    await asyncio.gather(statement, return_exceptions=True)  # whether it was answered is chance
    connection.terminate()
    assert "pre-existing shared memory block" in (folder / "postgres" / "log").read_text()


async def test_a_start_that_is_ended_leaves_no_server(folder: Path) -> None:
    with embedded(folder):
        pass
    recover_slowly(folder / "postgres", 5)
    first = starting(folder)
    until(lambda: standing(folder / "postgres") == "starting", first)
    first.send_signal(signal.SIGINT)
    first.communicate()
    within_20_s_nobody_stands(folder / "postgres")


async def test_a_server_that_does_not_start_says_why(folder: Path) -> None:
    with pytest.raises(NotServing, match=r'unrecognized configuration parameter "no_such_setting"'):  # noqa: SIM117
        with embedded(folder, configuration="no_such_setting = 1\n"):
            pass
    with embedded(folder) as url:
        assert await serves(url)
