"""Kraków: Klaster Zabłocie 20.22."""

from incubator.demo.shapes import HALL, WORKDAYS, DayOff, Hours, Place, Venue
from incubator.demo.venues.common import (
    PROGRAMME,
    ZONE,
    hot_desks,
    meeting_room,
    monthly,
    own_desk,
    own_office,
    workshop_room,
)

KLASTER = Venue(
    gmina="krakow",
    code="SMK-INK-01",
    slug="klaster-zablocie",
    name="Klaster Zabłocie 20.22",
    funding_programme=PROGRAMME,
    street="ul. Zabłocie 20.22",
    postcode="30-701",
    town="Kraków",
    latitude=50.0486,
    longitude=19.9614,
    about_pl=(
        "Miejskie miejsce dla startupów, organizacji pozarządowych i konferencji na Zabłociu."
        " Układ sal, wyposażenie i godziny są tu danymi pokazowymi."
    ),
    about_en=(
        "A municipal place for startups, NGOs and conferences in Zabłocie."
        " The rooms, the equipment and the hours shown here are demonstration data."
    ),
    terms_pl="Sala konferencyjna za zgodą koordynatora. Biura i biurka dedykowane dla inkubowanych zespołów.",
    terms_en="The conference hall needs the coordinator's approval. Offices and desks are for incubated teams.",
    hours=(Hours(WORKDAYS, 7, 21), Hours((6,), 9, 16)),
    allowances=monthly(40, 8),
    zones=ZONE,
    days_off=(DayOff(9, "Przegląd instalacji elektrycznej", "Electrical inspection"),),
    places=(
        Place(
            slug="sala-konferencyjna",
            kind="room",
            name_pl="Sala konferencyjna",
            name_en="Conference hall",
            about_pl="Konferencje, dni otwarte, prezentacje startupów. Ustawienie kinowe.",
            about_en="Conferences, open days, startup pitches. Theatre seating.",
            capacity=120,
            area_m2=160,
            equipment=("wifi", "projector", "sound", "stage", "videoconference"),
            step_free=True,
            induction_loop=True,
            accessible_wc=True,
            rules=HALL,
        ),
        workshop_room(24),
        meeting_room(8),
        *hot_desks(8),
        own_desk("A"),
        own_desk("B"),
        own_office(1, 5),
        own_office(2, 3),
    ),
)

CENTRE = (KLASTER,)
