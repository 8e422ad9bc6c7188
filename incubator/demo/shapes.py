"""What the demonstration data is written in: plain frozen values, no tables."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Portrait:
    """How a gmina presents itself. The coordinates are of its middle, roughly."""

    terc: str
    slug: str
    latitude: float
    longitude: float
    brand_pl: str
    brand_en: str
    specialisations_pl: tuple[str, ...]
    specialisations_en: tuple[str, ...]
