"""Niepołomice: LAS Open Space, with rooms that movable walls join and part."""

from dataclasses import replace

from incubator.demo.shapes import ROOM, WORKDAYS, Allowance, Hours, Place, Venue
from incubator.demo.venues.common import ZONE, hot_desks

TWO_ROOMS = replace(ROOM, turnaround_minutes=45, horizon_days=120)
WHOLE = replace(TWO_ROOMS, needs_approval=True, lead_minutes=24 * 60, longest_minutes=720)


def _room(letter: str, capacity: int, area_m2: int) -> Place:
    return Place(
        slug=letter.lower(),
        kind="room",
        name_pl=f"Sala {letter}",
        name_en=f"Room {letter}",
        about_pl="Od sąsiednich sal dzieli ją ściana mobilna.",
        about_en="A movable wall parts it from its neighbours.",
        capacity=capacity,
        area_m2=area_m2,
        equipment=("wifi", "projector", "whiteboard"),
        step_free=True,
        induction_loop=letter == "L",
        accessible_wc=True,
        rules=ROOM,
        quota="sale",
    )


def _joined(parts: str, capacity: int, area_m2: int) -> Place:
    return Place(
        slug="-".join(parts.lower()),
        kind="room",
        name_pl=f"Sale {'+'.join(parts)}",
        name_en=f"Rooms {'+'.join(parts)}",
        about_pl="Jedna sala po złożeniu ścian mobilnych.",
        about_en="One room when the movable walls are folded away.",
        capacity=capacity,
        area_m2=area_m2,
        equipment=("wifi", "projector", "whiteboard", "sound"),
        step_free=True,
        induction_loop="L" in parts,
        accessible_wc=True,
        rules=WHOLE if len(parts) == 3 else TWO_ROOMS,
        parts=tuple(parts.lower()),
        quota="sale",
    )


LAS = Venue(
    gmina="niepolomice",
    code="SMK-INK-02",
    slug="las",
    name="LAS Open Space",
    funding_programme="Środki własne gminy",
    street="ul. Bocheńska 26",
    postcode="32-005",
    town="Niepołomice",
    latitude=50.0335,
    longitude=20.2215,
    about_pl=(
        "260 m² otwartej przestrzeni z salami L, A i S, które łączą ściany mobilne."
        " Bezpłatnie dla lokalnych organizacji pozarządowych. Metraż i wyposażenie sal to dane pokazowe."
    ),
    about_en=(
        "260 m² of open space with rooms L, A and S, joined by movable walls. Free of charge for local NGOs."
        " The size and equipment of each room are demonstration data."
    ),
    terms_pl=(
        "Dla organizacji pozarządowych z gminy bezpłatnie. Ściany mobilne przestawia obsługa."
        " Całą przestrzeń (L+A+S) udostępniamy za zgodą koordynatora."
    ),
    terms_en=(
        "Free of charge for NGOs of the gmina. Our staff move the walls."
        " The whole space (L+A+S) needs the coordinator's approval."
    ),
    hours=(Hours(WORKDAYS, 8, 20),),
    allowances=(Allowance(slug="sale", name="Sale LAS, tydzień", unit="week", organisation_hours=20, person_hours=4),),
    zones=ZONE,
    places=(
        _room("L", 60, 110),
        _room("A", 40, 80),
        _room("S", 16, 40),
        _joined("LA", 100, 190),
        _joined("AS", 56, 120),
        _joined("LAS", 120, 230),
        *hot_desks(6),
    ),
)
