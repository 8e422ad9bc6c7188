"""The JSON edge: the same verbs as the pages call."""

from litestar.types import ControllerRouterHandler

from incubator.participation.api import meetings, participations, record

handlers: list[ControllerRouterHandler] = [*participations.handlers, *meetings.handlers, *record.handlers]
