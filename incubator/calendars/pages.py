"""The HTML edge of calendars."""

from litestar.types import ControllerRouterHandler

handlers: list[ControllerRouterHandler] = []
