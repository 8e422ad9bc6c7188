"""The 15 gminas of the metropolis: official facts from `gminas.csv`, the rest from the portraits.

Where no brand or specialisation is publicly known, the portrait says that it is demonstration data.
"""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from incubator.demo.portraits_north import NORTH
from incubator.demo.portraits_south import SOUTH
from incubator.demo.shapes import Portrait

FILE = Path(__file__).parent / "gminas.csv"


@dataclass(frozen=True, slots=True, kw_only=True)
class GminaFacts:
    """What the official register says, and how the gmina presents itself."""

    terc: str
    name: str
    kind: str
    county: str
    population: int
    portrait: Portrait

    @property
    def slug(self) -> str:
        return self.portrait.slug


@cache
def gminas() -> tuple[GminaFacts, ...]:
    """All of them, in the order of the file: Kraków first."""
    portraits = {portrait.terc: portrait for portrait in (*NORTH, *SOUTH)}
    with FILE.open(encoding="utf-8", newline="") as file:
        return tuple(_facts(row, portraits[row["terc"]]) for row in csv.DictReader(file))


def _facts(row: dict[str, str], portrait: Portrait) -> GminaFacts:
    return GminaFacts(
        terc=row["terc"],
        name=row["name"],
        kind=row["kind"],
        county=row["county"],
        population=int(row["population_approx"]),
        portrait=portrait,
    )
