"""The JSON edge of payments."""

from litestar.types import ControllerRouterHandler

from incubator.payments.api import bank, charges, checkouts, desk, reminders, stripe

handlers: list[ControllerRouterHandler] = [
    *charges.handlers,
    *desk.handlers,
    *bank.handlers,
    *checkouts.handlers,
    *reminders.handlers,
    *stripe.handlers,
]
