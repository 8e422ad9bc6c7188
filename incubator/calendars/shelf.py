"""What a server keeps of the feeds it told, so that it need not read and write them again (docs/decisions/0022)."""

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from incubator.calendars.pieces import Pieces
from incubator.calendars.standing import Standing
from incubator.calendars.told import Asked, Told
from incubator.calendars.write import Head

OCTETS = 256_000_000
"""In all that is kept. A feed that would take half of it alone is not."""
NAMES = 10_000
"""More of them than there are calendars; then they are learned anew."""
OVERHEAD = 400
"""Octets that a piece takes beside its own."""

Key = tuple[UUID, Asked]


@dataclass(slots=True)
class Kept:
    """A feed as it stood there, in `locale`, with what it said of itself; `turn` counts when it was looked at."""

    standing: Standing
    told: Told
    locale: str
    head: Head
    pieces: Pieces
    turn: int
    packed: dict[bytes, bytes] = field(default_factory=dict)

    @property
    def key(self) -> UUID:
        return self.standing.key

    @property
    def versions(self) -> Mapping[UUID, int]:
        return self.standing.versions

    @property
    def size(self) -> int:
        """The octets of each piece, those of many together, and of all of them packed."""
        return 2 * self.told.length + OVERHEAD * len(self.pieces) + sum(map(len, self.packed.values()))


class Shelf:
    """The feeds that were asked for last, as many as there is room for."""

    def __init__(self, octets: int = OCTETS) -> None:
        self._room, self._taken = octets, 0
        self._kept: OrderedDict[Key, tuple[Kept, int]] = OrderedDict()
        self._names: dict[Asked, Key] = {}

    def name(self, asked: Asked, key: Key) -> None:
        """By what name it was asked for, unless that is a secret."""
        if len(self._names) > NAMES:
            self._names.clear()
        if not asked.feed.secret:
            self._names[asked] = key

    def key(self, asked: Asked) -> Key | None:
        """What was last found by this name, if it is kept."""
        key = self._names.get(asked)
        return key if key in self._kept else None

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
