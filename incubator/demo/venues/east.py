"""Niepołomice, Wieliczka and Biskupice."""

from incubator.demo.shapes import WORKDAYS, DayOff, Hours, Venue
from incubator.demo.venues.common import (
    OFFICE_HOURS,
    PRICED_EN,
    PRICED_PL,
    PROGRAMME,
    SAYS_SO_EN,
    SAYS_SO_PL,
    TERMS_EN,
    TERMS_PL,
    ZONE,
    hot_desks,
    meeting_room,
    monthly,
    own_desk,
    own_office,
    weekly,
    workshop_room,
)
from incubator.demo.venues.las import LAS

WIELICZKA = Venue(
    gmina="wieliczka",
    code="SMK-INK-03",
    slug="solny-hub",
    name="Solny Hub",
    funding_programme=PROGRAMME,
    street="Rynek Górny 2",
    postcode="32-020",
    town="Wieliczka",
    latitude=49.9870,
    longitude=20.0650,
    about_pl=f"{SAYS_SO_PL} Inkubator firm, które pracują dla gości: turystyka, zdrowie, rzemiosło.",
    about_en=f"{SAYS_SO_EN} An incubator for firms that work for guests: tourism, health, crafts.",
    terms_pl=PRICED_PL,
    terms_en=PRICED_EN,
    hours=(Hours(WORKDAYS, 8, 20), Hours((6,), 9, 14)),
    allowances=weekly(16, 4),
    zones=ZONE,
    days_off=(DayOff(5, "Szkolenie pracowników", "Staff training"),),
    places=(workshop_room(20), meeting_room(8), *hot_desks(4), own_desk("A"), own_office(1, 4)),
)

BISKUPICE = Venue(
    gmina="biskupice",
    code="SMK-INK-04",
    slug="pogorze",
    name="Inkubator Pogórze",
    funding_programme=PROGRAMME,
    street="Tomaszkowice 455",
    postcode="32-020",
    town="Biskupice",
    latitude=49.9660,
    longitude=20.1100,
    about_pl=f"{SAYS_SO_PL} Mały inkubator przy domu kultury: agroturystyka i rzemiosło.",
    about_en=f"{SAYS_SO_EN} A small incubator next to the community centre: farm tourism and crafts.",
    terms_pl=TERMS_PL,
    terms_en=TERMS_EN,
    hours=OFFICE_HOURS,
    allowances=monthly(24, 8),
    zones=ZONE,
    places=(workshop_room(16, step_free=False), *hot_desks(3, step_free=False)),
)

EAST = (LAS, WIELICZKA, BISKUPICE)
