"""Whatever a program of ours does that reads what strangers sent: the house waits only so long, and takes only so much."""

import json
import os
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from incubator.kernel.apart import Apart, Ended
from incubator.kernel.ids import uuid7

Program = Callable[..., Apart]
MEMORY = 256 * 1024 * 1024


@pytest.fixture
def program(tmp_path: Path) -> Program:
    """One whose `main()` does `deed`."""

    def made(deed: str, *, patience: float = 20, cpu_seconds: int = 10, longest: int = 1000) -> Apart:
        path = tmp_path / f"{uuid7()}.py"  # never one that was compiled before
        path.write_text(f"import os, subprocess, sys, time\ndef main():\n    {deed}\n")
        return Apart(path, patience=patience, cpu_seconds=cpu_seconds, memory=MEMORY, longest=longest)

    return made


async def test_it_is_told_and_answers(program: Program) -> None:
    turned = program("sys.stdout.buffer.write(sys.stdin.buffer.read()[::-1])", longest=500_000)
    told = os.urandom(500_000)
    assert await turned.ask(told) == told[::-1]
    assert await turned.ask(b"") == b""


@pytest.mark.parametrize("before", ["pass", "os.close(1)", "sys.stdin.close()"])
async def test_one_that_hangs_is_ended(program: Program, before: str) -> None:
    began = time.monotonic()
    with pytest.raises(Ended):
        await program(f"{before}; time.sleep(60)", patience=0.5).ask(b"x" * 1_000_000)
    assert time.monotonic() - began < 5


async def test_what_it_started_is_ended_with_it(program: Program) -> None:
    sleep, began = ["sleep", "61.25"], time.monotonic()
    with pytest.raises(Ended):
        await program(f"subprocess.run({sleep})", patience=1).ask(b"")
    while sleep in [each.info["cmdline"] for each in psutil.process_iter(["cmdline"])]:
        assert time.monotonic() - began < 5


async def test_one_that_spins_is_ended(program: Program) -> None:
    with pytest.raises(Ended):
        await program("while True: pass", cpu_seconds=1).ask(b"")


async def test_one_that_is_killed_has_not_answered(program: Program) -> None:
    with pytest.raises(Ended):
        await program("print('{}', flush=True); os.abort()").ask(b"")


async def test_one_that_wants_too_much_memory_breaks(program: Program) -> None:
    assert await program("x = bytearray(2**20); print('had')").ask(b"") == b"had\n"
    assert await program("x = bytearray(2**30); print('had')").ask(b"") == b""


async def test_one_that_floods_is_ended_before_the_house_is_full(program: Program) -> None:
    began = time.monotonic()
    with pytest.raises(Ended):
        await program("while True: sys.stdout.write('x' * 65536)").ask(b"")
    assert time.monotonic() - began < 5
    assert await program("sys.stdout.write('x' * 1000)").ask(b"") == b"x" * 1000
    with pytest.raises(Ended):
        await program("sys.stdout.write('x' * 1001)").ask(b"")


async def test_one_that_breaks_has_said_what_it_said(program: Program) -> None:
    assert await program("raise ValueError").ask(b"") == b""
    assert await program("print('{', flush=True); raise ValueError").ask(b"") == b"{\n"


async def test_it_writes_no_file_and_knows_no_secret(
    program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SECRET_KEY", "hush")
    await program(f"open({str(tmp_path / 'written')!r}, 'w').write('x' * 100)").ask(b"")
    assert not (tmp_path / "written").read_bytes()
    known = json.loads(await program("import json; print(json.dumps([*os.environ]))").ask(b""))
    assert "SECRET_KEY" not in known
