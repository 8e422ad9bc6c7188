"""The HTML edge."""

from litestar.types import ControllerRouterHandler

from incubator.programmes.pages import desk_edition, desk_programme, desk_programmes, public

handlers: list[ControllerRouterHandler] = [
    *public.handlers,
    *desk_programmes.handlers,
    *desk_programme.handlers,
    *desk_edition.handlers,
]
