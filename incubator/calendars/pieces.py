"""What is kept of a feed, entry by entry, in order.

In blocks, each put together once: an entry more makes one of them anew, and the whole is made of some dozens.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import chain
from typing import NamedTuple
from uuid import UUID

FULL = 256
"""Pieces of a block; one that grows to twice that is parted."""

Place = tuple[datetime, str, int]


class Piece(NamedTuple):
    """`place` is where it stands among the others: its beginning, its UID, and what it is about, as a number."""

    place: Place
    subject: UUID
    octets: bytes


class Block:
    """Neighbours, by their places, and the octets of all of them, each led by what stands before it; made when they are
    asked for, of a list that is there already: to gather it from the pieces takes three times as long as to join it."""

    __slots__ = ("_between", "_octets", "_places", "_whole")

    def __init__(self, places: list[Place], octets: list[bytes], between: bytes) -> None:
        self._places, self._octets, self._between, self._whole = places, octets, between, b""

    def __len__(self) -> int:
        return len(self._places)

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._octets)

    @property
    def first(self) -> Place:
        return self._places[0]

    @property
    def whole(self) -> bytes:
        if not self._whole:
            self._whole = self._between.join([b"", *self._octets])
        return self._whole

    def add(self, piece: Piece) -> None:
        at = bisect_right(self._places, piece.place)
        self._places.insert(at, piece.place)
        self._octets.insert(at, piece.octets)
        self._whole = b""

    def drop(self, place: Place) -> None:
        at = bisect_left(self._places, place)
        del self._places[at], self._octets[at]
        self._whole = b""

    def parted(self) -> "list[Block]":
        """Itself, or what is left of it: nothing, or two halves."""
        if 0 < len(self) < 2 * FULL:
            return [self]
        halves = (slice(0, FULL), slice(FULL, None))
        return [Block(self._places[half], self._octets[half], self._between) for half in halves if self._places[half]]


class Pieces:
    """In one order, whichever way they came to be here: from nothing, or one after another. `between` stands before
    each."""

    def __init__(self, given: Iterable[Piece], *, between: bytes) -> None:
        self._between, self._of = between, defaultdict[UUID, list[Place]](list)
        pieces = sorted(given, key=lambda one: one.place)
        self._blocks = [_block(pieces[at : at + FULL], between) for at in range(0, len(pieces), FULL)]
        for piece in pieces:
            self._of[piece.subject].append(piece.place)

    def __len__(self) -> int:
        return sum(map(len, self._blocks))

    def __iter__(self) -> Iterator[bytes]:
        """The octets of each."""
        return chain.from_iterable(self._blocks)

    @property
    def blocks(self) -> Sequence[bytes]:
        """One after another they are all of the pieces, each led by what stands before it."""
        return [block.whole for block in self._blocks]

    def replace(self, subjects: Iterable[UUID], given: Iterable[Piece]) -> None:
        """`given` is all that there is about `subjects` now."""
        for subject in subjects:
            for place in self._of.pop(subject, ()):
                at = self._block(place)
                self._blocks[at].drop(place)
                self._blocks[at : at + 1] = self._blocks[at].parted()
        for piece in given:
            self._of[piece.subject].append(piece.place)
            if not self._blocks:
                self._blocks.append(_block([piece], self._between))
                continue
            at = self._block(piece.place)
            self._blocks[at].add(piece)
            self._blocks[at : at + 1] = self._blocks[at].parted()

    def _block(self, place: Place) -> int:
        """The last that begins no later; the first for what comes before all."""
        return max(bisect_right(self._blocks, place, key=lambda block: block.first) - 1, 0)


def _block(pieces: Sequence[Piece], between: bytes) -> Block:
    return Block([one.place for one in pieces], [one.octets for one in pieces], between)
