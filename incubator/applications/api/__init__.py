"""The JSON edge of calls and applications: the same verbs as the pages call."""

from litestar.types import ControllerRouterHandler

from incubator.applications.api import applications, calls, files

handlers: list[ControllerRouterHandler] = [*calls.handlers, *applications.handlers, *files.handlers]
