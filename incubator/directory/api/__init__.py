"""The JSON edge of the directory: the same verbs as the pages call."""

from litestar.types import ControllerRouterHandler

from incubator.directory.api import companies, desk, imports, own, specialisations

handlers: list[ControllerRouterHandler] = [
    *companies.handlers,
    *own.handlers,
    *desk.handlers,
    *imports.handlers,
    *specialisations.handlers,
]
