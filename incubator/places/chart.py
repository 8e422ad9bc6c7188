"""A map of the gminas without map tiles: their middles as dots, names set where they fit.

Drawn from latitude and longitude alone, for the eye; the list beside it says the same to everybody.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import cos, radians

WIDTH = 560
MARGIN = 34
LETTER = 8.4
LINE = 19
DOT = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A gmina to put on the map; `status` is that of its most open incubator, empty without one."""

    slug: str
    name: str
    latitude: float
    longitude: float
    status: str


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle that something covers."""

    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: "Box") -> bool:
        apart = self.right <= other.left or other.right <= self.left
        return not (apart or self.bottom <= other.top or other.bottom <= self.top)


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A dot at (x, y) and its name, whose middle sits at (label_x, label_y)."""

    slug: str
    name: str
    status: str
    x: float
    y: float
    label_x: float
    label_y: float


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing of `width` × `height` with a spot for each place."""

    width: float
    height: float
    spots: tuple[Spot, ...]


def chart(places: Iterable[Place]) -> Chart:
    """The places as seen from above, north up; one degree east is as long as it is there."""
    kept = sorted(places, key=lambda place: (-place.latitude, place.longitude))
    if not kept:
        return Chart(WIDTH, 2 * MARGIN, ())
    west, east = min(p.longitude for p in kept), max(p.longitude for p in kept)
    south, north = min(p.latitude for p in kept), max(p.latitude for p in kept)
    squeeze = cos(radians((south + north) / 2))
    scale = (WIDTH - 2 * MARGIN) / max((east - west) * squeeze, (north - south), 0.01)
    height = (north - south) * scale + 2 * MARGIN
    dots = [(MARGIN + (p.longitude - west) * squeeze * scale, MARGIN + (north - p.latitude) * scale) for p in kept]
    return Chart(WIDTH, round(height, 1), tuple(_named(kept, dots, height)))


def _named(places: Sequence[Place], dots: Sequence[tuple[float, float]], height: float) -> list[Spot]:
    covered = [Box(x - DOT, y - DOT, x + DOT, y + DOT) for x, y in dots]
    spots: list[Spot] = []
    for place, (x, y) in zip(places, dots, strict=True):
        label_x, label_y = _room_for(place.name, x, y, covered, height)
        covered.append(_box(place.name, label_x, label_y))
        spots.append(
            Spot(
                slug=place.slug,
                name=place.name,
                status=place.status,
                x=round(x, 1),
                y=round(y, 1),
                label_x=round(label_x, 1),
                label_y=round(label_y, 1),
            )
        )
    return spots


def _room_for(name: str, x: float, y: float, covered: list[Box], height: float) -> tuple[float, float]:
    """Below, above, beside: the first place where the name covers nothing and stays on the map."""
    aside = len(name) * LETTER / 2 + DOT + 4
    choices = [
        (x, y + DOT + 11),
        (x, y - DOT - 10),
        (x + aside, y),
        (x - aside, y),
        (x + aside / 2, y + DOT + 11),
        (x - aside / 2, y + DOT + 11),
        (x + aside / 2, y - DOT - 10),
        (x - aside / 2, y - DOT - 10),
    ]
    for choice in choices:
        box = _box(name, *choice)
        inside = box.left >= 0 and box.right <= WIDTH and box.top >= 0 and box.bottom <= height
        if inside and not any(box.overlaps(other) for other in covered):
            return choice
    return choices[0]


def _box(name: str, x: float, y: float) -> Box:
    half = len(name) * LETTER / 2
    return Box(x - half, y - LINE / 2, x + half, y + LINE / 2)
