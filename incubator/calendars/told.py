"""A feed as it is told to one sort of asker: what was asked for, and the octets."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache

from incubator.calendars.choices import Choices
from incubator.calendars.feed import Feed, moved_at
from incubator.calendars.representations import REPRESENTATIONS
from incubator.calendars.standing import Standing
from incubator.calendars.window import Window

FORM = 6
"""Goes up when the same rows are written otherwise: a new property, a new wording."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Everything that what is told depends on, but the rows. `name` as the address has it."""

    feed: Feed
    name: str
    ending: str
    choices: Choices
    window: Window

    def locale(self, standing: Standing) -> str:
        """The reader's choice, else the language of whose feed it is."""
        return self.choices.locale or standing.locale or "pl"

    def etag(self, standing: Standing) -> bytes:
        """Another octet, another name."""
        asked = _named(self.locale(standing), self.ending, self.choices, self.window.monday)
        return f'"{asked}-{standing.fingerprint}"'.encode()


@lru_cache(maxsize=4096)
def _named(locale: str, ending: str, choices: Choices, monday: date) -> str:
    """Remembered: almost everybody asks alike."""
    return f"{FORM}-{locale}{ending}-{monday:%y%m%d}{choices.tag}"


@dataclass(frozen=True, slots=True)
class Told:
    """The whole of a feed as it stood: its octets are those of `parts`, one after another. They are never put together
    where they go out as they are: of 5 MB, that would take as long as all else that a change asks for."""

    media_type: bytes
    etag: bytes
    moved_at: datetime
    parts: Sequence[bytes]

    @property
    def octets(self) -> bytes:
        return b"".join(self.parts)

    @property
    def length(self) -> int:
        return sum(map(len, self.parts))


SMALL = 65_536
"""What is no longer than this is put together: it goes out at one go."""


def as_told(asked: Asked, standing: Standing, parts: Sequence[bytes]) -> Told:
    media_type = REPRESENTATIONS[asked.ending].media_type.encode()
    told = Told(media_type, asked.etag(standing), moved_at(standing, asked.window), parts)
    return replace(told, parts=(told.octets,)) if told.length <= SMALL else told
