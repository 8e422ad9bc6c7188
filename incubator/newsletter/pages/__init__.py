"""The HTML edge."""

from litestar.types import ControllerRouterHandler

from incubator.newsletter.pages import by_link, desk, desk_issue, own, public

handlers: list[ControllerRouterHandler] = [
    *public.handlers,
    *by_link.handlers,
    *own.handlers,
    *desk.handlers,
    *desk_issue.handlers,
]
