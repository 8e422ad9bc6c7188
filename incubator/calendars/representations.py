"""In which forms a feed can be had, by the ending of its address."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from incubator.calendars import freebusy, jcal
from incubator.calendars.feed import Telling
from incubator.calendars.write import CLOSING, MEDIA_TYPE, Entry, Head, event, opening


@dataclass(frozen=True, slots=True)
class Representation:
    """`piece` is what is kept of one entry, for as long as that stays as it is; `whole` puts around the pieces what else
    there is to say, or makes something else of them. They come in the order of their beginnings, each led by what
    stands `between`, many together. The same pieces give the same octets."""

    media_type: str
    piece: Callable[[Entry], bytes]
    between: bytes
    whole: Callable[[Telling, Head, Sequence[bytes]], Sequence[bytes]]


def _calendar(_telling: Telling, head: Head, pieces: Sequence[bytes]) -> Sequence[bytes]:
    return (opening(head).encode(), *pieces, BREAK + CLOSING.encode())


def _as_json(_telling: Telling, head: Head, pieces: Sequence[bytes]) -> Sequence[bytes]:
    return (jcal.opening(head), *pieces, jcal.CLOSING)


def _free_busy(telling: Telling, head: Head, pieces: Sequence[bytes]) -> Sequence[bytes]:
    key, span = telling.standing.key, telling.window.span
    return (freebusy.joined(head, pieces, key=key, span=span, changed_at=telling.moved_at),)


BREAK = b"\r\n"


REPRESENTATIONS: dict[str, Representation] = {
    ".ics": Representation(MEDIA_TYPE, lambda entry: event(entry).encode(), BREAK, _calendar),
    ".json": Representation(jcal.MEDIA_TYPE, jcal.event, b",", _as_json),
    ".ifb": Representation(freebusy.MEDIA_TYPE, freebusy.piece, b"", _free_busy),
}

HARDLY = 0.001
"""Who names a form likes it better than who takes any as much."""


def ending_for(accepted: bytes | None) -> str:
    """The form that an Accept likes best where the address leaves it open; .ics unless another is named."""
    if accepted is None or not (b"calendar+json" in accepted.lower() or b"vfreebusy" in accepted.lower()):
        return ".ics"
    likes = dict.fromkeys(REPRESENTATIONS, 0.0)
    for part in accepted.lower().split(b","):
        kind, *parameters = (word.strip() for word in part.split(b";"))
        weight = _weight(parameters)
        if kind == b"application/calendar+json":
            likes[".json"] = max(likes[".json"], weight)
        elif kind == b"text/calendar" and b"component=vfreebusy" in parameters:
            likes[".ifb"] = max(likes[".ifb"], weight)
        elif kind in {b"text/calendar", b"text/*", b"*/*"}:
            likes[".ics"] = max(likes[".ics"], weight - (0 if kind == b"text/calendar" else HARDLY))
    return max(likes, key=lambda ending: likes[ending])


def _weight(parameters: Sequence[bytes]) -> float:
    for parameter in parameters:
        if parameter.startswith(b"q="):
            try:
                return float(parameter[2:])
            except ValueError:
                return 0.0
    return 1.0
