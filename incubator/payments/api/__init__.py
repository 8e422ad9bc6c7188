"""The JSON edge of payments."""

from litestar.types import ControllerRouterHandler

from incubator.payments.api import charges, desk

handlers: list[ControllerRouterHandler] = [*charges.handlers, *desk.handlers]
