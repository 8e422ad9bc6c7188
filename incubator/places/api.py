"""The JSON edge of places."""

from litestar.types import ControllerRouterHandler

handlers: list[ControllerRouterHandler] = []
