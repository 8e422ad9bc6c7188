"""Any file at all ends, and what comes of it lies where it was asked for; both changes of the clock, as ical.js and
our own reader see them."""

import json
import shutil
import signal
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from incubator.outside.expand import answer
from tests.missing import missing
from tests.moments import NOW

CORPUS = Path(__file__).parent / "corpus"
READERS = Path(__file__).parents[1] / "calendars" / "readers"
FIRST, LAST = NOW, NOW + timedelta(days=400)
PROBLEMS = {"not_a_calendar", "too_many", "too_much", "unreadable"}
PATIENT = settings(deadline=timedelta(seconds=20), suppress_health_check=list(HealthCheck), max_examples=60)


class Late(BaseException):
    """Where the process that reads would be killed (test_corpus.py sees that it is)."""


def late(_number: int, _frame: object) -> None:
    raise Late


def sound(octets: bytes) -> None:
    before = signal.signal(signal.SIGALRM, late)
    signal.setitimer(signal.ITIMER_REAL, 2)
    try:
        told = json.loads(json.dumps(answer(octets, FIRST, LAST)))
    except Late:
        return
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
    if "problem" in told:
        assert told["problem"] in PROBLEMS
        return
    assert told["skipped"] >= 0
    for start, end, _uid in told["busy"]:
        assert FIRST <= datetime.fromisoformat(start) < datetime.fromisoformat(end) <= LAST


@PATIENT
@given(st.binary(max_size=2_000))
def test_any_octets(octets: bytes) -> None:
    sound(octets)
    sound(b"BEGIN:VCALENDAR\r\n" + octets + b"\r\nEND:VCALENDAR\r\n")


MOMENTS = st.one_of(
    st.datetimes(datetime(1, 1, 1), datetime(9999, 12, 31)).map(lambda one: f"{one:%Y%m%dT%H%M%S}".rjust(15, "0")),
    st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31)).map(lambda one: f"{one:%Y%m%dT%H%M%SZ}"),
    st.dates().map(lambda one: f"{one:%Y%m%d}".rjust(8, "0")),
    st.sampled_from(["", "0", "20260230T000000", "20261025T023000", "20270328T023000", "99999999T999999Z"]),
)
LENGTHS = st.sampled_from(["PT1H", "P1D", "-PT1H", "P1W", "PT0S", "P99999999D", "PT", "P1Y"])
NUMBERS = st.sampled_from(["1", "0", "-1", "2", "400", "999999", "x"])
RULES = st.lists(
    st.one_of(
        st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY", "HOURLY", "MINUTELY"]).map("FREQ={}".format),
        NUMBERS.map("INTERVAL={}".format),
        NUMBERS.map("COUNT={}".format),
        MOMENTS.map("UNTIL={}".format),
        NUMBERS.map("BYMONTHDAY={}".format),
        NUMBERS.map("BYMONTH={}".format),
        NUMBERS.map("BYSETPOS={}".format),
        st.sampled_from(["MO", "-1SU", "9WE", "XX"]).map("BYDAY={}".format),
    ),
    min_size=1,
    max_size=4,
).map(";".join)
ZONES = st.sampled_from(["", "", ";TZID=Europe/Warsaw", ";TZID=Middle/Earth", ";VALUE=DATE", ";TZID=America/New_York"])
PROPERTIES = st.one_of(
    st.tuples(st.sampled_from(["DTSTART", "DTEND", "RDATE", "EXDATE", "RECURRENCE-ID"]), ZONES, MOMENTS),
    st.tuples(st.just("DURATION"), st.just(""), LENGTHS),
    st.tuples(st.just("RRULE"), st.just(""), RULES),
    st.tuples(st.just("FREEBUSY"), st.just(""), st.tuples(MOMENTS, LENGTHS).map("/".join)),
    st.sampled_from(
        [("TRANSP", "", "TRANSPARENT"), ("STATUS", "", "CANCELLED"), ("X-MICROSOFT-CDO-BUSYSTATUS", "", "FREE")]
    ),
).map(lambda parts: f"{parts[0]}{parts[1]}:{parts[2]}")
EVENTS = st.tuples(
    st.sampled_from(["VEVENT", "VEVENT", "VEVENT", "VFREEBUSY", "VTODO", "VTIMEZONE"]),
    st.sampled_from(["a", "b", ""]),
    st.tuples(ZONES, MOMENTS).map(lambda parts: f"DTSTART{parts[0]}:{parts[1]}"),
    st.lists(PROPERTIES, max_size=5),
).map(lambda parts: "\r\n".join([f"BEGIN:{parts[0]}", f"UID:{parts[1]}", parts[2], *parts[3], f"END:{parts[0]}"]))
CALENDARS = st.tuples(
    st.sampled_from(["", "X-WR-TIMEZONE:Europe/Warsaw\r\n", "X-WR-TIMEZONE:Nowhere\r\n", "CALSCALE:HEBREW\r\n"]),
    st.lists(EVENTS, max_size=4),
).map(lambda parts: f"BEGIN:VCALENDAR\r\n{parts[0]}" + "".join(f"{one}\r\n" for one in parts[1]) + "END:VCALENDAR\r\n")


@PATIENT
@given(CALENDARS)
def test_any_calendar_that_can_be_put_together(text: str) -> None:
    sound(text.encode())


@PATIENT
@given(st.sampled_from(sorted(CORPUS.glob("[ago]*.ics"))), st.data())
def test_any_file_with_a_piece_missing_or_changed(path: Path, data: st.DataObject) -> None:
    octets = path.read_bytes()
    first = data.draw(st.integers(0, len(octets)))
    last = data.draw(st.integers(first, min(len(octets), first + 40)))
    sound(octets[:first] + data.draw(st.binary(max_size=10)) + octets[last:])


def with_ical_js(octets: bytes) -> list[tuple[datetime, datetime]]:
    if shutil.which("node") is None:
        missing("Node.js: install Debian's nodejs")
    if not (READERS / "node_modules" / "ical.js").exists():
        missing("ical.js: run `npm ci --prefix tests/calendars/readers`")
    command = ["node", READERS / "occurrences.mjs", str(int(FIRST.timestamp())), str(int(LAST.timestamp()))]
    done = subprocess.run(command, input=octets, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return sorted(
        (datetime.fromtimestamp(one, UTC), datetime.fromtimestamp(two, UTC)) for one, two in json.loads(done.stdout)
    )


ZONE = (CORPUS / "google.ics").read_text().split("X-WR-TIMEZONE:Europe/Warsaw\n")[-1].split("BEGIN:VEVENT")[0]


@pytest.mark.parametrize(
    "event",
    [
        "DTSTART;TZID=Europe/Warsaw:20260105T013000\nDTEND;TZID=Europe/Warsaw:20260105T033000\nRRULE:FREQ=DAILY",
        "DTSTART;TZID=Europe/Warsaw:20260104T010000\nDTEND;TZID=Europe/Warsaw:20260104T040000\nRRULE:FREQ=WEEKLY;BYDAY=SU",
        "DTSTART;TZID=Europe/Warsaw:20260105T090000\nDURATION:PT90M\nRRULE:FREQ=WEEKLY;BYDAY=MO,WE;INTERVAL=2",
        "DTSTART;TZID=Europe/Warsaw:20260131T230000\nDURATION:PT4H\nRRULE:FREQ=MONTHLY;BYMONTHDAY=-1",
        "DTSTART:20260105T080000Z\nDTEND:20260105T090000Z\nRRULE:FREQ=MONTHLY;BYDAY=2TU",
        "DTSTART;VALUE=DATE:20261024\nDTEND;VALUE=DATE:20261027\nRRULE:FREQ=YEARLY;COUNT=2",
    ],
)
def test_over_both_changes_of_the_clock_as_ical_js_sees_it(event: str) -> None:
    text = f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\n{ZONE}BEGIN:VEVENT\nUID:a\n{event}\nEND:VEVENT\nEND:VCALENDAR\n"
    octets = text.replace("\n", "\r\n").encode()
    told = answer(octets, FIRST, LAST)
    ours = sorted((datetime.fromisoformat(one), datetime.fromisoformat(two)) for one, two, _ in told["busy"])  # type: ignore[attr-defined]
    theirs = with_ical_js(octets)
    assert ours == theirs and len(ours) >= 1


def test_a_time_that_the_clock_skips_is_busy_all_the_same_and_of_two_the_first_is_meant() -> None:
    for start, end, first, last in (
        ("20270328T023000", "20270328T033000", "2027-03-28T01:30", "2027-03-28T02:30"),
        ("20270328T024500", "20270328T031500", "2027-03-28T01:45", "2027-03-28T02:15"),
        ("20261025T023000", "20261025T033000", "2026-10-25T00:30", "2026-10-25T02:30"),
    ):
        times = f"DTSTART;TZID=Europe/Warsaw:{start}\nDTEND;TZID=Europe/Warsaw:{end}"
        told = answer(f"BEGIN:VCALENDAR\nBEGIN:VEVENT\n{times}\nEND:VEVENT\nEND:VCALENDAR\n".encode(), FIRST, LAST)
        assert told == {"busy": [(f"{first}:00+00:00", f"{last}:00+00:00", "")], "skipped": 0}
