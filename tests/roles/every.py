"""Every line, of all features."""

from tests.roles import applications, assessment, meetings, mentors, participation, programmes
from tests.roles.lines import LINES

EVERY_LINE = sorted(LINES, key=lambda line: (line.route == "POST /me/erase", "/roles" in line.route))
"""Importing the features above has added theirs. What changes who somebody is comes when all else was tried."""

__all__ = ["EVERY_LINE", "applications", "assessment", "meetings", "mentors", "participation", "programmes"]
