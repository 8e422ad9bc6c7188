"""What khal shows, a calendar for terminals: it keeps entries in files, and reads those."""

import subprocess
import sys
import tempfile
from datetime import datetime, timedelta
from pathlib import Path

from incubator.kernel.period import WARSAW

SETTINGS = """
[calendars]
[[feed]]
path = {home}/feed
[sqlite]
path = {home}/khal.db
[locale]
local_timezone = Europe/Warsaw
default_timezone = Europe/Warsaw
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
[default]
default_calendar = feed
"""
KHAL = Path(sys.executable).with_name("khal")
FORMAT = "{uid}\t{all-day}\t{start-long-full}\t{end-long-full}"
Listed = tuple[str, int, int]
"""Name, start and end, in seconds since 1970."""


def listed_by_khal(octets: bytes, *, first: datetime, days: int) -> list[Listed]:
    """What khal lists from the day of `first` on, each once."""
    with tempfile.TemporaryDirectory(prefix="khal-") as home:
        (Path(home) / "feed").mkdir()
        (Path(home) / "settings").write_text(SETTINGS.format(home=home))
        (Path(home) / "feed.ics").write_bytes(octets)
        _khal(home, "import", "--batch", "-a", "feed", f"{home}/feed.ics")
        said = _khal(home, "list", "--day-format", "", "--format", FORMAT, f"{first:%Y-%m-%d}", f"{days}d")
    lines = {line.strip() for line in said.splitlines() if "\t" in line}
    return sorted(_seen(*line.split("\t")) for line in lines)


def _khal(home: str, *words: str) -> str:
    here = {"LC_ALL": "C.UTF-8", "HOME": home, "PATH": "/usr/bin:/bin"}
    done = subprocess.run(
        [str(KHAL), "-c", f"{home}/settings", *words], capture_output=True, text=True, check=False, env=here
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def _seen(uid: str, all_day: str, start: str, end: str) -> Listed:
    """Of days, khal says the first and the last."""
    first, last = (datetime.strptime(said, "%Y-%m-%d %H:%M").replace(tzinfo=WARSAW) for said in (start, end))
    if all_day == "True":
        last += timedelta(days=1)
    return uid, int(first.timestamp()), int(last.timestamp())
