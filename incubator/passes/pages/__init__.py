"""The HTML edge of passes."""

from litestar.types import ControllerRouterHandler

from incubator.passes.pages import buy, desk, mine

handlers: list[ControllerRouterHandler] = [*mine.handlers, *buy.handlers, *desk.handlers]
