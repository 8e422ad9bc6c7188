"""What the incubators of the demonstration charge. The patterns are those of public price lists; the amounts
are made up."""

from incubator.demo.price_shapes import Adopted, Asked, hour, price, whole
from incubator.kernel.money import Vat
from incubator.pricing.details import ExtraDetails, StepLine, TariffDetails
from incubator.pricing.details_passes import PassDetails, PassWish
from incubator.pricing.states import PaysFirst, Per

ENTRIES = PassWish(
    details=PassDetails(
        name_pl="Karnet na 10 wejść", name_en="10 days at a desk", kind="desk_days", amount=10, valid_days=90
    ),
    prices=[price("commercial", 300), price("incubated", 120), price("resident", 200)],
)


def _hours(dearer: int) -> PassWish:
    """A quarter less than by the hour."""
    return PassWish(
        details=PassDetails(
            name_pl="Karnet na 20 godzin sal", name_en="20 room hours", kind="room_minutes", amount=1200, valid_days=90
        ),
        prices=[
            price("commercial", 1500 + dearer),
            price("incubated", 300),
            price("ngo", 700),
            price("resident", 700),
            price("resident", 450, local=True),
        ],
    )


COFFEE = ExtraDetails(
    name_pl="Serwis kawowy", name_en="Coffee and tea", per=Per.PERSON, price=1800, vat=Vat.REDUCED, position=1
)
EARLY = ExtraDetails(
    name_pl="Otwarcie poza godzinami", name_en="Opening outside of hours", per=Per.HOUR, price=6000, position=2
)
SOUND = ExtraDetails(
    name_pl="Obsługa nagłośnienia", name_en="Somebody at the sound desk", per=Per.BOOKING, price=25000, position=3
)

STEPS = (
    StepLine(before_minutes=7 * 1440, percent=100),
    StepLine(before_minutes=1440, percent=50),
)


def _las(dearer: int) -> tuple[Asked, ...]:
    """Free for NGOs of the gmina, half price for what is not commercial."""
    return (
        Asked(
            places=("l", "a", "s"),
            details=TariffDetails(
                name_pl="Sale pojedyncze",
                name_en="Single rooms",
                step_minutes=30,
                deposit=50_000,
                deposit_above_minutes=240,
            ),
            rates=(
                hour("commercial", 100 + dearer),
                whole("day", "commercial", 700 + 5 * dearer),
                hour("resident", 50),
                hour("resident", 30, local=True),
                hour("ngo", 50),
                hour("ngo", 0, local=True),
                hour("public", 50),
                hour("incubated", 20),
            ),
        ),
        Asked(
            places=("l-a", "a-s", "l-a-s"),
            details=TariffDetails(
                name_pl="Sale połączone",
                name_en="Joined rooms",
                position=1,
                deposit=100_000,
                deposit_above_minutes=240,
                peak_weekdays=[5],
                peak_from=16 * 60,
                peak_until=20 * 60,
                peak_percent=20,
            ),
            rates=(
                hour("commercial", 220 + 2 * dearer),
                whole("half_day", "commercial", 800 + 5 * dearer),
                whole("day", "commercial", 1400 + 10 * dearer),
                hour("ngo", 110),
                hour("ngo", 0, local=True),
                hour("incubated", 60),
            ),
        ),
        Asked(
            places=("biurko-",),
            details=TariffDetails(name_pl="Biurka", name_en="Hot desks", position=2),
            rates=(
                whole("entry", "commercial", 40),
                whole("entry", "resident", 20),
                whole("entry", "resident", 10, local=True),
                whole("entry", "ngo", 0, local=True),
                whole("entry", "incubated", 0),
            ),
        ),
    )


DESKS = Asked(
    places=("biurko-",),
    details=TariffDetails(name_pl="Biurka elastyczne", name_en="Hot desks", position=2),
    rates=(whole("entry", "commercial", 35), whole("entry", "resident", 15), whole("entry", "incubated", 5)),
)
BY_THE_MONTH = Asked(
    places=("stanowisko-", "biuro-"),
    details=TariffDetails(
        name_pl="Stanowiska i biura", name_en="Dedicated desks and offices", position=3, deposit=60_000
    ),
    rates=(
        whole("month", "commercial", 900),
        whole("day", "commercial", 80),
        whole("month", "incubated", 300),
        whole("day", "incubated", 30),
    ),
)

LISTS = (
    Adopted(
        venue="las",
        days=-240,
        name_pl="Cennik LAS Open Space",
        name_en="Prices of LAS Open Space",
        act="XXIV/212 (pokaz)",
        tariffs=_las(0),
        extras=(COFFEE, EARLY),
        steps=STEPS,
        passes=(_hours(0),),
    ),
    Adopted(
        venue="las",
        days=45,
        name_pl="Cennik LAS Open Space, nowe stawki",
        name_en="Prices of LAS Open Space, new rates",
        act="XXXI/305 (pokaz)",
        tariffs=_las(20),
        extras=(COFFEE, EARLY),
        steps=STEPS,
        passes=(_hours(200),),
    ),
    Adopted(
        venue="klaster-zablocie",
        days=-150,
        name_pl="Cennik Klastra Zabłocie",
        name_en="Prices of Klaster Zabłocie",
        act="1187 (pokaz)",
        stated="net",
        tariffs=(
            Asked(
                places=("sala-",),
                details=TariffDetails(name_pl="Sale", name_en="Rooms"),
                rates=(
                    hour("commercial", 120),
                    hour("commercial", 60, from_hour=2),
                    hour("ngo", 60),
                    hour("ngo", 30, from_hour=2),
                    hour("incubated", 30),
                    hour("resident", 60),
                ),
            ),
            DESKS,
            BY_THE_MONTH,
        ),
        extras=(COFFEE, SOUND),
        passes=(ENTRIES,),
    ),
    Adopted(
        venue="solny-hub",
        days=-90,
        name_pl="Cennik Solnego Hubu",
        name_en="Prices of Solny Hub",
        act="VII/58 (pokaz)",
        startups_incubated=True,
        pays_first=PaysFirst.PERSONS,
        due_days=7,
        tariffs=(
            Asked(
                places=("sala-",),
                details=TariffDetails(
                    name_pl="Sale", name_en="Rooms", deposit=100_000, deposit_above_minutes=240, step_minutes=30
                ),
                rates=(
                    hour("commercial", 140),
                    hour("ngo", 14, local=True),
                    hour("incubated", 40),
                    hour("resident", 60),
                ),
            ),
            DESKS,
            BY_THE_MONTH,
        ),
        extras=(COFFEE,),
    ),
)
"""In the order in which they were adopted, for each venue."""
