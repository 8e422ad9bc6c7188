"""Files as other calendars write them, broken ones, and hostile ones: what is read of each, and that it ends."""

import contextlib
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from incubator.kernel.period import Period
from incubator.outside.problems import NotACalendar, NotRead, TooManyTimes, TooMuchWork
from incubator.outside.read_file import APART, Contents, FileReader
from tests.moments import NOW

CORPUS = Path(__file__).parent / "corpus"
WITHIN = Period(NOW - timedelta(hours=9), NOW + timedelta(days=400))
GOOD = ["09-08 08:00–09:00"]


async def read(octets: bytes, reader: FileReader | None = None) -> Contents:
    return await (reader or FileReader()).read(octets, within=WITHIN)


def until(contents: Contents, last: datetime) -> list[str]:
    """What is busy before `last`, in UTC, in order."""
    starts = sorted({one.period for one in contents.entries if one.period.start < last})
    return [f"{one.start:%m-%d %H:%M}–{one.end:%H:%M}" for one in starts]


SOON = datetime(2026, 10, 1, tzinfo=UTC)
WINTER = datetime(2026, 11, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    ("name", "last", "busy"),
    [
        (
            "google.ics",
            SOON,
            ["09-07 07:00–08:00", "09-08 08:00–09:30", "09-14 09:00–10:00", "09-28 07:00–08:00"],
        ),
        (
            "outlook.ics",
            WINTER,
            [*(f"09-{day:02} 07:00–07:15" for day in range(7, 12)), "10-25 23:00–23:00"],
        ),
        # A day and two hours from ten in the evening, over the end of summer time.
        ("apple.ics", WINTER, ["09-08 16:00–17:00", "10-24 20:00–22:00"]),
        (
            "nextcloud.ics",
            SOON,
            [
                "09-08 08:00–09:00",
                "09-10 08:00–09:00",
                "09-11 08:00–09:00",
                "09-11 12:00–12:30",
                "09-12 08:00–09:00",
                "09-15 08:00–09:00",
            ],
        ),
    ],
)
async def test_what_others_write_is_read(name: str, last: datetime, busy: list[str]) -> None:
    contents = await read((CORPUS / name).read_bytes())
    assert until(contents, last) == busy
    assert contents.skipped == 0


@pytest.mark.parametrize(
    ("name", "busy", "skipped"),
    [
        ("broken_end_before_start.ics", GOOD, 1),
        ("broken_times.ics", GOOD, 4),
        ("broken_rule.ics", GOOD, 2),
        ("broken_unknown_zone.ics", GOOD, 0),
        ("broken_unknown_wr_zone.ics", GOOD, 0),
        ("broken_nul.ics", GOOD, 0),
        ("broken_nested.ics", [*GOOD, "09-09 08:00–08:30"], 0),
        ("broken_whole_of_time.ics", ["09-06 22:00–07:00"], 0),
        ("hostile_never.ics", GOOD, 0),
        ("empty.ics", [], 0),
    ],
)
async def test_what_is_whole_of_a_broken_file_is_read_and_the_rest_counted(
    name: str, busy: list[str], skipped: int
) -> None:
    contents = await read((CORPUS / name).read_bytes())
    assert (until(contents, SOON), contents.skipped) == (busy, skipped)


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("broken_cut_in_the_middle.ics", NotACalendar),
        ("broken_page.ics", NotACalendar),
        ("hostile_minutely.ics", TooManyTimes),
        ("hostile_secondly.ics", TooManyTimes),
        ("hostile_seconds_of_days.ics", TooManyTimes),
    ],
)
async def test_what_cannot_be_read_is_a_problem(name: str, problem: type[NotRead]) -> None:
    with pytest.raises(problem):
        await read((CORPUS / name).read_bytes())


async def test_a_million_occurrences_end_with_those_asked_for() -> None:
    contents = await read((CORPUS / "hostile_million.ics").read_bytes())
    assert len(contents.entries) == 400


@pytest.mark.parametrize("path", sorted(CORPUS.glob("*.ics")), ids=lambda path: path.stem)
async def test_every_file_ends_in_time(path: Path) -> None:
    began = time.monotonic()
    try:
        contents = await read(path.read_bytes())
    except NotRead:
        pass
    else:
        assert all(WITHIN.contains(one.period) for one in contents.entries)
    assert time.monotonic() - began < 16


def huge() -> dict[str, bytes]:
    def file(body: str) -> bytes:
        return f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\n{body}END:VCALENDAR\n".encode()

    moments = (datetime(2026, 9, 8, tzinfo=UTC) + timedelta(minutes=n) for n in range(100_000))
    dates = ",".join(f"{one:%Y%m%dT%H%M%SZ}" for one in moments)
    return {
        "100,000 dates": file(
            f"BEGIN:VEVENT\nUID:a\nDTSTART:20260907T080000Z\nDURATION:PT1M\nRDATE:{dates}\nEND:VEVENT\n"
        ),
        "one line of 4 MB": file("X-LONG:" + "x" * 4_000_000 + "\n"),
        "a tower of entries": file("BEGIN:VEVENT\n" * 50_000 + "END:VEVENT\n" * 50_000),
        "a tower of calendars": b"BEGIN:VCALENDAR\n" * 100_000,
        "nothing but folds": file("X-A:\n" + " \n" * 1_500_000),
        "nothing but NULs": b"BEGIN:VCALENDAR\n" + b"\0" * 4_000_000,
    }


@pytest.mark.parametrize("what", sorted(huge()))
async def test_a_heap_of_things_ends_in_time(what: str) -> None:
    began = time.monotonic()
    with contextlib.suppress(NotRead):
        await read(huge()[what])
    assert time.monotonic() - began < 16


@pytest.mark.parametrize(
    ("deed", "problem"),
    [("import os; os.abort()", TooMuchWork), ("raise MemoryError", NotRead), ("print('what')", NotRead)],
)
async def test_a_reader_that_is_ended_or_talks_nonsense_is_a_problem(
    deed: str, problem: type[NotRead], tmp_path: Path
) -> None:
    program = tmp_path / "program.py"
    program.write_text(f"def main():\n    {deed}\n")
    with pytest.raises(NotRead) as refused:
        await read(b"", FileReader(replace(APART, program=program)))
    assert type(refused.value) is problem


async def test_only_uids_that_could_be_ours_are_told() -> None:
    contents = await read((CORPUS / "nextcloud.ics").read_bytes())
    assert {one.uid for one in contents.entries} == {"", "ac2bfe49-8f6e-4d3e-8b8e-3a1d7b1f2c11"}
