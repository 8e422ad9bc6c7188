"""The HTML edge of people. `demo_handlers` are for the demonstration alone."""

from litestar.types import ControllerRouterHandler

from incubator.people.pages import access, admin, demo, me, members, notifications, organisations, personal, sign_in

handlers: list[ControllerRouterHandler] = [
    *sign_in.handlers,
    *me.handlers,
    *notifications.handlers,
    *access.handlers,
    *personal.handlers,
    *organisations.handlers,
    *members.handlers,
    *admin.handlers,
]
demo_handlers: list[ControllerRouterHandler] = [*demo.handlers]
