"""The JSON edge: the same verbs as the pages call."""

from litestar.types import ControllerRouterHandler

from incubator.participation.api import grants, meetings, participations, record

handlers: list[ControllerRouterHandler] = [
    *participations.handlers,
    *grants.handlers,
    *meetings.handlers,
    *record.handlers,
]
