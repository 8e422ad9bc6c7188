"""Who buys, by what a price counts, and what a list can be."""

from enum import StrEnum


class Category(StrEnum):
    """A kind of buyer, as price lists tell them apart."""

    RESIDENT = "resident"
    NGO = "ngo"
    INCUBATED = "incubated"
    PUBLIC = "public"
    COMMERCIAL = "commercial"


class Unit(StrEnum):
    """What a price is for. An entry is for one person and one day."""

    HOUR = "hour"
    HALF_DAY = "half_day"
    DAY = "day"
    MONTH = "month"
    ENTRY = "entry"


class Per(StrEnum):
    """By what an extra counts."""

    BOOKING = "booking"
    HOUR = "hour"
    PERSON = "person"
    DAY = "day"


class PaysFirst(StrEnum):
    """Whose bookings are firm only once they are paid."""

    NOBODY = "nobody"
    PERSONS = "persons"
    EVERYBODY = "everybody"
