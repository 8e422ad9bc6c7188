"""The JSON edge of aid."""

from litestar.types import ControllerRouterHandler

from incubator.aid.api import benchmarks, desk, own

handlers: list[ControllerRouterHandler] = [*own.handlers, *desk.handlers, *benchmarks.handlers]
