"""The JSON edge: the same verbs as the pages call."""

from litestar.types import ControllerRouterHandler

handlers: list[ControllerRouterHandler] = []
