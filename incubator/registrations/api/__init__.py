"""The JSON edge: the same verbs as the pages call."""

from litestar.types import ControllerRouterHandler

from incubator.registrations.api import desk, registrations

handlers: list[ControllerRouterHandler] = [*registrations.handlers, *desk.handlers]
