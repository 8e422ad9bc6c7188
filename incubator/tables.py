"""Every table, for the migrations: importing this fills `SQLModel.metadata`."""

from sqlalchemy.orm import configure_mappers
from sqlmodel import SQLModel

from incubator.aid import tables as aid
from incubator.applications import tables as applications
from incubator.assessment import tables as assessment
from incubator.bookings import tables as bookings
from incubator.calendars import tables as calendars
from incubator.credits import tables as credit
from incubator.db import history, versions
from incubator.directory import tables as directory
from incubator.directory import tables_care as directory_care
from incubator.exchanges import tables as exchanges
from incubator.exchanges import tables_topics as topics
from incubator.invoices import tables as invoices
from incubator.invoices import tables_notes as notes
from incubator.ledger import tables as ledger
from incubator.mail import tables as mail
from incubator.mentoring import tables as mentoring
from incubator.mentoring import tables_meetings as meetings
from incubator.newsletter import tables as newsletter
from incubator.occupancy import tables as occupancy
from incubator.outside import tables as outside
from incubator.participation import tables as participation
from incubator.participation import tables_outcomes as outcomes
from incubator.passes import tables as passes
from incubator.payments import tables as payments
from incubator.payments import tables_bank as bank
from incubator.payments.stripe import tables as stripe
from incubator.payments.stripe import tables_told as stripe_told
from incubator.people import tables as people
from incubator.places import tables as places
from incubator.places import tables_hours as hours
from incubator.pricing import tables as pricing
from incubator.pricing import tables_passes as pass_products
from incubator.programmes import tables as programmes
from incubator.registrations import tables as registrations
from incubator.replies import tables as replies
from incubator.web import tables as web

__all__ = [
    "aid",
    "applications",
    "assessment",
    "bank",
    "bookings",
    "calendars",
    "credit",
    "directory",
    "directory_care",
    "exchanges",
    "history",
    "hours",
    "invoices",
    "ledger",
    "mail",
    "meetings",
    "mentoring",
    "metadata",
    "newsletter",
    "notes",
    "occupancy",
    "outcomes",
    "outside",
    "participation",
    "pass_products",
    "passes",
    "payments",
    "people",
    "places",
    "pricing",
    "programmes",
    "registrations",
    "replies",
    "stripe",
    "stripe_told",
    "topics",
    "versions",
    "web",
]

metadata = SQLModel.metadata


def join_models() -> None:
    """For a process that serves. A model can be written only where the tables that it points at are known, and a
    feature loads what it needs itself; a fault in that ends the start, not somebody's first form."""
    configure_mappers()
