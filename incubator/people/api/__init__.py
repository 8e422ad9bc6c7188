"""The JSON edge of people."""

from litestar.types import ControllerRouterHandler

from incubator.people.api import me, members, notifications, organisations, tokens

handlers: list[ControllerRouterHandler] = [
    *me.handlers,
    *notifications.handlers,
    *tokens.handlers,
    *organisations.handlers,
    *members.handlers,
]
