"""Where incubators are: what entries say of a place beside its name."""

from typing import NamedTuple

from incubator.db.engine import Tx


class Venue(NamedTuple):
    """`point` is latitude and longitude, if somebody has said."""

    name: str
    address: str
    point: tuple[float, float] | None


Venues = dict[str, Venue]
"""By the slug of the incubator."""

ALL = "SELECT slug, name, street, postcode, town, latitude, longitude FROM incubator"


async def venues(tx: Tx) -> Venues:
    """All of them: there are few."""
    found = {}
    for slug, name, street, postcode, town, latitude, longitude in await tx.fetch(ALL):
        address = ", ".join(filter(None, (street, f"{postcode} {town}".strip())))
        found[slug] = Venue(name, address, point(latitude, longitude))
    return found


def point(latitude: float | None, longitude: float | None) -> tuple[float, float] | None:
    return None if latitude is None or longitude is None else (latitude, longitude)
