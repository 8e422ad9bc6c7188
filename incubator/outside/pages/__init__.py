"""The HTML edge: calendars of a mentor, and of a space."""

from litestar.types import ControllerRouterHandler

from incubator.outside.pages import of_mentor, of_space

handlers: list[ControllerRouterHandler] = [*of_mentor.handlers, *of_space.handlers]
