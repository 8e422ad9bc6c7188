"""The HTML edge of places: the first page, gminas, pictures, and the desk of coordinators."""

from litestar.types import ControllerRouterHandler

from incubator.places.pages import desk_gmina, desk_incubator, desk_places, desk_space, gmina, pictures, start

handlers: list[ControllerRouterHandler] = [
    *start.handlers,
    *gmina.handlers,
    *pictures.handlers,
    *desk_gmina.handlers,
    *desk_places.handlers,
    *desk_incubator.handlers,
    *desk_space.handlers,
]
