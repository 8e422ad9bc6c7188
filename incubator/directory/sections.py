"""The sections of the classification of activities: where a class such as 62.10.B belongs.

By PKD 2025 (regulation of 18 December 2024), in which publishing, telecommunications and software
part ways. A division means much the same in PKD 2007, so both editions are found alike; 45, the trade
in cars of 2007, went into trade.
"""

from collections.abc import Iterable

from incubator.kernel.errors import N_

SECTIONS: dict[str, str] = {
    "A": N_("Agriculture, forestry, fishing"),
    "B": N_("Mining and quarrying"),
    "C": N_("Manufacturing"),
    "D": N_("Electricity, gas, steam"),
    "E": N_("Water, waste, remediation"),
    "F": N_("Construction"),
    "G": N_("Trade"),
    "H": N_("Transport and storage"),
    "I": N_("Accommodation and food"),
    "J": N_("Publishing and broadcasting"),
    "K": N_("Telecommunications and software"),
    "L": N_("Finance and insurance"),
    "M": N_("Real estate"),
    "N": N_("Professional, scientific, technical"),
    "O": N_("Administrative and support services"),
    "P": N_("Public administration"),
    "Q": N_("Education"),
    "R": N_("Health and social work"),
    "S": N_("Arts, sport, recreation"),
    "T": N_("Other services"),
    "U": N_("Households"),
    "V": N_("International organisations"),
}
FIRST_DIVISIONS = (
    (1, "A"), (5, "B"), (10, "C"), (35, "D"), (36, "E"), (41, "F"), (45, "G"), (49, "H"), (55, "I"), (58, "J"),
    (61, "K"), (64, "L"), (68, "M"), (69, "N"), (77, "O"), (84, "P"), (85, "Q"), (86, "R"), (90, "S"), (94, "T"),
    (97, "U"), (99, "V"),
)  # fmt: skip


def section_of(pkd: str) -> str:
    """The section of a class, clean as people/rules.py leaves it."""
    division = int(pkd[:2])
    return [letter for first, letter in FIRST_DIVISIONS if first <= division][-1]


def sections_of(classes: Iterable[str]) -> list[str]:
    """Each once, in their order."""
    return sorted({section_of(each) for each in classes})
