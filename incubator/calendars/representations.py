"""In which forms a feed can be had, by the ending of its address."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from incubator.calendars.feed import Telling
from incubator.calendars.write import MEDIA_TYPE, Entry, Head, event, joined


@dataclass(frozen=True, slots=True)
class Representation:
    """`piece` is what is kept of one entry, for as long as that stays as it is; `join` makes the whole of the pieces,
    which come in the order of their beginnings. The same pieces give the same octets."""

    media_type: str
    piece: Callable[[Entry], bytes]
    join: Callable[[Telling, Head, Sequence[bytes]], bytes]


def _calendar(_telling: Telling, head: Head, pieces: Sequence[bytes]) -> bytes:
    return joined(head, pieces)


REPRESENTATIONS: dict[str, Representation] = {
    ".ics": Representation(MEDIA_TYPE, lambda entry: event(entry).encode(), _calendar),
}
