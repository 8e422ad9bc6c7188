"""Every line, of all features."""

from tests.roles import applications, assessment, meetings, mentors, participation, programmes
from tests.roles.lines import LINES

LAST = ("/admin/", "/me/erase")
"""Who was given a role, or has erased themself, is no longer who they were."""

EVERY_LINE = sorted(LINES, key=lambda line: [last in line.route for last in reversed(LAST)])
"""Importing the features above has added theirs."""

__all__ = ["EVERY_LINE", "applications", "assessment", "meetings", "mentors", "participation", "programmes"]
