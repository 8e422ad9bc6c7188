"""What the demonstration venues have alike."""

from incubator.demo.shapes import (
    AROUND_THE_CLOCK,
    DEDICATED_DESK,
    HOT_DESK,
    OFFICE,
    ROOM,
    SMALL_ROOM,
    WORKDAYS,
    Allowance,
    Hours,
    Place,
)

SAYS_SO_PL = "Dane pokazowe: miejsce wymyślone na potrzeby prezentacji."
SAYS_SO_EN = "Demonstration data: a place made up for showing the service."

TERMS_PL = (
    "Rezerwacja jest bezpłatna. Prosimy zostawić salę w takim stanie, w jakim ją Państwo zastali,"
    " i odwołać rezerwację, z której nie będzie można skorzystać."
)
TERMS_EN = "Booking is free of charge. Please leave the room as you found it, and cancel what you cannot use."
PRICED_PL = (
    "Opłaty według cennika gminy. Prosimy zostawić salę w takim stanie, w jakim ją Państwo zastali,"
    " i odwołać rezerwację, z której nie będzie można skorzystać."
)
PRICED_EN = "Charged by the gmina's price list. Please leave the room as you found it, and cancel what you cannot use."

PROGRAMME = "Fundusze Europejskie dla Małopolski 2021–2027"
OFFICE_HOURS = (Hours(WORKDAYS, 8, 18),)
ZONE = (("strefa", "Strefa biurek elastycznych", "Hot desk zone"),)


def weekly(organisation: int, person: int) -> tuple[Allowance, ...]:
    """Hours in a week, over all rooms of the venue."""
    return (
        Allowance(slug="sale", name="Sale, tydzień", unit="week", organisation_hours=organisation, person_hours=person),
    )


def monthly(organisation: int, person: int) -> tuple[Allowance, ...]:
    """Hours in a month, over all rooms of the venue."""
    return (
        Allowance(
            slug="sale", name="Sale, miesiąc", unit="month", organisation_hours=organisation, person_hours=person
        ),
    )


def hot_desks(count: int, *, step_free: bool = True) -> tuple[Place, ...]:
    """Desks that are as good as each other, in the zone `strefa`."""
    return tuple(
        Place(
            slug=f"biurko-{turn}",
            kind="hot_desk",
            name_pl=f"Biurko {turn}",
            name_en=f"Desk {turn}",
            equipment=("wifi", "monitor"),
            step_free=step_free,
            rules=HOT_DESK,
            zone="strefa",
        )
        for turn in range(1, count + 1)
    )


def meeting_room(capacity: int, *, step_free: bool = True) -> Place:
    """A small room to talk in."""
    return Place(
        slug="sala-spotkan",
        kind="room",
        name_pl="Sala spotkań",
        name_en="Meeting room",
        about_pl="Cichy pokój na rozmowy i wideokonferencje.",
        about_en="A quiet room for talks and video calls.",
        capacity=capacity,
        area_m2=capacity * 2 + 4,
        equipment=("wifi", "screen", "videoconference", "whiteboard"),
        step_free=step_free,
        accessible_wc=step_free,
        rules=SMALL_ROOM,
        quota="sale",
    )


def workshop_room(capacity: int, *, step_free: bool = True, quota: str = "sale") -> Place:
    """A room with movable tables."""
    return Place(
        slug="sala-warsztatowa",
        kind="room",
        name_pl="Sala warsztatowa",
        name_en="Workshop room",
        about_pl="Ruchome stoły, ściany do pisania.",
        about_en="Movable tables, walls to write on.",
        capacity=capacity,
        area_m2=capacity * 2,
        equipment=("wifi", "projector", "whiteboard", "flipchart"),
        step_free=step_free,
        accessible_wc=step_free,
        rules=ROOM,
        quota=quota,
    )


def own_desk(letter: str) -> Place:
    """A desk for weeks or months, open day and night."""
    return Place(
        slug=f"stanowisko-{letter.lower()}",
        kind="dedicated_desk",
        name_pl=f"Stanowisko {letter}",
        name_en=f"Dedicated desk {letter}",
        about_pl="Własne biurko z szafką na klucz, na tygodnie lub miesiące.",
        about_en="A desk of one's own with a locker, for weeks or months.",
        equipment=("wifi", "monitor", "locker"),
        step_free=True,
        rules=DEDICATED_DESK,
        hours=AROUND_THE_CLOCK,
    )


def own_office(number: int, capacity: int) -> Place:
    """An office for a team, by the month."""
    return Place(
        slug=f"biuro-{number}",
        kind="private_office",
        name_pl=f"Biuro {number}",
        name_en=f"Office {number}",
        about_pl="Zamykane biuro dla inkubowanego zespołu, na miesiące.",
        about_en="An office with a door for an incubated team, by the month.",
        capacity=capacity,
        area_m2=capacity * 4,
        equipment=("wifi", "locker"),
        step_free=True,
        rules=OFFICE,
        hours=AROUND_THE_CLOCK,
    )
