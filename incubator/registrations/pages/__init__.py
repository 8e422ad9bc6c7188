"""The HTML edge."""

from litestar.types import ControllerRouterHandler

from incubator.registrations.pages import desk, door, files, lists, mine, papers, register

handlers: list[ControllerRouterHandler] = [
    *register.handlers,
    *mine.handlers,
    *files.handlers,
    *papers.handlers,
    *desk.handlers,
    *lists.handlers,
    *door.handlers,
]
