"""What is kept of a feed, entry by entry, in order."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID


class Piece(NamedTuple):
    """`place` is where it stands among the others: its beginning, its UID, and what it is about, as a number."""

    place: tuple[datetime, str, int]
    subject: UUID
    octets: bytes


class Pieces:
    """In one order, whichever way they came to be here: from nothing, or one after another."""

    def __init__(self, given: Iterable[Piece]) -> None:
        self._places: list[tuple[datetime, str, int]] = []
        self._octets: list[bytes] = []
        self._of: defaultdict[UUID, list[tuple[datetime, str, int]]] = defaultdict(list)
        for piece in sorted(given, key=lambda one: one.place):
            self._places.append(piece.place)
            self._octets.append(piece.octets)
            self._of[piece.subject].append(piece.place)

    @property
    def octets(self) -> Sequence[bytes]:
        return self._octets

    def replace(self, subjects: Iterable[UUID], given: Iterable[Piece]) -> None:
        """`given` is all that there is about `subjects` now."""
        for subject in subjects:
            for place in self._of.pop(subject, ()):
                at = bisect_left(self._places, place)
                del self._places[at], self._octets[at]
        for piece in given:
            at = bisect_right(self._places, piece.place)
            self._places.insert(at, piece.place)
            self._octets.insert(at, piece.octets)
            self._of[piece.subject].append(piece.place)
