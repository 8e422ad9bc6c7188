"""Every line, of all features."""

from tests.roles import applications, assessment, meetings, mentors, participation, programmes
from tests.roles.lines import LINES

EVERY_LINE = sorted(LINES, key=lambda line: line.route == "POST /me/erase")
"""Importing the features above has added theirs. Who erases themself does so when all else is tried."""

__all__ = ["EVERY_LINE", "applications", "assessment", "meetings", "mentors", "participation", "programmes"]
