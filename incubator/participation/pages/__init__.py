"""The HTML edge."""

from litestar.types import ControllerRouterHandler

from incubator.participation.pages import desk, meetings, mine, papers, record

handlers: list[ControllerRouterHandler] = [
    *mine.handlers,
    *desk.handlers,
    *meetings.handlers,
    *papers.handlers,
    *record.handlers,
]
