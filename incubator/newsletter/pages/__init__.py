"""The HTML edge."""

from litestar.types import ControllerRouterHandler

handlers: list[ControllerRouterHandler] = []
