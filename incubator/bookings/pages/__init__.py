"""The HTML edge of bookings."""

from litestar.types import ControllerRouterHandler

from incubator.bookings.pages import (
    answer,
    blocks,
    closures,
    confirm,
    desk,
    desk_day,
    desk_line,
    desk_requests,
    desk_week,
    incubator,
    line,
    mine,
    moving,
    one,
    repeat,
    series,
    series_going_back,
    space,
    zone,
)

handlers: list[ControllerRouterHandler] = [
    *incubator.handlers,
    *space.handlers,
    *zone.handlers,
    *confirm.handlers,
    *mine.handlers,
    *one.handlers,
    *answer.handlers,
    *moving.handlers,
    *line.handlers,
    *blocks.handlers,
    *closures.handlers,
    *desk.handlers,
    *desk_day.handlers,
    *desk_week.handlers,
    *desk_line.handlers,
    *desk_requests.handlers,
    *repeat.handlers,
    *series.handlers,
    *series_going_back.handlers,
]
