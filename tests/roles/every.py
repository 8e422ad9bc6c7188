"""Every line, of all features."""

from tests.roles import applications, assessment, meetings, mentors, participation, programmes
from tests.roles.lines import LINES

EVERY_LINE = LINES
"""Importing the features above has added theirs."""

__all__ = ["EVERY_LINE", "applications", "assessment", "meetings", "mentors", "participation", "programmes"]
