"""Hatches processes of `incubator` and of the fake: `python -m tests.chaos.nest`.

Half of what a start costs is the reading of modules, and a test that kills something every few seconds would do little
else. So they are read once, here, and each process begins as a fork with the words and the environment that it is
given: one line of JSON on standard input for each, answered with its number. When the line ends, all of them end.
"""

import importlib
import json
import os
import runpy
import signal
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress


def main() -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for them here
    hatched: list[int] = []
    for line in sys.stdin:
        told = json.loads(line)
        hatched.append(hatch(told["words"], told["given"], told["log"]))
        print(hatched[-1], flush=True)
    for number in hatched:
        with suppress(ProcessLookupError):
            os.kill(number, signal.SIGKILL)


def hatch(words: Sequence[str], given: Mapping[str, str], log: str) -> int:
    if number := os.fork():
        return number
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.setpgid(0, 0)
    for stream, target in ((0, os.open(os.devnull, os.O_RDONLY)), (1, opened := os.open(log, LOG)), (2, opened)):
        os.dup2(target, stream)
    os.environ.update(given)
    sys.argv = list(words)
    runpy.run_module(words[0], run_name="__main__", alter_sys=True)
    os._exit(0)


LOG = os.O_WRONLY | os.O_APPEND | os.O_CREAT

if __name__ == "__main__":
    for name in ("incubator.app", "incubator.commands.serve", "incubator.commands.work", "tests.stripe_fake.server"):
        importlib.import_module(name)
    main()
