"""The JSON edge of passes."""

from litestar.types import ControllerRouterHandler

from incubator.passes.api import passes

handlers: list[ControllerRouterHandler] = [*passes.handlers]
