"""The JSON edge: the same verbs as the pages call."""

from litestar.types import ControllerRouterHandler

from incubator.invoices.api import desk, notes, own, parties

handlers: list[ControllerRouterHandler] = [*own.handlers, *desk.handlers, *parties.handlers, *notes.handlers]
