"""The JSON edge of prices: lists and quotes for all, and the verbs of coordinators."""

from litestar.types import ControllerRouterHandler

from incubator.pricing.api import lists, parts, passes, quotes, steps

handlers: list[ControllerRouterHandler] = [
    *lists.handlers,
    *parts.handlers,
    *passes.handlers,
    *quotes.handlers,
    *steps.handlers,
]
