"""What a server keeps of the feeds it told, so that it need not read and write them again (docs/decisions/0022)."""

from collections import OrderedDict
from dataclasses import dataclass, field
from uuid import UUID

from incubator.calendars.pieces import Pieces
from incubator.calendars.standing import Standing
from incubator.calendars.told import Asked, Told

OCTETS = 256_000_000
"""In all that is kept. A feed that would take half of it alone is not."""
OVERHEAD = 400
"""Octets that a piece takes beside its own."""

Key = tuple[UUID, Asked]


@dataclass(slots=True)
class Kept:
    """A feed as it stood there, in `locale`; `turn` counts when it was looked at."""

    told: Told
    locale: str
    standing: Standing
    pieces: Pieces
    turn: int
    packed: dict[bytes, bytes] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """The octets of each piece, those of many together, and of all of them packed."""
        return 2 * self.told.length + OVERHEAD * len(self.pieces) + sum(map(len, self.packed.values()))


class Shelf:
    """The feeds that were asked for last, as many as there is room for."""

    def __init__(self, octets: int = OCTETS) -> None:
        self._room, self._taken = octets, 0
        self._kept: OrderedDict[Key, tuple[Kept, int]] = OrderedDict()

    def get(self, key: Key) -> Kept | None:
        found = self._kept.get(key)
        if found is None:
            return None
        self._kept.move_to_end(key)
        return found[0]

    def put(self, key: Key, kept: Kept) -> None:
        """Also when what is kept there takes more or less than it did."""
        _, before = self._kept.pop(key, (None, 0))
        self._taken -= before
        if (size := kept.size) > self._room // 2:
            return
        self._kept[key] = kept, size
        self._taken += size
        while self._taken > self._room:
            _, (_, gone) = self._kept.popitem(last=False)
            self._taken -= gone
