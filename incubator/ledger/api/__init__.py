"""The JSON edge of the ledger: it is read; what is posted, others post."""

from litestar.types import ControllerRouterHandler

from incubator.ledger.api import ledger

handlers: list[ControllerRouterHandler] = [*ledger.handlers]
