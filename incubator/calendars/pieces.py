"""What is kept of a feed, entry by entry, in order.

In blocks, each put together once: an entry more makes one of them anew, and the whole is made of some dozens.
"""

from bisect import bisect_left, bisect_right, insort
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

FULL = 512
"""Pieces of a block; one that grows to twice that is parted."""

Place = tuple[datetime, str, int]


class Piece(NamedTuple):
    """`place` is where it stands among the others: its beginning, its UID, and what it is about, as a number."""

    place: Place
    subject: UUID
    octets: bytes


class Block:
    """Neighbours, and the octets of all of them, each led by what stands before it; made when they are asked for."""

    __slots__ = ("_between", "_whole", "pieces")

    def __init__(self, pieces: list[Piece], between: bytes) -> None:
        self.pieces, self._between, self._whole = pieces, between, b""

    @property
    def whole(self) -> bytes:
        if not self._whole:
            self._whole = self._between.join([b"", *[one.octets for one in self.pieces]])
        return self._whole

    def add(self, piece: Piece) -> None:
        insort(self.pieces, piece, key=lambda one: one.place)
        self._whole = b""

    def drop(self, place: Place) -> None:
        del self.pieces[bisect_left(self.pieces, place, key=lambda one: one.place)]
        self._whole = b""

    def parted(self) -> "list[Block]":
        """Itself, or what is left of it: nothing, or two halves."""
        if 0 < len(self.pieces) < 2 * FULL:
            return [self]
        halves = (self.pieces[:FULL], self.pieces[FULL:])
        return [Block(half, self._between) for half in halves if half]


class Pieces:
    """In one order, whichever way they came to be here: from nothing, or one after another. `between` stands before
    each."""

    def __init__(self, given: Iterable[Piece], *, between: bytes) -> None:
        self._between, self._of = between, defaultdict[UUID, list[Place]](list)
        pieces = sorted(given, key=lambda one: one.place)
        self._blocks = [Block(pieces[at : at + FULL], between) for at in range(0, len(pieces), FULL)]
        for piece in pieces:
            self._of[piece.subject].append(piece.place)

    def __len__(self) -> int:
        return sum(len(block.pieces) for block in self._blocks)

    def __iter__(self) -> Iterator[bytes]:
        """The octets of each."""
        return (piece.octets for block in self._blocks for piece in block.pieces)

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
                self._blocks.append(Block([piece], self._between))
                continue
            at = self._block(piece.place)
            self._blocks[at].add(piece)
            self._blocks[at : at + 1] = self._blocks[at].parted()

    def _block(self, place: Place) -> int:
        """The last that begins no later; the first for what comes before all."""
        return max(bisect_right(self._blocks, place, key=lambda block: block.pieces[0].place) - 1, 0)
