"""Every table, for the migrations: importing this fills `SQLModel.metadata`."""

from sqlmodel import SQLModel

from incubator.bookings import tables as bookings
from incubator.calendars import tables as calendars
from incubator.db import history, versions
from incubator.mail import tables as mail
from incubator.occupancy import tables as occupancy
from incubator.people import tables as people
from incubator.places import tables as places
from incubator.places import tables_hours as hours
from incubator.web import tables as web

__all__ = [
    "bookings",
    "calendars",
    "history",
    "hours",
    "mail",
    "metadata",
    "occupancy",
    "people",
    "places",
    "versions",
    "web",
]

metadata = SQLModel.metadata
