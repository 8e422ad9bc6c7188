"""The JSON edge: the same verbs as the pages call."""

from litestar.types import ControllerRouterHandler

from incubator.newsletter.api import issues, readers

handlers: list[ControllerRouterHandler] = [*readers.handlers, *issues.handlers]
