"""Every line, of all features."""

from tests.roles import (
    aid,
    applications,
    assessment,
    calendars,
    directory,
    exchanges,
    invoices,
    meetings,
    mentors,
    money,
    newsletter,
    notices,
    outside,
    participation,
    passes,
    payments_stripe,
    prices,
    programmes,
    registrations,
)
from tests.roles.lines import LINES, OF_THE_HOUSE

EVERY_LINE = [*LINES[OF_THE_HOUSE:], *LINES[:OF_THE_HOUSE]]
"""Importing the features above has added theirs. The last lines of lines.py grant roles and erase people, so those
come at the end."""

__all__ = [
    "EVERY_LINE",
    "aid",
    "applications",
    "assessment",
    "calendars",
    "directory",
    "exchanges",
    "invoices",
    "meetings",
    "mentors",
    "money",
    "newsletter",
    "notices",
    "outside",
    "participation",
    "passes",
    "payments_stripe",
    "prices",
    "programmes",
    "registrations",
]
