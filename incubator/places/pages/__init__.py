"""The HTML edge of places: the first page, gminas, pictures, and the desk of coordinators."""

from litestar.types import ControllerRouterHandler

from incubator.places.pages import gmina, pictures, start

handlers: list[ControllerRouterHandler] = [*start.handlers, *gmina.handlers, *pictures.handlers]
