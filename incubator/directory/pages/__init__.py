"""The HTML edge of the directory."""

from litestar.types import ControllerRouterHandler

from incubator.directory.pages import by_link, desk, desk_company, desk_facts, office, own, public

handlers: list[ControllerRouterHandler] = [
    *public.handlers,
    *by_link.handlers,
    *own.handlers,
    *desk.handlers,
    *desk_company.handlers,
    *desk_facts.handlers,
    *office.handlers,
]
