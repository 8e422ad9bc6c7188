"""When somebody or something is taken, and nothing else (VFREEBUSY, RFC 5545): made of the entries of a feed."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID, uuid5

from incubator.calendars.lines import folded, stamp, text
from incubator.calendars.write import CLOSING, PRODUCT, Entry, Head, Status
from incubator.kernel.period import Period, union

MEDIA_TYPE = "text/calendar; charset=utf-8; component=vfreebusy"


def piece(entry: Entry) -> bytes:
    """What is kept of one entry: when it takes time and how firmly, a line each; nothing of what takes none."""
    if entry.free or entry.status is Status.CANCELLED:
        return b""
    taken = entry.repeats.told if entry.repeats else (entry.period,)
    return "".join(f"{entry.status} {one.start.isoformat()} {one.end.isoformat()}\n" for one in taken).encode()


def joined(head: Head, pieces: Iterable[bytes], *, key: UUID, span: Period, changed_at: datetime) -> bytes:
    """What is taken within `span`. Where something firm and something that is not meet, the firm one is told. `key` is
    whose it is."""
    kept: dict[str, list[Period]] = {Status.CONFIRMED: [], Status.TENTATIVE: []}
    for status, start, end in (line.split(" ") for line in b"".join(pieces).decode().splitlines()):
        one = Period(datetime.fromisoformat(start), datetime.fromisoformat(end))
        if one.overlaps(span):
            kept[status].append(Period(max(one.start, span.start), min(one.end, span.end)))
    firm = union(kept[Status.CONFIRMED])
    maybe = without(union(kept[Status.TENTATIVE]), firm)
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODUCT}", text("NAME", head.name), "BEGIN:VFREEBUSY"]
    lines += [f"UID:{uuid5(key, 'freebusy')}", f"DTSTAMP:{stamp(changed_at)}"]
    lines += [f"DTSTART:{stamp(span.start)}", f"DTEND:{stamp(span.end)}"]
    if head.url:
        lines.append(folded(f"URL:{head.url}"))
    told = sorted([(one, "BUSY") for one in firm] + [(one, "BUSY-TENTATIVE") for one in maybe])
    lines += [f"FREEBUSY;FBTYPE={how}:{stamp(one.start)}/{stamp(one.end)}" for one, how in told]
    return "\r\n".join((*lines, "END:VFREEBUSY", CLOSING)).encode()


def without(periods: Iterable[Period], taken: list[Period]) -> list[Period]:
    """What of `periods` lies outside of `taken`; of both, none touches another."""
    left, at = [], 0
    for one in periods:
        start = one.start
        while at < len(taken) and taken[at].end <= start:
            at += 1
        step = at
        while step < len(taken) and taken[step].start < one.end:
            if start < taken[step].start:
                left.append(Period(start, taken[step].start))
            start = taken[step].end
            step += 1
        if start < one.end:
            left.append(Period(start, one.end))
    return left
