"""The HTML edge of payments."""

from litestar.types import ControllerRouterHandler

from incubator.payments.pages import bank, desk, desk_charge, mine, reminders

handlers: list[ControllerRouterHandler] = [
    *mine.handlers,
    *desk.handlers,
    *desk_charge.handlers,
    *bank.handlers,
    *reminders.handlers,
]
