"""`python -m bench [name …]`: all rows, or those of the modules named."""

import json
import platform
import sys
from collections.abc import Callable
from pathlib import Path

from bench import (
    availability,
    booking,
    caldav,
    crowd,
    directory,
    feeds,
    meeting,
    newsletter,
    record,
    registration,
    subscribers,
    whole,
)
from bench.rows import HEAD, Row
from bench.world import LARGE, SMALL, houses

RESULTS = Path("bench/results")

MEASURES: dict[str, Callable[[str, str], list[Row]]] = {
    "booking": lambda small, large: booking.rows(small, large),
    "meeting": lambda _small, large: meeting.rows(large),
    "registration": lambda _small, large: registration.rows(large),
    "crowd": lambda _small, large: crowd.rows(large),
    "availability": lambda _small, large: availability.rows(large),
    "feeds": lambda _small, large: feeds.rows(large),
    "whole": lambda _small, large: whole.rows(large),
    "caldav": lambda _small, large: caldav.rows(large),
    "subscribers": lambda _small, large: subscribers.rows(large),
    "directory": lambda _small, large: directory.rows(large),
    "newsletter": lambda _small, large: newsletter.rows(large),
    "record": lambda _small, large: record.rows(large),
}


def main(names: list[str]) -> None:
    found: list[Row] = []
    with houses(SMALL, LARGE) as urls:
        print(HEAD, flush=True)
        for name in names or MEASURES:
            for row in MEASURES[name](urls[SMALL], urls[LARGE]):
                print(row.line(), flush=True)
                found.append(row)
    RESULTS.mkdir(parents=True, exist_ok=True)
    told = {
        "machine": f"{platform.machine()} {platform.python_version()}",
        "rows": [
            {
                "what": row.what,
                "measured": row.measured,
                "yardstick": row.yardstick,
                "value": row.value,
                "bound": row.bound,
                "at_most": row.at_most,
                "met": row.met,
            }
            for row in found
        ],
    }
    (RESULTS / "latest.json").write_text(json.dumps(told, indent=1, ensure_ascii=False))


if __name__ == "__main__":
    main(sys.argv[1:])
