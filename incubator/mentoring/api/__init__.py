"""The JSON edge: the same verbs as the pages call."""

from litestar.types import ControllerRouterHandler

from incubator.mentoring.api import (
    absences,
    contracts,
    hours,
    meeting_verbs,
    meetings,
    mentors,
    portraits,
    standing,
    times,
    topics,
)

handlers: list[ControllerRouterHandler] = [
    *mentors.handlers,
    *portraits.handlers,
    *standing.handlers,
    *hours.handlers,
    *contracts.handlers,
    *topics.handlers,
    *times.handlers,
    *absences.handlers,
    *meetings.handlers,
    *meeting_verbs.handlers,
]
