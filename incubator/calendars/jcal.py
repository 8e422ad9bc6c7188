"""Calendars as JSON (jCal, RFC 7265): the same properties in the same order as write.py has them."""

from collections.abc import Iterable
from datetime import UTC, datetime

from msgspec.json import encode

from incubator.calendars.lines import clock, day, duration, escaped, plain, stamp, wall
from incubator.calendars.write import ADDRESS, PRODUCT, WEEKDAYS, Entry, Head, Repeats, Status
from incubator.kernel.period import Period

MEDIA_TYPE = "application/calendar+json"

Property = tuple[object, ...]
"""Its name, its parameters, the type of its values, and these."""

WARSAW = {"tzid": "Europe/Warsaw"}
ZONE: tuple[object, ...] = (
    "vtimezone",
    [("tzid", {}, "text", "Europe/Warsaw")],
    [
        (
            kind,
            [
                ("dtstart", {}, "date-time", since),
                ("rrule", {}, "recur", {"freq": "YEARLY", "bymonth": month, "byday": "-1SU"}),
                ("tzoffsetfrom", {}, "utc-offset", before),
                ("tzoffsetto", {}, "utc-offset", after),
                ("tzname", {}, "text", name),
            ],
            [],
        )
        for kind, since, month, before, after, name in (
            ("daylight", "1970-03-29T02:00:00", 3, "+01:00", "+02:00", "CEST"),
            ("standard", "1970-10-25T03:00:00", 10, "+02:00", "+01:00", "CET"),
        )
    ],
)


def calendar(head: Head, entries: Iterable[Entry]) -> bytes:
    """The whole calendar."""
    return joined(head, [event(entry) for entry in entries])


def joined(head: Head, events: Iterable[bytes]) -> bytes:
    """The whole calendar from events that are written already."""
    return b",".join((opening(head), *events)) + CLOSING


CLOSING = b"]]"


def opening(head: Head) -> bytes:
    """What comes before the entries; each of these is led by a comma."""
    told: list[Property] = [text("version", "2.0"), text("prodid", PRODUCT), text("calscale", "GREGORIAN")]
    told += [text("name", head.name), unknown("x-wr-calname", head.name)]
    if head.description:
        told += [text("description", head.description), unknown("x-wr-caldesc", head.description)]
    if head.url:
        told.append(("url", {}, "uri", head.url))
    if head.refresh:
        often = duration(head.refresh)
        told += [("refresh-interval", {}, "duration", often), unknown("x-published-ttl", often)]
    return b'["vcalendar",%b,[%b' % (encode(told), encode(ZONE))


def event(entry: Entry) -> bytes:
    """One VEVENT."""
    return encode(("vevent", [*_life(entry), *_when(entry), *_words(entry), *_where(entry)], []))


def text(name: str, *values: str) -> Property:
    return (name, {}, "text", *map(plain, values))


def unknown(name: str, value: str) -> Property:
    """One that no standard knows: its value stays as it is in iCalendar (RFC 7265, section 5)."""
    return (name, {}, "unknown", escaped(value))


def _life(entry: Entry) -> list[Property]:
    changed = instant(entry.changed_at)
    told: list[Property] = [text("uid", entry.uid)]
    if entry.instead_of:
        told.append(("recurrence-id", WARSAW, "date-time", local(entry.instead_of)))
    told.append(("dtstamp", {}, "date-time", changed))
    if entry.created_at:
        told.append(("created", {}, "date-time", instant(entry.created_at)))
    told += [("last-modified", {}, "date-time", changed), ("sequence", {}, "integer", entry.sequence)]
    return told


def _when(entry: Entry) -> list[Property]:
    if entry.repeats:
        return _repeated(entry.period, entry.repeats)
    ends = (("dtstart", entry.period.start), ("dtend", entry.period.end))
    if entry.all_day:
        return [(name, {}, "date", day(at).isoformat()) for name, at in ends]
    if any(wall(at) is None for _, at in ends):
        return [(name, {}, "date-time", instant(at)) for name, at in ends]
    return [(name, WARSAW, "date-time", local(at)) for name, at in ends]


def _repeated(period: Period, repeats: Repeats) -> list[Property]:
    days = [WEEKDAYS[day - 1] for day in repeats.weekdays]
    rule: dict[str, str | int | list[str]] = {"freq": "WEEKLY"}
    if repeats.every_weeks > 1:
        rule["interval"] = repeats.every_weeks
    rule |= {"count": repeats.times, "byday": days[0] if len(days) == 1 else days}
    told: list[Property] = [
        ("dtstart", WARSAW, "date-time", local(period.start)),
        ("duration", {}, "duration", duration(period.length)),
        ("rrule", {}, "recur", rule),
    ]
    if repeats.left_out:
        told.append(("exdate", WARSAW, "date-time", *map(local, repeats.left_out)))
    return told


def _words(entry: Entry) -> list[Property]:
    taken = "TRANSPARENT" if entry.free or entry.status is Status.CANCELLED else "OPAQUE"
    told = [text("summary", entry.summary), text("status", entry.status), text("transp", taken)]
    if entry.description:
        told.append(text("description", entry.description))
    return told


def _where(entry: Entry) -> list[Property]:
    told: list[Property] = [text("location", entry.location)] if entry.location else []
    if entry.geo:
        told.append(("geo", {}, "float", [round(number, 6) for number in entry.geo]))
    if entry.categories:
        told.append(text("categories", *entry.categories))
    if entry.color:
        told.append(text("color", entry.color))
    if entry.image:
        told.append(("image", {"display": "FULLSIZE", "fmttype": "image/webp"}, "uri", entry.image))
    if entry.url:
        told.append(("url", {}, "uri", entry.url))
    if entry.conference and ADDRESS.fullmatch(entry.conference):
        told.append(("conference", {"feature": "VIDEO"}, "uri", entry.conference))
    return told


def instant(at: datetime) -> str:
    """In UTC, to the second."""
    return _dashed(stamp(at.astimezone(UTC)))


def local(at: datetime) -> str:
    """On the clock in Warsaw, which names it without doubt."""
    return _dashed(clock(at).partition(":")[2])


def _dashed(at: str) -> str:
    return f"{at[:4]}-{at[4:6]}-{at[6:11]}:{at[11:13]}:{at[13:]}"
