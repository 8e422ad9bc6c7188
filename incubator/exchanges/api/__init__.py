"""The JSON edge: the same verbs as the pages call."""

from litestar.types import ControllerRouterHandler

from incubator.exchanges.api import more, sessions, topics

handlers: list[ControllerRouterHandler] = [*sessions.handlers, *more.handlers, *topics.handlers]
