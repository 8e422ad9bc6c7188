"""The HTML edge of the ledger."""

from litestar.types import ControllerRouterHandler

from incubator.ledger.pages import ledger

handlers: list[ControllerRouterHandler] = [*ledger.handlers]
