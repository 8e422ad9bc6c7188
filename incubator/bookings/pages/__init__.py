"""The HTML edge of bookings."""

from litestar.types import ControllerRouterHandler

from incubator.bookings.pages import confirm, incubator, line, mine, moving, one, repeat, series, space, zone

handlers: list[ControllerRouterHandler] = [
    *incubator.handlers,
    *space.handlers,
    *zone.handlers,
    *confirm.handlers,
    *mine.handlers,
    *one.handlers,
    *moving.handlers,
    *line.handlers,
    *repeat.handlers,
    *series.handlers,
]
