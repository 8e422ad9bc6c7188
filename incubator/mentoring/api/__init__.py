"""The JSON edge: the same verbs as the pages call."""

from litestar.types import ControllerRouterHandler

from incubator.mentoring.api import absences, meeting_verbs, meetings, times

handlers: list[ControllerRouterHandler] = [
    *meetings.handlers,
    *meeting_verbs.handlers,
    *times.handlers,
    *absences.handlers,
]
