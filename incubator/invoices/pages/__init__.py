"""The HTML edge."""

from litestar.types import ControllerRouterHandler

from incubator.invoices.pages import buyer, charges, desk, desk_buyer, desk_invoice, desk_seller, files, notes, own

handlers: list[ControllerRouterHandler] = [
    *own.handlers,
    *buyer.handlers,
    *desk.handlers,
    *charges.handlers,
    *desk_invoice.handlers,
    *desk_buyer.handlers,
    *desk_seller.handlers,
    *files.handlers,
    *notes.handlers,
]
