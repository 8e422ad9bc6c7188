"""The process beside the service that lays papers out: what happens to it, and that nobody waits for it but
who wants a paper."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

import httpx
import pytest

from incubator.web.lay_out import LENGTH
from incubator.web.press import COMMAND, PRESS, NoPdf, Press

Visit = Callable[..., httpx.AsyncClient]
PAPER = "<html lang=pl><title>Karta</title><h1>Karta</h1>"
ROW = "<tr>" + "<td>Spotkanie z mentorem" * 4


FAKE = f"""
import runpy, sys, types
sys.modules["weasyprint"] = types.SimpleNamespace(HTML=lambda string, **_: {{made}})
sys.modules["weasyprint.urls"] = types.SimpleNamespace(URLFetcher=lambda **_: None)
runpy.run_path({COMMAND[-1]!r}, run_name="__main__")
"""
"""Our process with a library that takes no time."""
QUICK = "types.SimpleNamespace(write_pdf=lambda **_: b'%PDF-' + string.encode())"


def running(code: str, **named: float) -> Press:
    """A press whose process runs this."""
    return Press((sys.executable, "-I", "-c", code), **named)


@pytest.fixture
def press() -> Iterator[Press]:
    made = running(FAKE.format(made=QUICK))
    yield made
    made.close()


async def test_papers_are_laid_out_by_one_process_one_after_another(press: Press) -> None:
    papers = await asyncio.gather(*(press.lay_out(PAPER + word) for word in ("jeden", "dwa", "trzy")))
    assert all(paper.startswith(b"%PDF-") for paper in papers)
    before = press.process
    await press.lay_out(PAPER)
    assert press.process is before


async def test_a_killed_process_is_followed_by_another(press: Press) -> None:
    await press.lay_out(PAPER)
    assert press.process is not None
    os.kill(press.process.pid, signal.SIGKILL)
    assert (await press.lay_out(PAPER)).startswith(b"%PDF-")


async def test_a_process_killed_during_a_paper_is_followed_by_another_once(tmp_path: Path) -> None:
    """It notes each start, and falls at the first paper."""
    notes = tmp_path / "starts"
    dying = running(f"open({str(notes)!r}, 'a').write('.'); import sys; sys.stdin.buffer.read(9)")
    with pytest.raises(NoPdf):
        await dying.lay_out(PAPER)
    assert notes.read_text() == ".."


async def test_half_an_answer_is_none() -> None:
    half = running("import os, sys; sys.stdin.buffer.read(9); os.write(1, b'+' + (99).to_bytes(8, 'big') + b'%PDF-')")
    with pytest.raises(NoPdf):
        await half.lay_out(PAPER)


async def test_a_paper_that_takes_too_long_is_given_up_and_its_process_ended() -> None:
    slow = running("import time; time.sleep(60)", patience=0.3)
    begun = time.monotonic()
    waiting = asyncio.create_task(slow.lay_out(PAPER))
    while (process := slow.process) is None:
        await asyncio.sleep(0.01)
    with pytest.raises(NoPdf):
        await waiting
    assert process.wait(5) == -signal.SIGKILL and slow.process is None
    assert time.monotonic() - begun < 30, "it was not tried again"


async def test_a_server_without_pango_says_so() -> None:
    missing = """
import runpy, sys
class Missing:
    def find_spec(self, name, *_):
        if name == "weasyprint":
            raise OSError("cannot load library 'libpango-1.0-0'")
sys.meta_path.insert(0, Missing())
"""
    without = running(f"{missing}runpy.run_path({COMMAND[-1]!r}, run_name='__main__')")
    for _ in range(2):
        with pytest.raises(NoPdf):
            await without.lay_out(PAPER)
    without.close()


async def test_what_goes_wrong_is_told_without_a_word_of_the_paper() -> None:
    failing = running(FAKE.format(made="1 / 0"))
    with pytest.raises(RuntimeError, match="ZeroDivisionError") as caught:
        await failing.lay_out("Jan Kowalski")
    assert "Kowalski" not in str(caught.value)
    failing.close()


def test_the_process_ends_with_who_started_it() -> None:
    process = subprocess.Popen(COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdin is not None
    process.stdin.close()
    assert process.wait(20) == 0


def test_what_libraries_print_is_no_answer() -> None:
    code = FAKE.format(made="print('careful!')")
    told = (1).to_bytes(LENGTH, "big") + b"x"
    done = subprocess.run((sys.executable, "-I", "-c", code), input=told, capture_output=True)
    assert done.stdout.startswith(b"!") and b"careful!" in done.stderr


async def test_closing_ends_it_and_a_paper_after_that_has_another(press: Press) -> None:
    await press.lay_out(PAPER)
    process = press.process
    assert process is not None
    press.close()
    assert process.poll() is not None
    assert (await press.lay_out(PAPER)).startswith(b"%PDF-")


async def test_others_are_answered_while_a_long_paper_is_laid_out(visit: Visit) -> None:
    client, waits = visit(), []
    paper = asyncio.create_task(PRESS.lay_out(PAPER + "<table>" + ROW * 60))
    while not paper.done():
        begun = time.perf_counter()
        assert (await client.get("/health/live")).status_code == 200
        waits.append(time.perf_counter() - begun)
        await asyncio.sleep(0.01)
    assert (await paper).startswith(b"%PDF-")
    assert len(waits) > 5 and median(waits) < 0.1


async def test_a_long_paper_is_no_work_of_this_process() -> None:
    """The interpreter does one thing at a time, so what it does for a paper others wait for."""
    begun, worked = time.perf_counter(), time.process_time()
    assert (await PRESS.lay_out(PAPER + "<table>" + ROW * 50)).startswith(b"%PDF-")
    assert time.process_time() - worked < (time.perf_counter() - begun) / 5
