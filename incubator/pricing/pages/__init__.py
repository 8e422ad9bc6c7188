"""The HTML edge of prices: what everybody reads, and the desk of coordinators."""

from litestar.types import ControllerRouterHandler

from incubator.pricing.pages import desk_list, desk_lists, desk_parts, desk_passes, desk_try, public

handlers: list[ControllerRouterHandler] = [
    *public.handlers,
    *desk_lists.handlers,
    *desk_list.handlers,
    *desk_parts.handlers,
    *desk_passes.handlers,
    *desk_try.handlers,
]
