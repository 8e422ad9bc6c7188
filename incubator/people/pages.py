"""The HTML edge of people."""

from litestar.types import ControllerRouterHandler

handlers: list[ControllerRouterHandler] = []
